/**
 * Somebody who holds a file and the published tables, knows how files are made, and knows of each class how many
 * answered. They try every way to spread the answers that the file withholds over the classes that could have them.
 */
import { MISSING } from '../../../src/questionnaire/variables.ts';
import type { MadeFile } from '../../../src/release/microdata/make-file.ts';
import type { Snapshot } from '../../../src/results/snapshot.ts';
import { NO_ANSWER, shownIn, truthOf } from './attacks.ts';
import { bytes } from './clubs.ts';

interface Unit {
  readonly name: string;
  readonly size: number;
  /** It shows the key by which tables count, so it would show its answers if these were not alike. */
  readonly cause: boolean;
}

export interface Found {
  /** Classes of which a sensitive answer is withheld, once for each table in which it is counted. */
  readonly withheld: number;
  /** Those of which it is told all the same. */
  readonly told: readonly string[];
  /** Those of which whoever knows one of the class's answers is told the others. */
  readonly toldToOne: readonly string[];
}

/**
 * @param column a sensitive one @param by a key of the file by which tables count it
 * @param covered whether other classes go with those that are alike; if not, all that is withheld is alike
 */
export function undo(
  { file }: Pick<MadeFile, 'file'>,
  snapshot: Snapshot,
  column: string,
  by: string,
  covered: boolean,
): Found {
  const row = rowsByName(file.rows);
  const order = [...(file.variables[0]?.values ?? [])].map((name) => row.get(String(name)) ?? -1);
  const given = truthOf(snapshot, column);
  const groups = truthOf(snapshot, by);
  const [shown, key] = [shownIn(file, column), shownIn(file, by)];
  const keys = file.variables.filter(({ role }) => role === 'key').map(({ name }) => shownIn(file, name));
  const found = { withheld: 0, told: [] as string[], toldToOne: [] as string[] };
  for (const group of [undefined, ...new Set(groups)]) {
    const units = new Map<string, { size: number; cause: boolean }>();
    const pool = new Map<number, number>();
    let open = false;
    order.forEach((response, place) => {
      const answer = given[response] ?? MISSING.blank;
      if (NO_ANSWER.has(answer) || (group !== undefined && groups[response] !== group)) return;
      if (shown[place] !== MISSING.withheld) {
        open = true;
        return;
      }
      const cause = key[place] !== MISSING.withheld;
      const name = group !== undefined && !cause ? 'lacking' : keys.map((each) => each[place]).join(' ');
      units.set(name, { size: (units.get(name)?.size ?? 0) + 1, cause });
      pool.set(answer, (pool.get(answer) ?? 0) + 1);
    });
    const all: Unit[] = [...units].map(([name, unit]) => ({ name, ...unit }));
    // What a table prints of everybody in it is told by the table.
    if (!open || !all.some(({ cause }) => cause)) continue;
    found.withheld += all.length;
    // Where none of them can be alike, another table is why they are withheld.
    const isReason = canSpread(all, pool, undefined, covered);
    const where = `${column} of ${by} ${group ?? 'any'}`;
    for (const unit of all) {
      const could = (apart: number) =>
        [...pool.keys()].every((answer) =>
          canSpread(all, pool, { unit, answer, apart: Math.min(apart, unit.size) }, covered, isReason),
        );
      if (!could(1)) found.told.push(`${where}: ${unit.name}`);
      if (!could(2)) found.toldToOne.push(`${where}: ${unit.name}`);
    }
  }
  return found;
}

/** Whether the answers can be spread so that a unit has so many others than one, and what is withheld was alike. */
function canSpread(
  units: readonly Unit[],
  pool: ReadonlyMap<number, number>,
  wanted: { readonly unit: Unit; readonly answer: number; readonly apart: number } | undefined,
  covered: boolean,
  isReason = true,
): boolean {
  const left = new Map(pool);
  const spread = (place: number, anyAlike: boolean): boolean => {
    const unit = units[place];
    if (!unit) return anyAlike || !isReason;
    for (const part of waysToTake(unit.size, [...left])) {
      const others = part.reduce((sum, [each, n]) => (each === wanted?.answer ? sum : sum + n), 0);
      if (unit === wanted?.unit && others < wanted.apart) continue;
      const alike = unit.cause && unit.size - Math.max(...part.map(([, n]) => n)) < 2;
      if (!covered && isReason && unit.cause && !alike) continue;
      for (const [each, n] of part) left.set(each, (left.get(each) ?? 0) - n);
      const holds = spread(place + 1, anyAlike || alike);
      for (const [each, n] of part) left.set(each, (left.get(each) ?? 0) + n);
      if (holds) return true;
    }
    return false;
  };
  return spread(0, false);
}

function* waysToTake(size: number, left: readonly (readonly [number, number])[]): Generator<[number, number][]> {
  const [first, ...rest] = left;
  if (!first) {
    if (size === 0) yield [];
    return;
  }
  const [answer, n] = first;
  // The most first: what is alike is found soon.
  for (let taken = Math.min(n, size); taken >= 0; taken--)
    for (const others of waysToTake(size - taken, rest)) yield [[answer, taken], ...others];
}

/** The response that each row's name was made for. */
function rowsByName(responses: number): Map<string, number> {
  const random = bytes(10 * responses);
  const hex = (row: number) =>
    Array.from(random.subarray(10 * row, 10 * row + 10), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return new Map(Array.from({ length: responses }, (_, row) => [`r${hex(row)}`, row]));
}
