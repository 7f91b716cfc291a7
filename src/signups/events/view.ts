/** Events for admins, in words. */
import { showMoment } from '../../accounts/times.ts';
import { showDay } from '../../questionnaire/days.ts';
import { offerUntil, SEATED } from '../booking.ts';
import type { Counts } from '../bookings/store.ts';
import { type Event, type EventStatus, hasSessions, type Kind, type Session } from '../event.ts';
import type { BookingRow } from '../letters/store.ts';
import { nameOf } from '../participants/view.ts';
import type { Standing } from '../store.ts';
import { showSpan, wallTimeOf } from '../wall-time.ts';

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  workshop: 'Workshop',
  interview: 'Interviews',
  collaboration: 'Working together',
  results: 'Send the results',
};

const STATUS_NAMES = { draft: 'Draft', open: 'Open', closed: 'Closed', cancelled: 'Called off' } as const;

/** Comes behind every day. */
const NEVER = '9999';

export function viewEvent(event: Event, sessions: readonly Standing[], counts: Counts, now: Date) {
  const { id, kind, status, about, keepUntil } = event;
  const planned = sessions.filter((session) => session.status === 'planned');
  const next = planned.find(({ startsAt }) => startsAt > now);
  const seats = hasSessions(kind);
  return {
    id,
    title: about.title,
    kind: KIND_NAMES[kind],
    address: `/staff/events/${id}`,
    public: `/take-part/${id}`,
    status,
    standing: STATUS_NAMES[status],
    next: next?.startsAt.toISOString() ?? NEVER,
    nextWords: next ? showSpan(next.startsAt, next.minutes) : undefined,
    times: planned.map((session) => ({
      ...wallTimeOf(session.startsAt),
      taken: session.taken,
      capacity: session.capacity,
    })),
    booked: (counts.booked ?? 0) + (counts.held ?? 0) + (counts.offered ?? 0),
    held: counts.held ?? 0,
    seats: seats ? planned.reduce((sum, { capacity }) => sum + capacity, 0) : undefined,
    waiting: counts.waiting ?? 0,
    cancelled: counts.cancelled ?? 0,
    attended: counts.attended ?? 0,
    needsTimes: seats && next === undefined,
    hasSessions: seats,
    add: kind === 'interview' ? 'Add slots' : 'Add a time',
    keepUntil: showDay(keepUntil),
  };
}

type EventView = ReturnType<typeof viewEvent>;

const STATES: readonly EventStatus[] = ['open', 'draft', 'closed', 'cancelled'];

/** What the list of events can be sorted by; those without a time to come stand behind the others. */
export const EVENTS_BY = {
  date: { text: 'date', ways: ['soonest first', 'soonest last'], of: ({ next }: EventView) => next },
  title: { text: 'title', of: ({ title }: EventView) => title },
  state: {
    text: 'state',
    ways: ['open first', 'open last'],
    of: ({ status, next }: EventView) => `${STATES.indexOf(status)} ${next}`,
  },
} as const;

/** @param people who may be named beside the time that they have a seat of */
export function viewSession(session: Standing, { id }: Pick<Event, 'id'>, now: Date, people: readonly BookingRow[]) {
  const { startsAt, minutes, capacity, taken, waiting, host, place, status } = session;
  return {
    id: session.id,
    address: `/staff/events/${id}/sessions/${session.id}`,
    when: showSpan(startsAt, minutes),
    moment: showMoment(startsAt),
    host,
    place,
    capacity,
    taken,
    waiting,
    people: people
      .filter((row) => row.session === session.id && SEATED.some((state) => state === row.state))
      .map((row) => ({ name: nameOf(row), address: `/staff/events/${id}/participants/${row.id}` })),
    planned: status === 'planned',
    past: startsAt <= now,
    why: waiting > 0 ? whyNobodyIsOffered(session, now) : undefined,
  };
}

/** Why those who wait have not been offered a seat, as a sentence. */
function whyNobodyIsOffered({ startsAt, capacity, taken, status }: Session & Standing, now: Date): string {
  if (status === 'cancelled') return 'It has been called off.';
  if (taken >= capacity) return 'All seats are taken, held for a mailbox to answer, or offered to somebody.';
  if (!offerUntil(now, startsAt))
    return 'It begins too soon for anybody to answer an offer: free seats go to whoever comes to the page.';
  return 'Those who wait have not confirmed from their mailbox yet.';
}
