import { readFileSync } from 'node:fs';
import { createInstance, type ResourceKey } from 'i18next';

/** The languages of the interface. A survey may offer others; its pages then have English buttons and messages. */
export const INTERFACE_LANGUAGES = ['en', 'cy'] as const;

const readWords = (language: string): ResourceKey =>
  JSON.parse(readFileSync(new URL(`./words/${language}.json`, import.meta.url), 'utf8'));

const instance = createInstance();
await instance.init({
  resources: Object.fromEntries(
    INTERFACE_LANGUAGES.map((language) => [language, { translation: readWords(language) }]),
  ),
  fallbackLng: 'en',
  // Words are escaped where they are printed; escaping here as well would show entities to the reader.
  interpolation: { escapeValue: false },
});

/** A word or sentence of the interface by its key (`error.required`), with what stands in it; an unknown key shows itself. */
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

const byLanguage = new Map<string, Words>();

/** The interface's words in a language ("cy"), in English where there are none. */
export function wordsFor(language: string): Words {
  const known = byLanguage.get(language);
  if (known) return known;
  const translate = instance.getFixedT(language);
  // A page says some thirty words with nothing to put in: looking each up anew would be a third of its time.
  const plain = new Map<string, string>();
  const words: Words = (key, values) => {
    if (values) return translate(key, values);
    const said = plain.get(key) ?? translate(key);
    plain.set(key, said);
    return said;
  };
  if (INTERFACE_LANGUAGES.some((each) => each === language)) byLanguage.set(language, words);
  return words;
}

const names = new Map<string, string>();

/** A language's own name for itself. Asking takes long enough to be worth remembering. */
export function languageName(language: string): string {
  const name = names.get(language) ?? new Intl.DisplayNames([language], { type: 'language' }).of(language);
  names.set(language, name ?? language);
  return name ?? language;
}
