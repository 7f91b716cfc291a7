/** What has to be known of the figures, in sentences: the same on a page, in a chart's file and in a workbook. */
import { showDay } from '../../questionnaire/days.ts';
import type { Offer } from '../network/told.ts';
import type { Speaker } from '../page/words.ts';
import { WARN_BASE } from '../policy.ts';
import { linesOf } from '../tables/figures.ts';
import type { ShownGroup } from '../tables/protected-tables.ts';
import { sayFilter } from './filters.ts';
import { type OfSurvey, STATES } from './lines.ts';
import type { Shown } from './shown.ts';

export interface Facts {
  /** The question as it was put. */
  readonly wording: string;
  /** Who was asked, and how else some were. */
  readonly asked: readonly string[];
  /** Who is selected, and by what they are shown; nothing for everybody together. */
  readonly filters: readonly string[];
  /** The base, for each group. */
  readonly bases: readonly string[];
  readonly source: string;
  /** Percentages are those of the population. */
  readonly weighted: boolean;
  /** What else has to be known. */
  readonly notes: readonly string[];
}

/** @param dimensions what the question can be filtered by, for their labels */
export function factsOf(shown: Shown, of: OfSurvey, dimensions: Offer['dimensions'], speaker: Speaker): Facts {
  const { answer, selection, table, groups, silent } = shown;
  const [wording = table.label, ...others] = table.wordings;
  const { text } = speaker;
  const sideBySide = dimensions.find(({ name }) => name === selection.by)?.label ?? selection.by;
  return {
    wording: text(wording),
    asked: [...others.map((each) => speaker.t('results.also', { wording: text(each) })), sayAskedOf(table, speaker)],
    filters: [
      ...Object.entries(selection.where).map(([name, values]) => `Only ${sayFilter(dimensions, name, values)}`),
      ...(sideBySide === undefined ? [] : [`Side by side: ${sideBySide}`]),
    ],
    bases: [...groups.map((group) => sayBase(group, speaker)), ...silent],
    source: `${of.title}: release ${answer.release} for the network, made on ${showDay(answer.madeOn)}.`,
    weighted: answer.table.weighting !== undefined,
    notes: [...(of.synthetic ? ['All these answers are made up (synthetic data).'] : []), ...notesOf(shown)],
  };
}

function sayAskedOf({ workedOutFrom, universe }: Shown['table'], { text }: Speaker): string {
  if (workedOutFrom)
    return `Worked out from the answers to ${workedOutFrom.map((each) => `“${text(each)}”`).join(', ')}.`;
  return universe === undefined ? 'Asked of everybody.' : `Asked only where ${text(universe)}.`;
}

function sayBase(group: ShownGroup, { group: name }: Speaker): string {
  const bases = group.rows.map(({ base }) => base ?? 0);
  const [least, most] = [Math.min(...bases), Math.max(...bases)];
  const range = least === most ? `${most}` : `${least} to ${most}`;
  const who = group.code === '' ? 'Base' : `${name(group)}: base`;
  const [weighted] = group.rows.flatMap((row) => row.weighted?.effectiveBase ?? []);
  const effective = weighted === undefined ? '' : `; effective base ${weighted}`;
  return `${who} ${range}, those who answered of ${group.asked} selected${effective}.`;
}

function notesOf({ answer, selection, table, groups, dontKnow }: Shown): string[] {
  const lines = groups.flatMap(({ rows }) => rows.flatMap((row) => linesOf(table, row)));
  const bases = groups.flatMap(({ rows }) => rows.flatMap(({ base }) => base || []));
  const { weighting } = answer.table;
  const isFiltered = Object.keys(selection.where).length > 0;
  return [
    weighting
      ? `Percentages are weighted to the population, and numbers are of people. Design effect ${weighting.designEffect}: all answers together are as sure as ${weighting.effectiveBase} of equal weight.`
      : `Not weighted.${isFiltered ? ' With filters nothing is: many weighted percentages of people of one’s own choice could tell what single ones weigh.' : ''}`,
    ...(dontKnow === 'out' ? ['“Don’t know” is left out of the base.'] : []),
    ...(selection.dontKnowOut && dontKnow === 'few'
      ? ['“Don’t know” is still counted: without it too little would be left to show.']
      : []),
    ...(selection.dontKnowOut && dontKnow === 'weighted'
      ? ['“Don’t know” is still counted: it can be left out of figures that are not weighted.']
      : []),
    ...(table.collapsed ? ['Some answers are taken together, as the questionnaire’s file says.'] : []),
    ...(bases.some((base) => base < WARN_BASE)
      ? ['Some figures rest on fewer than 30 answers. One answer more or less would change them a lot.']
      : []),
    ...(lines.some(({ figure }) => figure.state === 'shown' && figure.weighted === null)
      ? ['Some figures have no percentage: a weighted one would be too unsure, or could tell who they are.']
      : []),
    ...(lines.some(({ figure }) => figure.state === 'hidden') ? [`“hidden”: ${STATES.hidden}`] : []),
  ];
}
