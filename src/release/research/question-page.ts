/** A question's page: how it was put, the figures, and what differs. */

import type { Offer } from '../network/told.ts';
import { sayDifferences } from '../page/differences.ts';
import type { Speaker } from '../page/words.ts';
import { chartOf } from './chart.ts';
import { factsOf } from './facts.ts';
import type { OfSurvey } from './lines.ts';
import type { Selection } from './selection.ts';
import type { Shown } from './shown.ts';
import { type ResearchTable, researchTables } from './tables.ts';

type AddressOf = (selection: Selection, ending?: string) => string;

/** What the template of a question reads of its figures. */
export function viewShown(
  shown: Shown,
  of: OfSurvey,
  dimensions: Offer['dimensions'],
  addressOf: AddressOf,
  speaker: Speaker,
) {
  const { table, selection, groups, dontKnow, answer } = shown;
  const { chart, nobody } = chartOf(shown, speaker);
  const tables = researchTables(shown, speaker);
  const { by, dontKnowOut, weightsOff } = selection;
  const segment = by?.toLowerCase();
  return {
    facts: factsOf(shown, of, dimensions, speaker),
    none: groups.length === 0,
    chart,
    nobody,
    tables,
    sorts: sortLinks(tables[0], selection, addressOf),
    differences: segment === undefined ? undefined : sayDifferences({ tables: [table] }, table.name, segment, speaker),
    compares: segment !== undefined && !table.makes?.includes(segment),
    instead: answer.insteadOf,
    switches: [
      ...(dontKnow === 'none'
        ? []
        : [
            {
              text: dontKnowOut ? 'Count “Don’t know” again' : 'Leave out “Don’t know”',
              href: addressOf({ ...selection, dontKnowOut: !dontKnowOut }),
            },
          ]),
      ...(answer.table.weighting || weightsOff
        ? [
            {
              text: weightsOff ? 'Weight to the population again' : 'Show without weights',
              href: addressOf({ ...selection, weightsOff: !weightsOff }),
            },
          ]
        : []),
    ],
    files: [
      ...(chart ? [{ text: 'Chart (SVG)', href: addressOf(selection, '.svg') }] : []),
      ...(chart ? [{ text: 'Chart (PNG)', href: addressOf(selection, '.png') }] : []),
      { text: 'Table (CSV)', href: addressOf(selection, '.csv') },
      { text: 'Table (Excel)', href: addressOf(selection, '.xlsx') },
    ],
  };
}

/** Each column with the address of the page sorted by it; once more for the other way round. */
function sortLinks(table: ResearchTable | undefined, selection: Selection, addressOf: AddressOf) {
  if (!table || table.rows.length < 2) return [];
  const { sort } = selection;
  const link = (text: string, sorting: Selection['sort']) => ({
    text,
    href: `${addressOf({ ...selection, sort: sorting })}#figures`,
    current: sort?.by === sorting?.by && sort?.up === sorting?.up,
  });
  return [
    link('As in the questionnaire', undefined),
    ...table.columns.flatMap(({ text, sort: by }, place) =>
      by === undefined
        ? []
        : [
            link(place === 0 ? `${text}, A to Z` : `${text}, most first`, { by, up: place === 0 }),
            link(place === 0 ? `${text}, Z to A` : `${text}, fewest first`, { by, up: place !== 0 }),
          ],
    ),
  ];
}
