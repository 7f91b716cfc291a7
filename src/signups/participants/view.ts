/** Who takes part, in words and as a file. */
import { stringify } from 'csv-stringify/sync';
import { guardCell } from '../../accounts/audit/csv.ts';
import { readAnswers, type State } from '../booking.ts';
import type { Ask, Event } from '../event.ts';
import type { BookingRow } from '../letters/store.ts';
import type { Standing } from '../store.ts';
import { showSpan, wallTimeOf } from '../wall-time.ts';

const STATE_NAMES: Readonly<Record<State, string>> = {
  held: 'Held, not confirmed',
  waiting: 'Waiting',
  offered: 'Offered a seat',
  booked: 'Booked',
  cancelled: 'Cancelled',
  lapsed: 'Ended without a seat',
};

const ASK_NAMES: Readonly<Record<Ask, string>> = {
  access: 'Access needs',
  times: 'Times that suit',
  stage: 'Describes itself as',
  phone: 'Phone',
  message: 'Message',
};

/** What admins call somebody; a seat may be held for nobody, because a mailbox was typed that has one. */
export const nameOf = ({ name }: Pick<BookingRow, 'name'>): string => name || 'Held for nobody';

export function viewParticipant(row: BookingRow, sessions: readonly Standing[]) {
  const session = sessions.find(({ id }) => id === row.session);
  const answers = readAnswers(row.answers);
  return {
    id: row.id,
    address: `/staff/events/${row.event}/participants/${row.id}`,
    name: nameOf(row),
    isNobody: row.name === '',
    organisation: row.organisation,
    email: row.email ?? '',
    phone: answers.phone ?? '',
    needs: answers.access ?? '',
    when: session && showSpan(session.startsAt, session.minutes),
    session: row.session,
    state: row.state,
    standing: row.state === 'waiting' && row.confirmed === 0 ? 'Waiting, not confirmed' : STATE_NAMES[row.state],
    attended: row.attended,
    note: row.note,
    answers: Object.entries(ASK_NAMES).flatMap(([ask, label]) => {
      const answer = answers[ask];
      return answer ? [{ label, answer }] : [];
    }),
  };
}

/** What will happen where the booking is ended for somebody, in sentences. */
export function tellEnd({ state, session, email, isNobody }: ReturnType<typeof viewParticipant>): string {
  const told = isNobody
    ? 'Nobody is written to.'
    : email === ''
      ? 'They have no mailbox: tell them yourself.'
      : state === 'booked'
        ? 'They are written to.'
        : 'They are not written to: they were not booked.';
  const place =
    state === 'waiting'
      ? 'They lose their place in the waiting list.'
      : session === null
        ? 'They are taken off the list.'
        : 'The seat is offered to whoever waits next; where nobody does, it is free for anybody.';
  return `${told} ${place} This cannot be undone.`;
}

/** Who comes first on a list, then who waits, then who does not come. */
const ORDER: readonly State[] = ['booked', 'offered', 'held', 'waiting', 'cancelled', 'lapsed'];

/** What participants can be sorted by in one list. */
export const IN_ONE_LIST = {
  state: {
    text: 'state',
    ways: ['booked first', 'booked last'],
    of: (row: BookingRow) => `${ORDER.indexOf(row.state)} ${nameOf(row)}`,
  },
  name: { text: 'name', of: nameOf },
  organisation: { text: 'organisation', of: ({ organisation }: BookingRow) => organisation },
} as const;

/** Of an event with times at first under these, which have their order; who comes to one stands by state. */
export const UNDER_TIMES = {
  time: { text: 'time', ways: ['earliest first', 'latest first'], of: () => 0 },
  ...IN_ONE_LIST,
} as const;

interface Group {
  readonly title: string;
  /** Where is noted who came, once that can be said. */
  readonly came: string | undefined;
  /** Whether they are of several times, so that each is shown with theirs. */
  readonly mixed: boolean;
  readonly people: readonly ReturnType<typeof viewParticipant>[];
}

/** Participants in the order they come in, in one list. */
export function viewInOneList(rows: readonly BookingRow[], sessions: readonly Standing[]): Group[] {
  const people = rows.map((row) => viewParticipant(row, sessions));
  return people.length === 0 ? [] : [{ title: 'On the list', came: undefined, mixed: true, people }];
}

/** Participants by time, the earliest first. */
export function viewByTime(
  rows: readonly BookingRow[],
  event: Pick<Event, 'id'>,
  sessions: readonly Standing[],
  now: Date,
): Group[] {
  const sorted = rows.toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
  const groupOf = (id: string | null, session?: Standing) => ({
    title: session
      ? [showSpan(session.startsAt, session.minutes), session.host].filter(Boolean).join(', ')
      : 'On the list',
    // Who came can be said once it has begun.
    came: session && session.startsAt <= now ? `/staff/events/${event.id}/sessions/${session.id}/came` : undefined,
    mixed: false,
    people: sorted.filter((row) => row.session === id).map((row) => viewParticipant(row, sessions)),
  });
  return [...sessions.map((session) => groupOf(session.id, session)), groupOf(null)].filter(
    ({ people }) => people.length > 0,
  );
}

/** What people need so that they can take part, of those who come: each need once, with how many wrote the same. */
export function sumUpNeeds(rows: readonly BookingRow[]): { readonly need: string; readonly people: number }[] {
  const needs = new Map<string, number>();
  for (const row of rows) {
    if (row.state !== 'booked' && row.state !== 'offered' && row.state !== 'held') continue;
    const need = readAnswers(row.answers).access;
    if (need) needs.set(need, (needs.get(need) ?? 0) + 1);
  }
  return [...needs].map(([need, people]) => ({ need, people }));
}

/** The list as a file for a spreadsheet; no text in it can be run by one. Times are of Europe/London. */
export function participantsCsv(rows: readonly BookingRow[], sessions: readonly Standing[]): string {
  const lines = rows.map((row) => {
    const session = sessions.find(({ id }) => id === row.session);
    const wall = session && wallTimeOf(session.startsAt);
    const answers = readAnswers(row.answers);
    return [
      wall?.day ?? '',
      wall?.time ?? '',
      session?.host ?? '',
      row.state,
      row.confirmed === 1 ? 'yes' : 'no',
      row.attended === null ? '' : row.attended === 1 ? 'yes' : 'no',
      row.name,
      row.organisation,
      row.email ?? '',
      ...Object.keys(ASK_NAMES).map((ask) => answers[ask] ?? ''),
      row.note,
    ].map(guardCell);
  });
  const columns = ['day', 'time', 'host', 'state', 'confirmed', 'attended', 'name', 'organisation', 'email'];
  return stringify([[...columns, ...Object.keys(ASK_NAMES), 'note'], ...lines], { record_delimiter: '\r\n' });
}
