/** What can be asked of a data file: its questions and what is worked out from answers, in cells by respondent. */
import { DONT_KNOW, PREFER_NOT } from '../../questionnaire/answers.ts';
import type { Collapsed } from '../../questionnaire/definition.ts';
import { collapsesOf, type Survey } from '../../questionnaire/survey.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import { MISSING, type Variable, variablesOf } from '../../questionnaire/variables.ts';
import type { DataVariable } from '../microdata/data-file.ts';
import { MISSING_WORDS } from '../microdata/missing.ts';
import { type NetworkFile, numbersIn, placesIn } from './dimensions.ts';

interface AnswerCell {
  readonly code: string;
  readonly label: string;
}

/** One column: a question with one answer, one option of a tick list, one row of a grid. */
export interface Item {
  readonly name: string;
  readonly label: string;
  /** For each respondent the place of the answer; after the answers stand "not asked" and "no answer". */
  readonly cells: Int32Array;
}

/** Any of several options, counted once. */
interface Net {
  readonly code: string;
  readonly label: string;
  /** "Don't know" is one of them. */
  readonly dontKnow: boolean;
  /** The answers that make it, which add up to it; undefined over a tick list, of which the file has its own column. */
  readonly answers: readonly string[] | undefined;
}

/** A question with one set of answers for all its columns. */
export interface Question {
  /** As the survey's file has it: a question's code, or the name of what is worked out. */
  readonly name: string;
  readonly label: string;
  readonly text: string | undefined;
  readonly sensitive: boolean;
  readonly answers: readonly AnswerCell[];
  readonly items: readonly Item[];
  /** Some answers are taken together (rule T4). */
  readonly collapsed: boolean;
  /** What its file takes together beside the answers. */
  readonly nets: readonly Net[];
  /** The fields that it is read from or worked out from, lower case. */
  readonly fields: ReadonlySet<string>;
}

/** How many cells an item has: its answers, not asked, no answer. */
export function widthOf({ answers }: Question): number {
  return answers.length + 2;
}

/** Every question of the file that is not a key, those as they were put before what is worked out. */
export function questionsIn(file: NetworkFile, survey: Survey): Question[] {
  const byName = new Map<string, DataVariable[]>();
  for (const variable of file.variables) {
    if (variable.role !== 'plain' && variable.role !== 'sensitive') continue;
    const name = variable.question?.code ?? variable.name;
    byName.set(name, [...(byName.get(name) ?? []), variable]);
  }
  const described = new Map(variablesOf(survey).map((variable) => [variable.name, variable.categories]));
  const questions = [...byName].map(([name, variables]) => questionOf(name, variables, survey, described));
  const isPut = ({ name }: Question) => survey.questions.has(name);
  return [...questions.filter(isPut), ...questions.filter((question) => !isPut(question))];
}

/** What each variable of a survey can hold, by its name. */
type Described = ReadonlyMap<string, Variable['categories']>;

function questionOf(name: string, variables: readonly DataVariable[], survey: Survey, described: Described): Question {
  const answers = answersOf(variables, described);
  const place = new Map(answers.map(({ value }, index) => [value, index]));
  const missing = (value: number) => answers.length + (value === MISSING.notAsked ? 0 : 1);
  const [language = 'en'] = survey.file.languages;
  const short = survey.questions.get(name)?.short;
  const [first] = variables;
  return {
    name,
    label:
      short === undefined ? (first?.question?.text ?? first?.label ?? name) : inLanguage(short, language, language),
    text: first?.question?.text,
    sensitive: variables.some(({ role }) => role === 'sensitive'),
    answers: answers.map(({ code, label }) => ({ code, label })),
    items: variables.map((variable) => ({
      name: variable.name,
      label: variable.label,
      cells: placesIn(variable, place, missing),
    })),
    collapsed: false,
    nets: netsOver(name, survey),
    fields: new Set(fieldsBehind(survey, name).map((field) => field.toLowerCase())),
  };
}

const MARKS: ReadonlyMap<number, string> = new Map([
  [MISSING.dontKnow, DONT_KNOW],
  [MISSING.preferNotToSay, PREFER_NOT],
]);

