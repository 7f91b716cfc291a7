/** A small synthetic survey with every kind of table, and made-up answers to it. */
import { readFileSync } from 'node:fs';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { randomFrom } from '../../src/questionnaire/random.ts';
import { simulateResponse, type Weights } from '../../src/questionnaire/simulate.ts';
import { submissionOf } from '../../src/questionnaire/submission.ts';
import type { Survey } from '../../src/questionnaire/survey.ts';
import { type ProtectedRelease, protectTables } from '../../src/release/released.ts';
import type { EarlierTables } from '../../src/release/tables/protection/working.ts';
import { type Snapshot, writeSnapshot } from '../../src/results/snapshot.ts';
import { countFamily, type Family } from '../../src/results/tables.ts';

export const CHOIRS = readFileSync(new URL('./choirs.json', import.meta.url), 'utf8');
export const choirs: Survey = getSurvey(CHOIRS);

/** So many made-up answers; the same seed gives the same. */
export function madeUp(survey: Survey, n: number, seed: number, weights: Weights = {}): Answers[] {
  const random = randomFrom(seed);
  const found: Answers[] = [];
  while (found.length < n) {
    const submission = submissionOf(simulateResponse(survey, random, { weights, blanks: 0.05 }));
    if (submission) found.push(submission.answers);
  }
  return found;
}

export function snapshotOf(survey: Survey, answers: readonly Answers[]): Snapshot {
  const writer = writeSnapshot(new Map([['v1', survey]]), {
    survey: survey.file.survey,
    madeOn: '2027-05-01',
    responses: answers.length,
  });
  for (const each of answers) writer.add('v1', each);
  return writer.finish();
}

/** The raw tables of so many made-up choirs. */
export function choirFamily(n: number, seed: number, weights: Weights = {}): Family {
  return familyOf(choirs, n, seed, weights);
}

/** The raw tables of so many made-up answers to a survey. */
function familyOf(survey: Survey, n: number, seed: number, weights: Weights = {}): Family {
  return countAnswers(survey, madeUp(survey, n, seed, weights));
}

/** The raw tables of these answers. */
export function countAnswers(survey: Survey, answers: readonly Answers[]): Family {
  return countFamily(survey, snapshotOf(survey, answers));
}

/** These answers, protected as they would be published. */
export function protectAnswers(
  survey: Survey,
  answers: readonly Answers[],
  { synthetic = true, earlier = [] }: { synthetic?: boolean; earlier?: readonly EarlierTables[] } = {},
): Promise<ProtectedRelease> {
  const snapshot = snapshotOf(survey, answers);
  return protectTables(countFamily(survey, snapshot), snapshot, synthetic, { earlier });
}

/** The protected tables of so many made-up choirs. */
export async function protectedChoirs(n: number, seed: number, weights: Weights = {}) {
  return (await protectAnswers(choirs, madeUp(choirs, n, seed, weights))).tables;
}

/** The same answers with the fields of these questions left blank. */
export function leaveBlank(answers: readonly Answers[], ...questions: readonly string[]): Answers[] {
  const isBlank = (field: string) => questions.some((code) => field === code || field.startsWith(`${code}_`));
  return answers.map((each) =>
    Object.fromEntries(Object.entries(each).map(([field, answer]) => [field, isBlank(field) ? null : answer])),
  );
}
