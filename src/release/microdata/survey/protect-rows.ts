/** From a survey's answers to rows that may stand in a file: levels, withheld cells, and what goes with them. */
import { MISSING } from '../../../questionnaire/variables.ts';
import type { SnapshotVariable } from '../../../results/variables.ts';
import type { Counted } from '../generalise/count.ts';
import { type Bonds, classesOf, type KeyColumn, publishKeys } from '../generalise/key-columns.ts';
import type { Reading } from '../whole-numbers.ts';
import type { ChosenLevels } from './choose-levels.ts';
import type { ChosenColumn, LeftOut } from './columns.ts';
import { type KeyLevel, numbersOfValue } from './survey-key.ts';
import { columnsBeside, type SurveyTable } from './survey-table.ts';
import { type Masked, shownOf, withholdGroups } from './withheld.ts';

/** A key of the file. */
export interface FileKey extends KeyColumn {
  /** As the survey's file names it on its finest level; for who was asked, in words. */
  readonly name: string;
  /** What it is published as; undefined for who was asked, which has no column of its own. */
  readonly published: KeyLevel | undefined;
  /** Of who was asked: the questions and variables in whose columns it stands. */
  readonly asks: ReadonlySet<string>;
}

export type FileColumn = ChosenColumn & Masked;

export interface ProtectedRows {
  readonly bonds: Bonds;
  /** Keys on their level; those that are the same for everybody are not in the file. */
  readonly keys: readonly FileKey[];
  readonly columns: readonly FileColumn[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The keys as they will be published, and the columns that may stand beside them, with nothing withheld in these yet.
 * @param isTabled whether published tables count answers by a key
 */
export function protectKeys(
  table: SurveyTable,
  { levels }: ChosenLevels,
  k: number,
  isTabled: (name: string) => boolean,
): ProtectedRows {
  const { keys, asked, candidates, numbers, telling } = table;
  const byName = new Map(candidates.map(({ name }, place) => [name, levels[place] ?? 0]));
  const { columns, leftOut } = columnsBeside(table, byName);
  const inFile = [
    ...keys.flatMap(({ name, key, levels: own }) => {
      const published = own[byName.get(name) ?? 0];
      return published ? [{ name, key, published, asks: new Set<string>(), told: [] }] : [];
    }),
    ...asked.flatMap(({ key, codes, tells: told }) => {
      const some = columns.some(({ code }) => codes.has(code));
      return some ? [{ name: key.name, key, published: undefined, asks: codes, told }] : [];
    }),
  ];
  const names = new Set(inFile.flatMap(({ published }) => published?.name ?? []));
  const without = (...gone: readonly (string | undefined)[]) =>
    new Set([...names].filter((each) => !gone.includes(each)));
  const bonds = {
    tells: inFile.map((one) =>
      inFile.flatMap((other, place) => {
        if (one === other || !other.published) return [];
        if (!one.published) return one.told.some((each) => each === other.name) ? [place] : [];
        const { name } = other.published;
        return telling.told(one.published.name, [name], without(one.published.name, name)).length > 0 ? [place] : [];
      }),
    ),
    columns: inFile.map(({ published, asks }) =>
      published
        ? isTabled(published.name)
          ? columns.length
          : columns.filter(({ code }) => telling.told(code, [published.name], without(published.name)).length > 0)
              .length
        : columns.filter(({ code }) => asks.has(code)).length,
    ),
  };
  const published = publishKeys(
    inFile.map(({ key }) => key),
    inFile.map(({ name }) => byName.get(name) ?? 0),
    bonds,
    numbers.rows,
    k,
  );
  return {
    bonds,
    keys: inFile.flatMap(({ name, published: level, asks }, place) => {
      const column = published[place];
      return column ? [{ ...column, name, published: level, asks }] : [];
    }),
    columns: columns.map((column) => ({ ...column, truth: numbers.of(column.variable), withheld: [] })),
    leftOut,
  };
}

/** A column as the file shows it. */
export interface ShownColumn {
  readonly variable: SnapshotVariable;
  readonly role: 'key' | 'sensitive' | 'plain';
  readonly shown: Reading;
}

/** Every column of the file, keys first; nothing is copied. */
export function shownColumns({ keys, columns }: ProtectedRows): ShownColumn[] {
  return [
    ...keys.flatMap(({ published, codes, values }) => {
      const numbers = values.map(numbersOfValue);
      return (published?.variables ?? []).map((variable, place) => ({
        variable,
        role: 'key' as const,
        shown: (row: number) => numbers[codes[row] ?? MISSING.withheld]?.[place] ?? MISSING.withheld,
      }));
    }),
    ...columns.map((column) => ({
      variable: column.variable,
      role: column.variable.role === 'sensitive' ? ('sensitive' as const) : ('plain' as const),
      shown: shownOf(column),
    })),
  ];
}

/** The classes of the rows as somebody sees them who holds the file. */
export function classesIn({ keys }: ProtectedRows, rows: number): Counted {
  return classesOf(keys, rows);
}

/**
 * In each row the columns that tell a key that is withheld there are withheld with it (rules M12 and M14), and all
 * columns where published tables count answers by that key (rule T12).
 */
export function maskColumns(
  { telling, numbers }: SurveyTable,
  rows: ProtectedRows,
  isTabled: (name: string) => boolean,
): ProtectedRows {
  const { keys, columns } = rows;
  const names = keys.flatMap(({ published }) => published?.name ?? []);
  const codes = [...new Set(columns.map(({ code }) => code))];
  const maskOf = (pattern: number): ReadonlySet<string> => {
    const withheld = keys.filter((_, place) => (pattern >> place) & 1);
    const gone = withheld.flatMap(({ published }) => published?.name ?? []);
    if (gone.some(isTabled)) return new Set(codes);
    const shown = new Set(names.filter((name) => !gone.includes(name)));
    return new Set([
      ...withheld.flatMap((key) => [...key.asks]),
      ...codes.filter((code) => telling.told(code, gone, shown).length > 0),
    ]);
  };
  const bits = new Int32Array(numbers.rows);
  for (const [place, { codes: own }] of keys.entries())
    own.forEach((code, row) => {
      if (code === MISSING.withheld) bits[row] = (bits[row] ?? 0) | (1 << place);
    });
  const patterns = [...new Set(bits)];
  const places = new Map(patterns.map((pattern, place) => [pattern, place]));
  const byPattern = { of: bits.map((pattern) => places.get(pattern) ?? 0), count: patterns.length };
  const masks = patterns.map(maskOf);
  return {
    ...rows,
    columns: columns.map((column) => {
      const hidden = [...masks.keys()].filter((place) => masks[place]?.has(column.code));
      return hidden.length === 0 ? column : withholdGroups(column, byPattern, hidden);
    }),
  };
}
