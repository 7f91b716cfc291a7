/** Rule T8: what many sums say together is found by a linear program, and hidden. */
import { expect, test } from 'vitest';
import { Audit } from '../../src/release/tables/protection/audit.ts';
import { Bounds } from '../../src/release/tables/protection/bounds.ts';
import { mergeEqual } from '../../src/release/tables/protection/equal.ts';
import { FactBook, type Part } from '../../src/release/tables/protection/facts.ts';
import { loadSolver } from '../../src/release/tables/protection/solver.ts';
import { suppress } from '../../src/release/tables/protection/suppress.ts';

const POLICY = { cell: 5, base: 10, width: 5, hierarchies: {} };
const solver = await loadSolver();

/** Three hidden numbers of which each two are added up: together the sums tell each of them. */
function triangle() {
  const book = new FactBook();
  const [a, b, c] = [book.fact('a', 4), book.fact('b', 10), book.fact('c', 10)];
  a.primary = true;
  const sums = [
    [a, b],
    [b, c],
    [c, a],
  ].map(([one, other], index) => {
    if (!one || !other) throw new Error('a sum has two parts');
    const sum = book.fact(`sum ${index}`, one.value + other.value);
    book.relate(sum, [one, other]);
    return sum;
  });
  const facts = book.close();
  return { facts, a, b, c, sums };
}

test('sums that tell a number only together are found by the program, and not by going from sum to sum', () => {
  const { facts, a, sums } = triangle();
  const shown = sums.map(({ id }) => id);
  const bounds = new Bounds(facts, []);
  bounds.show(shown);
  expect(bounds.of(a.id)).toEqual({ low: 0, high: 8 });
  const exposed = new Audit(facts, POLICY, solver).findExposed([a], (id) => shown.includes(id));
  expect(exposed).toHaveLength(1);
  expect(exposed[0]?.low).toBeCloseTo(4);
  expect(exposed[0]?.high).toBeCloseTo(4);
});

test('with one of the sums hidden the number is uncertain', () => {
  const { facts, a, sums } = triangle();
  const shown = sums.slice(1).map(({ id }) => id);
  expect(new Audit(facts, POLICY, solver).findExposed([a], (id) => shown.includes(id))).toEqual([]);
});

test('a number that is open by less than the width, or never reaches the threshold, is exposed', () => {
  const book = new FactBook();
  const [small, rest] = [book.fact('small', 2), book.fact('rest', 2)];
  book.relate(book.fact('sum', 4), [small, rest]);
  const facts = book.close();
  const audit = (policy: typeof POLICY) => new Audit(facts, policy, solver).findExposed([small], (id) => id === 2);
  expect(audit(POLICY)).toMatchObject([{ low: 0, high: 4 }]);
  expect(audit({ ...POLICY, width: 4 })).toMatchObject([{ low: 0, high: 4 }]);
  expect(audit({ ...POLICY, width: 4, cell: 4 })).toEqual([]);
});

/** Numbers in a ring, of which each two neighbours are added up: with an even count they can all change together. */
function ring(size: number) {
  const book = new FactBook();
  const numbers = Array.from({ length: size }, (_, place) => book.fact(`n${place}`, 8));
  const sums = numbers.map((one, place) => {
    const sum = book.fact(`sum ${place}`, 16);
    book.relate(sum, [one, numbers[(place + 1) % size] ?? one]);
    return sum.id;
  });
  const facts = book.close();
  return new Audit(facts, POLICY, solver).findExposed(numbers.slice(0, 1), (id) => sums.includes(id));
}

test('a number that can change only together with hundreds of others is found open', () => {
  expect(ring(400)).toEqual([]);
});

test('and one that hundreds of sums tell together is found exposed, with the sums that tell it', () => {
  const [exposed] = ring(401);
  expect(exposed).toMatchObject({ low: expect.closeTo(8), high: expect.closeTo(8) });
  expect(exposed?.telling).toHaveLength(401);
});

