/** From a table and its spec to the file that may leave, with what it cost. */
import { MISSING } from '../../../questionnaire/variables.ts';
import type { Counted } from '../generalise/count.ts';
import { type Diversity, diversityOf } from '../generalise/diversity.ts';
import {
  budgetRowsOf,
  checkChoices,
  classesOf,
  countWhole,
  type KeyColumn,
  keyIn,
  lossIn,
  publishKeys,
  riskBefore,
  scoreIn,
} from '../generalise/key-columns.ts';
import { choicesOf, getOptimum, type Optimum } from '../generalise/lattice.ts';
import { frequenciesOf, type Risk, riskOf } from '../generalise/risk.ts';
import { alikeClasses } from '../sensitive.ts';
import { NotReleasable } from '../survey/columns.ts';
import type { Table, TableColumn } from './read-table.ts';
import type { TableSpec } from './spec.ts';
import { closureOf, type LeftOut, leftOutOf } from './tells.ts';

export interface PublishedColumn {
  readonly column: TableColumn;
  /** For each row its value's place in `values`, or its missing code, or `MISSING.withheld`. */
  readonly codes: Int32Array;
  readonly values: readonly string[];
  /** Of a key: its level, of how many, and what is lost of it. */
  readonly key?: { readonly level: number; readonly levels: number; readonly loss: number };
  /** Of a sensitive column: what its classes still give away. */
  readonly diversity?: Diversity | undefined;
}

export interface PublishedTable {
  readonly k: number;
  readonly budgetRows: number;
  readonly search: Optimum;
  /** In the order of the table. */
  readonly columns: readonly PublishedColumn[];
  readonly leftOut: readonly LeftOut[];
  readonly before: Risk;
  readonly after: Risk;
  /** What is lost of the keys after all, cell by cell. */
  readonly score: number;
  /** Rows with every key withheld. */
  readonly withheldRows: number;
}

/** How a file is wanted: at least k rows alike, and the share of rows whose keys may be withheld for it. */
export interface Wanted {
  readonly k: number;
  readonly budget: number;
}

/**
 * Chooses each key's level, withholds single keys where that is not enough, and with them whatever tells them; then the
 * sensitive answers that a class has in common (rules M4, M6, M8, M9, M11 and M12).
 * @throws NotReleasable
 */
export function publishTable(table: Table, spec: TableSpec, { k, budget }: Wanted): PublishedTable {
  const { rows } = table;
  if (rows < k)
    throw new NotReleasable(
      `The table has ${rows} rows, and nobody can be hidden among ${k}. Collect more, or none of it can leave.`,
    );
  const own = table.columns.filter((column) => column.spec.role === 'quasi');
  const keys = own.map(keyOfColumn);
  checkChoices(keys);
  const budgetRows = budgetRowsOf(budget, rows);
  const search = getOptimum(keys, rows, k, budgetRows);
  const tells = closureOf(spec);
  const leftOut = leftOutOf(
    table,
    spec,
    tells,
    new Map(own.map(({ name }, place) => [name, search.levels[place] ?? 0])),
  );
  const others = table.columns.filter(
    (column) => !own.includes(column) && !leftOut.some((each) => each.name === column.name),
  );
  const bonds = {
    tells: own.map(({ name }) => own.flatMap((other, place) => (tells.get(name)?.has(other.name) ? [place] : []))),
    columns: own.map((key) => others.filter(({ name }) => tells.get(name)?.has(key.name)).length),
  };
  const published = publishKeys(keys, search.levels, bonds, rows, k);
  const keyColumns = own.flatMap((column, place) => publishedKey(column, published[place]));
  const known = new Map(keyColumns.map((each) => [each.column.name, each]));
  const classes = classesOf(published, rows);
  const withheld = withholdAlike(
    others.map((column) => ({
      column,
      codes: withholdWith(column, keyColumns, tells),
      values: leafNames(column),
    })),
    classes,
    tells,
  );
  return {
    k,
    budgetRows,
    search,
    columns: table.columns.flatMap(
      ({ name }) => known.get(name) ?? withheld.filter(({ column }) => column.name === name),
    ),
    leftOut,
    before: riskBefore(keys, rows),
    after: riskOf(frequenciesOf(classes)),
    score: scoreIn(published),
    withheldRows: countWhole(published, rows),
  };
}

function publishedKey(column: TableColumn, published: KeyColumn | undefined): PublishedColumn[] {
  if (!published) return [];
  const { codes, values, level, key } = published;
  return [{ column, codes, values, key: { level, levels: key.levels.length, loss: lossIn(published) } }];
}

/** How many choices of levels the search would have before it. */
export function countChoices({ columns }: Table): number {
  return choicesOf(columns.flatMap((column) => (column.spec.role === 'quasi' ? [keyOfColumn(column)] : [])));
}

const keyOfColumn = ({ name, codes, tree }: TableColumn) => keyIn(name, codes, tree.paths);

const leafNames = ({ tree }: TableColumn) => tree.paths.map(([value = '']) => value);

/** A column's cells without those of rows in which something that it tells is withheld. */
function withholdWith(
  { name, codes }: TableColumn,
  keys: readonly PublishedColumn[],
  tells: ReadonlyMap<string, ReadonlySet<string>>,
) {
  const told = keys.filter(({ column }) => tells.get(name)?.has(column.name));
  return codes.map((code, row) => (told.some((key) => key.codes[row] === MISSING.withheld) ? MISSING.withheld : code));
}

/** Where a class's answers to a sensitive question are alike, that and whatever tells it is withheld. */
function withholdAlike(
  columns: readonly PublishedColumn[],
  classes: Counted,
  tells: ReadonlyMap<string, ReadonlySet<string>>,
): PublishedColumn[] {
  const sensitive = columns.filter(({ column }) => column.spec.role === 'sensitive');
  const alike = new Map(
    sensitive.map(({ column, codes }) => [column.name, alikeClasses(classes, [(row) => codes[row] ?? MISSING.blank])]),
  );
  return columns.map((own) => {
    const { name } = own.column;
    const withheld = new Set(
      [...alike].flatMap(([each, found]) => (each === name || tells.get(name)?.has(each) ? [...found] : [])),
    );
    const codes = own.codes.map((code, row) => (withheld.has(classes.of[row] ?? 0) ? MISSING.withheld : code));
    return sensitive.includes(own)
      ? { ...own, codes, diversity: diversityOf(classes.of, (row) => codes[row] ?? MISSING.blank, own.values.length) }
      : { ...own, codes };
  });
}
