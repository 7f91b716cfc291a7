/** From the text of a survey file to a survey, or to what is wrong with its shape. */
import { buildSurvey } from './build-survey.ts';
import { surveySchema } from './definition.ts';
import { shapeFindings } from './shape.ts';
import { type Finding, readSource, type Source } from './source.ts';
import type { Survey } from './survey.ts';

export type Parsed =
  | { readonly survey: Survey; readonly source: Source; readonly findings: readonly [] }
  | { readonly survey?: undefined; readonly findings: readonly Finding[] };

/**
 * Parses a survey file. Shape only: what it means is checked by `checkSurvey`, and a file is published only when
 * both are content. Never throws.
 */
export function parseSurvey(text: string): Parsed {
  const { source, findings } = readSource(text);
  if (!source) return { findings };
  const parsed = surveySchema.safeParse(source.value);
  if (parsed.success) return { survey: buildSurvey(parsed.data), source, findings: [] };
  return { findings: shapeFindings(parsed.error.issues, source) };
}

/** A survey that is known to parse: one that was published, and a program's own. @throws when it does not. */
export function getSurvey(text: string): Survey {
  const parsed = parseSurvey(text);
  if (parsed.survey) return parsed.survey;
  const [first] = parsed.findings;
  throw new Error(`not a survey file: line ${first?.line}: ${first?.message}`);
}
