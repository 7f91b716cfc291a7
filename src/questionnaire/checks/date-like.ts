/** Labels and codes that a spreadsheet turns into dates or numbers when somebody opens a file in it. */
import type { Text } from '../definition.ts';
import type { Path } from '../source.ts';
import { type Check, error, type Subject } from './subject.ts';
import { wordingsOf } from './texts-in.ts';

/** Option labels, grid rows and the labels of derived variables, with their codes. */
export const checkDateLike: Check = (subject) => {
  const { file } = subject.survey;
  const options = subject.questions.flatMap(({ path, question }) => [
    ...('options' in question && Array.isArray(question.options)
      ? labelled(question.options, [...path, 'options'])
      : []),
    ...('rows' in question ? labelled(question.rows, [...path, 'rows']) : []),
  ]);
  const stages = (file.stageRule?.gives ?? []).flatMap(({ values }, index) =>
    labelled(values, ['stageRule', 'gives', index, 'values']),
  );
  const derived = file.derived.flatMap((definition, index) => {
    const path = ['derived', index];
    if (definition.kind === 'groups') return labelled(definition.groups, [...path, 'groups']);
    if (definition.kind === 'bands') return labelled(definition.bands, [...path, 'bands']);
    return definition.kind === 'cases' ? labelled(definition.values, [...path, 'values']) : [];
  });
  return [...options, ...stages, ...derived].flatMap(({ code, label, path }) => [
    ...(readsAsDate(code) ? [found(subject, 'code', code, [...path, 'code'])] : []),
    ...wordingsOf(subject.survey, { text: label, path: [...path, 'label'] })
      .filter(({ words }) => readsAsDate(words))
      .map(({ words, path: place }) => found(subject, 'label', words, place)),
  ]);
};

function labelled(items: readonly { code: string; label: Text }[], path: Path) {
  return items.map(({ code, label }, index) => ({ code, label, path: [...path, index] }));
}

function found(subject: Subject, what: 'label' | 'code', words: string, path: Path) {
  const message = `A spreadsheet would turn the ${what} "${words}" into a date or a number.`;
  const mend = what === 'label' ? 'Write it in words, such as "1 to 5" or "in May 2024".' : 'Choose another code.';
  return error(subject, 'date-like-label', path, message, mend);
}

const MONTH =
  '(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)';
const NAMED = new RegExp(`^(\\d{1,2}[ /-]?)?${MONTH}[ ./-]?\\d{1,4}$|^\\d{1,2}[ /-]?${MONTH}$`, 'i');

/** Whether a spreadsheet in English reads the words as a date, a time or a number with an exponent. */
export function readsAsDate(words: string): boolean {
  const text = words.trim();
  if (/^\d+e\d+$/i.test(text) || /^\d{1,2}:\d\d(:\d\d)?$/.test(text)) return true;
  if (NAMED.test(text)) return true;
  const parts = /^(\d{1,4}) ?([/-]) ?(\d{1,4})(?: ?\2 ?(\d{1,4}))?$/.exec(text);
  if (!parts) return false;
  const [, first, , second, third] = parts.map((part) => (part === undefined ? undefined : Number(part)));
  if (first === undefined || second === undefined) return false;
  if (third !== undefined) return first <= 31 || third <= 31;
  const month = (n: number) => n >= 1 && n <= 12;
  const day = (n: number) => n >= 1 && n <= 31;
  const year = (n: number) => n <= 99 || (n >= 1900 && n <= 9999);
  return (month(first) && (day(second) || year(second))) || (day(first) && month(second));
}
