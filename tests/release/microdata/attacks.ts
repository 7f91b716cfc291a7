/**
 * Two who hold a data file. One knows every key of a respondent (rule M7); the other has the published tables beside it
 * (rule M18). Both look at values only, and know nothing of how the file was made.
 */
import { MISSING } from '../../../src/questionnaire/variables.ts';
import type { DataFile } from '../../../src/release/microdata/data-file.ts';
import { readingOf } from '../../../src/release/microdata/survey/numbers.ts';
import { columnOf, type Snapshot } from '../../../src/results/snapshot.ts';
import { fewestFound } from './linkage.ts';

export const NO_ANSWER = new Set<number>([
  MISSING.notAsked,
  MISSING.left,
  MISSING.notInVersion,
  MISSING.blank,
  MISSING.withheld,
]);

/** A variable's true numbers, in the order of the snapshot. */
export function truthOf(snapshot: Snapshot, name: string): number[] {
  const variable = snapshot.variables.find((each) => each.name === name);
  if (!variable) throw new Error(`no variable ${name}`);
  const read = readingOf(variable, columnOf(snapshot, name));
  return Array.from({ length: snapshot.responses }, (_, row) => read(row));
}

/** A column's numbers, in the order of the file. */
export function shownIn({ variables }: DataFile, name: string): number[] {
  const values = variables.find((variable) => variable.name === name)?.values ?? [];
  return Array.from(values, Number);
}

const keysOf = ({ variables }: DataFile) => variables.flatMap(({ role, name }) => (role === 'key' ? [name] : []));

const transposed = (columns: readonly (readonly number[])[], rows: number) =>
  Array.from({ length: rows }, (_, row) => columns.map((column) => column[row] ?? Number.NaN));

/** The fewest rows that fit somebody whose keys are known. */
export function fewestLinked(file: DataFile, snapshot: Snapshot): number {
  const keys = keysOf(file);
  return fewestFound(
    transposed(
      keys.map((name) => shownIn(file, name)),
      file.rows,
    ),
    transposed(
      keys.map((name) => truthOf(snapshot, name)),
      snapshot.responses,
    ),
  );
}

/** The rows of the smallest class, "withheld" being a value. */
export function smallestClass(file: DataFile): number {
  const rows = transposed(
    keysOf(file).map((name) => shownIn(file, name)),
    file.rows,
  ).map(String);
  const sizes = new Map<string, number>();
  for (const row of rows) sizes.set(row, (sizes.get(row) ?? 0) + 1);
  return Math.min(...sizes.values());
}

/** Classes of the keys in which all shown answers to a sensitive question are the same, or all but one, whose own it may be. */
export function sharedAnswers(file: DataFile): string[] {
  const rows = transposed(
    keysOf(file).map((name) => shownIn(file, name)),
    file.rows,
  ).map(String);
  return file.variables.flatMap(({ name, role }) => {
    if (role !== 'sensitive') return [];
    const answers = new Map<string, number[]>();
    shownIn(file, name).forEach((answer, row) => {
      if (NO_ANSWER.has(answer)) return;
      answers.set(rows[row] ?? '', [...(answers.get(rows[row] ?? '') ?? []), answer]);
    });
    const isTold = (own: readonly number[]) => own.some((answer) => own.filter((each) => each !== answer).length < 2);
    return [...answers].flatMap(([row, own]) => (isTold(own) ? [`${name} where ${row}`] : []));
  });
}

/** What tables print: how many gave each answer, and that again for each value of a variable. */
export interface Printed {
  readonly variable: string;
  /** A variable and one of its values; left out for everybody. */
  readonly among?: { readonly variable: string; readonly value: number } | undefined;
  readonly counts: ReadonlyMap<number, number>;
}

