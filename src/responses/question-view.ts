/** A question as the page shows it: texts in one language, what was answered or typed, what is wrong. */
import type { Option, Text } from '../questionnaire/definition.ts';
import type { AskedQuestion } from '../questionnaire/journey.ts';
import type { Problem } from '../questionnaire/page-rules.ts';
import { fieldsOf, isMark, otherFields, type Survey, type SurveyQuestion } from '../questionnaire/survey.ts';
import { inLanguage, say } from '../questionnaire/text.ts';
import { problemText, type Speech } from './problems-view.ts';
import type { Shown } from './shown.ts';

interface OptionView {
  readonly code: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly exclusive: boolean;
  readonly chosen: boolean;
  /** "Don't know" and its like, set apart from the values. */
  readonly mark: boolean;
  readonly other?: { field: string; value: string; limit: number; error?: string | undefined };
}

interface FieldView {
  readonly field: string;
  readonly label: string;
  /** What was answered or typed; for a ranking, the place. */
  readonly value: string;
  readonly error?: string | undefined;
}

export interface QuestionView {
  readonly type: SurveyQuestion['type'];
  readonly code: string;
  readonly text: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly options: readonly OptionView[];
  /** The rows of a grid, the boxes of a date, the options of a ranking, the one box of a number or text. */
  readonly fields: readonly FieldView[];
  readonly limit?: number | undefined;
  readonly long: boolean;
  readonly atMost?: number | undefined;
  readonly unit?: string | undefined;
  readonly prefix?: string | undefined;
  readonly decimals: boolean;
  readonly lowest?: string | undefined;
  readonly highest?: string | undefined;
}

export interface QuestionScene extends Speech {
  readonly shown: Shown;
  readonly problems: readonly Problem[];
}

/** The view of one question. Pure. */
export function viewQuestion({ question, offered, variant }: AskedQuestion, scene: QuestionScene): QuestionView {
  const { survey, language, known } = scene;
  const text = (words: Text) => say(survey, words, language, known);
  const optional = (words: Text | undefined) => (words === undefined ? undefined : text(words));
  const hint = variant?.hint ?? question.hint;
  return {
    type: question.type,
    code: question.code,
    text: text(variant?.text ?? question.text),
    hint: optional(hint),
    error: errorAt(scene, question.code),
    options: offered.map((option) => viewOption(option, question, variant?.labels, scene)),
    fields: viewFields(question, scene, text),
    limit: question.type === 'text' ? question.limit : undefined,
    long: question.type === 'text' && question.long === true,
    atMost: question.type === 'ranking' || question.type === 'multiple' ? question.atMost : undefined,
    unit: question.type === 'number' ? optional(question.unit) : undefined,
    prefix: question.type === 'number' ? optional(question.prefix) : undefined,
    decimals: question.type === 'number' && question.decimals !== undefined,
    lowest: question.type === 'scale' ? text(question.lowest) : undefined,
    highest: question.type === 'scale' ? text(question.highest) : undefined,
  };
}

function viewOption(
  option: Option,
  question: SurveyQuestion,
  labels: Readonly<Record<string, Text>> | undefined,
  scene: QuestionScene,
): OptionView {
  const text = (words: Text) => say(scene.survey, words, scene.language, scene.known);
  const box = option.other && otherFields(question).find((other) => other.option === option.code);
  return {
    code: option.code,
    label: text(labels?.[option.code] ?? option.label),
    hint: option.hint === undefined ? undefined : text(option.hint),
    exclusive: option.exclusive ?? false,
    chosen: scene.shown(question.code).includes(option.code),
    mark: isMark(option.code),
    ...(box && {
      other: {
        field: box.field,
        value: scene.shown(box.field)[0] ?? '',
        limit: box.limit,
        error: errorAt(scene, box.field),
      },
    }),
  };
}

function viewFields(question: SurveyQuestion, scene: QuestionScene, text: (words: Text) => string): FieldView[] {
  const field = (name: string, label: string): FieldView => ({
    field: name,
    label,
    value: scene.shown(name).find((value) => !(question.type === 'number' && isMark(value))) ?? '',
    error: errorAt(scene, name),
  });
  switch (question.type) {
    case 'grid':
      return question.rows.map((row) => field(`${question.code}_${row.code}`, text(row.label)));
    case 'ranking':
      return question.options.map((option) => field(`${question.code}_${option.code}`, text(option.label)));
    case 'date':
      return ['day', 'month', 'year'].map((part) => field(`${question.code}_${part}`, part));
    default:
      return fieldsOf(question).map((name) => field(name, ''));
  }
}

function errorAt(scene: QuestionScene, field: string): string | undefined {
  const problem = scene.problems.find((each) => each.field === field);
  return problem && problemText(problem, scene);
}

/** A text of the survey in a language, with nothing piped in. */
export function plainText(survey: Survey, text: Text, language: string): string {
  return inLanguage(text, language, survey.file.languages[0] ?? 'en');
}
