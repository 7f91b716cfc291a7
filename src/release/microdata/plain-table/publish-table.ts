/** From a table and its spec to the file that may leave, with what it cost. */
import { MISSING } from '../../../questionnaire/variables.ts';
import { NotReleasable } from '../columns.ts';
import { type Counted, countClasses } from '../generalise/count.ts';
import { type Diversity, diversityOf } from '../generalise/diversity.ts';
import { getLevel, type Key, keyOf, leavesOf, lossOf, scoreOf } from '../generalise/keys.ts';
import { choicesOf, findOptimum, MOST_CHOICES, type Optimum } from '../generalise/lattice.ts';
import { frequenciesOf, type Risk, riskOf } from '../generalise/risk.ts';
import { withholdCells } from '../generalise/suppress.ts';
import { uniformClasses, withholdIn } from '../sensitive.ts';
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
  const found = table.columns.flatMap((column) =>
    column.spec.role === 'quasi' ? [{ column, key: keyIn(column) }] : [],
  );
  const keys = found.map(({ key }) => key);
  checkChoices(keys);
  const budgetRows = Math.floor(budget * rows + 1e-9);
  const search = findOptimum(keys, rows, k, budgetRows);
  const tells = closureOf(spec);
  const keyColumns = withholdKeys(found, search.levels, tells, rows, k);
  const known = new Map(keyColumns.map((each) => [each.column.name, each]));
  const leftOut = leftOutOf(
    table,
    spec,
    tells,
    new Map(found.map(({ column }, place) => [column.name, search.levels[place] ?? 0])),
  );
  const classes = classesOf(keyColumns, rows);
  const others = table.columns
    .filter(({ name }) => !known.has(name) && !leftOut.some((each) => each.name === name))
    .map(
      (column): PublishedColumn => ({
        column,
        codes: withholdWith(column, keyColumns, tells),
        values: leafNames(column),
      }),
    );
  const withheld = withholdUniform(others, classes, tells);
  return {
    k,
    budgetRows,
    search,
    columns: table.columns.flatMap(
      ({ name }) => known.get(name) ?? withheld.filter(({ column }) => column.name === name),
    ),
    leftOut,
    before: riskOf(
      frequenciesOf(
        countClasses(
          keys.map((key) => ({ codes: key.codes, span: leavesOf(key) })),
          rows,
        ),
      ),
    ),
    after: riskOf(frequenciesOf(classes)),
    score: scoreOf(keyColumns.map(({ key }) => key?.loss ?? 0)),
    withheldRows: wholeRows(keyColumns, rows),
  };
}

/** How many choices of levels the search would have before it. */
export function countChoices({ columns }: Table): number {
  return choicesOf(columns.flatMap((column) => (column.spec.role === 'quasi' ? [keyIn(column)] : [])));
}

function checkChoices(keys: readonly Key[]): void {
  if (choicesOf(keys) <= MOST_CHOICES) return;
  throw new NotReleasable(
    `The hierarchies have ${choicesOf(keys).toLocaleString('en')} choices of levels together; ${MOST_CHOICES.toLocaleString('en')} at most are searched. Take levels out.`,
  );
}

const leafNames = ({ tree }: TableColumn) => tree.paths.map(([value = '']) => value);

/** A key with a leaf more for each missing code that it holds: why there is no value is a value that others may know. */
function keyIn({ name, codes, tree }: TableColumn): Key {
  const missing = [...new Set(codes)].filter((code) => code < 0).sort((one, other) => other - one);
  const levels = tree.paths[0]?.length ?? 1;
  const leaves = codes.map((code) => (code < 0 ? tree.paths.length + missing.indexOf(code) : code));
  return keyOf(name, leaves, [
    ...tree.paths,
    ...missing.map((code) => Array.from({ length: levels }, () => String(code))),
  ]);
}

function withholdKeys(
  found: readonly { readonly column: TableColumn; readonly key: Key }[],
  levels: readonly number[],
  tells: ReadonlyMap<string, ReadonlySet<string>>,
  rows: number,
  k: number,
): PublishedColumn[] {
  const chosen = found.map(({ column, key }, place) => {
    const level = getLevel(key, levels[place] ?? 0);
    const codes = key.codes.map((leaf) => level.groups[leaf] ?? 0);
    return { column, key, level, codes, span: level.leaves.length };
  });
  const loss = (codes: Int32Array, { key, level }: (typeof chosen)[number]) =>
    lossOf(
      codes.reduce((sum, code) => sum + (level.leaves[code] ?? leavesOf(key)), 0),
      rows,
      leavesOf(key),
    );
  const published = chosen.map((each) => ({
    ...each,
    cost: 1 - loss(each.codes, each),
    tells: chosen.flatMap(({ column }, place) => (tells.get(each.column.name)?.has(column.name) ? [place] : [])),
  }));
  const columns = withholdCells(published, rows, k);
  return chosen.map((each, place) => {
    const codes = columns[place] ?? each.codes;
    const key = { level: levels[place] ?? 0, levels: each.key.levels.length, loss: loss(codes, each) };
    return { column: each.column, codes, values: each.level.values, key };
  });
}

function classesOf(keys: readonly PublishedColumn[], rows: number): Counted {
  return countClasses(
    keys.map(({ codes, values }) => ({ codes: codes.map((code) => Math.max(code + 1, 0)), span: values.length + 1 })),
    rows,
  );
}

/** A column's cells without those of rows in which something that it tells is withheld. */
function withholdWith(
  { name, codes }: TableColumn,
  keys: readonly PublishedColumn[],
  tells: ReadonlyMap<string, ReadonlySet<string>>,
) {
  const told = keys.filter(({ column }) => tells.get(name)?.has(column.name));
  return codes.map((code, row) => (told.some((key) => key.codes[row] === MISSING.withheld) ? MISSING.withheld : code));
}

/** Where all of a class gave one answer to a sensitive question, that and whatever tells it is withheld. */
function withholdUniform(
  columns: readonly PublishedColumn[],
  classes: Counted,
  tells: ReadonlyMap<string, ReadonlySet<string>>,
): PublishedColumn[] {
  const sensitive = columns.filter(({ column }) => column.spec.role === 'sensitive');
  const uniform = new Map(sensitive.map(({ column, codes }) => [column.name, uniformClasses(classes, [codes])]));
  return columns.map((own) => {
    const { name } = own.column;
    const withheld = new Set(
      [...uniform].flatMap(([each, found]) => (each === name || tells.get(name)?.has(each) ? [...found] : [])),
    );
    const codes = withholdIn(own.codes, classes, withheld);
    return sensitive.includes(own)
      ? { ...own, codes, diversity: diversityOf(classes.of, codes, own.values.length) }
      : { ...own, codes };
  });
}

function wholeRows(keys: readonly PublishedColumn[], rows: number): number {
  const open = keys.filter(({ values }) => values.length > 1);
  if (open.length === 0) return 0;
  return Array.from({ length: rows }).filter((_, row) => open.every(({ codes }) => codes[row] === MISSING.withheld))
    .length;
}
