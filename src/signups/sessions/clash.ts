/** An interviewer cannot be in two interviews at once. */
import type { Session } from '../event.ts';
import { showSpan } from '../wall-time.ts';
import type { Slot } from './store.ts';

/** An interview, with whose it is. */
export interface Interview extends Session {
  readonly event: string;
  readonly title: string;
}

/** A slot that is asked for, and the interview that its interviewer has at that time. */
export interface Clash {
  readonly slot: Slot;
  readonly taken: Interview;
}

/** The first of the slots whose interviewer has another interview then. Of those that name nobody nothing is known. */
export function clashOf(slots: readonly Slot[], interviews: readonly Interview[]): Clash | undefined {
  for (const slot of slots) {
    const name = sameHowever(slot.host);
    const taken = interviews.find((other) => sameHowever(other.host) === name && overlap(slot, other));
    if (name !== '' && taken) return { slot, taken };
  }
  return undefined;
}

/** Which two times these are, and what to do. @param event the one whose slot it is */
export function tellClash({ slot, taken }: Clash, event: string): string {
  const [asked, other] = [slot, taken].map(({ startsAt, minutes }) => showSpan(startsAt, minutes));
  const whose = taken.event === event ? 'this event has already' : `“${taken.title}” has already`;
  return `${slot.host} cannot be in two interviews at once: ${asked} overlaps with ${other}, which ${whose}. Choose another time or another interviewer, or change the other one first`;
}

type Span = Pick<Session, 'startsAt' | 'minutes'>;

const endOf = ({ startsAt, minutes }: Span): number => startsAt.getTime() + minutes * 60_000;

/** Whether two have a moment in common: one may begin when the other ends. */
const overlap = (one: Span, other: Span): boolean =>
  one.startsAt.getTime() < endOf(other) && other.startsAt.getTime() < endOf(one);

/** A name as it is compared: people type it in capitals one day and with two blanks on another. */
const sameHowever = (name: string): string => name.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
