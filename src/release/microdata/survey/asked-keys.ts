/**
 * Who was asked, where no key says it. That a question was put to somebody tells what decided it: if that was a
 * quasi-identifier, whoever knows the person knows it too, and if it was a newer version of the questionnaire, it tells
 * when they answered. So the pattern of what was asked is like a key that stands in the file without a column of its
 * own. Where the published keys decide it, it is the same within each class and tells nothing more.
 */
import { MISSING } from '../../../questionnaire/variables.ts';
import { type Counted, countClasses } from '../generalise/count.ts';
import { type Key, keyOf, leavesOf } from '../generalise/keys.ts';
import type { Reading } from '../whole-numbers.ts';
import type { ChosenColumn } from './columns.ts';
import { looksIn } from './looks.ts';
import type { Numbers } from './numbers.ts';
import type { SurveyKey } from './survey-key.ts';

export interface AskedKey {
  readonly key: Key;
  /** The questions and variables in whose columns the pattern stands. */
  readonly codes: ReadonlySet<string>;
  /** The keys that it tells, as the survey's file names them. */
  readonly tells: readonly string[];
}

/**
 * What having been asked says of a row: nothing, that the question was not in the version answered, or, where a
 * quasi-identifier decided it, that it was not asked.
 */
export function stateOf(number: number, telling: boolean): number {
  if (number === MISSING.notInVersion) return 2;
  return telling && number === MISSING.notAsked ? 1 : 0;
}

/**
 * The patterns that the keys do not decide, one for each set of keys that they tell.
 * @param told for a question or variable the keys that its column tells
 */
export function askedKeys(
  columns: readonly ChosenColumn[],
  keys: readonly SurveyKey[],
  numbers: Numbers,
  told: (code: string) => readonly string[],
): AskedKey[] {
  const groups = new Map<string, { tells: readonly string[]; codes: string[]; states: Reading[] }>();
  const classes = new Map<string, Counted>();
  for (const code of new Set(columns.map((column) => column.code))) {
    const own = columns.filter((column) => column.code === code);
    const states = own.map(({ variable, telling }): Reading => {
      const read = numbers.of(variable);
      return (row) => stateOf(read(row), telling);
    });
    const tells = told(code);
    const deciding = classes.get(tells.join()) ?? classesBy(keys, tells, numbers.rows);
    classes.set(tells.join(), deciding);
    if (states.every((state) => isDecided(state, deciding))) continue;
    const group = groups.get(tells.join()) ?? { tells, codes: [], states: [] };
    groups.set(tells.join(), group);
    group.codes.push(code);
    group.states.push(...states);
  }
  return [...groups.values()].map(({ tells, codes, states }) => {
    const looks = looksIn(states, numbers.rows, '');
    const leaves = [...looks.texts].sort();
    const places = new Map(leaves.map((leaf, place) => [leaf, place]));
    const name = `who was asked ${codes.join(', ')}`;
    const key = keyOf(
      name,
      looks.of.map((look) => places.get(looks.texts[look] ?? '') ?? 0),
      leaves.map((leaf) => [leaf]),
    );
    return { key, codes: new Set(codes), tells };
  });
}

/** Rows that are alike in the keys of these names. */
function classesBy(keys: readonly SurveyKey[], names: readonly string[], rows: number): Counted {
  const deciding = keys.filter(({ name }) => names.includes(name));
  return countClasses(
    deciding.map(({ key }) => ({ codes: key.codes, span: leavesOf(key) })),
    rows,
  );
}

/** Whether rows of the same class are in the same state. */
function isDecided(state: Reading, { of, count }: Counted): boolean {
  const known = new Int8Array(count).fill(-1);
  return of.every((own, row) => {
    const now = state(row);
    if (known[own] === -1) known[own] = now;
    return known[own] === now;
  });
}
