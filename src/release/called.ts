/** What questions and variables are called on pages for staff. */
import type { Survey } from '../questionnaire/survey.ts';
import { variablesOf } from '../questionnaire/variables.ts';
import { wordsOf } from './microdata/survey/describe-columns.ts';

/** What a question's code or a variable's name stands for, in the survey's first language; else the name itself. */
export function labelOf(survey: Survey, name: string): string {
  const question = survey.questions.get(name);
  return wordsOf(survey)(question?.short ?? question?.text ?? survey.derived.get(name)?.label ?? name);
}

/** Names labels with the code behind, where it says more: "Paid staff (size)", "Stage". A name of nothing stays. */
export function callerFor(survey: Survey): (name: string) => string {
  const say = wordsOf(survey);
  const names = [...survey.questions.keys(), ...survey.derived.keys()];
  const labels = new Map([
    ...variablesOf(survey).map((variable) => [variable.name.toLowerCase(), say(variable.label)] as const),
    ...names.map((name) => [name.toLowerCase(), labelOf(survey, name)] as const),
  ]);
  return (name) => {
    const label = labels.get(name.toLowerCase());
    if (label === undefined) return name;
    return label.toLowerCase() === name.toLowerCase() ? label : `${label} (${name})`;
  };
}
