/** Can people read it, in every language of the survey? */
import type { Finding } from '../source.ts';
import { pipesIn } from '../text.ts';
import { readingAge } from './readability.ts';
import { type Check, listed, type Subject, warning } from './subject.ts';
import { type PlacedText, wordingsOf } from './texts-in.ts';

/** The age above which a text counts as hard. */
const HARD = 14;

/** Beyond this age a number says nothing more. */
const ADULT = 18;

/** Under this many words no formula can tell. */
const FEW_WORDS = 8;

/** What one long word moves the age by in a text of 100 words, in years; it moves a shorter text by more. */
const UNSURE = 1;

/** Reading age of the English texts, and texts that a language lacks. */
export const checkWording: Check = (subject) =>
  subject.texts.flatMap((text) => [...hard(subject, text), ...untranslated(subject, text)]);

/** Labels are left out: an option is a few words, and no sentence. */
function hard(subject: Subject, text: PlacedText): Finding[] {
  if (text.path.includes('label') || text.path.includes('labels')) return [];
  return wordingsOf(subject.survey, text)
    .filter(({ language }) => language.startsWith('en'))
    .flatMap(({ words, path }) => {
      const { age, words: count } = readingAge(words);
      if (count < FEW_WORDS || age <= HARD + UNSURE * Math.sqrt(100 / count)) return [];
      const message = `This text has a reading age of ${age > ADULT ? `over ${ADULT}` : `about ${Math.round(age)}`}; ${HARD} or under is easier for everyone.`;
      return [warning(subject, 'reading-age', path, message, 'Use shorter sentences and shorter words.')];
    });
}

function untranslated(subject: Subject, { text, path }: PlacedText): Finding[] {
  const { languages } = subject.survey.file;
  const said = typeof text === 'string' ? languages.slice(0, 1) : Object.keys(text);
  const missing = languages.filter((language) => !said.includes(language));
  const strange = said.filter((language) => !languages.includes(language));
  const pipes = wordingsOf(subject.survey, { text, path }).map(({ words }) =>
    pipesIn(words)
      .map(({ code }) => code)
      .sort()
      .join(),
  );
  return [
    ...(missing.length === 0
      ? []
      : [
          warning(
            subject,
            'missing-translation',
            path,
            `This text is missing in ${listed(missing.map(languageName))}.`,
            'Add it; until then people read the first language.',
          ),
        ]),
    ...(strange.length === 0
      ? []
      : [
          warning(
            subject,
            'unlisted-language',
            path,
            `This text is there in ${listed(strange.map(languageName))}, which the survey does not offer.`,
            'Add the language to "languages", or take it out.',
          ),
        ]),
    ...(new Set(pipes).size <= 1
      ? []
      : [
          warning(
            subject,
            'translation-differs',
            path,
            'The languages of this text show different answers.',
            'Put the same {{…}} into each.',
          ),
        ]),
  ];
}

/** "Welsh (cy)"; the code alone where it has no name. */
export function languageName(language: string): string {
  const name = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language);
  return name === undefined ? language : `${name} (${language})`;
}
