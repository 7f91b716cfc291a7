/** How one's own booking stands, in words, and what can be done about it. */
import { canMove, endOf } from '../booking.ts';
import { type Event, hasSessions, type Session } from '../event.ts';
import type { BookingRow } from '../letters/store.ts';
import type { Language } from '../take-part/view.ts';
import { showDeadline, showSpan } from '../wall-time.ts';

type Booking = Pick<BookingRow, 'state' | 'confirmed' | 'until' | 'name' | 'organisation'>;

export function viewBooking(
  booking: Booking,
  { kind, about }: Pick<Event, 'kind' | 'about'>,
  session: Session | undefined,
  now: Date,
  { lang, t }: Language,
) {
  const until = endOf(booking.until, session);
  // What is over and has not been looked at yet.
  const state = until && until <= now ? 'lapsed' : booking.state;
  const isPast = session !== undefined && session.startsAt <= now;
  const isBooked = state === 'booked' && !isPast;
  return {
    event: about.title,
    when: session && showSpan(session.startsAt, session.minutes, lang),
    host: session?.host && t('takePart.with', { host: session.host }),
    place: session?.place || about.place,
    link: isBooked ? about.link : '',
    // Organisers may have written how to dial in, and not an address.
    joinsAt: isBooked && /^https?:\/\//.test(about.link) && URL.canParse(about.link) ? about.link : undefined,
    name: booking.name,
    organisation: booking.organisation,
    standing: t(`takePart.${wordsFor(state, booking.confirmed === 1, hasSessions(kind), isPast)}`, {
      until: until ? showDeadline(until, now, lang) : '',
    }),
    canConfirm: state === 'held' || (state === 'waiting' && booking.confirmed === 0),
    canDecide: state === 'offered',
    canCancel: isBooked || (state === 'waiting' && !isPast) || state === 'held',
    canMove: session !== undefined && !isPast && canMove({ ...booking, state }),
    waits: state === 'waiting',
    hasCalendar: isBooked && session !== undefined,
    isOver: state === 'lapsed' || state === 'cancelled',
    isList: !hasSessions(kind),
  };
}

function wordsFor(state: Booking['state'], confirmed: boolean, seats: boolean, isPast: boolean): string {
  switch (state) {
    case 'held':
      return seats ? 'stateHeld' : 'stateHeldList';
    case 'waiting':
      if (isPast) return 'statePast';
      return confirmed ? 'stateWaiting' : 'stateWaitingNot';
    case 'offered':
      return 'stateOffered';
    case 'booked':
      return isPast ? 'statePast' : seats ? 'stateBooked' : 'stateBookedList';
    case 'cancelled':
      return 'stateCancelled';
    case 'lapsed':
      return isPast ? 'statePast' : 'stateLapsed';
  }
}
