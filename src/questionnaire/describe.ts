/** Conditions in plain words: who was asked, for codebooks, results and the authors of a survey. */
import { valuesIn } from './answers.ts';
import type { Condition, Operand, Text } from './definition.ts';
import { CONNECTIVES, type Connectives } from './describe-words.ts';
import { questionOfField } from './journey.ts';
import { spellOut } from './spell-out.ts';
import { offeredLabel, type Survey, type SurveyQuestion } from './survey.ts';
import { inLanguage, PIPE } from './text.ts';

/** How the things in a condition are called: by their codes or by what people read. */
interface Naming {
  readonly words: Connectives;
  /** The words for a test of what somebody answered. */
  readonly ofAnswers: Connectives;
  readonly language: string;
  subject(field: string): string;
  value(field: string, code: string): string;
}

/**
 * A condition in a sentence's words, by what people read: the answer to “Use of AI today” is “We do not use AI”.
 * Texts are in the language where the survey has them; the words between them in English or Welsh.
 */
export function describeCondition(survey: Survey, condition: Condition, language: string): string {
  return say(condition, namingBy(survey, language));
}

/**
 * Who is asked, when all of these hold, by the answers that decide it: undefined when nothing narrows it, so everyone
 * is.
 */
export function describeUniverse(survey: Survey, universe: readonly Condition[], language: string): string | undefined {
  const [first, ...others] = universe.map((condition) => spellOut(survey, condition));
  if (!first) return undefined;
  return describeCondition(survey, others.length === 0 ? first : { all: [first, ...others] }, language);
}

/** A condition by its codes, in English, for the authors of a survey: S1 is agreed or trial. */
export function shortCondition(condition: Condition): string {
  return say(condition, {
    words: CONNECTIVES.en,
    ofAnswers: CONNECTIVES.en,
    language: 'en-GB',
    subject: (field) => field,
    value: (_, code) => code,
  });
}

/** All of these by their codes; "always" when there is none. */
export function shortUniverse(universe: readonly Condition[]): string {
  const [first, ...others] = universe;
  if (!first) return 'always';
  return shortCondition(others.length === 0 ? first : { all: [...universe] });
}

function namingBy(survey: Survey, language: string): Naming {
  const [fallback = 'en'] = survey.file.languages;
  const isWelsh = language.startsWith('cy');
  const quoted = (text: Text) =>
    `“${inLanguage(text, language, fallback).replaceAll(PIPE, (_, __, instead?: string) => instead ?? '…')}”`;
  return {
    words: isWelsh ? CONNECTIVES.cy : CONNECTIVES.en,
    ofAnswers: isWelsh ? CONNECTIVES.cy : CONNECTIVES.enAnswers,
    language,
    subject: (field) => {
      const question = questionOfField(survey, field);
      if (question) return quotedQuestion(question, field, quoted);
      const variable = survey.derived.get(field);
      return variable ? quoted(variable.label) : field;
    },
    value: (field, code) => {
      const question = questionOfField(survey, field);
      const label = question
        ? offeredLabel(survey, question, code)
        : survey.derived.get(field)?.categories?.find((category) => category.code === code)?.label;
      return label === undefined ? code : quoted(label);
    },
  };
}

/** A grid's row is named with its grid. */
function quotedQuestion(question: SurveyQuestion, field: string, quoted: (text: Text) => string): string {
  const own = quoted(question.short ?? question.text);
  const row =
    question.type === 'grid' ? question.rows.find((each) => field === `${question.code}_${each.code}`) : undefined;
  return row ? `${own}, ${quoted(row.label)},` : own;
}

function say(condition: Condition, naming: Naming, inside?: 'all' | 'any'): string {
  const words = wordsFor(condition, naming);
  const joined = (conditions: readonly Condition[], kind: 'all' | 'any') => {
    const parts = conditions.map((each) => say(each, naming, conditions.length > 1 ? kind : inside));
    const together = parts.join(kind === 'all' ? ` ${words.and} ` : ` ${words.or} `);
    return parts.length > 1 && inside !== undefined && inside !== kind ? `(${together})` : together;
  };
  if (condition.all) return joined(condition.all, 'all');
  if (condition.any) return joined(condition.any, 'any');
  if (condition.not) return words.not(say(condition.not, naming));
  const subject = naming.subject(condition.question ?? condition.variable ?? '');
  const test = sayTest(condition, subject, naming);
  if (!condition.ifBlank || denial(condition) !== undefined) return test;
  const either = `${test} ${words.or} ${words.blank(subject)}`;
  return inside === 'all' ? `(${either})` : either;
}

function wordsFor(condition: Condition, { words, ofAnswers }: Naming): Connectives {
  return condition.question === undefined ? words : ofAnswers;
}

function sayTest(condition: Condition, subject: string, naming: Naming): string {
  const { language } = naming;
  const words = wordsFor(condition, naming);
  const field = condition.question ?? condition.variable ?? '';
  const list = (codes: readonly string[] | string | undefined, type: 'conjunction' | 'disjunction') => {
    const named = valuesIn(codes).map((code) => naming.value(field, code));
    // Making a format is what costs here.
    return named.length < 2
      ? (named[0] ?? '')
      : new Intl.ListFormat(language === 'en' ? 'en-GB' : language, { type }).format(named);
  };
  const either = list(condition.is ?? condition.isAnyOf, 'disjunction');
  if (either !== '') return words.is(subject, either);
  const neither = list(condition.isNot ?? condition.isNoneOf, 'disjunction');
  if (neither !== '') return words.isNot(subject, neither, condition.ifBlank === true);
  const any = list(condition.includes ?? condition.includesAnyOf, 'disjunction');
  if (any !== '') return words.includes(subject, any);
  if (condition.includesAllOf) return words.includes(subject, list(condition.includesAllOf, 'conjunction'));
  if (condition.includesNoneOf)
    return words.includesNone(subject, list(condition.includesNoneOf, 'disjunction'), condition.ifBlank === true);
  if (condition.answered !== undefined) return condition.answered ? words.answered(subject) : words.blank(subject);
  if (condition.count) {
    const { equals, atLeast, atMost, except = [] } = condition.count;
    const bounds = sayBounds({ equals, atLeast, atMost }, naming);
    return words.count(subject, bounds, except.length > 0 ? list(except, 'conjunction') : undefined);
  }
  return words.is(subject, sayBounds(condition.compare ?? {}, naming));
}

/** What a test rules out. "Is not this" says by itself that a blank will do, so it needs no words of its own for it. */
function denial({ isNot, isNoneOf, includesNoneOf }: Condition): string | string[] | undefined {
  return isNot ?? isNoneOf ?? includesNoneOf;
}

type Bounds = { readonly [Operator in keyof Connectives['bounds']]?: Operand | undefined };

function sayBounds(bounds: Bounds, naming: Naming): string {
  const said = (['equals', 'atLeast', 'atMost', 'moreThan', 'lessThan'] as const).flatMap((operator) => {
    const operand = bounds[operator];
    if (operand === undefined) return [];
    const value = typeof operand === 'object' ? naming.subject(operand.question) : String(operand);
    return [naming.words.bounds[operator](value)];
  });
  return said.join(` ${naming.words.and} `);
}
