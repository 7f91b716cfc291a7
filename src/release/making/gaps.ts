/** Gaps in a survey's file that everybody who cites a release, or asks about it, would read. */
import { findPlaceholder } from '../../questionnaire/checks/placeholders.ts';
import { creditOf } from '../../questionnaire/credit.ts';
import type { SurveyFile } from '../../questionnaire/definition.ts';
import { inLanguage } from '../../questionnaire/text.ts';

/** A sentence for each, in the survey's first language; none where there is nothing to fill. */
export function gapsIn(file: SurveyFile): string[] {
  const [language = 'en'] = file.languages;
  const { author, publisher = '' } = creditOf(file, language);
  const { runBy, contact } = file.information;
  const own = file.citation ? 'citation.author' : 'information.runBy';
  const read: readonly (readonly [where: string, words: string, what: string])[] = [
    [own, author, 'It is cited as by'],
    ['citation.publisher', publisher, 'It is cited as published by'],
    ['information.runBy', inLanguage(runBy, language, language), 'Its README says of who runs the study'],
    ['information.contact', inLanguage(contact, language, language), 'Its README says of where to ask'],
  ];
  return read.flatMap(([where, words, what]) => {
    const gap = findPlaceholder(words);
    return gap === undefined
      ? []
      : [`${what} “${gap}”, a gap that is still to be filled: "${where}" in the survey’s file.`];
  });
}
