/**
 * Responses from rows of a table. Each row is answered page by page through the same walk and the same page rules as a
 * person's answers, so nothing is imported that could not have been given on the site.
 */
import { findNearest } from '../questionnaire/checks/nearest.ts';
import { shortUniverse } from '../questionnaire/describe.ts';
import { type Journey, walkReading } from '../questionnaire/journey.ts';
import { readPage } from '../questionnaire/read-page.ts';
import { type Submission, submissionOf } from '../questionnaire/submission.ts';
import { allFieldsOf, fieldsOf, type Survey, type SurveyQuestion } from '../questionnaire/survey.ts';
import { quoteCell, reasonFor } from './import-reasons.ts';

/** What a column holds. A derived variable is compared with the program's own value; what is ignored is never read. */
export type Column =
  | { readonly kind: 'answer'; readonly name: string; readonly question: SurveyQuestion; readonly list: boolean }
  | { readonly kind: 'derived'; readonly name: string }
  | { readonly kind: 'ignored'; readonly name: string };

/** Why a row (or the header) cannot be taken: a sentence, and the column it is about. */
export interface Refusal {
  readonly column: string | undefined;
  readonly reason: string;
}

/** A number or name for the row in its owner's own papers. It may stand in a file and is never stored. */
const ROW_NAME = 'id';

/** A column that says of the rows that they are made up, whatever stands in it. */
const MADE_UP = 'synthetic';

/** Whether a header says that its rows are made up. */
export function saysMadeUp(header: readonly string[]): boolean {
  return header.includes(MADE_UP);
}

/**
 * What the columns of a header hold, by the names of the inputs (`S1`, `C1_privacy`, `T1_other`) and of derived
 * variables (`stage`).
 * @param ignore columns to pass over
 */
export function readHeader(
  survey: Survey,
  header: readonly string[],
  ignore: readonly string[],
): { columns: readonly Column[]; refusals: readonly Refusal[] } {
  const fields = new Map(
    [...survey.questions.values()].flatMap((question) =>
      allFieldsOf(question).map((field) => [field, question] as const),
    ),
  );
  const refusals: Refusal[] = [];
  const columns = header.map((name, index): Column => {
    if (header.indexOf(name) !== index) refusals.push({ column: name, reason: 'stands twice in the header.' });
    if (name === ROW_NAME || name === MADE_UP || ignore.includes(name)) return { kind: 'ignored', name };
    const question = fields.get(name);
    if (question)
      return { kind: 'answer', name, question, list: isList(question) && fieldsOf(question).includes(name) };
    if (survey.derived.has(name)) return { kind: 'derived', name };
    refusals.push({ column: name, reason: unknownColumn(name, [...fields.keys(), ...survey.derived.keys()]) });
    return { kind: 'ignored', name };
  });
  // A column that nobody knows is the one that is missing, spelt otherwise.
  if (refusals.length > 0) return { columns, refusals };
  const read = new Set(columns.flatMap(({ kind, name }) => (kind === 'answer' ? [name] : [])));
  const lacking = [...survey.questions.values()].filter(askedOfAll).flatMap(fieldsOf);
  const reason = (field: string) => `The file has no column ${field}, which everybody has to answer.`;
  return {
    columns,
    refusals: lacking
      .filter((field) => !read.has(field))
      .map((field) => ({ column: undefined, reason: reason(field) })),
  };
}

/** No row could be taken without an answer to it: that is said of the file, once. */
function askedOfAll(question: SurveyQuestion): boolean {
  const ownList = !('options' in question) || Array.isArray(question.options);
  return question.required === true && question.universe.length === 0 && ownList;
}

function unknownColumn(name: string, known: readonly string[]): string {
  if (name.trim() === '') return 'has no name.';
  if (name.includes(';')) return 'has semicolons in it: save the file with commas between its columns.';
  const nearest = findNearest(name, known);
  const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `is neither a question nor a variable of this survey.${meant} To pass it over: --ignore ${name}`;
}

const isList = ({ type }: SurveyQuestion) => type === 'multiple' || type === 'ranking';

