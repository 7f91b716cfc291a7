/** Rule R3 in the network tier: what two files tell, one less the other. */
import { describe, expect, test } from 'vitest';
import { findConflict, type HeldFile } from '../../../src/release/microdata/earlier.ts';
import { ask, type Wanted } from '../../../src/release/network/ask.ts';
import { findSubtracted, type Shown } from '../../../src/release/network/beside.ts';
import { describeNetwork } from '../../../src/release/network/describe.ts';
import { openNetwork } from '../../../src/release/network/network.ts';
import { alike, farms, fileOf, type Row } from './farms.ts';
import { chance } from './researcher.ts';

const POLICY = { cell: 5, base: 10, width: 5, hierarchies: {} };

const shown = (rows: readonly Row[]): Shown => {
  const file = fileOf(rows);
  return { file, network: openNetwork(file, farms, POLICY) };
};

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

/** Every table that one dimension gives: how many people, and all counts, by what was asked. */
function tellings({ network }: Shown): Map<string, { readonly people: number; readonly counts: Map<string, number> }> {
  const found = new Map<string, { people: number; counts: Map<string, number> }>();
  const { dimensions, questions } = describeNetwork(network);
  for (const { name: question, by } of questions) {
    const filters = dimensions.flatMap(({ name, values }) =>
      by.includes(name) ? values.map(({ code }) => ({ [name]: [code] })) : [],
    );
    for (const where of [{}, ...filters]) {
      const wanted: Wanted = { question, where };
      const { people, groups, answers } = ask(network, wanted);
      const counts = groups.flatMap(({ rows }) =>
        rows.flatMap(({ name, figures }) =>
          figures.map((figure, place) => {
            const n = figure.state === 'shown' ? figure.n : Number.NaN;
            return [`${name} ${answers[place]?.code}`, n] as const;
          }),
        ),
      );
      found.set(JSON.stringify(wanted), { people, counts: new Map(counts) });
    }
  }
  return found;
}

/** What a researcher learns who asks the same of both: differences of few people, and small differences of counts. */
function subtract(earlier: Shown, now: Shown): string[] {
  const before = tellings(earlier);
  const isFew = (n: number, least: number) => n !== 0 && Math.abs(n) < least;
  return [...tellings(now)].flatMap(([wanted, { people, counts }]) => {
    const then = before.get(wanted);
    if (!then) return [];
    const few = [...counts].filter(([name, n]) => isFew(n - (then.counts.get(name) ?? n), POLICY.cell));
    return [
      ...(isFew(people - then.people, POLICY.base) ? [`${wanted}: ${people - then.people} people`] : []),
      ...few.map(([name]) => `${wanted}: ${name}`),
    ];
  });
}

describe('a second network file', () => {
  test.each([
    ['of the same answers', FIRST, undefined],
    ['in another order', FIRST.toReversed(), undefined],
    ['with ten newcomers, of whom five or none gave each answer', [...FIRST, ...northern(10, 5)], undefined],
    ['with five newcomers alike on the keys', [...FIRST, ...northern(5, 5)], { kind: 'people' }],
    ['with ten newcomers, of whom three grow wheat', [...FIRST, ...northern(10, 3)], { kind: 'question', name: 'Q2' }],
    [
      'with ten gone from the north and seven from the south',
      FIRST.slice(17, -7).concat(FIRST.slice(0, 7)),
      { kind: 'people' },
    ],
    ['with ten gone who grew wheat', FIRST.slice(10), undefined],
  ])('%s', (_, rows, expected) => {
    expect(findSubtracted(shown(FIRST), shown(rows))).toEqual(expected);
  });

  test('can pass the comparison of files, and tell of five newcomers by its tables alone', () => {
    const [one, two] = [shown(FIRST), shown([...FIRST, ...northern(5, 2)])];
    expect(findConflict(held(one), held(two), 5)).toBeUndefined();
    expect(subtract(one, two)).toContain('{"question":"Q2","where":{"k1":["north"]}}: 5 people');
    expect(findSubtracted(one, two)).toEqual({ kind: 'people' });
  });

  test('is seen to leave other people uncounted than the first, of the same answers', () => {
    const rest = [...alike(11, farm({ k1: NORTH, size: -6 })), ...alike(400, farm({ k1: NORTH, q2_wheat: 1 }))];
    const one = shown([...FIRST, ...rest]);
    const of = one.network.atoms.of.slice();
    // Three more are left out: nobody could say of whom the figures differ but by subtraction.
    for (const row of [0, 1, 2]) of[row] = -1;
    const two = { ...one, network: { ...one.network, atoms: { ...one.network.atoms, of } } };
    expect(findSubtracted(one, one)).toBeUndefined();
    expect(findSubtracted(one, two)).toEqual({ kind: 'people' });
  });

  test('that is let through leaves nothing to subtract, and others do', () => {
    const random = chance(7);
    const pick = (n: number) => Math.floor(random() * n);
    const outcomes = Array.from({ length: 60 }, () => {
      const people = (n: number, same: number) =>
        Array.from({ length: n }, () => farm({ k1: 1 + pick(2), size: 1 + 3 * pick(2), q2_wheat: pick(2) })).flatMap(
          (row) => alike(same, row),
        );
      const first = people(40 + pick(40), 3);
      const [one, two] = [shown(first), shown([...first, ...people(1 + pick(3), 3 + pick(12))])];
      return { refused: findSubtracted(one, two) !== undefined, breaches: subtract(one, two) };
    });
    expect(outcomes.filter(({ refused, breaches }) => !refused && breaches.length > 0)).toEqual([]);
    expect(outcomes.filter(({ refused }) => !refused).length).toBeGreaterThan(3);
    expect(outcomes.filter(({ refused, breaches }) => refused && breaches.length > 0).length).toBeGreaterThan(3);
  });
});

/** The same file as whoever compares files sees it. */
function held({ file }: Shown): HeldFile {
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
