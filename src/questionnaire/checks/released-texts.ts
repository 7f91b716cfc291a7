/** Which words may be released (rule M16): only what people type, and only where it says nothing of who they are. */
import { questionOfField } from '../journey.ts';
import type { Finding, Path } from '../source.ts';
import { otherFields } from '../survey.ts';
import { meant } from './references.ts';
import { type Check, error, type Subject } from './subject.ts';

/** The fields listed under "texts". */
export const checkReleasedTexts: Check = (subject) =>
  subject.survey.file.disclosure.texts.flatMap((field, index, all) => {
    const place: Path = ['disclosure', 'texts', index];
    if (all.indexOf(field) < index)
      return [error(subject, 'released-text', place, `"${field}" is listed already.`, 'Take one of them out.')];
    return checkField(subject, field, place);
  });

function checkField(subject: Subject, field: string, place: Path): Finding[] {
  const typed = typedFields(subject);
  const question = questionOfField(subject.survey, field);
  if (!question) {
    const message = `There is no text question and no “other” box called "${field}".`;
    return [error(subject, 'unknown-reference', place, message, meant(field, typed))];
  }
  if (!typed.includes(field)) {
    const message = `Nobody types at ${field}, so there are no words to release.`;
    return [
      error(subject, 'released-text', place, message, 'Name a text question, or an “other” box such as T1_other.'),
    ];
  }
  const why = WHY_IT_STAYS.get(question.role ?? '');
  if (why === undefined) return [];
  const message = `What people type at ${field} cannot be released: ${question.code} has the role "${question.role}", ${why}.`;
  return [error(subject, 'released-text', place, message, 'Take it out.')];
}

/** The rarest values of a quasi-identifier are those that people had to type. */
const WHY_IT_STAYS: ReadonlyMap<string, string> = new Map([
  ['direct', 'which says who somebody is'],
  ['quasi', 'and what is in none of its groups is the easiest to recognise'],
  ['technical', 'which never leaves'],
]);

function typedFields({ survey }: Subject): string[] {
  return [...survey.questions.values()].flatMap((question) => [
    ...(question.type === 'text' ? [question.code] : []),
    ...otherFields(question).map(({ field }) => field),
  ]);
}
