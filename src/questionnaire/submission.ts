/** What is kept when somebody submits: the answers on the path, and which of them a rule filled in. */
import type { Answers } from './answers.ts';
import { type Journey, journeyOf } from './journey.ts';
import type { Survey } from './survey.ts';

export interface Submission {
  readonly answers: Answers;
  readonly filled: readonly string[];
}

/** The submission that a draft makes; undefined while a page is open or when the answers lead to an end. */
export function findSubmission(survey: Survey, draft: Answers): Submission | undefined {
  return submissionOf(journeyOf(survey, draft));
}

/** The submission that a finished journey makes. */
export function submissionOf(journey: Journey): Submission | undefined {
  return journey.next || journey.end !== undefined ? undefined : { answers: journey.answers, filled: journey.filled };
}
