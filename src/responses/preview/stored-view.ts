/** What would be stored of a preview's answers, as somebody who opens a data file would read it. */
import type { Text } from '../../questionnaire/definition.ts';
import type { Journey } from '../../questionnaire/journey.ts';
import { submissionOf } from '../../questionnaire/submission.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { say } from '../../questionnaire/text.ts';
import { MISSING, type Missing, type Value, type Variable, variablesOf } from '../../questionnaire/variables.ts';

const LANGUAGE = 'en';

const WHY_MISSING: Readonly<Record<Missing, string>> = {
  notAsked: 'not asked',
  left: 'left before this question',
  notInVersion: 'not in this version',
  blank: 'asked, not answered',
};

interface StoredValue {
  readonly variable: string;
  readonly label: string;
  /** The number in a data file; what was typed where it is no category. */
  readonly value: string;
  /** What the number stands for; empty where it stands for itself. */
  readonly meaning: string;
}

export interface StoredView {
  /** One more of this ending is all that would be counted; undefined of answers that would be sent. */
  readonly ending: string | undefined;
  /** Undefined of a version with errors: its variables may go round in a circle. */
  readonly values: readonly StoredValue[] | undefined;
}

/**
 * Every variable with its value in the submission that a finished journey makes; undefined where it makes none. Pure.
 * @param faulty whether the check finds errors in the version
 */
export function viewStored(survey: Survey, journey: Journey, faulty = false): StoredView | undefined {
  const submission = submissionOf(journey);
  if (!submission) return undefined;
  if (faulty) return { ending: undefined, values: undefined };
  const { answers, filled } = submission;
  const text = (words: Text) => say(survey, words, LANGUAGE, journey.known);
  const values = variablesOf(survey).map((variable) => {
    const byRule = variable.question !== undefined && filled.includes(variable.question) && !variable.derived;
    const { value, meaning } = inFile(variable, variable.read(answers, journey.known), text);
    return {
      variable: variable.name,
      label: text(variable.label),
      value,
      meaning: byRule ? `${meaning} (filled in by rule)` : meaning,
    };
  });
  return { ending: undefined, values };
}

/** What would be kept of somebody whose answers ended the questionnaire. */
export const viewEnding = (ending: string): StoredView => ({ ending, values: [] });

function inFile({ categories }: Variable, value: Value, text: (words: Text) => string) {
  if (typeof value !== 'string') return { value: String(MISSING[value.missing]), meaning: WHY_MISSING[value.missing] };
  const category = categories.find(({ code }) => code === value);
  return category ? { value: String(category.value), meaning: text(category.label) } : { value, meaning: '' };
}
