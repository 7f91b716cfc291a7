/** Rounds of fieldwork. A release counts one round: the answers of another are other people's, or the same people's later. */
import { plainWords, words } from './checks/changed-wording.ts';
import type { Text } from './definition.ts';
import type { Survey } from './survey.ts';
import { inLanguage } from './text.ts';

/** What a round is told by: its name in the survey's first language, whatever its case, spaces and punctuation. */
export const roundNamed = (wave: string): string => plainWords(wave);

/** The round that a version's answers are of. */
export function roundOf(survey: Survey): string {
  return roundNamed(words(survey, survey.file.wave));
}

/** The round that a release of tables is of. */
export function roundIn({ wave, languages }: { readonly wave: Text; readonly languages: readonly string[] }): string {
  const [language = 'en'] = languages;
  return roundNamed(inLanguage(wave, language, language));
}
