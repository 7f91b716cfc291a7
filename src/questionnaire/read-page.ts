/** From a posted form to answers. Only what the page asks is read; everything else that was posted is dropped. */
import Big from 'big.js';
import { type Answer, type Answers, type Known, valuesIn } from './answers.ts';
import { holds } from './conditions.ts';
import type { Text } from './definition.ts';
import type { AskedQuestion, PageOnPath } from './journey.ts';
import { type Problem, pageProblems, withAnswers } from './page-rules.ts';
import { allFieldsOf, fieldsOf, isMark, otherFields } from './survey.ts';

/** A form as posted: each name with the values that came for it. */
export type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface ReadPage {
  readonly answers: Answers;
  readonly problems: readonly Problem[];
  /** Optional questions (or grid rows) left blank, by field: worth one question, never a refusal. */
  readonly blanks: readonly { field: string; question: string }[];
  /** What to ask "Is that right?" about. */
  readonly confirms: readonly { question: string; message: Text }[];
}

/** Reads a page's form. Pure: the same form gives the same answers, in a browser's post and in a row of an import. */
export function readPage(onPath: PageOnPath, form: Form, known: Known): ReadPage {
  const answers: Record<string, Answer | null> = {};
  const unreadable: Problem[] = [];
  for (const asked of onPath.asked) readQuestion(asked, form, answers, unreadable);
  const problems = unreadable.length > 0 ? unreadable : pageProblems(onPath, answers, known);
  return { answers, problems, blanks: blanksIn(onPath, answers), confirms: confirmsOf(onPath, answers, known) };
}

function blanksIn({ asked }: PageOnPath, answers: Answers): ReadPage['blanks'] {
  const blanks = [];
  for (const { question } of asked) {
    if (question.required) continue;
    for (const field of fieldsOf(question))
      if (answers[field] === null) blanks.push({ field, question: question.code });
  }
  return blanks;
}

function confirmsOf({ asked }: PageOnPath, answers: Answers, known: Known): ReadPage['confirms'] {
  const confirms = [];
  for (const { question } of asked) {
    for (const { when, message } of question.confirm ?? []) {
      if (holds(when, withAnswers(known, answers))) confirms.push({ question: question.code, message });
    }
  }
  return confirms;
}

/** Adds a question's answers to `answers`, a blank as null, and what could not be read to `problems`. */
function readQuestion(
  asked: AskedQuestion,
  form: Form,
  answers: Record<string, Answer | null>,
  problems: Problem[],
): void {
  const { question } = asked;
  for (const field of allFieldsOf(question)) answers[field] = null;
  const refuse = (field: string, key: string, params: Problem['params'] = {}) =>
    problems.push({ field, question: question.code, key, params });
  const one = (field: string): string | null => {
    const values = posted(form, field);
    if (values.length > 1) refuse(field, 'error.one_value');
    return values[0] ?? null;
  };
  switch (question.type) {
    case 'multiple': {
      const values = posted(form, question.code);
      if (values.length > 0) answers[question.code] = inOrder(values, asked);
      break;
    }
    case 'ranking': {
      const ranked = readRanking(asked, form);
      if (typeof ranked === 'string') refuse(question.code, ranked, { n: question.atMost ?? question.options.length });
      else answers[question.code] = ranked.length > 0 ? ranked : null;
      break;
    }
    case 'number': {
      const values = posted(form, question.code);
      const mark = values.find((value) => isMark(value));
      const typed = values.filter((value) => !isMark(value));
      if (typed.length > 1) refuse(question.code, 'error.one_value');
      else if (mark !== undefined && typed.length > 0) refuse(question.code, 'error.number_and_mark');
      else answers[question.code] = mark ?? (typed[0] === undefined ? null : canonicalNumber(typed[0]));
      break;
    }
    case 'date': {
      if (DATE_PARTS.some((part) => posted(form, `${question.code}_${part}`).length > 1))
        refuse(question.code, 'error.one_value');
      const boxes = readDateBoxes(question.code, form);
      const whole = one(question.code)?.trim() ?? null;
      if (whole !== null && boxes !== null) refuse(question.code, 'error.number_and_mark');
      answers[question.code] = whole ?? boxes;
      break;
    }
    default:
      for (const field of fieldsOf(question)) answers[field] = one(field);
  }
  for (const { field } of otherFields(question)) answers[field] = one(field);
}

/** Ticks once each, in the order of the list. */
function inOrder(values: readonly string[], { offered }: AskedQuestion): string[] {
  const order = offered.map((option) => option.code);
  return [...new Set(values)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

/** The values that came under a name, without those that hold nothing but space. */
function posted(form: Form, name: string): string[] {
  return valuesIn(Object.hasOwn(form, name) ? form[name] : undefined).filter((value) => value.trim() !== '');
}

const GROUPED = /^[+-]?\d{1,3}(?:([, ])\d{3}(?:\1\d{3})*)(\.\d*)?$/;

/**
 * "£1,250.50 " is 1250.5. Commas and spaces count only as thousands: "1,5" may mean one and a half, so it is asked
 * about. What is not a number is kept as typed, for the page to show again with its error.
 */
function canonicalNumber(typed: string): string {
  const bare = typed
    .replaceAll(/[£€$%]/g, '')
    .replaceAll(/\s/g, ' ')
    .trim();
  const plain = (GROUPED.test(bare) ? bare.replaceAll(/[, ]/g, '') : bare).replace(/^\+/, '');
  return /^-?\d{1,18}(\.\d{0,12})?$|^-?\.\d{1,12}$/.test(plain)
    ? new Big(plain.replace(/\.$/, '')).toFixed()
    : typed.trim();
}

const DATE_PARTS = ['day', 'month', 'year'] as const;

/** Day, month and year in three boxes. Incomplete dates stay visible as typed. */
function readDateBoxes(code: string, form: Form): string | null {
  const [day = '', month = '', year = ''] = DATE_PARTS.map((part) => posted(form, `${code}_${part}`)[0]?.trim());
  if (day === '' && month === '' && year === '') return null;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Ranks typed against options (`R1_cost` = "1"), or the codes in order; a key of the words when they are not 1, 2, 3… */
function readRanking({ question, offered }: AskedQuestion, form: Form): string[] | string {
  const whole = posted(form, question.code);
  const ranks = offered
    .filter((option) => !isMark(option.code))
    .map((option) => ({ code: option.code, typed: posted(form, `${question.code}_${option.code}`) }))
    .filter(({ typed }) => typed.length > 0)
    .map(({ code, typed }) => ({ code, rank: typed[0]?.trim(), twice: typed.length > 1 }));
  if (whole.length > 0) return ranks.length > 0 ? 'error.number_and_mark' : whole;
  if (ranks.some(({ twice }) => twice)) return 'error.one_value';
  if (ranks.some(({ rank }) => !/^\d{1,2}$/.test(rank ?? ''))) return 'error.rank_range';
  const ordered = ranks.sort((a, b) => Number(a.rank) - Number(b.rank));
  if (new Set(ordered.map(({ rank }) => Number(rank))).size < ordered.length) return 'error.rank_twice';
  return ordered.every(({ rank }, index) => Number(rank) === index + 1)
    ? ordered.map(({ code }) => code)
    : 'error.rank_range';
}
