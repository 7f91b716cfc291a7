/** Texts as people read them: the right language, and earlier answers piped in. */
import { type Known, valuesIn } from './answers.ts';
import type { Text } from './definition.ts';
import { isMark, offeredLabel, type Survey } from './survey.ts';

/**
 * The text in a language. Falls back to the survey's first language, so that a missing translation shows the
 * original rather than nothing.
 */
export function inLanguage(text: Text, language: string, fallback: string): string {
  if (typeof text === 'string') return text;
  return text[language] ?? text[fallback] ?? Object.values(text)[0] ?? '';
}

/** `{{T3}}` or `{{T3|your main reason}}`: the code and what to say when there is no answer. */
export const PIPE = /\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*(?:\|([^{}]*))?\}\}/g;

/** The codes that a text pipes in, with whether each says what to show for a blank. */
export function pipesIn(text: string): { code: string; fallback: boolean }[] {
  return [...text.matchAll(PIPE)].map((match) => ({ code: match[1] ?? '', fallback: match[2] !== undefined }));
}

/**
 * A text in a language with earlier answers piped in: an option's label, a number, a typed text; a list reads
 * "a, b and c". The result is plain text (or Markdown): it is never safe as HTML. `quote` is put around what
 * people typed themselves, so that a typed `*` does not become Markdown.
 */
export function say(
  survey: Survey,
  text: Text,
  language: string,
  known: Known,
  quote = (typed: string) => typed,
): string {
  const [first = 'en'] = survey.file.languages;
  return inLanguage(text, language, first).replaceAll(PIPE, (_, code: string, fallback?: string) => {
    const question = survey.questions.get(code);
    // A label may itself pipe in what was answered before its own question, never its own answer.
    const before: Known = { ...known, answer: (field) => (field === code ? undefined : known.answer(field)) };
    const labels = valuesIn(known.answer(code)).map((value) => {
      // In a sentence a point of a scale is its number.
      const isPoint = question?.type === 'scale' && !isMark(value);
      const label = question && !isPoint ? offeredLabel(survey, question, value) : undefined;
      return label === undefined ? quote(value) : say(survey, label, language, before, quote);
    });
    if (labels.length === 0) return fallback ?? '';
    return listed(labels, language);
  });
}

/** "a, b and c". The Welsh "and" has two forms, and the library prints both: "ac" goes before a vowel. */
function listed(labels: readonly string[], language: string): string {
  const words = new Intl.ListFormat(language === 'en' ? 'en-GB' : language).format(labels);
  if (language !== 'cy') return words;
  return words.replace(' a(c) ', /^[aeiouwyâêîôûŵŷ]/i.test(labels.at(-1) ?? '') ? ' ac ' : ' a ');
}
