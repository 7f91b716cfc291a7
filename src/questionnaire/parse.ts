/** From the text of a survey file to a survey, or to what is wrong with its shape. */
import { buildSurvey } from './build-survey.ts';
import { surveySchema } from './definition.ts';
import { shapeFindings } from './shape.ts';
import { oversizeFindings, tooManyFindings } from './size.ts';
import { type Finding, findJson, readSource, type Source } from './source.ts';
import type { Survey } from './survey.ts';

export type Parsed =
  | { readonly survey: Survey; readonly source: Source; readonly findings: readonly [] }
  | { readonly survey?: undefined; readonly findings: readonly Finding[] };

/**
 * Parses a survey file. Shape only: what it means is checked by `checkSurvey`, and a file is published only when
 * both are content. Never throws.
 */
export function parseSurvey(text: string): Parsed {
  const oversize = oversizeFindings(text);
  if (oversize.length > 0) return { findings: oversize };
  const { source, findings } = readSource(text);
  if (!source) return { findings };
  const parsed = surveySchema.safeParse(source.value);
  if (!parsed.success) return { findings: shapeFindings(parsed.error.issues, source) };
  const many = tooManyFindings(parsed.data, source.lineOf);
  return many.length > 0 ? { findings: many } : { survey: buildSurvey(parsed.data), source, findings: [] };
}

/**
 * A survey that is known to parse: one that was published, and a program's own. Nobody asks for its lines, and what was
 * published is never too large. @throws when it does not parse
 */
export function getSurvey(text: string): Survey {
  return buildSurvey(surveySchema.parse(findJson(text)));
}
