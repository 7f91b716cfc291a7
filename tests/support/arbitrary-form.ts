/** Generated answers: what a browser could post for a survey, likely or hostile. */
import fc from 'fast-check';
import type { Form } from '../../src/questionnaire/read-page.ts';
import {
  fieldsOf,
  otherFields,
  type Survey,
  type SurveyQuestion,
  sourceOptions,
} from '../../src/questionnaire/survey.ts';

/** A form for all pages of a survey at once: mostly answers that are allowed, some blanks, a few that are refused. */
export function arbitraryForm(survey: Survey): fc.Arbitrary<Form> {
  const fields = [...survey.questions.values()].flatMap((question) => [
    ...fieldsOf(question).map((field) => [field, postedFor(survey, question)] as const),
    ...otherFields(question).map(
      ({ field }) => [field, mostly(fc.constant(''), fc.constantFrom('tea', 'coffee'))] as const,
    ),
  ]);
  return fc.record({ ...Object.fromEntries(fields), A1: mostly(fc.constant('yes'), fc.constant('no')) });
}

const mostly = <T>(likely: fc.Arbitrary<T>, unlikely: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: likely, weight: 19 }, { arbitrary: unlikely, weight: 1 });

function postedFor(survey: Survey, question: SurveyQuestion): fc.Arbitrary<string | string[]> {
  const offered = sourceOptions(survey, question);
  const codes = offered.map((option) => option.code);
  switch (question.type) {
    case 'multiple':
    case 'ranking': {
      const together = offered.filter((option) => !option.exclusive).map((option) => option.code);
      return mostly(
        fc.shuffledSubarray(together, { maxLength: Math.min(2, together.length) }),
        fc.shuffledSubarray(codes),
      );
    }
    case 'number':
      return mostly(
        fc.constantFrom('3', '4', '4.0', '5 ', '', ...codes),
        fc.constantFrom('2.50', '-7', '1,000', 'many'),
      );
    case 'date':
      return mostly(
        fc.constantFrom('2026-02-28', '2026-03-01', '', ...codes),
        fc.constantFrom('2026-02-30', '2026-12-01'),
      );
    case 'text':
      return mostly(fc.constantFrom('abc', 'b\r\n', '', '😀'), fc.constant('a rather long text'));
    default:
      return mostly(fc.constantFrom(...codes), fc.constant(''));
  }
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'a',
    'dk',
    'yes',
    'use',
    '2026-03-01',
    '__proto__',
    'constructor',
    '1'.repeat(400),
    '\u0000',
    '\uD800',
  ),
);

/** A form that no browser of good will posts: any names, any texts, lists where one value belongs. */
export function hostileForm(survey: Survey): fc.Arbitrary<Form> {
  const fields = [...survey.questions.values()].flatMap((question) => [
    ...fieldsOf(question),
    ...otherFields(question).map(({ field }) => field),
    ...['day', 'month', 'year', 'a', 'b', 'dk'].map((part) => `${question.code}_${part}`),
  ]);
  const name = fc.oneof(
    fc.constantFrom(...fields),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', ''),
    fc.string({ maxLength: 6 }),
  );
  const value = fc.oneof(anyText, fc.array(anyText, { maxLength: 3 }));
  return fc
    .array(fc.tuple(name, value), { maxLength: 40 })
    .map((entries) => Object.assign(Object.create(null), Object.fromEntries(entries), { A1: 'yes' }));
}
