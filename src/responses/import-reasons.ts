/** What is wrong with a cell, said to the person who made the file. */
import type { AskedQuestion } from '../questionnaire/journey.ts';
import type { Problem } from '../questionnaire/page-rules.ts';
import { inLanguage } from '../questionnaire/text.ts';

type Reason = (params: Readonly<Record<string, string>>, codes: string) => string;

/** By the keys of the page rules; a test says when one has no reason here. */
const REASONS: Readonly<Record<string, Reason>> = {
  'error.required': () => 'is empty, and an answer is required.',
  'error.required_single': (_, codes) => `is empty, and an answer is required: ${codes}.`,
  'error.required_multiple': (_, codes) => `is empty, and at least one answer is required: ${codes}.`,
  'error.required_grid_row': (_, codes) => `is empty, and an answer is required: ${codes}.`,
  'error.unknown_option': (_, codes) => `is none of the answers that can be given here: ${codes}.`,
  'error.one_value': () => 'holds several answers where one can be given.',
  'error.exclusive': ({ option }) => `holds “${option}”, which stands alone, together with other answers.`,
  'error.at_most': ({ n }) => `holds more than ${n} ${n === '1' ? 'answer' : 'answers'}.`,
  'error.number_and_mark': () => 'holds a value and a mark such as dk; one of them can be given.',
  'error.not_number': () => 'is not a number such as 1250 or 12.5.',
  'error.whole_number': () => 'is not a whole number.',
  'error.decimals': ({ n }) => `has more than ${n} ${n === '1' ? 'digit' : 'digits'} after the point.`,
  'error.at_least': ({ n }) => `is under ${n}.`,
  'error.at_most_number': ({ n }) => `is over ${n}.`,
  'error.not_date': () => 'is not a date such as 2027-03-31.',
  'error.date_at_least': ({ date }) => `is before ${date}.`,
  'error.date_at_most': ({ date }) => `is after ${date}.`,
  'error.too_long': ({ limit, over }) => `is ${over} characters over its limit of ${limit}.`,
  'error.bad_text': () => 'holds a character that no data file can hold.',
  'error.other_needed': ({ option }) => `is filled in, but “${option}” is not chosen.`,
  'error.rank_twice': () => 'holds the same answer twice.',
  'error.rank_range': () => 'is not a run of ranks 1, 2, 3…',
  'error.rule': ({ message }) => `breaks a rule of its page: ${message}`,
};

/** Why a cell is refused, as the end of a sentence that begins with its column. */
export function reasonFor(
  problem: Problem,
  asked: AskedQuestion | undefined,
  cell: string | string[] | undefined,
): string {
  const params = Object.fromEntries(
    Object.entries(problem.params).map(([name, value]) => [
      name,
      typeof value === 'number' ? String(value) : inLanguage(value, 'en', 'en'),
    ]),
  );
  const codes = asked?.offered.map(({ code }) => code) ?? [];
  const some = codes.length > 30 ? `${codes.slice(0, 30).join(', ')} and ${codes.length - 30} more` : codes.join(', ');
  const apart = problem.key === 'error.unknown_option' && Array.isArray(cell) ? ticksIn(cell, codes) : undefined;
  const reason = apart
    ? `is several answers in one. Put | between ticks: ${apart.join('|')}`
    : (REASONS[problem.key]?.(params, some) ?? 'cannot be taken.');
  return cell === undefined ? reason : `${quoteCell(typeof cell === 'string' ? cell : cell.join('|'))} ${reason}`;
}

/** The answers of a tick list that were separated as other programs do; undefined where they are no answers at all. */
function ticksIn(cell: readonly string[], codes: readonly string[]): readonly string[] | undefined {
  const ticks = cell.flatMap((part) => part.split(/[,;]/)).map((code) => code.trim());
  return ticks.length > cell.length && ticks.every((code) => codes.includes(code)) ? ticks : undefined;
}

/** A cell's content in quotes, cut where it is long. */
export function quoteCell(cell: string): string {
  return `“${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}”`;
}
