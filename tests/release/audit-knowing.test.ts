/** Rule T8: what somebody knows who answered is looked for too, one respondent at a time. */
import { expect, test } from 'vitest';
import { Audit } from '../../src/release/tables/protection/audit.ts';
import { Contributions } from '../../src/release/tables/protection/contributions.ts';
import { FactBook } from '../../src/release/tables/protection/facts.ts';
import { baseKey, cellKey } from '../../src/release/tables/protection/keys.ts';
import { loadSolver } from '../../src/release/tables/protection/solver.ts';
import { STATE } from '../../src/release/tables/protection/working.ts';
import { choirs, madeUp, protectAnswers, snapshotOf } from './choirs.ts';
import { HABITS } from './published.ts';

const POLICY = { cell: 5, base: 10, width: 5, hierarchies: {} };
const solver = await loadSolver();

/** How far the two who said no can be told where so many others said yes, and no more than how many answered is printed. */
function findExposed(yes: number, isKnown: boolean) {
  const given = ['no', 'no', ...Array.from({ length: yes }, () => 'yes')];
  const answers = madeUp(choirs, given.length, 1).map((each, place) => ({ ...each, V1: given[place] ?? null }));
  const book = new FactBook();
  const cells = [book.fact(cellKey('v1', 'no', undefined), 2), book.fact(cellKey('v1', 'yes', undefined), yes)];
  const base = book.fact(baseKey('v1', undefined), given.length);
  book.relate(base, cells);
  const facts = book.close();
  const known = isKnown ? [new Contributions(facts, snapshotOf(choirs, answers))] : [];
  return new Audit(facts, POLICY, solver, known).findExposed(cells.slice(0, 1), (id) => id === base.id);
}

test('T8, adversary (e): a number that is just open to strangers is found too narrow for a respondent in it', () => {
  expect(findExposed(3, false)).toEqual([]);
  expect(findExposed(3, true)).toMatchObject([{ low: 1, high: 5 }]);
});

test('T8: what only two respondents together could tell is left open', () => {
  expect(findExposed(4, true)).toEqual([]);
});

test.each([
  [25, 23],
  [28, 12],
  [32, 24],
])(
  'T8: what a release of %i choirs leaves open to strangers, it leaves open to each of them (seed %i)',
  async (n, seed) => {
    const answers = madeUp(choirs, n, seed, HABITS);
    const { working } = await protectAnswers(choirs, answers);
    const book = new FactBook();
    const all = working.facts.map(([key, value]) => (key === '' ? book.unnamed(value) : book.fact(key, value)));
    for (const relation of working.relations) {
      const [total, ...parts] = relation.flatMap((place) => all[place] ?? []);
      if (total) book.relate(total, parts);
    }
    const facts = book.close();
    const inState = (wanted: number) => all.filter((_, place) => working.facts[place]?.[2] === wanted);
    const shown = new Set(inState(STATE.shown).map(({ id }) => id));
    const risks = inState(STATE.atRisk);
    expect(risks.length).toBeGreaterThan(10);
    const knowing = [new Contributions(facts, snapshotOf(choirs, answers))];
    expect(new Audit(facts, POLICY, solver, knowing).findExposed(risks, (id) => shown.has(id))).toEqual([]);
  },
);
