/**
 * What a respondent has said. Kept by field, the name of the input on the page: a question's code, a grid row
 * (`C1_privacy`), the box behind an "other" option (`T1_other`).
 */

/** One chosen code, a number, a date or a text; or a list of codes (tick lists in the author's order, rankings in rank order). */
export type Answer = string | readonly string[];

/** `null`: the page was saved and this was left blank. Absent: never seen. */
export type Answers = Readonly<Record<string, Answer | null>>;

/** The codes that mean "don't know" and "prefer not to say" in every question that offers them. */
export const DONT_KNOW = 'dk';
export const PREFER_NOT = 'pnts';

/** What is known at one point of the journey: the answers on the path so far and the variables derived from them. */
export interface Known {
  /** The answer in a field; undefined when it is blank, not asked or off the path. */
  answer(field: string): Answer | undefined;
  /** A derived variable's code or number, worked out from `over` where more is known; undefined when it cannot be. */
  variable(name: string, over?: Known): string | undefined;
}

/** An answer as a list of values: one for a single answer, none for a blank. */
export function valuesIn(answer: Answer | null | undefined): readonly string[] {
  if (answer === null || answer === undefined) return [];
  return typeof answer === 'string' ? [answer] : answer;
}
