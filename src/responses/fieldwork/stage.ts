/** At which stage somebody is, and where in the questionnaire, as far as their answers tell. */
import type { Answers } from '../../questionnaire/answers.ts';
import { type Journey, journeyOf, knownFrom } from '../../questionnaire/journey.ts';
import { fieldsOf, type Survey } from '../../questionnaire/survey.ts';
import { REST } from './counts.ts';

/** Where a draft stands that answers every page: at the check, before it is sent. No page can be called so. */
export const CHECK = '(check)';

/** The stage of a response; `REST` where the rule gives none. */
export function stageOf(survey: Survey, answers: Answers): string {
  const [stage] = survey.file.stageRule?.gives ?? [];
  return (stage && knownFrom(survey, answers).variable(stage.code)) ?? REST;
}

/** What of a draft is counted when it is gone. */
export interface Stand {
  /** `REST` where the questions that tell it were still to come. */
  readonly stage: string;
  /** The pages that were reached, the last of them first. */
  readonly pages: readonly string[];
}

/** Where a draft stands. */
export function standOf(survey: Survey, draft: Answers): Stand {
  const journey = journeyOf(survey, draft);
  const reached = reachOf(journey);
  const pages = journey.pages.filter(({ page }) => page.position < reached).map(({ page }) => page.code);
  if (journey.next === undefined && journey.end === undefined) pages.push(CHECK);
  const isKnown = survey.file.stageRule?.from.every(
    (code) => (survey.questions.get(code)?.position ?? 0) < reached - 1,
  );
  return { stage: isKnown ? stageOf(survey, journey.answers) : REST, pages: pages.toReversed() };
}

/** The position behind the last page that was reached. */
function reachOf({ next, end, pages }: Journey): number {
  const last = next ?? (end === undefined ? undefined : pages.at(-1));
  return last === undefined ? Number.POSITIVE_INFINITY : last.page.position + 1;
}

/** The pages that a response was asked. What a rule filled in was not. */
export function pagesAsked(survey: Survey, answers: Answers, filled: readonly string[]): string[] {
  const wasAsked = (field: string) => answers[field] !== undefined && !filled.includes(field);
  return survey.pages
    .filter(({ questions }) => questions.some((question) => fieldsOf(question).some(wasAsked)))
    .map(({ code }) => code);
}
