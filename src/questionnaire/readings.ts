/** The stage and its other readings: the same people, counted by stricter or wider rules. */
import type { Survey } from './survey.ts';

/** The stage's variable, and every other with the very same categories; none for a survey without stages. */
export function readingsOf(survey: Survey): string[] {
  const stage = survey.file.stageRule?.gives[0];
  if (!stage) return [];
  const codes = stage.values.map(({ code }) => code).join(' ');
  return [...survey.derived.values()]
    .filter(({ name, categories }) => name === stage.code || categories?.map(({ code }) => code).join(' ') === codes)
    .map(({ name }) => name);
}
