/** Numbers and dates: limits that leave something to answer, and numbers that data files can tell from a missing code. */
import Big from 'big.js';
import type { Finding, Path } from '../source.ts';
import { type Check, error, type Subject } from './subject.ts';

/** Limits of number and date questions, and the survey's own dates. */
export const checkRanges: Check = (subject) => [
  ...subject.questions.flatMap(({ path, question }) => {
    if (question.type === 'date') {
      const { atLeast, atMost } = question;
      return atLeast !== undefined && atMost !== undefined && atLeast > atMost
        ? [empty(subject, atLeast, atMost, path)]
        : [];
    }
    if (question.type !== 'number') return [];
    const { atLeast, atMost } = question;
    if (atLeast === undefined || new Big(atLeast).lt(0))
      return [negative(subject, question.code, atLeast === undefined ? path : [...path, 'atLeast'])];
    return atMost !== undefined && new Big(atLeast).gt(atMost)
      ? [empty(subject, String(atLeast), String(atMost), path)]
      : [];
  }),
  ...surveyDates(subject),
];

function empty(subject: Subject, atLeast: string, atMost: string, path: Path): Finding {
  return error(
    subject,
    'empty-range',
    [...path, 'atMost'],
    `Nothing is at least ${atLeast} and at most ${atMost}.`,
    'Swap the two.',
  );
}

/** Negative numbers in data files say why a value is missing (rule M15), so no answer may be one. */
function negative(subject: Subject, code: string, path: Path): Finding {
  const message = `${code} would take answers under 0, which data files read as missing.`;
  return error(
    subject,
    'negative-number',
    path,
    message,
    'Add "atLeast": 0, or ask for an amount and its direction apart.',
  );
}

function surveyDates(subject: Subject): Finding[] {
  const { closes, withdrawUntil, deleteAfter } = subject.survey.file.dates;
  const found: Finding[] = [];
  const say = (key: string, message: string, mend: string) =>
    found.push(error(subject, 'date-order', ['dates', key], message, mend));
  if (closes !== undefined && closes > deleteAfter)
    say(
      'deleteAfter',
      `Answers would be deleted on ${deleteAfter}, before the survey closes on ${closes}.`,
      'Delete later, or close earlier.',
    );
  if (withdrawUntil !== undefined && withdrawUntil > deleteAfter)
    say(
      'withdrawUntil',
      `People could withdraw until ${withdrawUntil}, but answers are deleted on ${deleteAfter}.`,
      'End withdrawal on the day of deletion at the latest.',
    );
  if (closes !== undefined && withdrawUntil !== undefined && withdrawUntil < closes)
    say(
      'withdrawUntil',
      `Withdrawal ends on ${withdrawUntil}, before the survey closes on ${closes}: who answers last could not withdraw.`,
      'Let people withdraw for some time after the survey closes.',
    );
  return found;
}
