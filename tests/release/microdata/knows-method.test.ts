/** Rule M11 against whoever knows it: that an answer is withheld must not tell what it is. */
import { expect, test } from 'vitest';
import type { Answers } from '../../../src/questionnaire/answers.ts';
import { randomFrom } from '../../../src/questionnaire/random.ts';
import { makeFile } from '../../../src/release/microdata/make-file.ts';
import { NotReleasable } from '../../../src/release/microdata/survey/columns.ts';
import { bytes, club, clubs, other, snapshotOf } from './clubs.ts';
import { undo } from './knows-method.ts';
import { openTables } from './open-tables.ts';

const survey = clubs({ k: 3, keys: ['stage', 'P1', 'size'], columns: ['H1', 'C1'], hierarchies: {} });

/** Small surveys in which the answer to a sensitive question goes with the place. */
function madeUp(seed: number): Answers[] {
  const random = randomFrom(seed);
  const pick = <T>(...from: readonly [T, ...T[]]) => from[Math.floor(random() * from.length)] ?? from[0];
  const habits = new Map(['town', 'village', 'farm'].map((P1) => [P1, pick('yes', 'no', 'pnts')]));
  return Array.from({ length: 20 + Math.floor(random() * 30) }, () => {
    const P1 = pick('town', 'town', 'village', 'farm');
    const P2 = pick('s1', 's1', 's1', 's10');
    const H1 = random() < 0.7 ? (habits.get(P1) ?? 'yes') : pick('yes', 'no', 'pnts', null);
    const answers = { P1, P2, H1, ...(P2 === 's10' && { V1: 'no' }) };
    return random() < 0.6 ? club(answers) : other(answers);
  });
}

/** All that is found in so many files, made beside the tables or without looking at them. */
function undoAll(surveys: number, beside: boolean) {
  const found = { withheld: 0, told: 0, toldToOne: 0 };
  for (let seed = 1; seed <= surveys; seed++) {
    const snapshot = snapshotOf(survey, madeUp(seed));
    // The bytes after those of the names are what nobody sees.
    const random = Uint8Array.from([...bytes(10 * snapshot.responses), ...bytes(6, seed)]);
    const tables = beside ? [openTables(survey, snapshot, ['h1', 'stage'], ['stage'])] : [];
    const wanted = { number: 1, audience: 'network' as const, k: 3, synthetic: true, tables, random };
    try {
      const made = makeFile([survey], snapshot, wanted);
      if (!made.file.variables.some(({ name }) => name === 'stage')) continue;
      const { withheld, told, toldToOne } = undo(made, snapshot, 'h1', 'stage', beside);
      found.withheld += withheld;
      found.told += told.length;
      found.toldToOne += toldToOne.length;
    } catch (error) {
      if (!(error instanceof NotReleasable)) throw error;
    }
  }
  return found;
}

test('the planted fault: where only what is alike is withheld, knowing that undoes some of it beside the tables', () => {
  const { withheld, told } = undoAll(120, false);
  expect(withheld).toBeGreaterThan(200);
  expect(told).toBeGreaterThan(10);
});

test('M11, M18: with other classes from chance beside them, none of what is withheld is told, to strangers or to one of them', () => {
  const { withheld, told, toldToOne } = undoAll(200, true);
  expect(withheld).toBeGreaterThan(200);
  expect({ told, toldToOne }).toEqual({ told: 0, toldToOne: 0 });
});
