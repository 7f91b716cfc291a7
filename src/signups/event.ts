/** What people can sign up for. */
import { z } from 'zod';

export const KINDS = ['workshop', 'interview', 'collaboration', 'results'] as const;
export type Kind = (typeof KINDS)[number];

/** Those that take place at a time, with seats; the others are a list of who would like to hear. */
export const hasSessions = (kind: Kind): boolean => kind === 'workshop' || kind === 'interview';

/** What else can be asked beside name, organisation and e-mail address. */
export const ASKS = ['access', 'times', 'stage', 'phone', 'message'] as const;
export type Ask = (typeof ASKS)[number];

const words = (max: number) => z.string().max(max);
const day = z.iso.date();

/** What is said of an event and what is asked, as it is kept. */
export const aboutSchema = z.strictObject({
  title: words(200).min(1),
  /** Markdown, of the small kind that questionnaires have. */
  summary: words(4000),
  /** Where, unless a session says otherwise. */
  place: words(500),
  /** For taking part from afar; told to those only who have a seat. */
  link: words(500),
  /** Who it is meant for, in a sentence. */
  meantFor: words(500),
  asks: z.array(z.enum(ASKS)),
  /** The choices of "which describes you best", asked afresh: nothing comes over from a questionnaire. */
  stages: z.array(words(200)),
  consent: words(4000).min(1),
  /** First and last day of signing up; either may be left out. */
  opensOn: day.optional(),
  closesOn: day.optional(),
  /** How many hours before a session people are reminded. */
  remind: z.array(z.int().min(1).max(336)).max(3),
});
export type About = z.infer<typeof aboutSchema>;

export type EventStatus = 'draft' | 'open' | 'closed' | 'cancelled';

export interface Event {
  readonly id: string;
  readonly kind: Kind;
  readonly status: EventStatus;
  readonly revision: number;
  readonly about: About;
  readonly keepUntil: string;
}

/** One time that an event takes place, or one slot of an interviewer. */
export interface Session {
  readonly id: string;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly capacity: number;
  readonly host: string;
  /** Where, in place of the event's; empty where that holds. */
  readonly place: string;
  readonly status: 'planned' | 'cancelled';
}

/** Whether people may sign up on a day: `2027-03-31`. After the day on which contact details go, none may come. */
export function isOpen(
  { status, about, keepUntil }: Pick<Event, 'status' | 'about' | 'keepUntil'>,
  today: string,
): boolean {
  const { opensOn = today, closesOn = today } = about;
  return status === 'open' && opensOn <= today && today <= closesOn && today <= keepUntil;
}

/** Whether whoever comes to a session has to go, or to join, elsewhere. */
export const isElsewhere = (before: About, about: About, session: Pick<Session, 'place'>): boolean =>
  before.link !== about.link || (session.place === '' && before.place !== about.place);
