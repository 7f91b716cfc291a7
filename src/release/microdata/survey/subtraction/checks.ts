/** Where a file beside published tables tells something by subtraction: what is printed less what the file shows. */

import type { SnapshotVariable } from '../../../../results/variables.ts';
import type { ProtectedTables } from '../../../tables/protected-tables.ts';
import { getLevel } from '../../generalise/keys.ts';
import type { Reading } from '../../whole-numbers.ts';
import type { FileKey } from '../protect-rows.ts';
import { codeOf } from '../reach.ts';
import type { SurveyTable } from '../survey-table.ts';
import { type Distribution, distributionsIn } from './groups.ts';
import { commonParts, crossed, type Parts } from './parts.ts';

/** Rows that the tables count and the file shows, by the keys that say in the file which they are. */
export interface KeyCheck {
  /** The places of the keys, one or two. */
  readonly keys: readonly number[];
  /** For each row the part that it is counted in. */
  readonly parts: Parts;
  /** For each part how many there are, as printed; where it is not printed, as it is. */
  readonly printed: Float64Array;
}

/** Rows among which a question's answers are counted. */
export interface AnswerCheck {
  /** The key that says in the file which group a row is in; undefined among everybody. */
  readonly key: number | undefined;
  readonly parts: Parts;
}

export interface Checks {
  readonly keys: readonly KeyCheck[];
  /** By the question or variable whose answers are counted. */
  readonly answers: ReadonlyMap<string, readonly AnswerCheck[]>;
}

/** Everything to be looked at of these tables. */
export function checksOf(table: SurveyTable, keys: readonly FileKey[], published: readonly ProtectedTables[]): Checks {
  const { versions, snapshot, numbers } = table;
  const distributions = published.flatMap((tables) => distributionsIn(tables, versions, snapshot.variables, numbers));
  const shown = keys.map((key) => key.key.codes.map((leaf) => getLevel(key.key, key.level).groups[leaf] ?? 0));
  const related = relatedIn(table, keys);
  const partsOf = remembering((groups: Reading, key: number) => commonParts(groups, shown[key] ?? new Int32Array()));
  const keyChecks = distributions.flatMap((each) => keyChecksOf(each, { numbers, related, partsOf }));
  const answers = new Map<string, AnswerCheck[]>();
  const everybody: AnswerCheck = { key: undefined, parts: { rows: numbers.rows, of: () => 0, count: 1 } };
  for (const { variable, views } of distributions) {
    const own = answers.get(codeOf(variable)) ?? [everybody];
    answers.set(codeOf(variable), own);
    for (const { segment, groupOf } of views)
      for (const key of related(segment)) own.push({ key, parts: partsOf(groupOf, key) });
  }
  return {
    // Two releases of one table print different counts.
    keys: distinct(keyChecks, ({ keys: places, printed }) => `${places} ${printed}`),
    answers: new Map([...answers].map(([code, own]) => [code, distinct(own, ({ key }) => String(key))])),
  };
}

interface Relating {
  readonly numbers: SurveyTable['numbers'];
  readonly related: (variable: SnapshotVariable) => readonly number[];
  readonly partsOf: (groups: Reading, key: number) => Parts;
}

function keyChecksOf({ variable, overall, views }: Distribution, { numbers, related, partsOf }: Relating): KeyCheck[] {
  const own = numbers.of(variable);
  const alone = related(variable).map((key) => ({ key, parts: partsOf(own, key) }));
  const everybody = () => 0;
  const checks = alone.map(({ key, parts }) => ({
    keys: [key],
    parts,
    printed: printedIn(parts, own, everybody, [overall]),
  }));
  const byGroup = views.flatMap(({ segment, groupOf, groups }) =>
    related(segment).flatMap((key) => {
      const among = partsOf(groupOf, key);
      const whole = { keys: [key], parts: among, printed: printedIn(among, groupOf, groupOf, []) };
      const both = alone.flatMap((each) => {
        if (each.key === key) return [];
        const parts = crossed(among, each.parts);
        return [{ keys: [key, each.key], parts, printed: printedIn(parts, own, groupOf, groups) }];
      });
      return [whole, ...both];
    }),
  );
  return [...checks, ...byGroup];
}

/** How many are in each part: the printed count of each cell in it, or, where none is printed, the true one. */
function printedIn(
  { rows, of, count }: Parts,
  own: Reading,
  groupOf: Reading,
  cells: readonly ReadonlyMap<number, number>[],
): Float64Array {
  const sums = new Float64Array(count);
  const seen = new Map<number, Set<number>>();
  for (let row = 0; row < rows; row++) {
    const part = of(row);
    const group = groupOf(row);
    const number = own(row);
    const n = cells[group]?.get(number);
    if (n === undefined) {
      sums[part] = (sums[part] ?? 0) + 1;
      continue;
    }
    const known = seen.get(group) ?? new Set();
    seen.set(group, known);
    if (known.has(number)) continue;
    known.add(number);
    sums[part] = (sums[part] ?? 0) + n;
  }
  return sums;
}

/** The keys that rest on the same answers as a variable. */
function relatedIn({ telling }: SurveyTable, keys: readonly FileKey[]) {
  const known = new Map<string, readonly number[]>();
  return (variable: SnapshotVariable): readonly number[] => {
    const found =
      known.get(variable.name) ??
      keys.flatMap(({ published }, place) =>
        published && telling.share(codeOf(variable), published.name) ? [place] : [],
      );
    known.set(variable.name, found);
    return found;
  };
}

function remembering(work: (groups: Reading, key: number) => Parts) {
  const known = new Map<Reading, Map<number, Parts>>();
  return (groups: Reading, key: number): Parts => {
    const own = known.get(groups) ?? new Map<number, Parts>();
    known.set(groups, own);
    const found = own.get(key) ?? work(groups, key);
    own.set(key, found);
    return found;
  };
}

/** Most tables are by the same segments: what is the same is looked at once. @param nameOf what tells two apart */
function distinct<T extends { readonly parts: Parts }>(checks: readonly T[], nameOf: (check: T) => string): T[] {
  const seen = new Map<Parts, Set<string>>();
  return checks.filter((check) => {
    const known = seen.get(check.parts) ?? new Set();
    seen.set(check.parts, known);
    const name = nameOf(check);
    if (known.has(name)) return false;
    known.add(name);
    return true;
  });
}
