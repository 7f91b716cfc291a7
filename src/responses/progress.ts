/** Where a respondent stands: which page comes next, how far along it is, what to ask before going on. */
import type { Answers, Known } from '../questionnaire/answers.ts';
import { type Journey, knownFrom, type PageOnPath, questionOfField } from '../questionnaire/journey.ts';
import type { Problem } from '../questionnaire/page-rules.ts';
import type { ReadPage } from '../questionnaire/read-page.ts';
import { fieldsOf, type Survey } from '../questionnaire/survey.ts';

/** Where a survey's pages live. The functions below are told another `home` where the pages are those of a preview. */
export function addressOf(survey: Survey, ...rest: readonly string[]): string {
  return ['/surveys', survey.file.survey, ...rest].join('/');
}

/** The address of a page of questions; the page with the consent question is the information page. */
export function pageAddress(survey: Survey, { page }: PageOnPath, home = addressOf(survey)): string {
  const consent = page.questions.some((question) => question.code === survey.file.consent.question);
  return consent ? home : `${home}/answer/${page.code}`;
}

/** Where to go when nothing else is asked for: the first page not yet answered, or "check your answers". */
export function nextAddress(survey: Survey, journey: Journey, home = addressOf(survey)): string {
  return journey.next ? pageAddress(survey, journey.next, home) : `${home}/check`;
}

/** What a page's address carries for somebody who came from "check your answers", and whom it leads back there. */
export const FROM_CHECK = '?from=check';

/**
 * Where saving a page leads: to the next page on the path. Who came from "check your answers" is led back there, by
 * way of the pages that their change has opened.
 */
export function addressAfter(
  survey: Survey,
  journey: Journey,
  code: string,
  fromCheck: boolean,
  home = addressOf(survey),
): string {
  const next = nextAddress(survey, journey, home);
  if (fromCheck) return journey.next ? next + FROM_CHECK : next;
  const index = journey.pages.findIndex(({ page }) => page.code === code);
  const following = journey.pages[index + 1];
  if (!following || journey.end !== undefined) return next;
  const beyond = journey.next !== undefined && following.page.position > journey.next.page.position;
  return beyond ? next : pageAddress(survey, following, home);
}

/** Where Back leads from a page. "Check your answers" cannot be shown while a page is open: it would lead here again. */
export function addressBefore(
  survey: Survey,
  journey: Journey,
  previous: PageOnPath | undefined,
  fromCheck: boolean,
  home = addressOf(survey),
): string {
  if (fromCheck && !journey.next) return `${home}/check`;
  const before = previous ? pageAddress(survey, previous, home) : home;
  return fromCheck && before !== home ? before + FROM_CHECK : before;
}

/** "Section 2 of about 8": counted over the sections on the path as it looks now. */
export function progressOf(journey: Journey, { page }: PageOnPath): { n: number; total: number } {
  const sections = [...new Set(journey.pages.map((each) => each.page.section.code))];
  return { n: sections.indexOf(page.section.code) + 1, total: sections.length };
}

/** What has to be put right before a page is kept. "Save and come back later" does not ask for what is still missing. */
export function problemsIn(read: ReadPage, saving: boolean): readonly Problem[] {
  return saving ? read.problems.filter(({ key }) => !key.startsWith('error.required')) : read.problems;
}

/**
 * What "save and come back later" keeps of a page: what was filled in, and what was emptied. What was not touched
 * stays unseen, so that this is the page to come back to.
 */
export function keptForLater(read: ReadPage, draft: Answers): Answers {
  return Object.fromEntries(
    Object.entries(read.answers).filter(([field, answer]) => answer !== null || (draft[field] ?? null) !== null),
  );
}

/** What a readable page still asks for, once: optional questions left blank, and answers to be sure of. */
export interface Pause {
  readonly blanks: ReadPage['blanks'];
  readonly confirms: ReadPage['confirms'];
}

/**
 * Whether to pause before a page is kept. Who left the same question blank or gave the same answer before is not
 * asked again.
 */
export function pauseOver({ asked }: PageOnPath, read: ReadPage, draft: Answers): Pause | undefined {
  const asBefore = (field: string) =>
    draft[field] !== undefined && JSON.stringify(draft[field]) === JSON.stringify(read.answers[field]);
  const saved = ({ question: code }: { question: string }) =>
    asked.some(({ question }) => question.code === code && fieldsOf(question).every(asBefore));
  const blanks = read.blanks.filter(({ field }) => draft[field] !== null);
  const confirms = read.confirms.filter((confirm) => !saved(confirm));
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
  return knownFrom(survey, answersBefore(survey, journey.answers, page.position));
}

/** The answers to questions before a position. */
export function answersBefore(survey: Survey, answers: Answers, position: number): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter(([field]) => {
      const question = questionOfField(survey, field);
      return question !== undefined && question.position < position;
    }),
  );
}
