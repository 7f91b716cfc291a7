/** Which translations may no longer say what their original says, worked out from the versions of a survey alone. */
import type { Survey } from '../survey.ts';
import { type TranslatedText, translatedTexts } from './texts.ts';

export type TranslationState = 'missing' | 'stale' | 'current';

export interface JudgedText extends TranslatedText {
  readonly state: TranslationState;
  /** Of a stale one: the original as it was when the translation was last changed. */
  readonly before: string | undefined;
}

/**
 * The texts of the last of some versions. A translation is stale where the original is another than in the version in
 * which the translation got its present words: whoever wrote these had other words before them. An original that was
 * changed and changed back is as it was. Spaces make no difference. Pure.
 * @param versions of one survey, the earliest first; none gives none
 */
export function judgeTranslations(versions: readonly Survey[], language: string): JudgedText[] {
  const last = versions.at(-1);
  if (!last) return [];
  const [from] = last.file.languages;
  const earlier = versions
    .slice(0, -1)
    .map((version) => new Map(translatedTexts(version, language, from).map((text) => [text.key, text] as const)))
    .toReversed();
  return translatedTexts(last, language).map((text) => {
    if (text.translation === undefined) return { ...text, state: 'missing', before: undefined };
    let before = text.original;
    for (const version of earlier) {
      const old = version.get(text.key);
      if (old?.translation === undefined || !isSame(old.translation, text.translation)) break;
      before = old.original;
    }
    return isSame(before, text.original)
      ? { ...text, state: 'current', before: undefined }
      : { ...text, state: 'stale', before };
  });
}

function isSame(one: string, other: string): boolean {
  return one.replaceAll(/\s+/g, ' ').trim() === other.replaceAll(/\s+/g, ' ').trim();
}
