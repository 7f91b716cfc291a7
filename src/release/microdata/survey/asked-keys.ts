/**
 * Who was asked, where no key says it. That a question was put to somebody tells what decided it: if that was a
 * quasi-identifier, whoever knows the person knows it too, and if it was a newer version of the questionnaire, it tells
 * when they answered. So the pattern of what was asked is like a key that stands in the file without a column of its
 * own. Where the published keys decide it, it is the same within each class and tells nothing more.
 */
import { MISSING } from '../../../questionnaire/variables.ts';
import { countClasses } from '../generalise/count.ts';
import { type Key, keyOf, leavesOf } from '../generalise/keys.ts';
import type { ChosenColumn } from './columns.ts';
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
  const groups = new Map<string, { tells: readonly string[]; codes: string[]; states: Int32Array[] }>();
  for (const code of new Set(columns.map((column) => column.code))) {
    const own = columns.filter((column) => column.code === code);
    const states = own.map(({ variable, telling }) => numbers.of(variable).map((each) => stateOf(each, telling)));
    const tells = told(code);
    const deciding = keys.filter(({ name }) => tells.includes(name));
    if (isDecided(states, deciding, numbers.rows)) continue;
    const group = groups.get(tells.join()) ?? { tells, codes: [], states: [] };
    groups.set(tells.join(), group);
    group.codes.push(code);
    group.states.push(...states);
  }
  return [...groups.values()].map(({ tells, codes, states }) => {
    const looks = Array.from({ length: numbers.rows }, (_, row) => states.map((column) => column[row]).join(''));
    const leaves = [...new Set(looks)].sort();
    const places = new Map(leaves.map((leaf, place) => [leaf, place]));
    const name = `who was asked ${codes.join(', ')}`;
    const key = keyOf(
      name,
      Int32Array.from(looks, (look) => places.get(look) ?? 0),
      leaves.map((leaf) => [leaf]),
    );
    return { key, codes: new Set(codes), tells };
  });
}

/** Whether rows that are alike in these keys are alike in these states. */
function isDecided(states: readonly Int32Array[], keys: readonly SurveyKey[], rows: number): boolean {
  const { of, count } = countClasses(
    keys.map(({ key }) => ({ codes: key.codes, span: leavesOf(key) })),
    rows,
  );
  return states.every((column) => {
    const known = new Int32Array(count).fill(-1);
    return column.every((state, row) => {
      const own = of[row] ?? 0;
      if (known[own] === -1) known[own] = state;
      return known[own] === state;
    });
  });
}