/** Every table of one variable, and of one by another, with nothing hidden: the worst that could be published. */
export function everyTable(snapshot: Snapshot, names: readonly string[], by: readonly string[]): Printed[] {
  const counted = (variable: string, rows: (row: number) => boolean) => {
    const counts = new Map<number, number>();
    truthOf(snapshot, variable).forEach((value, row) => {
      if (rows(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
    });
    return counts;
  };
  return names.flatMap((variable) => [
    { variable, counts: counted(variable, () => true) },
    ...by
      .filter((segment) => segment !== variable)
      .flatMap((segment) => {
        const truth = truthOf(snapshot, segment);
        return [...new Set(truth)].map((value) => ({
          variable,
          among: { variable: segment, value },
          counts: counted(variable, (row) => truth[row] === value),
        }));
      }),
  ]);
}

/** What is found by subtracting the file from the tables: too few rows of a key's value, or one answer of all withheld. */
export function subtract(file: DataFile, printed: readonly Printed[], k: number): string[] {
  return printed.flatMap(({ variable, among, counts }) => {
    const column = file.variables.find(({ name }) => name === variable);
    const segment = among && file.variables.find(({ name, role }) => name === among.variable && role === 'key');
    if (!column || (among && !segment)) return [];
    const shown = shownIn(file, variable);
    const inGroup = among && shownIn(file, among.variable).map((value) => value === among.value);
    const left = [...counts].map(([value, n]) => {
      const rows = shown.filter((each, row) => each === value && (inGroup?.[row] ?? true)).length;
      return { value, shown: rows, missing: n - rows };
    });
    const where = among ? ` among ${among.variable} ${among.value}` : '';
    if (column.role === 'key')
      return left
        .filter((each) => each.shown > 0 && each.missing > 0 && each.missing < k)
        .map((each) => `${each.missing} rows with ${variable} ${each.value}${where}`);
    if (column.role !== 'sensitive') return [];
    const withheld = shown.some((each, row) => each === MISSING.withheld && (inGroup?.[row] ?? true));
    const answers = left.filter(({ value, missing }) => missing > 0 && !NO_ANSWER.has(value));
    const open = left.some((each) => each.shown > 0 && !NO_ANSWER.has(each.value));
    return withheld && open && answers.length === 1
      ? [`${variable} is ${answers[0]?.value} where withheld${where}`]
      : [];
  });
}

/**
 * What is found by subtracting from a table by a key all rows that show the key: one answer of all who lack it, whoever
 * they are. Who is of the key's value and is not among the rows that show it is then known to have given that answer.
 */
export function subtractAmong(file: DataFile, printed: readonly Printed[]): string[] {
  return printed.flatMap(({ variable, among, counts }) => {
    const column = file.variables.find(({ name }) => name === variable);
    const segment = among && file.variables.find(({ name, role }) => name === among.variable && role === 'key');
    if (column?.role !== 'sensitive' || !among || !segment) return [];
    const group = shownIn(file, among.variable);
    const shown = shownIn(file, variable).filter((_, row) => group[row] === among.value);
    const given = [...counts].filter(([value]) => !NO_ANSWER.has(value));
    const missing = given.filter(([value, n]) => n > shown.filter((each) => each === value).length);
    const open = shown.some((each) => !NO_ANSWER.has(each));
    return open && missing.length === 1
      ? [`${variable} is ${missing[0]?.[0]} where ${among.variable} ${among.value} is not shown with it`]
      : [];
  });
}

/**
 * Somebody who lays tables by a key on the rows that lack it, all questions together: each printed count less the rows
 * that show the key is the sum of some of them. Every way to give these rows values is tried that keeps all sums.
 * @returns the smallest class once the values that only one way allows are filled in
 */
export function smallestAfter(
  file: DataFile,
  printed: readonly Printed[],
  key: string,
  values: readonly number[],
): number {
  const shown = shownIn(file, key);
  const lacking = [...shown.keys()].filter((row) => shown[row] === MISSING.withheld);
  const sums = printed.flatMap(({ variable, among, counts }) => {
    if (among?.variable !== key || !file.variables.some(({ name }) => name === variable)) return [];
    const column = shownIn(file, variable);
    return [...counts].map(([value, n]) => ({
      among: among.value,
      left: n - column.filter((each, row) => each === value && shown[row] === among.value).length,
      sure: new Set(lacking.filter((row) => column[row] === value)),
      perhaps: new Set(lacking.filter((row) => column[row] === MISSING.withheld)),
      elsewhere: column.filter((each, row) => each === MISSING.withheld && shown[row] === among.value).length,
    }));
  });
  const possible = lacking.map(() => new Set<number>());
  for (let way = 0; way < values.length ** lacking.length; way++) {
    const given = lacking.map((_, place) => values[Math.floor(way / values.length ** place) % values.length]);
    const holds = sums.every(({ among, left, sure, perhaps, elsewhere }) => {
      const own = lacking.filter((_, place) => given[place] === among);
      const least = own.filter((row) => sure.has(row)).length;
      return least <= left && left <= least + elsewhere + own.filter((row) => perhaps.has(row)).length;
    });
    if (holds) for (const [place, value] of given.entries()) possible[place]?.add(value ?? 0);
  }
  const found = [...shown];
  for (const [place, row] of lacking.entries()) {
    const [only, other] = possible[place] ?? [];
    if (only !== undefined && other === undefined) found[row] = only;
  }
  const names = keysOf(file).filter((name) => name !== key);
  const looks = transposed([found, ...names.map((name) => shownIn(file, name))], file.rows).map(String);
  const sizes = new Map<string, number>();
  for (const look of looks) sizes.set(look, (sizes.get(look) ?? 0) + 1);
  return Math.min(...sizes.values());
}
