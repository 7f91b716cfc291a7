/** Rule R3 in the network tier: what two files tell, one less the other. */
import { describe, expect, test } from 'vitest';
import { findConflict, type HeldFile } from '../../../src/release/microdata/earlier.ts';
import { ask } from '../../../src/release/network/ask.ts';
import { NoAtoms } from '../../../src/release/network/atoms.ts';
import { besideEarlier } from '../../../src/release/network/beside.ts';
import { describeNetwork } from '../../../src/release/network/describe.ts';
import type { NetworkFile } from '../../../src/release/network/dimensions.ts';
import { type Network, openNetwork } from '../../../src/release/network/network.ts';
import { alike, farms, fileOf, type Row } from './farms.ts';
import { chance } from './researcher.ts';

const POLICY = { cell: 5, base: 10, width: 5, hierarchies: {} };

/** What somebody can ask, with the rows that it is of. */
interface Asked {
  readonly file: NetworkFile;
  readonly rows: readonly Row[];
  readonly network: Network;
}

const [NORTH, SOUTH] = [1, 2];
const farm = (row: Row): Row => ({ size: 1, k3: 1, q1: 2, q2_rye: 0, q2_none: 0, q2_wheat: 0, ...row });
const FIRST = [NORTH, SOUTH].flatMap((k1) => [
  ...alike(20, farm({ k1, q2_wheat: 1 })),
  ...alike(20, farm({ k1, q2_wheat: 0 })),
]);
const northern = (n: number, wheat: number) => [
  ...alike(wheat, farm({ k1: NORTH, q2_wheat: 1 })),
  ...alike(n - wheat, farm({ k1: NORTH, q2_wheat: 0 })),
];

/** The rows' numbers under each value that can be asked for. */
const VALUES: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  k1: { north: [1], south: [2] },
  size: { micro: [1], small: [2], middle: [3], large: [4] },
  size_wide: { smaller: [1, 2], larger: [3, 4] },
  k3: { own: [1], rented: [2] },
};

interface Telling {
  readonly question: string;
  readonly wanted: string;
  /** The places of those whom it counts. */
  readonly who: ReadonlySet<number>;
  readonly counts: ReadonlyMap<string, number>;
}

/** Every table that one dimension gives, or two of them, with whom it counts: whoever holds the file knows that. */
function tellings({ network, rows }: Asked): Telling[] {
  const { dimensions, questions } = describeNetwork(network);
  return questions.flatMap(({ name: question, by }) => {
    const filters = dimensions.flatMap(({ name, values }) =>
      by.includes(name) ? values.map(({ code }) => ({ name, code })) : [],
    );
    const pairs = filters.flatMap((one) => filters.flatMap((two) => (one.name < two.name ? [[one, two]] : [])));
    return [[], ...filters.map((each) => [each]), ...pairs].map((chosen): Telling => {
      const where = Object.fromEntries(chosen.map(({ name, code }) => [name, [code]]));
      const { people, groups, answers } = ask(network, { question, where });
      const isIn = (row: Row) =>
        chosen.every(({ name, code }) =>
          VALUES[name]?.[code]?.includes(row[name === 'size_wide' ? 'size' : name] ?? 0),
        );
      const places = rows.flatMap((row, place) => (network.atoms.of[place] !== -1 && isIn(row) ? [place] : []));
      expect(places.length).toBe(people);
      const counts = groups.flatMap(({ rows }) =>
        rows.flatMap(({ name, figures }) =>
          figures.map((figure, place) => {
            const n = figure.state === 'shown' ? figure.n : Number.NaN;
            return [`${name} ${answers[place]?.code}`, n] as const;
          }),
        ),
      );
      return { question, wanted: JSON.stringify(where), who: new Set(places), counts: new Map(counts) };
    });
  });
}

/**
 * What a researcher learns who asks both files and subtracts where one answer counts all whom the other does: few
 * people, and answers that few of them gave. The first rows of the second file are those of the first.
 */
function subtract(earlier: Asked, now: Asked): string[] {
  const before = tellings(earlier);
  const isFew = (n: number, least: number) => n > 0 && n < least;
  const without = (one: Telling, other: Telling): string[] => {
    if ([...other.who].some((place) => !one.who.has(place))) return [];
    const people = one.who.size - other.who.size;
    const few = [...one.counts].filter(([name, n]) => isFew(n - (other.counts.get(name) ?? n), POLICY.cell));
    return [
      ...(isFew(people, POLICY.base) ? [`${one.wanted}: ${people} people`] : []),
      ...(one.question === other.question ? few.map(([name]) => `${one.wanted}: ${name}`) : []),
    ];
  };
  return tellings(now).flatMap((two) => before.flatMap((one) => [...without(two, one), ...without(one, two)]));
}

const opened = (rows: readonly Row[], ...earlier: readonly Asked[]): Asked => {
  const file = fileOf(rows);
  return { file, rows, network: openNetwork(file, farms, POLICY, [], earlier) };
};
const names = ({ network }: Asked) => network.offered.map(({ question }) => question.name);
/** The names of what a question can be crossed by. */
const crossed = ({ network }: Asked, name: string) =>
  describeNetwork(network).questions.find((each) => each.name === name)?.by;

