/** What a column gives away besides what it holds: who was asked it says something about the answers that decided it. */
import { referencesIn } from '../../../questionnaire/derived.ts';
import { questionOfField } from '../../../questionnaire/journey.ts';
import type { Survey, SurveyQuestion } from '../../../questionnaire/survey.ts';
import type { SnapshotVariable } from '../../../results/variables.ts';

/**
 * The questions and derived variables that a column rests on in the end: what it is worked out from, and what decided
 * who was asked, and what decided who was asked that, and the earlier list that its answer was chosen from. Published
 * keys are the end of the way: who reads a key's value learns nothing more from what the key decided.
 * @param code of a question, or the name of a derived variable
 * @param published names of derived variables and codes of questions whose values stand in the file anyway
 */
export function reachOf(survey: Survey, code: string, published: ReadonlySet<string>): Set<string> {
  const reached = new Set<string>();
  const visit = (name: string): void => {
    const question = questionOfField(survey, name);
    const own = question?.code ?? name;
    if (reached.has(own)) return;
    reached.add(own);
    if (published.has(own)) return;
    if (question) [...question.universe.flatMap(referencesIn), ...listBehind(question)].forEach(visit);
    else survey.derived.get(name)?.sources.forEach(visit);
  };
  visit(code);
  return reached;
}

/** The question that a variable belongs to, or its own name where it is worked out from answers. */
export function codeOf({ name, question, derived }: SnapshotVariable): string {
  return derived ? name : (question ?? name);
}

/** The earlier question whose answers were this one's options: what was chosen was ticked there, and of one tick only that. */
function listBehind(question: SurveyQuestion): string[] {
  return question.type === 'single' && !Array.isArray(question.options) ? [question.options.from] : [];
}

/**
 * What a variable's value is worked out from, itself and every grouping on the way among it, and the earlier list that
 * it was chosen from: who ticked one thing chose that.
 */
export function madeFrom(survey: Survey, name: string): Set<string> {
  const found = new Set<string>();
  const visit = (each: string): void => {
    const question = questionOfField(survey, each);
    const code = question?.code ?? each;
    if (found.has(code)) return;
    found.add(code);
    if (question) listBehind(question).forEach(visit);
    else survey.derived.get(code)?.sources.forEach(visit);
  };
  visit(name);
  return found;
}
