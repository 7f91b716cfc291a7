/** Walks through a survey for tests: the answers that matter are given, the rest are filled in as somebody might. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Answers } from '../../src/questionnaire/answers.ts';
import { type AskedQuestion, type Journey, walk } from '../../src/questionnaire/journey.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { fieldsOf, type Survey } from '../../src/questionnaire/survey.ts';

const surveys = join(import.meta.dirname, '../../surveys');

/** The text of a file under `surveys/`. */
export const surveyText = (path: string): string => readFileSync(join(surveys, path), 'utf8');

export const aiAdoption: Survey = getSurvey(surveyText('ai-adoption/1.0.json'));

/**
 * The journey of somebody who gives these answers. Where nothing is given a list gets its first two options, every
 * other question its first; `null` leaves a question blank. Nobody is led to an end unless they are sent there.
 */
export function walkWith(survey: Survey, given: Answers): Journey {
  return walk(survey, ({ asked }) => Object.assign({}, ...asked.map((each) => answersTo(each, given))));
}

/** The codes of the questions that were put to somebody, in order. */
export function questionsMet(journey: Journey): string[] {
  return journey.pages.flatMap(({ asked }) => asked.map(({ question }) => question.code));
}

function answersTo(asked: AskedQuestion, given: Answers): Record<string, Answer | null> {
  return Object.fromEntries(
    fieldsOf(asked.question).map((field) => {
      const answer = given[field] ?? given[asked.question.code];
      return [field, answer === undefined ? usual(asked) : answer];
    }),
  );
}

function usual({ question, offered }: AskedQuestion): Answer {
  const codes = offered.filter((option) => !option.exclusive && option.end === undefined).map((option) => option.code);
  if (question.type === 'text') return 'A made-up answer';
  return question.type === 'multiple' ? codes.slice(0, 2) : (codes[0] ?? '');
}
