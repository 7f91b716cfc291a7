/** The rules that the answers of one page must keep. The site, the import and the journey itself all ask here. */
import Big from 'big.js';
import { type Answer, type Answers, type Known, valuesIn } from './answers.ts';
import type { AskedQuestion, PageOnPath } from './asked.ts';
import { compares, holds, operandValue } from './conditions.ts';
import type { Rule, Text } from './definition.ts';
import { fieldsOf, isMark, otherFields, type SurveyQuestion } from './survey.ts';

/** What is wrong with a field: a key of the interface's words with its values, or the author's own message. */
export interface Problem {
  readonly field: string;
  readonly question: string;
  readonly key: string;
  readonly params: Readonly<Record<string, string | number | Text>>;
}

/**
 * Everything wrong with a page's answers, in the order of the page; empty when they may be kept. A rule rests where
 * the question that it speaks at is not asked: its message could not be shown, and nobody could do as it says.
 */
export function pageProblems({ page, asked }: PageOnPath, answers: Answers, known: Known): Problem[] {
  const problems: Problem[] = [];
  for (const each of asked) addProblems(each, answers, problems);
  if (problems.length > 0 || page.rules.length === 0) return problems;
  const all = withAnswers(known, answers);
  return page.rules
    .filter(({ at }) => asked.some(({ question }) => question.code === at))
    .filter((rule) => breaks(rule, all))
    .map(({ at, message }) => problem(at, at, 'error.rule', { message }));
}

/** What is known once this page's answers count too, derived variables included. */
export function withAnswers(known: Known, answers: Answers): Known {
  const all: Known = {
    answer: (field) => (field in answers ? (answers[field] ?? undefined) : known.answer(field)),
    variable: (name, over = all) => known.variable(name, over),
  };
  return all;
}

function addProblems(asked: AskedQuestion, answers: Answers, problems: Problem[]): void {
  const { question } = asked;
  const before = problems.length;
  for (const field of fieldsOf(question)) {
    const answer = answers[field] ?? undefined;
    const found = answer === undefined ? missing(question, field) : wrong(asked, answer);
    if (found) problems.push(problem(field, question.code, found.key, found.params));
  }
  if (problems.length === before) problems.push(...otherProblems(question, answers));
}

interface Found {
  key: string;
  params: Problem['params'];
}
const found = (key: string, params: Problem['params'] = {}): Found => ({ key, params });
const problem = (field: string, question: string, key: string, params: Problem['params']): Problem => ({
  field,
  question,
  key,
  params,
});

function missing(question: SurveyQuestion, field: string): Found | undefined {
  if (!question.required) return undefined;
  if (question.type === 'grid') {
    const row = question.rows.find((each) => field === `${question.code}_${each.code}`);
    return found('error.required_grid_row', { row: row?.label ?? '' });
  }
  if (question.type === 'single' || question.type === 'dropdown' || question.type === 'scale')
    return found('error.required_single');
  return found(question.type === 'multiple' ? 'error.required_multiple' : 'error.required');
}

function wrong(asked: AskedQuestion, answer: Answer): Found | undefined {
  const { question } = asked;
  if (typeof answer === 'string' && isMark(answer) && offers(asked, answer)) return undefined;
  switch (question.type) {
    case 'number':
      return typeof answer === 'string' ? wrongNumber(question, answer) : found('error.one_value');
    case 'date':
      return typeof answer === 'string' ? wrongDate(question, answer) : found('error.one_value');
    case 'text':
      return typeof answer === 'string' ? wrongText(answer, question.limit) : found('error.one_value');
    case 'multiple':
    case 'ranking':
      return wrongList(asked, valuesIn(answer));
    default:
      if (typeof answer !== 'string') return found('error.one_value');
      return offers(asked, answer) ? undefined : found('error.unknown_option');
  }
}

function offers({ offered }: AskedQuestion, code: string): boolean {
  return offered.some((option) => option.code === code);
}

