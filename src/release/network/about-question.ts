/** What a question is and how it was put, from the version of the survey that a file is of. */
import type { Text } from '../../questionnaire/definition.ts';
import { describeUniverse } from '../../questionnaire/describe.ts';
import { type Survey, type SurveyQuestion, sourceOptions } from '../../questionnaire/survey.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import { sourcesOf } from '../../results/sources.ts';
import { labelOf } from '../called.ts';
import { withoutPipes } from '../pipes.ts';

/** A question as it was put in one language. */
interface PutQuestion {
  readonly language: string;
  /** The question, and its other wordings; none of what is worked out from answers. */
  readonly wordings: readonly string[];
  /** What could be chosen: nothing of a number. */
  readonly options: readonly string[];
  /** The rows of a grid. */
  readonly rows: readonly string[];
  /** Who was asked; left out for everybody. */
  readonly universe?: string;
}

export interface AboutQuestion {
  readonly kind: 'choice' | 'list' | 'grid' | 'ranking' | 'scale';
  /** What it is called, in the survey's first language. */
  readonly label: string;
  readonly section: string;
  /** What it means, where it is worked out and the survey says so. */
  readonly description?: string;
  /** The questions that it is worked out from. */
  readonly workedOutFrom?: readonly string[];
  /** The segments that are made of its answers: that their groups differ in it goes without saying. */
  readonly makes: readonly string[];
  /** In every language that it was put in, the survey's first language first. */
  readonly put: readonly PutQuestion[];
}

export function aboutQuestion(survey: Survey, name: string): AboutQuestion {
  const [language = 'en'] = survey.file.languages;
  const question = survey.questions.get(name);
  const derived = survey.derived.get(name);
  const say = (text: Text) => inLanguage(withoutPipes(text), language, language);
  const sources = sourcesOf(survey, name);
  const position = survey.questions.get(sources[0] ?? '')?.position ?? 0;
  const section = survey.pages[position]?.section.title;
  const from = sources.flatMap((code) => survey.questions.get(code) ?? []);
  return {
    kind: question ? kindOf(question) : 'choice',
    label: labelOf(survey, name),
    section: section === undefined ? '' : say(section),
    ...(derived?.description && { description: say(derived.description) }),
    ...(!question && { workedOutFrom: from.map(({ short, text }) => say(short ?? text)) }),
    makes: survey.file.segments
      .filter((segment) => sourcesOf(survey, segment).some((source) => sources.includes(source)))
      .map((segment) => segment.toLowerCase()),
    put: survey.file.languages.map((each) => putIn(survey, question, each)),
  };
}

function kindOf({ type }: SurveyQuestion): AboutQuestion['kind'] {
  switch (type) {
    case 'multiple':
      return 'list';
    case 'grid':
    case 'ranking':
    case 'scale':
      return type;
    default:
      return 'choice';
  }
}

function putIn(survey: Survey, question: SurveyQuestion | undefined, language: string): PutQuestion {
  if (!question) return { language, wordings: [], options: [], rows: [] };
  const [first = 'en'] = survey.file.languages;
  const say = (text: Text) => inLanguage(withoutPipes(text), language, first);
  const variants = (question.variants ?? []).map(({ text }) => text).filter((text) => text !== undefined);
  const universe = describeUniverse(survey, question.universe, language);
  return {
    language,
    wordings: [question.text, ...variants].map(say),
    options: sourceOptions(survey, question).map(({ label }) => say(label)),
    rows: question.type === 'grid' ? question.rows.map(({ label }) => say(label)) : [],
    ...(universe !== undefined && { universe }),
  };
}
