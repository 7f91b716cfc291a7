/** What authors write until they know better, and forget: people would read it. */
import { type Check, warning } from './subject.ts';
import { wordingsOf } from './texts-in.ts';

/** Ordinary words are left alone: only what nobody would say to a respondent. Links are [words](address). */
const PLACEHOLDERS: readonly RegExp[] = [
  /\b(TODO|FIXME|TBC|TBD|TBA)\b/,
  /\b(to be (confirmed|decided|announced|added)|i’w gadarnhau)\b/i,
  /\blorem ipsum\b|\bdolor sit amet\b/i,
  /\bx{3,}\b/i,
  /\?{3,}|_{3,}/,
  /(?<!\p{L})\[\p{L}[\p{L}\s’',]{2,}\](?!\()/u,
  /\binsert (your|the) [\w ]{1,60} here\b|\byour (text|question|title|label) here\b/i,
  /\bwill (put|add|insert) (its|his|her|their) [\w ]{1,60} here\b/i,
  /(?<![\w.@-])[\w.@-]*\bexample\.(org|com|net)\b/i,
  /\b0?1234 ?567 ?89\d?\b|\b01632 ?960 ?\d{3}\b/,
];

/** What looks like a gap in some words. */
export function findPlaceholder(words: string): string | undefined {
  return PLACEHOLDERS.map((pattern) => pattern.exec(words)?.[0])
    .find((each) => each !== undefined)
    ?.trim();
}

/** Placeholders in any text. */
export const checkPlaceholders: Check = (subject) =>
  subject.texts.flatMap((text) =>
    wordingsOf(subject.survey, text).flatMap(({ words, path }) => {
      const found = findPlaceholder(words);
      if (found === undefined) return [];
      const message = `People would read “${found}”, which looks like a gap that is still to be filled.`;
      return [warning(subject, 'placeholder', path, message, 'Write what they should read.')];
    }),
  );
