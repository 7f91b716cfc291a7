/**
 * The journey: which pages and questions apply to this respondent, worked out afresh from the survey and the
 * answers and never stored. One walk serves everybody: the site reads a draft through it, an import reads a row, a
 * simulation makes its answers up, so all of them meet the same rules.
 */
import { type Answer, type Answers, type Known, valuesIn } from './answers.ts';
import type { AskedQuestion, PageOnPath } from './asked.ts';
import { allHold, holds } from './conditions.ts';
import type { Condition, Option } from './definition.ts';
import { referencesIn } from './derived.ts';
import { type Problem, pageProblems } from './page-rules.ts';
import {
  allFieldsOf,
  fieldsOf,
  isMark,
  type Survey,
  type SurveyPage,
  type SurveyQuestion,
  sourceOptions,
} from './survey.ts';

export type { AskedQuestion, PageOnPath };

export interface Journey {
  /** The pages on the path. After `next` they are what the answers so far lead to, and may still change. */
  readonly pages: readonly PageOnPath[];
  /** The first page that has not been answered as it now stands; undefined when the path is complete. */
  readonly next: PageOnPath | undefined;
  /** The end (declined, not eligible) that the answers lead to. */
  readonly end: string | undefined;
  /** The answers on the path and nothing else, blanks as null, with those filled in by rule. */
  readonly answers: Answers;
  /** Questions answered by rule because one option was left. */
  readonly filled: readonly string[];
  readonly known: Known;
}

/** Gives a page's answers, or undefined to stop at that page. */
export type Take = (page: PageOnPath, known: Known) => Answers | undefined;

/** Gives a page's answers together with what its rules say of them. */
export type Read = (
  page: PageOnPath,
  known: Known,
) => { readonly answers: Answers; readonly problems: readonly Problem[] } | undefined;

/** The journey of a draft. Answers off the path are not looked at by any rule. */
export function journeyOf(survey: Survey, draft: Answers): Journey {
  return walk(survey, (page) => answersOn(page, draft));
}

/** A draft's answers on a page; undefined where some of it was never seen. */
export function answersOn({ asked }: PageOnPath, draft: Answers): Answers | undefined {
  if (!asked.every(({ question }) => fieldsOf(question).every((field) => draft[field] !== undefined))) return undefined;
  const fields = asked.flatMap(({ question }) => allFieldsOf(question));
  return Object.fromEntries(fields.map((field) => [field, draft[field] ?? null]));
}

/**
 * Walks the survey from its first page, taking each page's answers as it is reached. A page whose answers break one
 * of its rules counts as not answered. Pure as long as `take` is.
 */
export function walk(survey: Survey, take: Take): Journey {
  return walkReading(survey, (page, known) => {
    const answers = take(page, known);
    return answers && { answers, problems: pageProblems(page, answers, known) };
  });
}

/** The same walk where whoever gives the answers has looked at the page's rules already, as `readPage` does. */
export function walkReading(survey: Survey, read: Read): Journey {
  const answers: Record<string, Answer | null> = {};
  const filled: string[] = [];
  let known = knownFrom(survey, answers);
  const add = (more: Answers) => {
    Object.assign(answers, more);
    known = knownFrom(survey, answers);
  };
  const pages: PageOnPath[] = [];
  let next: PageOnPath | undefined;
  for (const page of survey.pages) {
    if (!allHold(page.when, known)) continue;
    const { asked, byRule } = askQuestions(survey, page, known);
    if (byRule.length > 0) {
      add(Object.fromEntries(byRule));
      filled.push(...byRule.map(([code]) => code));
    }
    if (asked.length === 0) continue;
    const onPath = { page, opens: pages.at(-1)?.page.section !== page.section, asked };
    pages.push(onPath);
    if (next) continue;
    const taken = read(onPath, known);
    if (!taken || taken.problems.length > 0) {
      next = onPath;
      continue;
    }
    add(taken.answers);
    const end = endOf(onPath.asked, answers);
    if (end !== undefined) return { pages, next: undefined, end, answers, filled, known };
  }
  return { pages, next, end: undefined, answers, filled, known };
}

/** What can be known from a set of answers. A derived variable is worked out when it is first asked for, and then kept. */
export function knownFrom(survey: Survey, answers: Answers): Known {
  const worked = new Map<string, string | undefined>();
  const known: Known = {
    answer: (field) => answers[field] ?? undefined,
    variable: (name, over = known) => {
      if (over !== known) return survey.derived.get(name)?.compute(over);
      if (!worked.has(name)) worked.set(name, survey.derived.get(name)?.compute(known));
      return worked.get(name);
    },
  };
  return known;
}

