/**
 * Made-up answers. They go through the same walk and the same page rules as a person's, so whatever is simulated could
 * have been answered.
 */
import Big from 'big.js';
import { z } from 'zod';
import type { Answers, Known } from './answers.ts';
import { operandValue } from './conditions.ts';
import type { Option, Rule } from './definition.ts';
import { type AskedQuestion, answersOn, type Journey, type PageOnPath, walkReading } from './journey.ts';
import { pageProblems, withAnswers } from './page-rules.ts';
import { readPage } from './read-page.ts';
import { fieldsOf, isMark, otherFields, type Survey, type SurveyQuestion, sourceOptions } from './survey.ts';

/**
 * How likely each answer is, beside the others of its question: `{"S1": {"agreed": 3, "no": 1}}`. A grid row may stand
 * by itself (`C1_privacy`). A number, date or text typed goes by the name `value`. What is left out weighs 1, or 0.1
 * where it ends the questionnaire, or 9 for `value`.
 */
export const weightsSchema = z.record(z.string(), z.record(z.string(), z.number().min(0)));
export type Weights = z.infer<typeof weightsSchema>;

export interface Habits {
  readonly weights: Weights;
  /** The share of optional questions left blank, 0 to 1. */
  readonly blanks: number;
}

type Random = () => number;
type Filled = Record<string, string | string[]>;

const TRIES = 200;

/**
 * The journey of one made-up respondent, to its end. It stops at a page (`next`) only when no answers that keep the
 * page's rules were found.
 * @param random numbers from 0 up to 1; the same numbers give the same respondent
 * @param given answers that stand; only pages that they leave open are made up
 */
export function simulateResponse(survey: Survey, random: Random, habits: Habits, given: Answers = {}): Journey {
  // Where rules across answers are hard to meet by chance, leaving more blank meets them in the end.
  const reticent = { ...habits, blanks: 1 };
  return walkReading(survey, (page, known) => {
    const own = answersOn(page, given);
    if (own && pageProblems(page, own, known).length === 0) return { answers: own, problems: [] };
    for (let tried = 0; tried < TRIES; tried++) {
      const form = fillPage(page, known, random, tried < TRIES / 2 ? habits : reticent);
      const read = readPage(page, form, known);
      if (read.problems.length === 0) return read;
    }
    return undefined;
  });
}

/** What is wrong with some weights: questions and answers that the survey does not have. Empty when they fit. */
export function weightProblems(survey: Survey, weights: Weights): string[] {
  const named = new Map<string, SurveyQuestion>();
  for (const question of survey.questions.values()) {
    for (const name of [question.code, ...fieldsOf(question)]) named.set(name, question);
  }
  return Object.entries(weights).flatMap(([name, options]) => {
    const question = named.get(name);
    if (!question) return [`"${name}" is not a question of ${survey.file.survey}.`];
    const codes = codesOf(survey, question);
    return Object.keys(options)
      .filter((code) => !codes.includes(code))
      .map((code) => `"${code}" is not an answer to ${name}. Its answers: ${codes.join(', ')}.`);
  });
}

/** The answers that can carry a weight. */
function codesOf(survey: Survey, question: SurveyQuestion): string[] {
  const codes = sourceOptions(survey, question).map((option) => option.code);
  return isTyped(question) ? [TYPED, ...codes] : codes;
}

const TYPED = 'value';
const isTyped = ({ type }: SurveyQuestion) => type === 'number' || type === 'date' || type === 'text';

/** A form for the page, as a browser would post it. */
function fillPage({ page, asked }: PageOnPath, known: Known, random: Random, habits: Habits): Filled {
  const form: Filled = {};
  for (const each of asked) {
    const { question } = each;
    for (const field of fieldsOf(question)) {
      if (!question.required && random() < habits.blanks) continue;
      const drawn = drawAnswer(each, random, habits.weights[field] ?? habits.weights[question.code] ?? {});
      if (drawn !== undefined) form[field] = drawn;
    }
    for (const { field, option, limit } of otherFields(question)) {
      if (form[question.code]?.includes(option) && random() >= habits.blanks) form[field] = madeUp(limit);
    }
  }
  for (const rule of page.rules) meetSum(rule, asked, form, known, random);
  return form;
}