/** The answers of all the columns together: categories or the numbers that were given, then marked answers. */
function answersOf(variables: readonly DataVariable[], described: Described) {
  const codes = new Map(
    variables.flatMap(({ name }) => (described.get(name) ?? []).map(({ value, code }) => [value, code])),
  );
  const given = new Set(variables.flatMap((variable) => [...numbersIn(variable)]));
  const numbers = variables.some(({ kind }) => kind === 'count')
    ? [...given].filter((value) => value >= 0).sort((one, other) => one - other)
    : [];
  const labels = new Map([
    ...variables.flatMap(({ categories }) => categories.map(({ value, label }) => [value, label] as const)),
    ...numbers.map((value) => [value, String(value)] as const),
    ...MISSING_WORDS.filter(({ value }) => MARKS.has(value) && given.has(value)).map(
      ({ value, label }) => [value, label] as const,
    ),
  ]);
  return [...labels].map(([value, label]) => ({
    value,
    label,
    code: MARKS.get(value) ?? codes.get(value) ?? String(value),
  }));
}

function netsOver(name: string, survey: Survey): Net[] {
  const question = survey.questions.get(name);
  if (!question) return [];
  const [language = 'en'] = survey.file.languages;
  const codes = question.choices.map(({ code }) => code);
  return survey.file.derived.flatMap((derived) => {
    if (derived.kind !== 'net' || derived.of !== name) return [];
    const options = derived.options ?? codes.filter((code) => !derived.anyBut?.includes(code));
    return [
      {
        code: derived.code,
        label: inLanguage(derived.label, language, language),
        dontKnow: options.includes(DONT_KNOW),
        answers: question.type === 'multiple' ? undefined : options,
      },
    ];
  });
}

function fieldsBehind(survey: Survey, name: string): readonly string[] {
  return survey.derived.get(name)?.sources.flatMap((source) => fieldsBehind(survey, source)) ?? [name];
}

/** Whether two questions rest on the same answers, so that their figures can be subtracted. */
export function areKin(one: Question, item: Item, other: Question, otherItem: Item, survey: Survey): boolean {
  if (one.name === other.name) return false;
  const restsOn = (question: Question, own: Item): readonly string[] =>
    survey.questions.has(question.name) ? [question.name.toLowerCase(), own.name] : [...question.fields];
  const theirs = new Set(restsOn(other, otherItem));
  return restsOn(one, item).some((field) => theirs.has(field));
}

/** The question with its answers taken together as its file says; undefined where it says nothing. */
export function collapsedQuestion(question: Question, survey: Survey): Question | undefined {
  const own = survey.questions.get(question.name);
  const groups = own ? collapsesOf(own) : [];
  if (groups.length === 0) return undefined;
  const [language = 'en'] = survey.file.languages;
  const folded = question.answers.map((answer) => {
    const group = groups.find(({ options }) => options.includes(answer.code));
    return group ? { code: group.code, label: inLanguage(group.label, language, language) } : answer;
  });
  const answers = [...new Map(folded.map((answer) => [answer.code, answer])).values()];
  const places = folded.map(({ code }) => answers.findIndex((each) => each.code === code));
  const lost = question.answers.length - answers.length;
  return {
    ...question,
    answers,
    collapsed: true,
    nets: question.nets.flatMap((net) => collapsedNet(net, groups)),
    items: question.items.map((item) => ({ ...item, cells: item.cells.map((cell) => places[cell] ?? cell - lost) })),
  };
}

/** A NET over answers some of which are taken together; none where that takes in an answer that is not the NET's. */
function collapsedNet(net: Net, groups: readonly Collapsed[]): Net[] {
  const { answers } = net;
  if (!answers) return [net];
  const touched = groups.filter(({ options }) => options.some((option) => answers.includes(option)));
  if (!touched.every(({ options }) => options.every((option) => answers.includes(option)))) return [];
  const left = answers.filter((answer) => !touched.some(({ options }) => options.includes(answer)));
  return [{ ...net, answers: [...left, ...touched.map(({ code }) => code)] }];
}
