/** What a check is given, and how it says what it found. */

import { at, type Finding, type Path, type Source } from '../source.ts';
import { fieldsOf, otherFields, type Survey } from '../survey.ts';
import type { CheckName } from './names.ts';
import { conditionsIn, type PagePlace, type PlacedCondition, pagesIn, type QuestionPlace } from './places.ts';
import { type PlacedText, textsIn } from './texts-in.ts';
import { type Routes, routesOf } from './worlds.ts';

export interface Subject {
  readonly survey: Survey;
  readonly lineOf: Source['lineOf'];
  readonly pages: readonly PagePlace[];
  readonly questions: readonly QuestionPlace[];
  readonly conditions: readonly PlacedCondition[];
  readonly texts: readonly PlacedText[];
  readonly routes: Routes;
  /** Every input name that can be looked at. */
  readonly fields: readonly string[];
}

/** Looks at one side of a survey. Pure; it may be given any survey that parses. */
export type Check = (subject: Subject) => Finding[];

/** Everything that the checks look at, worked out once. */
export function subjectOf(survey: Survey, source: Source): Subject {
  const pages = pagesIn(survey);
  return {
    survey,
    lineOf: source.lineOf,
    pages,
    questions: pages.flatMap((page) => page.questions),
    conditions: conditionsIn(survey, pages),
    texts: textsIn(survey),
    routes: routesOf(survey),
    fields: [...survey.questions.values()].flatMap((question) => [
      ...fieldsOf(question),
      ...otherFields(question).map(({ field }) => field),
    ]),
  };
}

/** Something that keeps the survey from being published. */
export function error(
  { lineOf }: Pick<Subject, 'lineOf'>,
  check: CheckName,
  path: Path,
  message: string,
  mend?: string,
): Finding {
  return at(check, path, lineOf(path), message, mend);
}

/** Something for the author to weigh. */
export function warning(
  { lineOf }: Pick<Subject, 'lineOf'>,
  check: CheckName,
  path: Path,
  message: string,
  mend?: string,
): Finding {
  return at(check, path, lineOf(path), message, mend, 'warning');
}

const AND = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const OR = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[], joint: 'and' | 'or' = 'and'): string {
  return (joint === 'and' ? AND : OR).format(words);
}
