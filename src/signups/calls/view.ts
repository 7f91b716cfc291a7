/** What to tell people by phone, in words. */
import type { Words } from '../../web/words.ts';
import { ACTIVE, endOf, readAnswers } from '../booking.ts';
import type { Event, Session } from '../event.ts';
import type { BookingRow } from '../letters/store.ts';
import { factsOf } from '../messages.ts';
import { showDeadline } from '../wall-time.ts';
import type { Call } from './store.ts';

type PhoneNews = 'changed' | 'calledOff' | 'offer' | 'offerOver' | 'note';

const TITLES: Readonly<Record<PhoneNews, string>> = {
  changed: 'Changed',
  calledOff: 'Called off',
  offer: 'A place is free',
  offerOver: 'No longer kept for them',
  note: 'From the organisers',
};

const SAYINGS: Readonly<Record<Exclude<PhoneNews, 'note'>, (until: string) => string>> = {
  changed: () => 'Something has changed. This is how it stands now.',
  calledOff: () => 'We are sorry: this will not take place.',
  offer: (until) =>
    `A place has become free and is kept for them until ${until}. Ask whether they want it, and take it for them on their page.`,
  offerOver: () => 'The place that was kept for them has been passed on, because they had not taken it by then.',
};

/** Whether those who have no mailbox are phoned about it. Of what is arranged on the phone itself they know. */
export const isForPhone = (news: string): news is PhoneNews => Object.hasOwn(TITLES, news);

/** Calls in words, but for those of no use any more: their time has begun, or other news came after them. */
export function viewCalls(
  calls: readonly Call[],
  event: Event,
  sessions: readonly Session[],
  now: Date,
  t: Words,
): CallView[] {
  return calls.flatMap((call) => {
    const session = sessions.find(({ id }) => id === call.of.session);
    return isForPhone(call.news) && isOfUse(call.news, call.of, session, now)
      ? [viewCall(call, call.news, event, session, now, t)]
      : [];
  });
}

type CallView = ReturnType<typeof viewCall>;

function viewCall(call: Call, news: PhoneNews, event: Event, session: Session | undefined, now: Date, t: Words) {
  const { of, letter, round, told, words } = call;
  const until = endOf(of.until, session);
  const isComing = of.state === 'booked' && news !== 'note';
  return {
    booking: of.id,
    news,
    letter,
    round,
    told: told === 1,
    title: TITLES[news],
    name: of.name,
    organisation: of.organisation,
    phone: readAnswers(of.answers).phone ?? '',
    address: `/staff/events/${event.id}/participants/${of.id}`,
    facts: factsOf({ event, session, language: 'en', t }, isComing).split('\n'),
    say: (news === 'note' ? words : SAYINGS[news](until ? showDeadline(until, now) : '')).split('\n'),
  };
}

function isOfUse(news: PhoneNews, { state, until }: BookingRow, session: Session | undefined, now: Date): boolean {
  if (session && session.startsAt <= now) return false;
  switch (news) {
    case 'changed':
      return state === 'booked' || state === 'offered';
    case 'calledOff':
      return state === 'cancelled';
    case 'offer':
      return state === 'offered' && until !== null && new Date(until) > now;
    case 'offerOver':
      return state === 'lapsed';
    case 'note':
      return ACTIVE.some((each) => each === state);
  }
}
