import { describe, expect, test } from 'vitest';
import type { Answers } from '../../../src/questionnaire/answers.ts';
import { makeMicrodata } from '../../../src/release/microdata/anonymise.ts';
import { bytes, club, clubs, snapshotOf, times } from './clubs.ts';

/** The columns of these answers in a file with k 3, each as its numbers in order of size. */
function columnsOf(answers: readonly Answers[], columns: string[]): Record<string, number[]> {
  const survey = clubs({ k: 3, columns });
  const file = makeMicrodata([survey], snapshotOf(survey, answers), {
    keyNames: ['P1'],
    k: 3,
    synthetic: true,
    random: bytes(10 * answers.length),
  });
  return Object.fromEntries(file.columns.map(({ variable, numbers }) => [variable.name, Array.from(numbers).sort()]));
}

const town = (n: number, H1: string | null, H2?: string) => times(n, club({ P1: 'town', H1, ...(H2 && { H2 }) }));
const farm = (n: number, H1: string | null) => times(n, club({ P1: 'farm', H1 }));

describe('an answer to a sensitive question', () => {
  test.each([
    ['stays where a class has two answers', [...town(2, 'yes'), ...town(1, 'no')], [1, 1, 2]],
    ['is withheld where all of a class gave the same', town(3, 'yes'), [-6, -6, -6]],
    ['is withheld where all who answered gave the same', [...town(2, 'yes'), ...town(2, null)], [-6, -6, -6, -6]],
    ['“prefer not to say” is an answer like another', [...town(2, 'yes'), ...town(1, 'pnts')], [-7, 1, 1]],
    ['is withheld in that class only', [...town(3, 'no'), ...farm(2, 'yes'), ...farm(1, 'no')], [-6, -6, -6, 1, 1, 2]],
    ['that nobody in a class gave is no secret', town(3, null), [-9, -9, -9]],
  ])('%s', (_, answers, numbers) => {
    expect(columnsOf(answers, ['H1'])).toMatchObject({ h1: numbers });
  });

  test('takes along what tells it, and nothing else', () => {
    const answers = [...town(2, 'yes', 'often'), ...town(1, 'yes', 'seldom')];
    expect(columnsOf(answers, ['H1', 'H2', 'C1'])).toEqual({
      p1: [1, 1, 1],
      h1: [-6, -6, -6],
      h2: [-6, -6, -6],
      c1_cost: [2, 2, 2],
      c1_law: [1, 1, 1],
    });
  });
});
