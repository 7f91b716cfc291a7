/** What each column of a data file is, in the survey's own words. */
import type { Text } from '../../../questionnaire/definition.ts';
import { describeUniverse } from '../../../questionnaire/describe.ts';
import type { Survey } from '../../../questionnaire/survey.ts';
import { inLanguage } from '../../../questionnaire/text.ts';
import type { SnapshotVariable } from '../../../results/variables.ts';
import { withoutPipes } from '../../pipes.ts';
import type { DataVariable } from '../data-file.ts';
import { ROW_NAME } from './columns.ts';
import { madeFrom } from './reach.ts';

type Described = Omit<DataVariable, 'values' | 'withheldForSome' | 'role'>;

/** A variable in the survey's first language. Missing codes are no categories: one table for all files has them. */
export function describeColumn(survey: Survey, variable: SnapshotVariable): Described {
  const say = wordsOf(survey);
  const question = variable.derived ? undefined : survey.questions.get(variable.question ?? '');
  const [language = 'en'] = survey.file.languages;
  const counted = variable.kind === 'number';
  const universe = describeUniverse(survey, variable.universe, language);
  return {
    name: variable.name,
    label: say(variable.label),
    kind: counted ? 'count' : 'categories',
    ordered: isOrdered(survey, variable),
    ...(question && { question: { code: question.code, text: say(question.text) } }),
    ...(variable.derived
      ? { workedOutFrom: [...madeFrom(survey, variable.name)].filter((code) => survey.questions.has(code)) }
      : { universe: universe === undefined ? 'Everyone' : `Where ${universe}` }),
    categories: counted
      ? []
      : variable.categories.filter(({ value }) => value >= 0).map(({ value, label }) => ({ value, label: say(label) })),
  };
}

/** Scales, ranks and bands of numbers stand in an order; of other answers the survey's file does not say. */
function isOrdered(survey: Survey, { name, question = '', derived, kind }: SnapshotVariable): boolean {
  if (kind === 'number') return true;
  if (derived) return survey.derived.get(name)?.kind === 'bands';
  return ['scale', 'ranking'].includes(survey.questions.get(question)?.type ?? '');
}

/** The name of the row, which stands first. */
export const ROW_COLUMN: Described = {
  name: ROW_NAME,
  label: 'A random name for the row, made for this file only',
  kind: 'name',
  ordered: false,
  categories: [],
};

export const WEIGHT_NAME = 'weight';

export const WEIGHT_COLUMN: Described = {
  name: WEIGHT_NAME,
  label: 'How many respondents this one stands for, so that shares are those of the population',
  kind: 'weight',
  ordered: true,
  categories: [],
};

/** A text of the survey in its first language. */
export function wordsOf(survey: Survey): (text: Text) => string {
  const [language = 'en'] = survey.file.languages;
  return (text) => inLanguage(withoutPipes(text), language, language);
}