function wrongList(asked: AskedQuestion, values: readonly string[]): Found | undefined {
  const { question, offered } = asked;
  if (!values.every((value) => offers(asked, value))) return found('error.unknown_option');
  if (new Set(values).size < values.length)
    return found(question.type === 'ranking' ? 'error.rank_twice' : 'error.one_value');
  const alone = offered.find((option) => option.exclusive && values.includes(option.code));
  if (alone && values.length > 1) return found('error.exclusive', { option: alone.label });
  const most = 'atMost' in question && typeof question.atMost === 'number' ? question.atMost : Number.POSITIVE_INFINITY;
  return values.length > most ? found('error.at_most', { n: most }) : undefined;
}

function wrongNumber(question: Extract<SurveyQuestion, { type: 'number' }>, answer: string): Found | undefined {
  if (!/^-?\d{1,18}(\.\d{1,12})?$/.test(answer)) return found('error.not_number');
  const decimals = answer.split('.')[1]?.length ?? 0;
  if (decimals > (question.decimals ?? 0)) {
    return question.decimals ? found('error.decimals', { n: question.decimals }) : found('error.whole_number');
  }
  const number = new Big(answer);
  if (question.atLeast !== undefined && number.lt(question.atLeast))
    return found('error.at_least', { n: String(question.atLeast) });
  if (question.atMost !== undefined && number.gt(question.atMost))
    return found('error.at_most_number', { n: String(question.atMost) });
  return undefined;
}

function wrongDate(question: Extract<SurveyQuestion, { type: 'date' }>, answer: string): Found | undefined {
  if (!isDate(answer)) return found('error.not_date');
  if (question.atLeast !== undefined && answer < question.atLeast)
    return found('error.date_at_least', { date: question.atLeast });
  return question.atMost !== undefined && answer > question.atMost
    ? found('error.date_at_most', { date: question.atMost })
    : undefined;
}

/** A day that exists in the calendar, as YYYY-MM-DD. */
function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (!year || !month || !day || Number(year) < 1000) return false;
  const lengths = [
    31,
    Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ];
  return Number(day) >= 1 && Number(day) <= (lengths[Number(month) - 1] ?? 0);
}

/** Characters as people count them: a line break is one, an emoji is one code point or a few. */
function lengthOf(text: string): number {
  return [...text.replaceAll('\r\n', '\n')].length;
}

/** Control characters and broken surrogate pairs would break a data file later; line breaks and tabs are text. */
const UNWRITABLE = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

function wrongText(text: string, limit: number): Found | undefined {
  if (UNWRITABLE.test(text)) return found('error.bad_text');
  const over = lengthOf(text) - limit;
  return over > 0 ? found('error.too_long', { limit, over }) : undefined;
}

/** A box that was filled without its option chosen is asked about: what somebody typed is never thrown away unseen. */
function otherProblems(question: SurveyQuestion, answers: Answers): Problem[] {
  return otherFields(question).flatMap(({ option, field, limit }) => {
    const typed = answers[field];
    if (typeof typed !== 'string') return [];
    const chosen = fieldsOf(question).some((each) => valuesIn(answers[each]).includes(option));
    const label = question.choices.find((each) => each.code === option)?.label ?? option;
    const wrongBox = chosen ? wrongText(typed, limit) : found('error.other_needed', { option: label });
    return wrongBox ? [problem(field, question.code, wrongBox.key, wrongBox.params)] : [];
  });
}

/** Whether the rule is broken. A sum is exact; with any part blank or marked there is nothing to add up, and the rule rests. */
function breaks(rule: Rule, known: Known): boolean {
  if (rule.refuseWhen) return holds(rule.refuseWhen, known);
  const parts = (rule.sum ?? []).map((code) => operandValue({ question: code }, known));
  if (parts.some((part) => part === undefined || isMark(part))) return false;
  const total = parts.reduce((sum, part) => sum.plus(part ?? 0), new Big(0)).toFixed();
  const { equals, atLeast, atMost } = rule;
  return compares(total, { equals, atLeast, atMost }, known) === false;
}
