/** What stands in the inputs of a page: what was just posted, or what a draft's answers fill them with. */
import { type Answers, valuesIn } from '../questionnaire/answers.ts';
import type { AskedQuestion } from '../questionnaire/journey.ts';
import type { Form } from '../questionnaire/read-page.ts';

/** The values in an input, by its name. */
export type Shown = (field: string) => readonly string[];

/** The inputs as they were posted, so that nothing typed is lost with an error. */
export function shownFromForm(form: Form): Shown {
  return (field) => valuesIn(form[field]);
}

/** The inputs of a page as a draft's answers fill them. A date has a box for each part, a ranking a list for each option. */
export function shownFromAnswers(asked: readonly AskedQuestion[], answers: Answers): Shown {
  const parts = new Map(asked.flatMap(({ question }) => partsOf(question.type, question.code, answers)));
  return (field) => {
    const part = parts.get(field);
    return part === undefined ? valuesIn(answers[field]) : [part];
  };
}

function partsOf(type: string, code: string, answers: Answers): [field: string, value: string][] {
  const values = valuesIn(answers[code]);
  if (type === 'ranking') return values.map((option, index) => [`${code}_${option}`, String(index + 1)]);
  const date = type === 'date' && /^(\d+)-(\d+)-(\d+)$/.exec(values[0] ?? '');
  return date
    ? ['year', 'month', 'day'].map((part, index) => [`${code}_${part}`, String(Number(date[index + 1]))])
    : [];
}
