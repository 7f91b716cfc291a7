/**
 * The file in which a person decides about people's own words, one by one (rule M16). It has nothing to join it by: no
 * row name, no stage, no time. The answers in it are not to be changed; what should stand in their place is written
 * beside them, so that it can be told of each whether it still stands in the store.
 */
import { stringify } from 'csv-stringify/sync';
import type { Survey } from '../../questionnaire/survey.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import { safeCell } from '../cells.ts';
import { maskText } from './masks.ts';
import { shuffle } from './order.ts';

/** The columns, the answers between them under a name of their own. */
export const DECISION = 'release';
export const INSTEAD = 'instead';
export const ANSWER = 'text:';

/** What somebody decided about the answers to one field. */
export interface Review {
  /** The question's code, or the box's: `Z1`, `U1_other`. */
  readonly field: string;
  readonly approved: readonly Approved[];
}

interface Approved {
  /** The line of the file that it begins on. */
  readonly line: number;
  /** As it was written for review: masked. */
  readonly answer: string;
  /** What is to leave. */
  readonly text: string;
}

/** What people said in a field as a review file has it: masked, without those that are blank. */
export function maskAnswers(answers: readonly string[]): string[] {
  return answers.map(maskText).filter((text) => text !== '');
}

/**
 * A review file, in an order of its own.
 * @param texts masked
 * @param random `BYTES_AN_ITEM` bytes for each
 */
export function writeReview(survey: Survey, field: string, texts: readonly string[], random: Uint8Array): string {
  const rows = shuffle(texts, random).map((text) => ['', safeCell(text), '']);
  // Without a byte order mark a spreadsheet shows "Ŵ" as two other letters, and saves those.
  return stringify([[DECISION, answerColumn(survey, field), INSTEAD], ...rows], {
    bom: true,
    record_delimiter: 'windows',
  });
}

/** The same with every row decided, in the order given. */
export function writeDecided(
  survey: Survey,
  field: string,
  rows: readonly { readonly decision: string; readonly answer: string; readonly instead: string }[],
): string {
  const cells = rows.map(({ decision, answer, instead }) => [decision, safeCell(answer), safeCell(instead)]);
  return stringify([[DECISION, answerColumn(survey, field), INSTEAD], ...cells], { record_delimiter: 'windows' });
}

/** What the column of answers is called. It says whose they are: "text: choirs Z1, Spring 2027". */
export function answerColumn({ file }: Survey, field: string): string {
  const language = file.languages[0] ?? 'en';
  return safeCell(`${ANSWER} ${file.survey} ${field}, ${inLanguage(file.wave, language, language)}`);
}
