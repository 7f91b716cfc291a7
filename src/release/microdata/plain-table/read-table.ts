/** A table as it was given, read by its spec: every cell that could leave is known to be one that may. */
import { findNearest } from '../../../questionnaire/checks/nearest.ts';
import { MISSING } from '../../../questionnaire/variables.ts';
import { type CsvLine, csvLines, NotCsv } from '../../csv-lines.ts';
import type { ColumnSpec, TableSpec } from './spec.ts';
import { type Tree, treeOf } from './tree.ts';

export interface TableColumn {
  readonly name: string;
  readonly spec: ColumnSpec;
  readonly tree: Tree;
  /** For each row its leaf from 0, or its missing code. */
  readonly codes: Int32Array;
}

export interface Table {
  readonly rows: number;
  /** The names of all columns, as the file has them. */
  readonly header: readonly string[];
  /** Those that may leave. */
  readonly columns: readonly TableColumn[];
}

/** What is wrong with a table: sentences that say the line and the column. */
export class TableRefused extends Error {
  override readonly name = 'TableRefused';
}

const SHOWN = 20;
const OWN_CODES: ReadonlySet<number> = new Set(Object.values(MISSING).filter((code) => code !== MISSING.withheld));

/**
 * Reads a table. A column that the spec does not name is refused, not passed over: whoever added it has to say what it
 * is (rule M1).
 * @throws TableRefused
 */
export function readTable(text: string, spec: TableSpec): Table {
  const [header, ...records] = recordsOf(text);
  const names = header?.cells ?? [];
  refuse(headerProblems(names, spec));
  if (records.length === 0) refuse(['There are no rows under the header.']);
  const columns = names.flatMap((name, place) => {
    const own = spec.columns[name];
    const tree = own && LEAVES.includes(own.role) ? treeOf(own) : undefined;
    return own && tree ? [{ name, place, spec: own, tree, codes: new Int32Array(records.length) }] : [];
  });
  const problems: string[] = [];
  records.forEach(({ line, cells }, row) => {
    if (cells.length !== names.length)
      problems.push(
        `Line ${line} has ${cells.length} cells, and the header has ${names.length}. A cell with a comma in it needs quotes around it.`,
      );
    else
      for (const column of columns) {
        const code = codeOf(cells[column.place] ?? '', column, spec);
        if (typeof code === 'number') column.codes[row] = code;
        else problems.push(`Line ${line}, column "${column.name}": ${code}`);
      }
  });
  refuse(problems);
  return { rows: records.length, header: names, columns };
}

const LEAVES: readonly ColumnSpec['role'][] = ['quasi', 'sensitive', 'plain'];

/** The rows with anything in them, the header first. */
function recordsOf(text: string): CsvLine[] {
  try {
    return csvLines(text).filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (error) {
    if (error instanceof NotCsv) throw new TableRefused(`This is not CSV as it should be: ${error.message}.`);
    throw error;
  }
}

function headerProblems(names: readonly string[], { columns }: TableSpec): string[] {
  if (names.length === 0) return ['The file is empty.'];
  const [only = ''] = names;
  if (names.length === 1 && /[;\t]/.test(only))
    return ['The header has no commas. Save the table as CSV with commas between the cells.'];
  const known = Object.keys(columns);
  const unnamed = names.map((name, place) => ({ name, place })).filter(({ name }) => !known.includes(name));
  const twice = names.filter((name, place) => names.indexOf(name) < place);
  const absent = known.filter((name) => !names.includes(name));
  return [
    ...unnamed.map(({ name, place }) => {
      const nearest = findNearest(name, absent);
      const mend =
        nearest === undefined
          ? 'Say there what it is; "direct" and "technical" columns stay out.'
          : `Did you mean "${nearest}"?`;
      return `Line 1, column ${place + 1}: the spec does not name "${name}". ${mend}`;
    }),
    ...twice.map((name) => `Line 1: two columns are called "${name}". Rename one.`),
    ...absent.map(
      (name) => `Line 1: the column "${name}" of the spec is not there. Mend its name, or take it out of the spec.`,
    ),
  ];
}

/** A cell's leaf or missing code; or what is wrong with it. */
function codeOf(cell: string, { spec: own, tree }: TableColumn, spec: TableSpec): number | string {
  const text = cell.trim();
  const code = tree.leafOf(text) ?? wordIn(own.missing, text) ?? wordIn(spec.missing, text) ?? ownCode(text);
  if (code !== undefined) return code;
  if (text === '')
    return 'the cell is empty. Say under "missing" what that means, as {"": -9} for asked and not answered.';
  return `${JSON.stringify(text.slice(0, 40))} is not ${tree.wanted}. ${tree.mend}`;
}

const wordIn = (words: Readonly<Record<string, number>> = {}, text: string) =>
  Object.hasOwn(words, text) ? words[text] : undefined;

const ownCode = (text: string) => (/^-\d$/.test(text) && OWN_CODES.has(Number(text)) ? Number(text) : undefined);

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const more = problems.length - SHOWN;
  throw new TableRefused(
    [...problems.slice(0, SHOWN), ...(more > 0 ? [`And ${more.toLocaleString('en')} more.`] : [])].join('\n'),
  );
}
