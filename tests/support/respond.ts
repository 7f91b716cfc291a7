import { readFileSync } from 'node:fs';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { type Journey, walkReading } from '../../src/questionnaire/journey.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { type Form, type ReadPage, readPage } from '../../src/questionnaire/read-page.ts';
import { type Submission, submissionOf } from '../../src/questionnaire/submission.ts';
import type { Survey } from '../../src/questionnaire/survey.ts';
import { variablesOf } from '../../src/questionnaire/variables.ts';

/** What became of a respondent who filled in every page they met. */
export interface Response {
  readonly journey: Journey;
  /** The codes of the questions met, page by page, up to where they stand. */
  readonly met: readonly string[];
  readonly answers: Answers;
  /** What the page they stand at refuses: `Q1: error.required`. */
  readonly problems: readonly string[];
  /** What the last page asked once about: fields left blank, questions to confirm. */
  readonly blanks: readonly string[];
  readonly confirms: readonly string[];
  readonly submission: Submission | undefined;
}

/** Fills in each page with what `form` holds for it, as the site would take it: page by page, through `readPage`. */
export function respond(survey: Survey, form: Form): Response {
  let last: ReadPage | undefined;
  const journey = walkReading(survey, (page, known) => {
    last = readPage(page, form, known);
    return last;
  });
  const reached = journey.next?.page.position ?? Number.POSITIVE_INFINITY;
  return {
    journey,
    met: journey.pages
      .filter(({ page }) => page.position <= reached)
      .flatMap(({ asked }) => asked.map(({ question }) => question.code)),
    answers: journey.answers,
    problems: journey.next ? (last?.problems ?? []).map(({ field, key }) => `${field}: ${key}`) : [],
    blanks: last?.blanks.map(({ field }) => field) ?? [],
    confirms: last?.confirms.map(({ question }) => question) ?? [],
    submission: submissionOf(journey),
  };
}

/** A variable's value in a set of answers: a code, a number, or `[blank]`, `[notAsked]`. */
export function readVariable(survey: Survey, answers: Answers, name: string): string {
  const value = variablesOf(survey)
    .find((variable) => variable.name === name)
    ?.read(answers);
  if (value === undefined) throw new Error(`there is no variable ${name}`);
  return typeof value === 'string' ? value : `[${value.missing}]`;
}

/** One of the tiny surveys of `tests/surveys/engine`. */
export function engineSurvey(rule: string): Survey {
  return editedSurvey(rule, (source) => source);
}

/** The same with its text changed. */
export function editedSurvey(rule: string, edit: (source: string) => string): Survey {
  return getSurvey(edit(readFileSync(new URL(`../surveys/engine/${rule}.json`, import.meta.url), 'utf8')));
}
