/** Responses whose stage is another under another reading of it. */
import type { Answers } from '../../questionnaire/answers.ts';
import { knownFrom } from '../../questionnaire/journey.ts';
import { readingsOf } from '../../questionnaire/readings.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { StageCheck } from './doubt.ts';

/** The stage of a response with every reading that gives it another; undefined where none does. */
export function checkStage(survey: Survey, answers: Answers): StageCheck | undefined {
  const [rule, ...readings] = readingsOf(survey);
  if (rule === undefined) return undefined;
  const known = knownFrom(survey, answers);
  const stage = known.variable(rule);
  if (stage === undefined) return undefined;
  const others = readings.flatMap((reading) => {
    const as = known.variable(reading);
    return as === undefined || as === stage ? [] : { reading, as };
  });
  return others.length === 0 ? undefined : { stage, others };
}
