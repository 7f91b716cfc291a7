/** Which questions something rests on in the end. */
import type { Condition } from '../questionnaire/definition.ts';
import { referencesIn } from '../questionnaire/derived.ts';
import { questionOfField } from '../questionnaire/journey.ts';
import type { Survey } from '../questionnaire/survey.ts';

/** The questions behind a question, a field or a derived variable, in order, without repeats. */
export function sourcesOf(survey: Survey, name: string): string[] {
  const derived = survey.derived.get(name);
  if (!derived) return [questionOfField(survey, name)?.code ?? name];
  return [...new Set(derived.sources.flatMap((each) => sourcesOf(survey, each)))];
}

/** The questions that decide who is asked. */
export function universeSources(survey: Survey, universe: readonly Condition[]): string[] {
  return [...new Set(universe.flatMap(referencesIn).flatMap((each) => sourcesOf(survey, each)))];
}
