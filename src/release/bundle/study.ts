/** What the files of a release say of the study, from the survey's file. */
import { creditOf } from '../../questionnaire/credit.ts';
import type { SurveyFile, Text } from '../../questionnaire/definition.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import type { StudyFacts } from './terms.ts';

/** In the survey's first language. */
export function studyOf(file: SurveyFile): StudyFacts {
  const [language = 'en'] = file.languages;
  const words = (text: Text) => inLanguage(text, language, language);
  const { summary, runBy, contact } = file.information;
  return {
    summary: words(summary),
    runBy: words(runBy),
    contact: words(contact),
    ...creditOf(file, language),
  };
}
