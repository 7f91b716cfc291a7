/** The form in which an admin notes who came to a session. */
import type { Form } from '../../web/forms.ts';

export type Came = 0 | 1 | null;

const WORDS = { yes: 1, no: 0, unknown: null } as const satisfies Record<string, Came>;

const isWord = (typed: unknown): typed is keyof typeof WORDS =>
  typeof typed === 'string' && Object.hasOwn(WORDS, typed);

/** The choice that stands for it. */
export const wordOf = (came: Came): string => (came === null ? 'unknown' : came === 1 ? 'yes' : 'no');

/** What is noted of somebody, and how it stood on the page. */
export interface Mark {
  readonly booking: string;
  readonly was: Came;
  readonly came: Came;
}

/** What the form says of each of these people; of whom it says nothing, nothing is noted. */
export function readMarks(form: Form, bookings: readonly string[]): Mark[] {
  return bookings.flatMap((booking) => {
    const [was, came] = [form[`was-${booking}`], form[`came-${booking}`]];
    return isWord(was) && isWord(came) ? [{ booking, was: WORDS[was], came: WORDS[came] }] : [];
  });
}
