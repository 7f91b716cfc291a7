import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../src/release/network/ask.ts';
import { dimensionsFor } from '../../../src/release/network/names.ts';
import { type Network, openNetwork } from '../../../src/release/network/network.ts';
import { farms, fileOf, type Row } from './farms.ts';
import { known, madeUp } from './made-up-farms.ts';
import { type Asking, attack, type Known, recovered, type Service } from './researcher.ts';

const POLICY = { cell: 5, base: 10, width: 5, hierarchies: {} };
/** The same of those who are in no rest, and who is in it: more than anybody could know. */
function everythingKnown(rows: readonly Row[], { atoms }: Network): (Known | undefined)[] {
  return rows.map((row, at) => (atoms.of[at] === -1 ? undefined : known(row)));
}

function serviceOf(network: Network): Service {
  return {
    questions: network.offered.map((offered) => ({
      name: offered.question.name,
      dimensions: dimensionsFor(network, offered).map(({ name, values }) => ({
        name,
        values: values.map(({ code }) => code),
      })),
    })),
    ask: (question, asking) => {
      const { people, groups } = ask(network, { question, ...asking });
      const cells = groups.flatMap(({ rows }) =>
        rows.flatMap(({ figures }) => figures.map((figure) => (figure.state === 'shown' ? figure.n : Number.NaN))),
      );
      return { people, cells };
    },
  };
}

/** The rule that T9 is there instead of: any filter, as long as it selects ten. */
function naiveService(rows: readonly Row[]): Service {
  const people = rows.map(known);
  const dimensions = ['k1', 'size', 'k3'].map((name) => ({
    name,
    values: [...new Set(people.flatMap((person) => person[name] ?? []))],
  }));
  const isAsked = (person: Known, { where, whereNot }: Asking) =>
    Object.entries(where).every(([name, values]) => values.includes(person[name] ?? '')) &&
    Object.entries(whereNot).every(([name, values]) => person[name] && !values.includes(person[name] ?? ''));
  return {
    questions: [{ name: 'Q3', dimensions }],
    ask: (_, asking) => {
      const selected = rows.filter((_row, at) => isAsked(people[at] ?? {}, asking));
      return selected.length < 10 ? undefined : { people: selected.length, cells: [] };
    },
  };
}

describe('adversary (c): random Boolean filters against rule T9', () => {
  test.each([
    [92, 1],
    [400, 2],
    [400, 3],
    [3000, 4],
  ])('learn of nobody in fewer than b, and of no figure under t, from %i answers', (n, seed) => {
    const rows = madeUp(n, seed);
    const network = openNetwork(fileOf(rows), farms, POLICY);
    const service = serviceOf(network);
    expect(service.questions.some(({ dimensions }) => dimensions.length > 0)).toBe(true);
    expect(attack(service, everythingKnown(rows, network), POLICY, seed, 120)).toEqual([]);
  });

  test('planted: take people apart where each filter has to select ten and nothing more', () => {
    const rows = madeUp(92, 1);
    const breaches = attack(naiveService(rows), rows.map(known), POLICY, 1, 200);
    expect(breaches).toContain('Q3: a group of 1');
    expect(breaches.some((breach) => breach.includes('equations tell a group of'))).toBe(true);
  });

  test('planted: find an atom of fewer than b that was let through', () => {
    const rows = madeUp(400, 2);
    const network = openNetwork(fileOf(rows), farms, { ...POLICY, base: 9 });
    const atom = network.atoms.sizes.indexOf(Math.min(...network.atoms.sizes));
    const sizes = network.atoms.sizes.map((size, each) => (each === atom ? 7 : size));
    const faulty = { ...network, atoms: { ...network.atoms, sizes } };
    expect(attack(serviceOf(faulty), everythingKnown(rows, network), POLICY, 2, 120).join()).toContain('a group of 7');
  });

  test('planted: find a question that was let through with a figure under t', () => {
    const rows = madeUp(400, 2);
    const network = openNetwork(fileOf(rows), farms, POLICY);
    const finest = network.offered.map((offered) => ({ ...offered, levels: network.atoms.levels }));
    const breaches = attack(serviceOf({ ...network, offered: finest }), everythingKnown(rows, network), POLICY, 2, 120);
    expect(breaches.join()).toContain('a figure of');
  });

  test('solve equations: two groups that overlap, and both together, tell what they have in common', () => {
    const who = (...each: number[]) => Uint8Array.from(each);
    expect(recovered([{ who: who(1, 1, 0), n: 7 }])).toEqual([7]);
    expect(
      recovered([
        { who: who(1, 1, 0), n: 7 },
        { who: who(0, 1, 1), n: 5 },
        { who: who(1, 1, 1), n: 9 },
      ]).sort(),
    ).toEqual([2, 3, 4]);
    expect(
      recovered([
        { who: who(1, 1, 0, 0), n: 7 },
        { who: who(0, 1, 1, 0), n: 5 },
        { who: who(0, 0, 1, 1), n: 5 },
      ]),
    ).toEqual([]);
  });

  test('learn nothing from small files of any kind', () => {
    const row = fc.record({
      k1: fc.constantFrom(1, 1, 1, 2, -6),
      size: fc.constantFrom(1, 1, 2, 3, 4, -9),
      k3: fc.constantFrom(1, 2),
      q1: fc.constantFrom(1, 2, 2, 4, -7, -9, -1),
      q3: fc.constantFrom(1, 2, 2),
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 6, maxLength: 90 }),
        fc.integer({ min: 3, max: 6 }),
        fc.integer({ min: 0, max: 4 }),
        fc.nat(),
        (rows, base, less, seed) => {
          const policy = { ...POLICY, base, cell: Math.max(2, base - less) };
          const network = openNetwork(fileOf(rows), farms, policy);
          expect(attack(serviceOf(network), everythingKnown(rows, network), policy, seed, 12)).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});
