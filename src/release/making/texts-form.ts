/** Deciding about people's own words one by one, on a page (rule M16). */
import type { Survey } from '../../questionnaire/survey.ts';
import { readDecision } from '../texts/read-review.ts';
import { writeDecided } from '../texts/review.ts';
import type { ReviewFile } from './wanted.ts';

/** More than that is no page: a person reads these in a file, in peace. */
const MOST_ITEMS = 300;

/** Something to put right, at its box. */
interface TextFault {
  readonly href: string;
  readonly text: string;
}

export const TOO_MANY: TextFault = {
  href: '#texts',
  text: `More than ${MOST_ITEMS} answers are too many for a page. Whoever looks after the server can write them to a file (“release texts”), and make the release with it`,
};

/** An answer that somebody has to decide about. */
export interface Item {
  /** Masked. */
  readonly answer: string;
  /** `yes`, `no`, or empty. */
  readonly decision: string;
  /** What is to leave in its place; empty where it is the answer. */
  readonly instead: string;
}

/** The items of one field, from 1. */
export interface FieldItems {
  readonly field: string;
  readonly items: readonly Item[];
}

/** What a box of an item is called: `decision-Z1-3`. */
export const nameOfBox = (what: keyof Item, field: string, number: number): string => `${what}-${field}-${number}`;

/** Why these are not given to anybody to read; undefined where they are. @param k at least so many leave, or none */
export function whyNotReviewed(fields: readonly FieldItems[], k: number): TextFault | undefined {
  if (fields.reduce((sum, { items }) => sum + items.length, 0) > MOST_ITEMS) return TOO_MANY;
  const few = fields.filter(({ items }) => items.length < k).map(({ field }) => field);
  if (few.length === 0) return undefined;
  const them = few.length === 1 ? 'it' : 'them';
  return {
    href: '#texts',
    text: `Fewer than ${k} answers to ${few.join(' and to ')} may be released: leave ${them} out`,
  };
}

/** @param posted what was posted under a name; undefined where nothing was */
export function readItems(fields: readonly string[], posted: (name: string) => string | undefined): FieldItems[] {
  return fields.map((field) => {
    const items: Item[] = [];
    for (let number = 1; number <= MOST_ITEMS; number += 1) {
      const [answer, decision = '', instead = ''] = (['answer', 'decision', 'instead'] as const).map((what) =>
        posted(nameOfBox(what, field, number)),
      );
      if (answer === undefined) break;
      items.push({ answer, decision, instead: instead.replaceAll(/\s+/g, ' ').trim() });
    }
    return { field, items };
  });
}

/**
 * Review files as they would have been written by hand, or what is wrong.
 * @param k at least so many of a field leave, or none
 */
export function reviewItems(
  survey: Survey,
  fields: readonly FieldItems[],
  k: number,
): { readonly texts: readonly ReviewFile[] } | { readonly faults: readonly TextFault[] } {
  const faults = fields.flatMap(({ field, items }) => {
    const wrong = items.flatMap(({ decision, answer, instead }, place) => {
      const { problem } = readDecision(decision, answer, instead);
      if (problem === undefined) return [];
      const said = decision === '' ? 'say whether it may leave' : problem;
      return [{ href: `#${nameOfBox('decision', field, place + 1)}`, text: `${field}, item ${place + 1}: ${said}` }];
    });
    const approved = items.filter(({ decision }) => decision === 'yes').length;
    if (wrong.length > 0 || approved === 0 || approved >= k) return wrong;
    const text = `At least ${k} of the answers to ${field} leave, or none: say no to all of them, or leave ${field} out`;
    return [{ href: `#${nameOfBox('decision', field, 1)}`, text }];
  });
  if (faults.length > 0) return { faults };
  const leaving = fields.filter(({ items }) => items.some(({ decision }) => decision === 'yes'));
  return { texts: leaving.map(({ field, items }) => ({ name: field, text: writeDecided(survey, field, items) })) };
}