/**
 * The questions of a page that apply. A question whose options come from an earlier list is not asked when none or
 * one is left; the one is filled in by rule.
 */
function askQuestions(survey: Survey, page: SurveyPage, known: Known) {
  const asked: AskedQuestion[] = [];
  const byRule: [question: string, option: string][] = [];
  for (const question of page.questions) {
    if (question.when && !holds(question.when, known)) continue;
    const offered = offeredOptions(survey, question, known);
    if ('options' in question && !Array.isArray(question.options)) {
      const left = offered.filter((option) => !isMark(option.code));
      if (left.length === 1 && left[0]) byRule.push([question.code, left[0].code]);
      if (left.length < 2) continue;
    }
    asked.push({ question, offered, variant: question.variants?.find((each) => holds(each.when, known)) });
  }
  return { asked, byRule };
}

function offeredOptions(survey: Survey, question: SurveyQuestion, known: Known): readonly Option[] {
  if (question.type !== 'single' || Array.isArray(question.options)) return question.choices;
  const ticked = valuesIn(known.answer(question.options.from));
  return sourceOptions(survey, question)
    .filter((option) => ticked.includes(option.code) || question.choices.includes(option))
    .map(({ other: _box, end: _end, ...option }) => option);
}

function endOf(asked: readonly AskedQuestion[], answers: Answers): string | undefined {
  for (const { question, offered } of asked) {
    for (const { code, end } of offered) {
      if (end !== undefined && fieldsOf(question).some((field) => valuesIn(answers[field]).includes(code))) return end;
    }
  }
  return undefined;
}

/** Where a page stands for this respondent. */
export type Place =
  | { readonly at: 'here'; readonly page: PageOnPath; readonly previous: PageOnPath | undefined }
  | { readonly at: 'not reached' }
  | { readonly at: 'off the path' };

/**
 * Where the page with this code stands. A page beyond the first unanswered one is "not reached", unless what it
 * depends on is already answered and rules it out.
 */
export function findPlace(survey: Survey, journey: Journey, code: string): Place {
  const index = journey.pages.findIndex(({ page }) => page.code === code);
  const page = journey.pages[index];
  const frontier = journey.next?.page.position ?? Number.POSITIVE_INFINITY;
  if (page && page.page.position <= frontier) return { at: 'here', page, previous: journey.pages[index - 1] };
  if (page) return { at: 'not reached' };
  const known = survey.pages.find((each) => each.code === code);
  if (!known || journey.end !== undefined || known.position < frontier) return { at: 'off the path' };
  return ruledOut(survey, known, journey.known, frontier) ? { at: 'off the path' } : { at: 'not reached' };
}

/** Whether answers before the frontier already keep the page off the path: one of its conditions, or each of its questions. */
function ruledOut(survey: Survey, page: SurveyPage, known: Known, frontier: number): boolean {
  const positions = (code: string, seen: Set<string>): number[] => {
    const derived = survey.derived.get(code);
    if (!derived) return [questionOfField(survey, code)?.position ?? -1];
    if (seen.has(code)) return [];
    seen.add(code);
    return derived.sources.flatMap((source) => positions(source, seen));
  };
  const settled = (codes: string[]) => {
    const seen = new Set<string>();
    return codes.flatMap((code) => positions(code, seen)).every((position) => position < frontier);
  };
  const fails = (condition: Condition) => settled(referencesIn(condition)) && !holds(condition, known);
  if (page.when.some(fails)) return true;
  return page.questions.every(
    (question) =>
      (question.when && fails(question.when)) ||
      ('options' in question && !Array.isArray(question.options) && settled([question.options.from])),
  );
}

/** The question that a field belongs to: by its own code, as a grid row, or as the box of an "other" option. */
export function questionOfField(survey: Survey, field: string): SurveyQuestion | undefined {
  const question = survey.questions.get(field);
  if (question) return question;
  for (let cut = field.lastIndexOf('_'); cut > 0; cut = field.lastIndexOf('_', cut - 1)) {
    const owner = survey.questions.get(field.slice(0, cut));
    if (owner && allFieldsOf(owner).includes(field)) return owner;
  }
  return undefined;
}

/** Flags that the answers raise ("says it uses AI, uses no tool"), for a person to look at; never a reason to change an answer. */
export function flagsOf(journey: Journey): string[] {
  return journey.pages.flatMap(({ asked }) =>
    asked.flatMap(({ question }) =>
      [...(question.confirm ?? []), ...(question.flags ?? [])].flatMap(({ flag, when }) =>
        flag && holds(when, journey.known) ? [flag] : [],
      ),
    ),
  );
}
