/** Made-up answers for a preview that does not begin at the start. */
import type { Answers } from '../../questionnaire/answers.ts';
import { randomFrom } from '../../questionnaire/random.ts';
import { simulateResponse } from '../../questionnaire/simulate.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { answersBefore } from '../progress.ts';

/** The most respondents made up in search of one who comes to a page. */
const TRIES = 50;

/** Of somebody's answers those that lead up to their stage, and none beyond. */
export function answersToStage(survey: Survey, answers: Answers): Answers {
  const deciding = (survey.file.stageRule?.from ?? []).filter((code) => code in answers);
  const positions = deciding.map((code) => survey.questions.get(code)?.position ?? 0);
  return answersBefore(survey, answers, Math.max(...positions) + 1);
}

/**
 * The answers with made-up ones for what is still open before a page, always the same.
 * @returns undefined where nobody who answers so was found to come to that page
 */
export function answersToPage(survey: Survey, answers: Answers, code: string): Answers | undefined {
  for (let seed = 1; seed <= TRIES; seed++) {
    const journey = simulateResponse(survey, randomFrom(seed), { weights: {}, blanks: 0 }, answers);
    const met = journey.pages.find(({ page }) => page.code === code);
    const reached = journey.next?.page.position ?? Number.POSITIVE_INFINITY;
    if (met && met.page.position <= reached)
      return { ...answers, ...answersBefore(survey, journey.answers, met.page.position) };
  }
  return undefined;
}
