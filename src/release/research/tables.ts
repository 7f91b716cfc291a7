/** The tables of a question's page, with columns that it can be sorted by. */
import { lineAt } from '../page/tables.ts';
import type { Speaker } from '../page/words.ts';
import { type Figure, printedShare } from '../tables/figures.ts';
import type { ShownGroup } from '../tables/protected-tables.ts';
import { sayFigure, sayInterval, sayWhole } from './figure-words.ts';
import type { Sorting } from './selection.ts';
import type { Shown } from './shown.ts';

interface Column {
  readonly text: string;
  /** What the table is sorted by when this is chosen; undefined where that makes no sense. */
  readonly sort: string | undefined;
  /** How it is sorted by this column now, as `aria-sort` says it. */
  readonly sorted?: 'ascending' | 'descending';
}

interface Row {
  readonly label: string;
  /** Answers taken together, which stay apart from the answers that they are made of. */
  readonly net: boolean;
  readonly figures: readonly Figure[];
  readonly cells: readonly string[];
}

export interface ResearchTable {
  readonly caption: string;
  /** The first is of the rows' own words. */
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** What a table is sorted by for its rows' own words. */
const WORDS = 'answer';
/** What it is sorted by where there is one column of figures. */
const FIGURE = 'figure';

/** One table; of a grid by groups, one for each of its rows. */
export function researchTables({ table, groups, selection }: Shown, speaker: Speaker): ResearchTable[] {
  const [first] = groups;
  if (!first) return [];
  const single = table.rows.length === 1;
  const made =
    first.code !== ''
      ? table.rows.map((row, place) => groupsTable(table, groups, place, single ? table.label : row.label, speaker))
      : [single ? detailTable(table, first, speaker) : gridTable(table, first, speaker)];
  return made.map((each) => sorted(each, selection.sort, speaker.language));
}

type Table = Shown['table'];

/** The answers, and then what is taken together. */
function linesIn({ options, nets }: Table, { text }: Speaker) {
  return [
    ...options.map(({ label }) => ({ label: text(label), net: false })),
    ...nets.map(({ label }) => ({ label: text(label), net: true })),
  ];
}

const figureAt = (table: Table, group: ShownGroup, row: number, line: number): Figure =>
  lineAt(table, group, row, line)?.figure ?? { state: 'hidden' };

/** Everybody who is selected, on one base. */
function detailTable(table: Table, group: ShownGroup, speaker: Speaker): ResearchTable {
  return {
    caption: speaker.text(table.label),
    columns: [
      { text: 'Answer', sort: WORDS },
      { text: 'How many', sort: FIGURE },
      { text: 'Likely range', sort: undefined },
    ],
    rows: linesIn(table, speaker).map((line, place) => {
      const figure = figureAt(table, group, 0, place);
      return { ...line, figures: [figure], cells: [sayFigure(figure), sayInterval(figure)] };
    }),
  };
}

/** The answers against groups of people. */
function groupsTable(
  table: Table,
  groups: readonly ShownGroup[],
  row: number,
  caption: Table['label'],
  speaker: Speaker,
): ResearchTable {
  return {
    caption: speaker.text(caption),
    columns: [
      { text: 'Answer', sort: WORDS },
      ...groups.map((group) => ({ text: speaker.group(group), sort: group.code })),
    ],
    rows: linesIn(table, speaker).map((line, place) => {
      const figures = groups.map((group) => figureAt(table, group, row, place));
      return { ...line, figures, cells: figures.map(sayWhole) };
    }),
  };
}

/** The rows of a grid against its answers. */
function gridTable(table: Table, group: ShownGroup, speaker: Speaker): ResearchTable {
  const lines = linesIn(table, speaker);
  const codes = [...table.options, ...table.nets].map(({ code }) => code);
  return {
    caption: speaker.text(table.label),
    columns: [
      { text: speaker.t('results.row'), sort: WORDS },
      ...lines.map(({ label, net }, place) => ({
        text: net ? speaker.t('results.net', { label }) : label,
        sort: codes[place],
      })),
    ],
    rows: table.rows.map(({ label }, place) => {
      const figures = lines.map((_, line) => figureAt(table, group, place, line));
      return { label: speaker.text(label), net: false, figures, cells: figures.map(sayWhole) };
    }),
  };
}

/** Rows in another order; what is taken together stays behind the answers. A column that is not there changes nothing. */
function sorted(table: ResearchTable, sorting: Sorting | undefined, language: string): ResearchTable {
  const column = table.columns.findIndex(({ sort }) => sort === sorting?.by);
  if (!sorting || column === -1) return table;
  const direction = sorting.up ? 1 : -1;
  const compare = (one: Row, other: Row) =>
    column === 0
      ? one.label.localeCompare(other.label, language) * direction
      : (shareOf(one.figures[column - 1]) - shareOf(other.figures[column - 1])) * direction;
  const rows = table.rows.toSorted((one, other) => Number(one.net) - Number(other.net) || compare(one, other));
  const mark = sorting.up ? ('ascending' as const) : ('descending' as const);
  const columns = table.columns.map((each, place) => (place === column ? { ...each, sorted: mark } : each));
  return { ...table, columns, rows };
}

/** What is hidden could be anything: it stands before all that is told, or after it. */
function shareOf(figure: Figure | undefined): number {
  if (!figure || figure.state === 'hidden' || figure.base === 0) return -1;
  return figure.weighted ? (printedShare(figure)?.percent ?? -1) : figure.n / figure.base;
}
