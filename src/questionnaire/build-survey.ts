/** From a survey file to a survey: repeated pages written out, marked answers put in their places, variables derived. */
import { DONT_KNOW, PREFER_NOT } from './answers.ts';
import { languageCode } from './definition/texts.ts';
import type { Condition, Option, Page, Question, Section, SurveyFile, Text } from './definition.ts';
import { deriveAll } from './derived.ts';
import type { Path } from './source.ts';
import type { Survey, SurveyPage } from './survey.ts';

const MARKS: Record<string, Record<string, string>> = {
  [DONT_KNOW]: { en: 'Don’t know', cy: 'Ddim yn gwybod' },
  [PREFER_NOT]: { en: 'Prefer not to say', cy: 'Gwell gennyf beidio â dweud' },
};

/** The survey that a parsed file describes. Pure; a file that passed the schema always builds. */
export function buildSurvey(file: SurveyFile): Survey {
  const drafts = file.sections.flatMap((section, place) =>
    section.pages.map((page, index) => ({ section, page, path: ['sections', place, 'pages', index] })),
  );
  const lists = listsIn(file);
  const pages = drafts
    .flatMap(({ page, ...place }) => repeated(page, lists).map((each) => ({ ...place, page: each })))
    .map((draft, position) => buildPage(file, draft, position));
  const questions = new Map(
    pages.flatMap((page) => page.questions.map((question) => [question.code, question] as const)),
  );
  return { file, pages, questions, derived: deriveAll(file, questions) };
}

/** How many questions there will be, those of repeated pages written out. Pure. */
export function countQuestions(file: SurveyFile): number {
  const lists = listsIn(file);
  const counts = file.sections.flatMap(({ pages }) =>
    pages.map((page) => page.questions.length * (optionsRepeated(page, lists)?.length ?? 1)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The questions as they stand in the file, by their codes. */
function listsIn(file: SurveyFile): ReadonlyMap<string, Question> {
  const questions = file.sections.flatMap(({ pages }) => pages.flatMap((page) => page.questions));
  return new Map(questions.map((question) => [question.code, question]));
}

/** The page's name in the address, as the author gave it or from its first question. */
function pageCode(page: Page): string {
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
  const own: Option[] = question.type === 'scale' ? points(question) : ownOptions(question);
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

/** The points of a scale; the first and the last say what they mean, or a table of them would mean nothing. */
function points({ from, to, lowest, highest }: Extract<Question, { type: 'scale' }>): Option[] {
  const ends = new Map([
    [from, lowest],
    [to, highest],
  ]);
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const code = String(from + index);
    const end = ends.get(from + index);
    return { code, label: end === undefined ? code : pointLabel(code, end) };
  });
}

function pointLabel(code: string, end: Text): Text {
  if (typeof end === 'string') return `${code} – ${end}`;
  return Object.fromEntries(Object.entries(end).map(([language, words]) => [language, `${code} – ${words}`]));
}

function markLabel(file: SurveyFile, code: string): Text {
  const known = MARKS[code] ?? {};
  return Object.fromEntries(file.languages.map((language) => [language, known[language] ?? known.en ?? code]));
}

/** The options that a page is repeated for; undefined of a page that is not. */
function optionsRepeated({ repeat }: Page, lists: ReadonlyMap<string, Question>): Option[] | undefined {
  const source = repeat && lists.get(repeat.for);
  if (source?.type !== 'multiple') return undefined;
  return source.options.filter((option) => !option.exclusive && !repeat?.except?.includes(option.code));
}

/** A repeated page becomes one page for each option of its list, shown when that option was ticked. */
function repeated(page: Page, lists: ReadonlyMap<string, Question>): Page[] {
  const options = optionsRepeated(page, lists);
  if (!page.repeat || !options) return [page];
  const { for: list } = page.repeat;
  return options.map((option) => {
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
    return node.includes(EACH) ? eachIn(node, option.label, key) : node;
  }
  if (Array.isArray(node)) return node.map((item) => rename(item, own, option, key));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, rename(value, own, option, name)]));
}

const EACH = '{{each}}';

/** A text about one option. A text in one language about an option with labels in several becomes one in several. */
function eachIn(text: string, label: Text, key: string): Text {
  if (typeof label === 'string') return text.replaceAll(EACH, label);
  // A text that stands under a language is that language's part of a text in several.
  if (languageCode.safeParse(key).success) return text.replaceAll(EACH, label[key] ?? Object.values(label)[0] ?? '');
  return Object.fromEntries(Object.entries(label).map(([language, own]) => [language, text.replaceAll(EACH, own)]));
}
