/** Responses whose stage is another under another reading of it. */
import type { Answers } from '../../questionnaire/answers.ts';
import { knownFrom } from '../../questionnaire/journey.ts';
import { readingsOf } from '../../questionnaire/readings.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { StageCheck } from './doubt.ts';

/** Every reading by which a response has another stage than by the rule. */
export function otherStages(survey: Survey, answers: Answers): StageCheck[] {
  const [rule, ...readings] = readingsOf(survey);
  if (rule === undefined) return [];
  const known = knownFrom(survey, answers);
  const stage = known.variable(rule);
  if (stage === undefined) return [];
  return readings.flatMap((reading) => {
    const as = known.variable(reading);
    return as === undefined || as === stage ? [] : { reading, stage, as };
  });
}
