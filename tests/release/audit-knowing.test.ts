/** Rule T8: what somebody knows who answered is looked for too, one respondent at a time. */
import { expect, test } from 'vitest';
import { Audit } from '../../src/release/tables/protection/audit.ts';
import { Contributions } from '../../src/release/tables/protection/contributions.ts';
import { FactBook } from '../../src/release/tables/protection/facts.ts';
import { baseKey, cellKey } from '../../src/release/tables/protection/keys.ts';
import { loadSolver } from '../../src/release/tables/protection/solver.ts';
import { choirs, madeUp, snapshotOf } from './choirs.ts';

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
