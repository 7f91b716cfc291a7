/** Submissions as rows of a table: what `simulate` writes is what `import` reads. */
import { valuesIn } from '../questionnaire/answers.ts';
import type { Submission } from '../questionnaire/submission.ts';
import { allFieldsOf, type Survey } from '../questionnaire/survey.ts';

/** The columns: the names of all inputs, in the order of the questionnaire. */
export function answerColumns(survey: Survey): string[] {
  return [...survey.questions.values()].flatMap(allFieldsOf);
}

/** A submission's cells, ticks separated by `|`; empty where it has no answer or a rule filled it in. */
export function rowOf(columns: readonly string[], { answers, filled }: Submission): string[] {
  return columns.map((field) => (filled.includes(field) ? '' : valuesIn(answers[field]).join('|')));
}
