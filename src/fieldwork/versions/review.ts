/** A file that somebody would like to publish: what is wrong with it, as `check` tells. */
import { z } from 'zod';
import { checkSurvey } from '../../questionnaire/check.ts';
import { surveySchema } from '../../questionnaire/definition.ts';
import { findEncodingFault, SAVE_AS_UTF8 } from '../../questionnaire/encoding.ts';
import { getSurvey, parseSurvey } from '../../questionnaire/parse.ts';
import { at, type Finding, findJson, valueAt } from '../../questionnaire/source.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { inLanguage } from '../../questionnaire/text.ts';

export interface Review {
  /** Undefined where the file cannot be read as a survey. */
  readonly survey: Survey | undefined;
  /** Errors first. */
  readonly findings: readonly Finding[];
}

/** The survey that a text says it is of; undefined where it cannot be read. */
export function findCode(text: string): string | undefined {
  return parseSurvey(text).survey?.file.survey;
}

/** Which version of which survey. */
export interface VersionName {
  /** The survey's code. */
  readonly survey: string;
  readonly version: string;
}

/** What a text says it is, whatever else is wrong with it; undefined where its JSON cannot be read, or says no such thing. */
export function findVersionName(text: string): VersionName | undefined {
  const value = findJson(text);
  const survey = surveySchema.shape.survey.safeParse(valueAt(value, ['survey']));
  const version = surveySchema.shape.version.safeParse(valueAt(value, ['version']));
  return survey.success && version.success ? { survey: survey.data, version: version.data } : undefined;
}

/**
 * Checks a file against the version that is live. Pure; never throws.
 * @param live the text of the live version of the same survey
 * @param today the day, YYYY-MM-DD
 * @param told hears how much of it is done, in percent
 */
export function reviewFile(
  text: string,
  live: string | undefined,
  today: string,
  told?: (percent: number) => void,
): Review {
  const fault = findEncodingFault(text);
  if (fault) {
    return { survey: undefined, findings: [at('encoding', [], fault.line, fault.message, SAVE_AS_UTF8)] };
  }
  const parsed = parseSurvey(text);
  if (!parsed.survey) return { survey: undefined, findings: parsed.findings };
  // The same file again is no later version of itself.
  const previous =
    live === undefined || live === text ? undefined : { survey: getSurvey(live), where: 'the one that is live' };
  const findings = checkSurvey(parsed.survey, parsed.source, { previous, today, told });
  const of = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity);
  return { survey: parsed.survey, findings: [...of('error'), ...of('warning')] };
}

/** A survey's title as a text has it, in its first language; undefined where it says none. */
export function findTitle(text: string): string | undefined {
  const { title, languages } = surveySchema.shape;
  const read = z.object({ title, languages }).safeParse(findJson(text));
  const language = read.data?.languages[0] ?? 'en';
  return read.data && inLanguage(read.data.title, language, language);
}

/** How many errors keep a file from being published. */
export const countErrors = ({ findings }: Review): number =>
  findings.filter(({ severity }) => severity === 'error').length;

/** Whether a review lets the file be published. */
export const isPublishable = (review: Review): review is Review & { readonly survey: Survey } =>
  review.survey !== undefined && countErrors(review) === 0;

const MOST_FINDINGS = 100;

/** What a page shows of a review: each finding with the line that it is about, and how many more there are. */
export function tellFindings({ findings }: Review, text: string) {
  return {
    findings: findings.slice(0, MOST_FINDINGS).map(({ severity, line, message, mend }) => ({
      error: severity === 'error',
      line,
      message,
      mend,
      words: lineAt(text, line),
    })),
    more: Math.max(0, findings.length - MOST_FINDINGS),
  };
}

const LONGEST_LINE = 200;

/** A line of a file, from 1, as it can be shown. */
export function lineAt(text: string, line: number): string {
  const words = text.split('\n')[line - 1]?.trim() ?? '';
  return words.length > LONGEST_LINE ? `${words.slice(0, LONGEST_LINE)}…` : words;
}
