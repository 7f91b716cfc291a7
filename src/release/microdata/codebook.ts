/** What a data file holds, column by column, for people and for programs. No counts: those have rules of their own. */
import type { Text } from '../../questionnaire/definition.ts';
import { describeUniverse } from '../../questionnaire/describe.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import { MISSING } from '../../questionnaire/variables.ts';
import { withoutPipes } from '../texts.ts';
import type { FileColumn, Microdata } from './anonymise.ts';
import { ROW_NAME } from './columns.ts';
import { MISSING_WORDS } from './missing.ts';
import { madeFrom } from './reach.ts';

interface CodebookVariable {
  readonly name: string;
  readonly label: string;
  readonly role: 'row name' | 'key' | 'sensitive' | 'plain';
  readonly kind: 'name' | 'categories' | 'count';
  /** The question as it was put; left out where the column is worked out from answers. */
  readonly question?: { readonly code: string; readonly text: string };
  /** Who was asked, in words; left out where the column is worked out from answers. */
  readonly universe?: string;
  /** The questions that the column is worked out from. */
  readonly workedOutFrom?: readonly string[];
  readonly categories: readonly { readonly value: number; readonly label: string }[];
  /** The answers of some classes are withheld, because everybody in them gave the same. */
  readonly withheldForSome: boolean;
}

export interface Codebook {
  readonly survey: string;
  readonly version: string;
  readonly title: string;
  readonly wave: string;
  /** Of the survey's own words below; the rest is in English. */
  readonly language: string;
  readonly release: number;
  readonly madeOn: string;
  readonly synthetic: boolean;
  readonly audience: string;
  readonly k: number;
  readonly keys: readonly string[];
  readonly rows: number;
  /** Never how many, where that could tell: none, or at least k. */
  readonly withheldRows: string;
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  readonly missing: readonly { readonly value: number; readonly label: string }[];
  readonly variables: readonly CodebookVariable[];
}

export const AUDIENCE = 'the research network, under agreement; not for the public';

/** The codebook of a file. @param number the number of the release */
export function codebookOf(microdata: Microdata, number: number): Codebook {
  const { versions, columns, rowNames, k } = microdata;
  const [survey] = versions;
  const { survey: code, version, title, wave, languages } = survey.file;
  const say = wordsOf(survey);
  return {
    survey: code,
    version,
    title: say(title),
    wave: say(wave),
    language: languages[0] ?? 'en',
    release: number,
    madeOn: microdata.madeOn,
    synthetic: microdata.synthetic,
    audience: AUDIENCE,
    k,
    keys: columns.flatMap(({ key, variable }) => (key ? [variable.name] : [])),
    rows: rowNames.length,
    withheldRows: microdata.withheldRows ? `at least ${k}` : 'none',
    leftOut: microdata.leftOut,
    missing: MISSING_WORDS,
    variables: [ROW, ...columns.map((column) => describeColumn(survey, column))],
  };
}

const ROW: CodebookVariable = {
  name: ROW_NAME,
  label: 'A random name for the row, made for this file only',
  role: 'row name',
  kind: 'name',
  categories: [],
  withheldForSome: false,
};

function describeColumn(survey: Survey, { variable, key, numbers }: FileColumn): CodebookVariable {
  const say = wordsOf(survey);
  const question = variable.derived ? undefined : survey.questions.get(variable.question ?? '');
  const [language = 'en'] = survey.file.languages;
  const counted = variable.kind === 'number';
  const universe = describeUniverse(survey, variable.universe, language);
  return {
    name: variable.name,
    label: say(variable.label),
    role: key ? 'key' : variable.role === 'sensitive' ? 'sensitive' : 'plain',
    kind: counted ? 'count' : 'categories',
    ...(question && { question: { code: question.code, text: say(question.text) } }),
    ...(variable.derived
      ? { workedOutFrom: [...madeFrom(survey, variable.name)].filter((code) => survey.questions.has(code)) }
      : { universe: universe === undefined ? 'Everyone' : `Where ${universe}` }),
    categories: counted ? [] : variable.categories.map(({ value, label }) => ({ value, label: say(label) })),
    withheldForSome: numbers.includes(MISSING.withheld),
  };
}

function wordsOf(survey: Survey): (text: Text) => string {
  const [language = 'en'] = survey.file.languages;
  return (text) => inLanguage(withoutPipes(text), language, language);
}
