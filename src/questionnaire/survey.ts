/**
 * A survey ready for use: the file with its repeated pages written out, "don't know" and "prefer not to say" put in
 * their places, and everything findable by its code. Built once for each version, then only read.
 */
import { DONT_KNOW, PREFER_NOT } from './answers.ts';
import type { Condition, Option, Page, Question, Rule, Section, SurveyFile, Text } from './definition.ts';
import { type DerivedVariable, deriveAll } from './derived.ts';
import type { Path } from './source.ts';

export type SurveyQuestion = Question & {
  /** Everything that can be chosen, marked answers included; empty for numbers, texts and dates without marks. */
  readonly choices: readonly Option[];
  /** The position of its page; a condition may look at earlier pages only. */
  readonly position: number;
  /** Every condition between the start and this question: its section's, its page's and its own. */
  readonly universe: readonly Condition[];
};

export interface SurveyPage {
  readonly code: string;
  /** Where it stands in the file; the copies of a repeated page share one place. */
  readonly path: Path;
  readonly position: number;
  readonly section: Section;
  readonly title?: Text;
  readonly intro?: Text;
  readonly introduces?: string;
  readonly when: readonly Condition[];
  readonly questions: readonly SurveyQuestion[];
  readonly rules: readonly Rule[];
  /** Some text of the page repeats what somebody answered before. */
  readonly pipes: boolean;
}

export interface Survey {
  readonly file: SurveyFile;
  readonly pages: readonly SurveyPage[];
  readonly questions: ReadonlyMap<string, SurveyQuestion>;
  readonly derived: ReadonlyMap<string, DerivedVariable>;
}

const MARKS: Record<string, Record<string, string>> = {
  [DONT_KNOW]: { en: 'Don’t know', cy: 'Ddim yn gwybod' },
  [PREFER_NOT]: { en: 'Prefer not to say', cy: 'Gwell gennyf beidio â dweud' },
};

/** The survey that a parsed file describes. Pure; a file that passed the schema always builds. */
export function buildSurvey(file: SurveyFile): Survey {
  const drafts = file.sections.flatMap((section, place) =>
    section.pages.map((page, index) => ({ section, page, path: ['sections', place, 'pages', index] })),
  );
  const lists = new Map(
    drafts.flatMap(({ page }) => page.questions.map((question) => [question.code, question] as const)),
  );
  const pages = drafts
    .flatMap(({ page, ...place }) => repeated(page, lists).map((each) => ({ ...place, page: each })))
    .map((draft, position) => buildPage(file, draft, position));
  const questions = new Map(
    pages.flatMap((page) => page.questions.map((question) => [question.code, question] as const)),
  );
  return { file, pages, questions, derived: deriveAll(file, questions) };
}

/** The page's name in the address, as the author gave it or from its first question. */
export function pageCode(page: Page): string {
  return page.code ?? (page.questions[0]?.code ?? '').toLowerCase().replaceAll('_', '-');
}

interface Draft {
  readonly section: Section;
  readonly page: Page;
  readonly path: Path;
}

function buildPage(file: SurveyFile, { section, page, path }: Draft, position: number): SurveyPage {
  const when = [section.when, page.when].filter((each) => each !== undefined);
  return {
    code: pageCode(page),
    path,
    position,
    section,
    ...(page.title !== undefined && { title: page.title }),
    ...(page.intro !== undefined && { intro: page.intro }),
    ...(page.introduces !== undefined && { introduces: page.introduces }),
    when,
    questions: page.questions.map((question) => ({
      ...question,
      choices: choicesOf(file, question),
      position,
      universe: question.when ? [...when, question.when] : when,
    })),
    rules: page.rules ?? [],
    pipes: JSON.stringify([section.intro, page]).includes('{{'),
  };
}

/** Own options, then "don't know", then "prefer not to say"; both clear the rest of a tick list or a ranking. */
function choicesOf(file: SurveyFile, question: Question): Option[] {
  const own: Option[] = question.type === 'scale' ? points(question.from, question.to) : ownOptions(question);
  const asked = {
    [DONT_KNOW]: 'dontKnow' in question && question.dontKnow,
    [PREFER_NOT]: 'preferNotToSay' in question && question.preferNotToSay,
  };
  const marks = Object.entries(asked)
    .filter(([code, wanted]) => wanted && !own.some((option) => option.code === code))
    .map(
      ([code]): Option => ({
        code,
        label: markLabel(file, code),
        ...((question.type === 'multiple' || question.type === 'ranking') && { exclusive: true as const }),
      }),
    );
  return [...own, ...marks];
}

