/** Translations that stayed as they were although their original changed against the version before. */
import type { Finding } from '../source.ts';
import type { Survey } from '../survey.ts';
import { judgeTranslations } from '../translations/stale.ts';
import { listed, type Subject, warning } from './subject.ts';
import { languageName } from './wording.ts';

/** The most places that one finding names. */
const NAMED = 6;

/** One warning for each language, at the first of them. */
export function staleTranslations(subject: Subject, previous: Survey): Finding[] {
  const { survey, lineOf } = subject;
  return survey.file.languages.slice(1).flatMap((language) => {
    const stale = judgeTranslations([previous, survey], language).filter(({ state }) => state === 'stale');
    const [first] = stale;
    if (!first) return [];
    const places = stale.slice(0, NAMED).map(({ key, path }) => `${key} (line ${lineOf([...path, language])})`);
    const more = stale.length > NAMED ? [`${stale.length - NAMED} more`] : [];
    const many = stale.length > 1;
    const texts = `${stale.length} text${many ? 's' : ''} in ${languageName(language)}`;
    const unchanged = many ? 'were not changed' : 'was not changed';
    const changed = many ? 'their originals were' : 'its original was';
    const message = `${texts} ${unchanged} since version ${previous.file.version}, although ${changed}: ${listed([...places, ...more])}.`;
    const mend = 'Translate again, or leave it where it still says the same.';
    return [warning(subject, 'translation-stale', [...first.path, language], message, mend)];
  });
}
