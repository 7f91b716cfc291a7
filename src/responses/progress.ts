/** Where a respondent stands: which page comes next, how far along it is, what to ask before going on. */
import type { Answers, Known } from '../questionnaire/answers.ts';
import { type Journey, knownFrom, type PageOnPath, questionOfField } from '../questionnaire/journey.ts';
import type { ReadPage } from '../questionnaire/read-page.ts';
import type { Survey } from '../questionnaire/survey.ts';

/** Where a survey's pages live. */
export function addressOf(survey: Survey, ...rest: readonly string[]): string {
  return ['/surveys', survey.file.survey, ...rest].join('/');
}

/** The address of a page of questions; the page with the consent question is the information page. */
export function pageAddress(survey: Survey, { page }: PageOnPath): string {
  const consent = page.questions.some((question) => question.code === survey.file.consent.question);
  return consent ? addressOf(survey) : addressOf(survey, 'answer', page.code);
}

/** Where to go when nothing else is asked for: the first page not yet answered, or "check your answers". */
export function nextAddress(survey: Survey, journey: Journey): string {
  return journey.next ? pageAddress(survey, journey.next) : addressOf(survey, 'check');
}

/** Where saving a page leads: on along the path, or back to "check your answers" for who came from there. */
export function addressAfter(survey: Survey, journey: Journey, code: string, fromCheck: boolean): string {
  const index = journey.pages.findIndex(({ page }) => page.code === code);
  const following = journey.pages[index + 1];
  if (fromCheck || !following || journey.end !== undefined) return nextAddress(survey, journey);
  const beyond = journey.next !== undefined && following.page.position > journey.next.page.position;
  return beyond ? nextAddress(survey, journey) : pageAddress(survey, following);
}

/** "Section 2 of about 8": counted over the sections on the path as it looks now. */
export function progressOf(journey: Journey, { page }: PageOnPath): { n: number; total: number } {
  const sections = [...new Set(journey.pages.map((each) => each.page.section.code))];
  return { n: sections.indexOf(page.section.code) + 1, total: sections.length };
}

/** What a readable page still asks for, once: optional questions left blank, and answers to be sure of. */
export interface Pause {
  readonly blanks: readonly { field: string; question: string }[];
  readonly confirms: ReadPage['confirms'];
}

/**
 * Whether to pause before saving. Somebody who has pressed "carry on", or who left the same question blank or gave
 * the same answer before, is not asked again.
 */
export function pauseOver(page: PageOnPath, read: ReadPage, draft: Answers, carryOn: boolean): Pause | undefined {
  if (carryOn) return undefined;
  const saved = (code: string) =>
    page.asked.some(
      ({ question }) =>
        question.code === code && JSON.stringify(draft[code] ?? null) === JSON.stringify(read.answers[code] ?? null),
    );
  const blanks = read.blanks.filter(({ field }) => draft[field] === undefined || draft[field] !== null);
  const confirms = read.confirms.filter(({ question }) => !saved(question));
  return blanks.length + confirms.length > 0 ? { blanks, confirms } : undefined;
}

/** Definitions introduced on this page, in full, and on earlier pages of the path, one click away. */
export function definitionsFor(survey: Survey, journey: Journey, { page }: PageOnPath) {
  const introduced = (code: string) => survey.file.definitions.filter((definition) => definition.code === code);
  return {
    full: page.introduces === undefined ? [] : introduced(page.introduces),
    brief: journey.pages
      .filter((each) => each.page.position < page.position && each.page.introduces !== undefined)
      .flatMap((each) => introduced(each.page.introduces ?? '')),
  };
}

/** What is known when a page is reached: its own answers and those of later pages do not count yet. */
export function knownBefore(survey: Survey, journey: Journey, { page }: PageOnPath): Known {
  const earlier = Object.entries(journey.answers).filter(([field]) => {
    const question = questionOfField(survey, field);
    return question !== undefined && question.position < page.position;
  });
  return knownFrom(survey, Object.fromEntries(earlier));
}