describe('R3: the tier of a second network file', () => {
  const one = opened(FIRST);

  test.each([
    ['of the same answers', FIRST],
    ['with ten newcomers, of whom five or none gave each answer', [...FIRST, ...northern(10, 5)]],
  ])('%s tells all that it would alone', (_, rows) => {
    const [two, alone] = [opened(rows, one), opened(rows)];
    expect(two.network.offered).toEqual(alone.network.offered);
    expect(subtract(one, two)).toEqual([]);
  });

  test('of the same answers in another order tells the same', () => {
    const two = opened(FIRST.toReversed(), one);
    expect(describeNetwork(two.network)).toEqual(describeNetwork(one.network));
  });

  test('tells nothing beside the first where fewer than b people are in one of them only', () => {
    const rows = [...FIRST, ...northern(5, 5)];
    expect(subtract(one, opened(rows))).toContain('{"k1":["north"]}: 5 people');
    expect(() => opened(rows, one)).toThrow('are fewer than 10');
  });

  test('is crossed by no key that would tell fewer than b newcomers, and by others', () => {
    const southern = (n: number) => alike(n, farm({ k1: SOUTH, q2_wheat: 1 }));
    const rows = [...FIRST, ...northern(30, 15), ...southern(6)];
    expect(subtract(one, opened(rows))).toContain('{"k1":["south"]}: 6 people');
    const two = opened(rows, one);
    expect(crossed(two, 'Q2')).not.toContain('k1');
    expect(names(two)).toContain('Q2');
    expect(subtract(one, two)).toEqual([]);
  });

  test('tells no question anew of which few newcomers gave an answer, and the others', () => {
    const rows = [...FIRST, ...northern(10, 3)];
    expect(subtract(one, opened(rows))).toContain('{}: q2_wheat yes');
    const two = opened(rows, one);
    expect(two.network.kept.map(({ name }) => name)).toEqual(['Q2']);
    expect(names(two)).toContain('Q1');
    expect(subtract(one, two)).toEqual([]);
    expect(() => ask(two.network, { question: 'Q2' })).toThrow(
      /^Q2 is not told anew of this release: less what was told/,
    );
  });

  test('tells no sensitive question anew to which all newcomers said the same (T3)', () => {
    const said = (rows: readonly Row[]) => rows.map((row, place) => ({ ...row, q3: 1 + (place % 2) }));
    const before = opened(said(FIRST));
    expect(names(before)).toContain('Q3');
    const rows = [...said(FIRST), ...northern(12, 6).map((row) => ({ ...row, q3: 1 }))];
    expect(names(opened(rows))).toContain('Q3');
    expect(opened(rows, before).network.kept.map(({ name }) => name)).toEqual(['Q3']);
    const mixed = [...said(FIRST), ...said(northern(12, 6))];
    expect(names(opened(mixed, before))).toContain('Q3');
  });

  test('is seen to leave other people uncounted than the first, of the same answers', () => {
    const rest = [...alike(11, farm({ k1: NORTH, size: -6 })), ...alike(400, farm({ k1: NORTH, q2_wheat: 1 }))];
    const whole = opened([...FIRST, ...rest]);
    const of = whole.network.atoms.of.slice();
    // Three more are left out: nobody could say of whom the figures differ but by subtraction.
    for (const row of [0, 1, 2]) of[row] = -1;
    const { leavesEnough } = besideEarlier(whole, whole.file, POLICY.base);
    expect(leavesEnough(whole.network.atoms)).toBe(true);
    expect(leavesEnough({ ...whole.network.atoms, of })).toBe(false);
  });

  test('is looked at beside every one that was asked, and not only beside the last', () => {
    const second = [...FIRST, ...northern(10, 5)];
    const two = opened(second, one);
    const third = [...second, ...northern(5, 5)];
    expect(subtract(one, opened(third, one))).toEqual([]);
    expect(subtract(two, opened(third, one))).not.toEqual([]);
    expect(() => opened(third, one, two)).toThrow('are fewer than 10');
  });

  test('leaves nothing to subtract, whatever came, and does where it is opened alone', () => {
    const random = chance(7);
    const pick = (n: number) => Math.floor(random() * n);
    const people = (n: number, same: number) =>
      Array.from({ length: n }, () =>
        farm({ k1: 1 + pick(2), size: 1 + 3 * pick(2), q2_wheat: pick(2), q3: 1 + pick(2) }),
      ).flatMap((row) => alike(same, row));
    const outcomes = Array.from({ length: 30 }, () => {
      const first = people(40 + pick(40), 3);
      const rows = [...first, ...people(1 + pick(3), 3 + pick(12))];
      const [before, alone] = [opened(first), opened(rows)];
      const two = tryOpening(rows, before);
      return {
        alone: subtract(before, alone).length,
        beside: two ? subtract(before, two) : [],
        told: two ? two.network.offered.length : 0,
        all: alone.network.offered.length,
      };
    });
    expect(outcomes.flatMap(({ beside }) => beside)).toEqual([]);
    expect(outcomes.filter(({ alone }) => alone > 0).length).toBeGreaterThan(8);
    expect(outcomes.filter(({ alone, told }) => alone > 0 && told > 0).length).toBeGreaterThan(2);
  });

  test('can follow a file beside which another would be found by its rows alone', () => {
    const [first, second] = [opened(FIRST), opened([...FIRST, ...northern(5, 2)])];
    expect(findConflict(held(first), held(second), 5)).toBeUndefined();
    expect(subtract(first, second)).not.toEqual([]);
  });
});

function tryOpening(rows: readonly Row[], before: Asked): Asked | undefined {
  try {
    return opened(rows, before);
  } catch (error) {
    if (error instanceof NoAtoms) return undefined;
    throw error;
  }
}

/** The same file as whoever compares files sees it. */
function held({ file }: Asked): HeldFile {
  const named = (role: string) => file.variables.flatMap((each) => (each.role === role ? [each.name] : []));
  return {
    keys: named('key'),
    sensitive: named('sensitive'),
    weights: [],
    telling: [],
    columns: new Map(
      file.variables.flatMap(({ name, values }) => (values instanceof Int32Array ? [[name, values]] : [])),
    ),
    rows: file.rows,
  };
}
