/** Names that leave: inputs on a page and columns in data files. Each has to be its own, and readable everywhere. */

import type { Finding, Path } from '../source.ts';
import { allFieldsOf, fieldsOf, type SurveyQuestion } from '../survey.ts';
import { variablesOf } from '../variables.ts';
import { type Check, error, type Subject } from './subject.ts';

/** Input names and variable names of the whole survey. */
export const checkNamesInFiles: Check = (subject) => {
  const collisions = fieldCollisions(subject);
  return collisions.length > 0 ? collisions : variableNames(subject);
};

/**
 * Words that SPSS (Command Syntax Reference, "Variable names"), Stata (User's Guide 11.3) or R (?Reserved) keep for
 * themselves; compared without case, as SPSS does (rule F7).
 */
const RESERVED = new Set(
  (
    'all and by eq ge gt le lt ne not or to with ' +
    'byte double float if in int long strl using ' +
    'break else false for function inf na nan next null repeat true while'
  ).split(' '),
);

/** Whether a name means something else to SPSS, Stata or R. @param name in small letters */
export function isKeptName(name: string): boolean {
  return RESERVED.has(name) || /^str\d+$/.test(name);
}

const MOST_CHARACTERS = 32;

function fieldCollisions(subject: Subject): Finding[] {
  const owners = new Map<string, string>();
  return [...subject.survey.questions.values()].flatMap((question) =>
    inputsOf(question).flatMap((field) => {
      const owner = owners.get(field);
      owners.set(field, owner ?? question.code);
      if (owner === undefined) return [];
      const message =
        owner === question.code
          ? `Two inputs of ${owner} are both called "${field}".`
          : `${question.code} has an input called "${field}", and so has ${owner}.`;
      return [error(subject, 'field-collision', placeOf(subject, question.code), message, 'Change one of the codes.')];
    }),
  );
}

/** What a page posts for a question, with the parts of dates and the ranks of rankings. */
function inputsOf(question: SurveyQuestion): readonly string[] {
  const parts = (codes: readonly string[]) => [question.code, ...codes.map((code) => `${question.code}_${code}`)];
  if (question.type === 'date') return parts(['day', 'month', 'year']);
  if (question.type === 'ranking') return parts(question.choices.map(({ code }) => code));
  return question.type === 'grid' ? fieldsOf(question) : allFieldsOf(question);
}

function variableNames(subject: Subject): Finding[] {
  const owners = new Map<string, string>();
  return variablesOf(subject.survey).flatMap(({ name, question, derived }) => {
    const owner = derived ? name : (question ?? name);
    const path = placeOf(subject, owner);
    const first = owners.get(name);
    owners.set(name, first ?? owner);
    if (first !== undefined)
      return [
        error(
          subject,
          'variable-name',
          path,
          `Two variables would be called "${name}" in data files, of ${first} and of ${owner}: capitals do not count there.`,
          'Change one of the codes.',
        ),
      ];
    if (name.length > MOST_CHARACTERS)
      return [
        error(
          subject,
          'variable-name',
          path,
          `The variable "${name}" has ${name.length} characters; data files take ${MOST_CHARACTERS}.`,
          'Shorten the code of the question, the row or the option.',
        ),
      ];
    if (isKeptName(name))
      return [
        error(
          subject,
          'variable-name',
          path,
          `"${name}" means something else in SPSS, Stata or R, so no variable can have that name.`,
          'Choose another code.',
        ),
      ];
    return [];
  });
}

/** Where a question (or a copy of it) or a derived variable is written. */
export function placeOf({ survey, pages }: Subject, name: string): Path {
  for (const { path, copies } of pages) {
    for (const copy of copies) {
      const index = copy.questions.findIndex(({ code }) => code === name);
      if (index >= 0) return [...path, 'questions', index, 'code'];
    }
  }
  const given = survey.file.stageRule?.gives.findIndex(({ code }) => code === name) ?? -1;
  if (given >= 0) return ['stageRule', 'gives', given, 'code'];
  const index = survey.file.derived.findIndex(({ code }) => code === name || name.startsWith(`${code}_`));
  return index >= 0 ? ['derived', index, 'code'] : [];
}
