/** What a question says and what its numbers mean, against the version before. */
import type { Text } from '../definition.ts';
import type { Finding } from '../source.ts';
import type { Survey, SurveyQuestion } from '../survey.ts';
import { inLanguage } from '../text.ts';
import type { QuestionPlace } from './places.ts';
import { error, type Subject, warning } from './subject.ts';

/** A text in the survey's first language. */
export function words(survey: Survey, text: Text): string {
  const [language = 'en'] = survey.file.languages;
  return inLanguage(text, language, language);
}

/** A text without what does not change its meaning: case, spaces and punctuation. */
export function plain(survey: Survey, text: Text): string {
  return plainWords(words(survey, text));
}

/** The same of words in one language. */
export function plainWords(said: string): string {
  return said.toLowerCase().replaceAll(/[^\p{L}\p{N}%£$€<>+-]/gu, '');
}

/** The points of a scale are its codes: between other ends, a 5 says something else. */
export function changedScale(
  subject: Subject,
  previous: Survey,
  { path, question }: QuestionPlace,
  before: SurveyQuestion,
): Finding[] {
  if (question.type !== 'scale' || before.type !== 'scale') return [];
  if (question.from === before.from && question.to === before.to) return [];
  const key = question.from === before.from ? 'to' : 'from';
  const message = `${question.code} went from ${before.from} to ${before.to} in version ${previous.file.version} and now goes from ${question.from} to ${question.to}.`;
  return [error(subject, 'scale-changed', [...path, key], message, 'Give the question a new code.')];
}

/** The question's own words and those at the ends of a scale, unless another finding is about them. */
export function reworded(
  subject: Subject,
  previous: Survey,
  { path, question }: QuestionPlace,
  before: SurveyQuestion,
): Finding[] {
  const { survey } = subject;
  return [...(isToldOf(survey, previous, question.code) ? [] : (['text'] as const)), ...ENDS].flatMap((key) => {
    const [now, old] = [textAt(question, key), textAt(before, key)];
    if (now === undefined || old === undefined || plain(survey, now) === plain(previous, old)) return [];
    const what = key === 'text' ? '' : ` at its ${key} point`;
    const message = `${question.code} said “${words(previous, old)}”${what} in version ${previous.file.version}.`;
    return [
      warning(
        subject,
        'question-reworded',
        [...path, key],
        message,
        'Keep the code if answers still mean the same; otherwise give the question a new one.',
      ),
    ];
  });
}

const ENDS = ['lowest', 'highest'] as const;

function textAt(question: SurveyQuestion, key: 'text' | (typeof ENDS)[number]): Text | undefined {
  if (key === 'text') return question.text;
  return question.type === 'scale' ? question[key] : undefined;
}

/** Consent has versions of its own, and the stage rule looks after the questions that it reads. */
function isToldOf(survey: Survey, previous: Survey, code: string): boolean {
  const [now, before] = [survey.file.stageRule, previous.file.stageRule];
  const read = now !== undefined && now.name === before?.name && now.from.includes(code);
  return read || code === survey.file.consent.question;
}