/** The submission that a row makes, or everything found wrong with it: with the page it stops at, or with what is left over. */
export function readRow(
  survey: Survey,
  columns: readonly Column[],
  cells: readonly string[],
): { readonly submission: Submission } | { readonly refusals: readonly Refusal[] } {
  if (cells.length !== columns.length) {
    const reason = `The row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, and the header ${columns.length}.`;
    return { refusals: [{ column: undefined, reason }] };
  }
  const given = givenIn(columns, cells);
  const unreadable = given.filter(({ column, cell }) => column.kind === 'answer' && cell.includes('\uFFFD'));
  if (unreadable.length > 0)
    return { refusals: unreadable.map(({ column }) => ({ column: column.name, reason: NOT_UTF8 })) };
  const form = formOf(given);
  const refusals: Refusal[] = [];
  const journey = walkReading(survey, (page, known) => {
    const read = readPage(page, form, known);
    for (const problem of read.problems) {
      const asked = page.asked.find(({ question }) => question.code === problem.question);
      refusals.push({ column: problem.field, reason: reasonFor(problem, asked, form[problem.field]) });
    }
    return read;
  });
  if (journey.end !== undefined) refusals.push(endRefusal(journey, journey.end));
  const submission = submissionOf(journey);
  if (submission) refusals.push(...leftOver(given, journey));
  return submission && refusals.length === 0 ? { submission } : { refusals };
}

/** A cell with something in it that is read. */
interface Given {
  readonly column: Exclude<Column, { kind: 'ignored' }>;
  readonly cell: string;
}

/** Most cells of a row are empty: whoever is not asked leaves many. */
function givenIn(columns: readonly Column[], cells: readonly string[]): Given[] {
  const given: Given[] = [];
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index];
    const cell = cells[index];
    if (column && cell && column.kind !== 'ignored') given.push({ column, cell });
  }
  return given;
}

/** The row as a browser would post it. */
function formOf(given: readonly Given[]): Record<string, string | string[]> {
  const form: Record<string, string | string[]> = {};
  for (const { column, cell } of given) {
    if (column.kind !== 'answer') continue;
    form[column.name] = column.list ? cell.split('|').map((code) => code.trim()) : cell;
  }
  return form;
}

const NOT_UTF8 = 'holds a character that could not be read: save the file as UTF-8.';

function endRefusal({ pages, answers }: Journey, end: string): Refusal {
  const ending = pages.at(-1)?.asked.find(({ question, offered }) => {
    const codes = offered.filter((option) => option.end === end).map(({ code }) => code);
    return fieldsOf(question).some((field) => codes.some((code) => answers[field]?.includes(code)));
  });
  return {
    column: ending?.question.code,
    reason: `ends the questionnaire at “${end}”, where nothing is kept: leave the row out.`,
  };
}

/** Answers that this respondent was never asked for, and variables that come out otherwise. */
function leftOver(given: readonly Given[], journey: Journey): Refusal[] {
  return given.flatMap(({ column, cell }) => {
    const held = cell.trim();
    const reason = held === '' ? undefined : disagreement(column, held, journey);
    return reason === undefined ? [] : [{ column: column.name, reason: `${quoteCell(held)} ${reason}` }];
  });
}

function disagreement(column: Given['column'], cell: string, { known, answers, filled }: Journey): string | undefined {
  if (column.kind === 'derived') {
    const value = known.variable(column.name);
    if (value === cell) return undefined;
    return value === undefined
      ? 'is not what the answers give: nothing.'
      : `is not what the answers give: ${quoteCell(value)}.`;
  }
  if (!Object.hasOwn(answers, column.name)) return `was not asked for: it is asked ${whenAsked(column.question)}.`;
  if (!filled.includes(column.name) || answers[column.name] === cell) return undefined;
  return `was not asked for: with one answer left, a rule fills in ${quoteCell(`${answers[column.name]}`)}.`;
}

function whenAsked(question: SurveyQuestion): string {
  const list =
    'options' in question && !Array.isArray(question.options)
      ? [`two or more answers to ${question.options.from} are ticked`]
      : [];
  const conditions = question.universe.length > 0 ? [shortUniverse(question.universe)] : [];
  return `when ${[...conditions, ...list].join(', and ')}`;
}