function drawAnswer({ question, offered }: AskedQuestion, random: Random, weights: Weights[string]) {
  const weigh = offered.map(({ code, end }) => weights[code] ?? (end === undefined ? 1 : 0.1));
  switch (question.type) {
    case 'number':
    case 'date':
    case 'text': {
      const chosen = pick([...weigh, weights[TYPED] ?? 9], random);
      return chosen === undefined ? undefined : (offered[chosen]?.code ?? typedValue(question, random));
    }
    case 'multiple':
    case 'ranking': {
      const most = question.atMost ?? offered.length;
      const wanted = question.type === 'ranking' ? most : 1 + Math.floor(random() * Math.min(most, 4));
      return drawSome(offered, weigh, wanted, random);
    }
    default: {
      const chosen = pick(weigh, random);
      return chosen === undefined ? undefined : offered[chosen]?.code;
    }
  }
}

/** The place of one of the weights, drawn in proportion to them; undefined when they are all nought. */
function pick(weights: readonly number[], random: Random): number | undefined {
  let total = 0;
  for (const weight of weights) total += weight;
  let left = random() * total;
  let last: number | undefined;
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index] ?? 0;
    if (weight === 0) continue;
    if (left < weight) return index;
    left -= weight;
    last = index;
  }
  return last;
}

/** Ticks drawn one after another without putting back. An exclusive option that comes first stands alone; later ones are passed over. */
function drawSome(offered: readonly Option[], weights: number[], wanted: number, random: Random): string[] {
  const drawn: string[] = [];
  while (drawn.length < wanted) {
    const index = pick(weights, random);
    const option = index === undefined ? undefined : offered[index];
    if (index === undefined || !option) break;
    weights[index] = 0;
    if (option.exclusive && drawn.length === 0) return [option.code];
    if (!option.exclusive) drawn.push(option.code);
  }
  return drawn;
}

type TypedQuestion = Extract<SurveyQuestion, { type: 'number' | 'date' | 'text' }>;

function typedValue(question: TypedQuestion, random: Random): string {
  if (question.type === 'text') return madeUp(question.limit);
  if (question.type === 'date') {
    const first = Date.parse(question.atLeast ?? '2000-01-01');
    const last = Date.parse(question.atMost ?? '2029-12-31');
    return new Date(between(first / DAY, last / DAY, random) * DAY).toISOString().slice(0, 10);
  }
  const steps = 10 ** (question.decimals ?? 0);
  const lowest = Number(question.atLeast ?? Math.min(0, Number(question.atMost ?? 0) - 100));
  const highest = Number(question.atMost ?? lowest + 100);
  return (between(Math.ceil(lowest * steps), Math.floor(highest * steps), random) / steps).toFixed(
    question.decimals ?? 0,
  );
}

const DAY = 86_400_000;

function between(lowest: number, highest: number, random: Random): number {
  return lowest + Math.floor(random() * (highest - lowest + 1));
}

/** Says what it is wherever it turns up. */
function madeUp(limit: number): string {
  return 'Made-up text'.slice(0, limit);
}

/** Makes typed numbers add up where the page wants a certain sum: chance alone would hardly ever meet it. */
function meetSum(rule: Rule, asked: readonly AskedQuestion[], form: Filled, known: Known, random: Random): void {
  const wanted = rule.equals ?? rule.atMost;
  const total = wanted === undefined ? undefined : operandValue(wanted, withAnswers(known, form));
  const parts = asked.filter(({ question }) => rule.sum?.includes(question.code));
  const typed = parts
    .map(({ question }) => form[question.code])
    .filter((part) => typeof part === 'string' && !isMark(part));
  if (total === undefined || isMark(total) || typed.length !== rule.sum?.length) return;
  const sum = typed.reduce((before, part) => before.plus(String(part)), new Big(0));
  if (rule.equals === undefined ? sum.lte(total) : sum.eq(total)) return;
  let left = new Big(total);
  for (const [index, { question }] of parts.entries()) {
    const decimals = question.type === 'number' ? (question.decimals ?? 0) : 0;
    const share = index === parts.length - 1 ? left : left.times(random()).round(decimals, Big.roundDown);
    form[question.code] = share.toFixed();
    left = left.minus(share);
  }
}