function ownOptions(question: Question): Option[] {
  return 'options' in question && Array.isArray(question.options) ? question.options : [];
}

function points(from: number, to: number): Option[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    code: String(from + index),
    label: String(from + index),
  }));
}

function markLabel(file: SurveyFile, code: string): Text {
  const known = MARKS[code] ?? {};
  return Object.fromEntries(file.languages.map((language) => [language, known[language] ?? known.en ?? code]));
}

/** Whether the value is one of the marked answers, which count as answers and are not values. */
export function isMark(code: string): boolean {
  return Object.hasOwn(MARKS, code);
}

/** The label of a value: the question's own option, or the option of the earlier list it is taken from. */
export function offeredLabel(survey: Survey, question: SurveyQuestion, value: string): Text | undefined {
  return sourceOptions(survey, question).find((option) => option.code === value)?.label;
}

/** Every option a question can ever offer; for options taken from an earlier list, that list without its marks. */
export function sourceOptions(survey: Survey, question: SurveyQuestion): readonly Option[] {
  if (question.type !== 'single' || Array.isArray(question.options)) return question.choices;
  const { from, except = [] } = question.options;
  const source = survey.questions.get(from)?.choices ?? [];
  return [...source.filter((option) => !except.includes(option.code) && !option.exclusive), ...question.choices];
}

/**
 * The input names of a question: one, or one a row for a grid. The boxes behind "other" options are apart, in
 * `otherFields`.
 */
export const fieldsOf = rememberedFor((question: Question): readonly string[] =>
  question.type === 'grid' ? question.rows.map((row) => `${question.code}_${row.code}`) : [question.code],
);

/** The boxes behind "other" options: option code and input name (`T1_other`) with the most characters each takes. */
export const otherFields = rememberedFor(
  (question: SurveyQuestion): readonly { option: string; field: string; limit: number }[] =>
    question.choices
      .filter((option) => option.other)
      .map((option) => ({
        option: option.code,
        field: `${question.code}_${option.code}`,
        limit: typeof option.other === 'object' ? option.other.limit : 100,
      })),
);

/** A question's inputs and the boxes behind its "other" options. */
export const allFieldsOf = rememberedFor((question: SurveyQuestion): readonly string[] => [
  ...fieldsOf(question),
  ...otherFields(question).map(({ field }) => field),
]);

/** Worked out once for each question: these are asked for on every page of every response. */
function rememberedFor<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = work(key);
    known.set(key, value);
    return value;
  };
}

/** A repeated page becomes one page for each option of its list, shown when that option was ticked. */
function repeated(page: Page, lists: ReadonlyMap<string, Question>): Page[] {
  const source = page.repeat && lists.get(page.repeat.for);
  if (!page.repeat || source?.type !== 'multiple') return [page];
  const { for: list, except = [] } = page.repeat;
  return source.options
    .filter((option) => !option.exclusive && !except.includes(option.code))
    .map((option) => {
      const ticked: Condition = { question: list, includes: option.code };
      const own = new Set(page.questions.map((question) => question.code));
      const each = rename({ ...page, repeat: undefined }, own, option) as Page;
      return {
        ...each,
        code: `${pageCode(page)}-${option.code.toLowerCase().replaceAll('_', '-')}`,
        when: page.when ? { all: [ticked, page.when] } : ticked,
      };
    });
}

/** The page with its own question codes suffixed and `{{each}}` replaced, wherever they stand. */
function rename(node: unknown, own: ReadonlySet<string>, option: Option, key = ''): unknown {
  if (typeof node === 'string') {
    if (['code', 'question', 'at', 'sum'].includes(key) && own.has(node)) return `${node}_${option.code}`;
    return node.includes('{{each}}') && typeof option.label === 'string'
      ? node.replaceAll('{{each}}', option.label)
      : node;
  }
  if (Array.isArray(node)) return node.map((item) => rename(item, own, option, key));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => {
      const label = typeof option.label === 'object' ? option.label[name] : undefined;
      const text = typeof value === 'string' && label !== undefined ? value.replaceAll('{{each}}', label) : value;
      return [name, rename(text, own, option, name)];
    }),
  );
}