test('numbers that are equal by their sums are one: published once, published everywhere', () => {
  const book = new FactBook();
  const [all, a, b] = [book.fact('all', 20), book.fact('a', 3), book.fact('b', 17)];
  const [asked, rest, same] = [book.fact('asked', 3), book.fact('rest', 17), book.fact('same', 3)];
  book.relate(all, [a, b]);
  book.relate(asked, [a]);
  book.relate(all, [asked, rest]);
  book.relate(all, [same, b]);
  const { facts, standsFor } = mergeEqual(book.close());
  expect([asked, same].map(({ id }) => standsFor(id))).toEqual([standsFor(a.id), standsFor(a.id)]);
  expect(standsFor(rest.id)).toBe(standsFor(b.id));
  expect(standsFor(all.id)).toBe(all.id);
  expect(facts.relations).toHaveLength(1);
});

test('a small count that is equal to a published one is exposed by it', () => {
  const book = new FactBook();
  const [all, small, rest, asked] = [
    book.fact('all', 20),
    book.fact('small', 3),
    book.fact('rest', 17),
    book.fact('asked', 3),
  ];
  book.relate(all, [small, rest]);
  book.relate(all, [asked, rest]);
  const audit = new Audit(book.close(), POLICY, solver);
  expect(audit.findExposed([small], () => false)).toEqual([]);
  expect(audit.findExposed([small], (id) => id === asked.id)).toEqual([
    { fact: small, low: 3, high: 3, telling: [[asked.id]] },
  ]);
});

test('T7, T8: what is printed is hidden until the audit finds nothing', () => {
  const { facts, a, b, c, sums } = triangle();
  const cells = new Map([a, b, c, ...sums].map(({ id, value }) => [id, value]));
  for (const { id } of [b, c]) cells.delete(id);
  const part: Part = { table: 'T', segment: undefined, bases: [], cells, told: [] };
  const { isShown, dropped } = suppress(facts, [part], POLICY, solver);
  expect(dropped.size).toBe(0);
  expect(sums.filter((sum) => isShown(sum))).toHaveLength(2);
});

test('T7: a part in which nothing else can be hidden is dropped', () => {
  const { facts, a, sums } = triangle();
  const bases = sums.map(({ id }) => id);
  const part: Part = { table: 'T', segment: undefined, bases, cells: new Map([[a.id, 4]]), told: [] };
  expect(suppress(facts, [part], POLICY, solver).dropped.has(part)).toBe(true);
});

test('with no effort left, what cannot be proven is not printed', () => {
  const { facts, a, b, c, sums } = triangle();
  const cells = new Map([a, b, c, ...sums].map(({ id, value }) => [id, value]));
  const part: Part = { table: 'T', segment: undefined, bases: [], cells, told: [] };
  expect(suppress(facts, [part], POLICY, solver, { effort: 1000 }).dropped.size).toBe(0);
  const { dropped, isShown } = suppress(facts, [part], POLICY, solver, { effort: 1 });
  expect(dropped.has(part)).toBe(true);
  expect(facts.facts.filter((fact) => isShown(fact))).toEqual([]);
});

test('how much was gone through is told, and hiding one number does not go through all', () => {
  const book = new FactBook();
  const rows = Array.from({ length: 200 }, (_, row) => {
    const parts = [book.fact(`${row} one`, 10), book.fact(`${row} other`, 10), book.fact(`${row} last`, 10)];
    const sum = book.fact(`${row} sum`, 30);
    book.relate(sum, parts);
    return { parts, sum };
  });
  const lasts = rows.flatMap(({ parts }) => parts.slice(2));
  book.relate(book.fact('lasts', 2000), lasts);
  const facts = book.close();
  const bounds = new Bounds(facts, []);
  bounds.show(rows.flatMap(({ parts, sum }) => [sum.id, ...parts.slice(0, 1).map(({ id }) => id)]));
  const before = bounds.work;
  const [first] = rows[0]?.parts ?? [];
  bounds.hide(first ? [first.id] : []);
  expect(bounds.of(first?.id ?? -1)).toEqual({ low: 0, high: 30 });
  expect(bounds.work - before).toBeLessThan(20);
});
