/** "Check your answers": every answered question on the path, in words. */

import { type Answers, valuesIn } from '../questionnaire/answers.ts';
import { showDay } from '../questionnaire/days.ts';
import type { Section, Text } from '../questionnaire/definition.ts';
import type { Journey, PageOnPath } from '../questionnaire/journey.ts';
import { offeredLabel, otherFields, type Survey, type SurveyQuestion } from '../questionnaire/survey.ts';
import { say } from '../questionnaire/text.ts';
import { inputId } from './problems-view.ts';
import { plainText } from './question-view.ts';

export interface AnswerRow {
  readonly question: string;
  /** One line for a single answer, one for each tick, one for each row of a grid; none for a blank. */
  readonly lines: readonly string[];
  /** The page where it can be changed; undefined for consent, which is changed by leaving the study. */
  readonly page: string | undefined;
  /** The id of its first input on that page. */
  readonly input: string;
}

export interface AnswerSection {
  readonly title: string;
  readonly rows: readonly AnswerRow[];
}

/** The answers on the path, by section. */
export function viewAnswers(survey: Survey, journey: Journey, language: string): AnswerSection[] {
  const sections = new Map<Section, AnswerRow[]>();
  for (const onPath of journey.pages) {
    const { section } = onPath.page;
    sections.set(section, [...(sections.get(section) ?? []), ...viewPageAnswers(survey, journey, onPath, language)]);
  }
  return [...sections].map(([section, rows]) => ({ title: plainText(survey, section.title, language), rows }));
}

/** The answers on one page of the path. */
export function viewPageAnswers(
  survey: Survey,
  journey: Journey,
  { page, asked }: PageOnPath,
  language: string,
): AnswerRow[] {
  return asked.map(({ question, variant }) => ({
    question: say(survey, variant?.text ?? question.text, language, journey.known),
    lines: linesOf(survey, question, journey, language, variant?.labels),
    page: question.code === survey.file.consent.question ? undefined : page.code,
    input: inputId(question),
  }));
}

type Labels = NonNullable<NonNullable<SurveyQuestion['variants']>[number]['labels']>;

function linesOf(
  survey: Survey,
  question: SurveyQuestion,
  { answers, known }: Journey,
  language: string,
  labels: Labels = {},
): string[] {
  const text = (words: Text) => say(survey, words, language, known);
  const inWords = (value: string): string => {
    const label = labels[value] ?? offeredLabel(survey, question, value);
    if (label !== undefined) return text(label);
    if (question.type === 'number') return withUnit(value, question, text);
    return question.type === 'date' ? showDay(value, language) : value;
  };
  if (question.type === 'grid') {
    return question.rows.flatMap((row) =>
      valuesIn(answers[`${question.code}_${row.code}`]).map((value) => `${text(row.label)}: ${inWords(value)}`),
    );
  }
  return valuesIn(answers[question.code]).map((value, index) => {
    const line = `${inWords(value)}${typed(question, value, answers)}`;
    return question.type === 'ranking' ? `${index + 1}. ${line}` : line;
  });
}

/** What was written in the box behind an "other" option. */
function typed(question: SurveyQuestion, option: string, answers: Answers): string {
  const box = otherFields(question).find((each) => each.option === option);
  const text = box && answers[box.field];
  return typeof text === 'string' ? `: ${text}` : '';
}

function withUnit(
  number: string,
  { prefix, unit }: Extract<SurveyQuestion, { type: 'number' }>,
  text: (words: Text) => string,
): string {
  return `${prefix === undefined ? '' : text(prefix)}${number}${unit === undefined ? '' : ` ${text(unit)}`}`;
}
