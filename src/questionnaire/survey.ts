/**
 * A survey ready for use: the file with its repeated pages written out, "don't know" and "prefer not to say" put in
 * their places, and everything findable by its code. `build-survey.ts` builds it once for each version; then it is only read.
 */
import { DONT_KNOW, type Known, PREFER_NOT } from './answers.ts';
import type {
  Category,
  Collapsed,
  Condition,
  Derived,
  Option,
  Question,
  Role,
  Rule,
  Section,
  SurveyFile,
  Text,
} from './definition.ts';
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

export interface DerivedVariable {
  readonly name: string;
  readonly label: Text;
  /** What it means, for whoever reads the results. */
  readonly description: Text | undefined;
  readonly role: Role | undefined;
  /** What it can be; undefined for a count, which is a number. */
  readonly categories: readonly Category[] | undefined;
  /** Fields and variables it is worked out from. */
  readonly sources: readonly string[];
  /** For the rows of a NET over a grid, and plain NETs: the question whose table they stand in. */
  readonly net: string | undefined;
  readonly kind: Derived['kind'] | 'stage';
  /** Its code or number; undefined when what it needs is blank. */
  compute(known: Known): string | undefined;
}

/** The groups of answers that published tables may take together (rule T4); none where the question says nothing. */
export function collapsesOf(question: Question): readonly Collapsed[] {
  return 'collapse' in question ? (question.collapse ?? []) : [];
}

/** Whether the value is one of the marked answers, which count as answers and are not values. */
export function isMark(code: string): boolean {
  return code === DONT_KNOW || code === PREFER_NOT;
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

/** Worked out once for each, for what is asked for again and again: of a question, on every page of every response. */
export function rememberedFor<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = work(key);
    known.set(key, value);
    return value;
  };
}
