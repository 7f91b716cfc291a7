/** How large a survey may be. Beyond that it is no questionnaire, and to check it would hold up whoever waits. */
import { countQuestions } from './build-survey.ts';
import type { SurveyFile } from './definition.ts';
import { at, type Finding, findJson, MOST_CHARACTERS, type Path, type Source } from './source.ts';

/** Keys, texts, numbers, lists and forms, all counted: the AI adoption survey has 3,000. */
const MOST_VALUES = 50_000;
const LONGEST_TEXT = 20_000;
const MOST_QUESTIONS = 1_000;
const MOST_VARIABLES = 500;
/** Of a stage rule, and of cases. */
const MOST_ROWS = 200;

const counted = (n: number) => n.toLocaleString('en');

/** What is too large in a file, before it is read any closer; nothing in one that `readSource` refuses. Pure; never throws. */
export function oversizeFindings(text: string): Finding[] {
  if (text.length > MOST_CHARACTERS) return [];
  const { values, longest } = measure(findJson(text));
  if (longest.length > LONGEST_TEXT) {
    const line = lineOf(text, longest);
    const message = `A text here has ${counted(longest.length)} characters, and may have ${counted(LONGEST_TEXT)}.`;
    return [at('size', [], line, message, 'Shorten it.')];
  }
  if (values <= MOST_VALUES) return [];
  const message = `The file holds ${counted(values)} values (texts, numbers, lists, forms), and may hold ${counted(MOST_VALUES)}.`;
  return [at('size', [], 1, message, 'Shorten lists of options, or make two surveys of it.')];
}

/** What there are too many of in a file of the right shape. Pure. @param lineOf the line of a place in it */
export function tooManyFindings(file: SurveyFile, lineOf: Source['lineOf']): Finding[] {
  const found = (path: Path, n: number, most: number, what: string, mend: string) =>
    n <= most
      ? []
      : [at('size', path, lineOf(path), `There are ${counted(n)} ${what}, and may be ${counted(most)}.`, mend)];
  const questions = 'questions, those of a repeated page once for each of its options';
  const rows = file.stageRule?.rows.length ?? 0;
  return [
    ...found(['sections'], countQuestions(file), MOST_QUESTIONS, questions, 'Make two surveys of it.'),
    ...found(['derived'], file.derived.length, MOST_VARIABLES, 'variables', 'Leave out what nobody will look at.'),
    ...found(['stageRule', 'rows'], rows, MOST_ROWS, 'rows in the stage rule', 'Read the stage from fewer answers.'),
    ...file.derived.flatMap((definition, index) =>
      definition.kind === 'cases'
        ? found(['derived', index, 'cases'], definition.cases.length, MOST_ROWS, 'cases', 'Look at fewer answers.')
        : [],
    ),
  ];
}

/** Without recursion: nobody has looked yet how deep it is. */
function measure(root: unknown): { values: number; longest: string } {
  const left = [root];
  let [values, longest] = [0, ''];
  while (left.length > 0) {
    const value = left.pop();
    values++;
    if (typeof value === 'string' && value.length > longest.length) longest = value;
    if (value !== null && typeof value === 'object') for (const each of Object.values(value)) left.push(each);
  }
  return { values, longest };
}

/** The line on which a text begins, from 1; the first where it is written otherwise than JSON would write it. */
function lineOf(text: string, words: string): number {
  const start = text.indexOf(JSON.stringify(words).slice(0, 100));
  return text.slice(0, Math.max(0, start)).split('\n').length;
}
