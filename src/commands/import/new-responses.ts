import type { LiveSurvey } from '../../fieldwork/store.ts';
import type { Submission } from '../../questionnaire/submission.ts';
import type { NewResponse } from '../../responses/store.ts';
import { weekOf } from '../../responses/week.ts';

/**
 * Submissions that came without a draft, ready for the store: given under the live version, in the survey's first
 * language, with no withdrawal code.
 */
export function newResponses(
  { hash, survey }: LiveSurvey,
  submissions: readonly Submission[],
  origin: 'import' | 'simulated',
  now: Date,
): NewResponse[] {
  const { survey: code, information, consent, languages } = survey.file;
  return submissions.map((submission) => ({
    survey: code,
    versionHash: hash,
    informationVersion: information.version,
    consentVersion: consent.version,
    language: languages[0] ?? 'en',
    submission,
    withdrawalHash: null,
    week: weekOf(now),
    origin,
  }));
}
