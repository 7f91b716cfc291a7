/** A review file as it comes back from a person and their spreadsheet. */
import type { Survey } from '../../questionnaire/survey.ts';
import { safeCell } from '../cells.ts';
import { type CsvLine, csvLines, NotCsv } from '../csv-lines.ts';
import { maskText, plainText } from './masks.ts';
import { ANSWER, answerColumn, DECISION, INSTEAD, type Review } from './review.ts';

/** What is wrong with a review file: sentences that say the line and repeat nothing of what people wrote; they are kept. */
export class ReviewRefused extends Error {
  override readonly name = 'ReviewRefused';
}

const SHOWN = 20;

/**
 * Reads a review file. Each row needs its "yes" or "no", and what may leave is masked once more.
 * @param text with commas, or with the semicolons or tabs that some spreadsheets save
 * @throws ReviewRefused
 */
export function readReview(text: string, survey: Survey): Review {
  const [header, ...rows] = rowsOf(text);
  const columns = header?.cells ?? [];
  const field = fieldIn(columns, survey);
  const wanted = [DECISION, answerColumn(survey, field), INSTEAD];
  refuse([
    ...wanted
      .filter((name) => !columns.includes(name))
      .map((name) => `Line 1: there is no column "${name}". Put it back.`),
    ...columns
      .filter((name, place) => !wanted.includes(name) || columns.indexOf(name) < place)
      .map((name) => `Line 1: the column "${name}" is not one of a review file. Take it out.`),
  ]);
  const [decision = 0, answer = 0, instead = 0] = wanted.map((name) => columns.indexOf(name));
  const problems: string[] = [];
  const approved = rows.flatMap(({ line, cells }) => {
    const decided = readDecision(cells[decision] ?? '', cells[answer] ?? '', cells[instead] ?? '');
    const problem = cells.length > columns.length ? 'there are more cells than the header has.' : decided.problem;
    if (problem !== undefined) problems.push(`Line ${line}: ${problem}`);
    return decided.leaves ? [{ line, ...decided.leaves }] : [];
  });
  refuse(problems);
  return { field, approved };
}

/** The rows with anything in them, the header first. What stands between cells is told from the header. */
function rowsOf(text: string): CsvLine[] {
  try {
    const delimiter = /^\uFEFF?[^,;\t\n]*([,;\t])/.exec(text)?.[1];
    return csvLines(text, delimiter).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  } catch (error) {
    if (error instanceof NotCsv)
      throw new ReviewRefused(
        `Line ${error.line}: this is not CSV as it should be; a quotation mark is not closed or out of place.`,
      );
    throw error;
  }
}

/** Whose answers they are. @throws ReviewRefused where they are of nothing that this survey releases */
function fieldIn(columns: readonly string[], survey: Survey): string {
  const { survey: code, disclosure } = survey.file;
  const field = disclosure.texts.find((each) => columns.includes(answerColumn(survey, each)));
  if (field !== undefined) return field;
  const found = columns.find((name) => name.startsWith(ANSWER));
  throw new ReviewRefused(
    found === undefined
      ? `Line 1: no column begins with "${ANSWER}", so this is no review file. "release texts" writes one.`
      : `Line 1: "${found}" is of another survey, of another wave, or of a question that ${code} does not list under "texts". Write the review file anew with "release texts".`,
  );
}

interface Decided {
  readonly leaves?: { readonly answer: string; readonly text: string };
  readonly problem?: string;
}

/** What one row says. The problem repeats nothing of what people wrote. */
export function readDecision(decision: string, answerCell: string, insteadCell: string): Decided {
  const said = decision.trim().toLowerCase();
  if (said === 'no') return {};
  if (said !== 'yes') return { problem: `there is neither "yes" nor "no" under "${DECISION}".` };
  const [answer, instead] = [unguarded(answerCell), unguarded(insteadCell)];
  const written = plainText(instead) === '' ? answer : instead;
  const text = maskText(written);
  if (text === '') return { problem: 'there is nothing to release.' };
  if (text === plainText(written)) return { leaves: { answer, text } };
  return {
    problem: `there is still what looks like ${stillThere(plainText(written), text)}. Mask it under "${INSTEAD}".`,
  };
}

/** What was masked now and not before, each kind once. */
function stillThere(before: string, masked: string): string {
  const kinds = [...new Set(masked.match(/\[[a-z -]+\]/g))];
  const more = kinds.filter((kind) => masked.split(kind).length > before.split(kind).length);
  return (more.length > 0 ? more : kinds).join(' and ');
}

/** A cell as it was before it was guarded against being run as a formula. */
function unguarded(cell: string): string {
  const bare = cell.slice(1);
  return cell.startsWith("'") && safeCell(bare) === cell ? bare : cell;
}

/** @throws ReviewRefused with the first of them, where there are any */
function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const more = problems.length - SHOWN;
  throw new ReviewRefused([...problems.slice(0, SHOWN), ...(more > 0 ? [`And ${more} more.`] : [])].join('\n'));
}
