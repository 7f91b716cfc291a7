/** Every message of an event as somebody made up would get it, to look at before anybody real does. */
import type { Message } from '../../mail/message.ts';
import type { Words } from '../../web/words.ts';
import { endOf, linkUntil, offerUntil, type State } from '../booking.ts';
import { type Event, hasSessions, type Session } from '../event.ts';
import { aboutData, messageOf, type News } from '../messages.ts';

interface Preview {
  readonly id: string;
  readonly title: string;
  readonly news: News | 'data';
  readonly state: State;
  /** Only where people have seats. */
  readonly seats?: true;
}

const PREVIEWS: readonly Preview[] = [
  { id: 'confirm', title: 'To whoever has filled in the form', news: 'confirm', state: 'held' },
  {
    id: 'confirm-waiting',
    title: 'To whoever has filled in the form where no seat is held',
    news: 'confirm',
    state: 'waiting',
    seats: true,
  },
  { id: 'again', title: 'To whoever fills in the form a second time', news: 'again', state: 'booked' },
  { id: 'booked', title: 'To whoever has confirmed', news: 'booked', state: 'booked' },
  { id: 'waiting', title: 'To whoever waits', news: 'waiting', state: 'waiting', seats: true },
  { id: 'offer', title: 'A place has become free', news: 'offer', state: 'offered', seats: true },
  { id: 'offer-over', title: 'A place was not taken in time', news: 'offerOver', state: 'lapsed', seats: true },
  { id: 'reminder', title: 'Before it begins', news: 'reminder', state: 'booked', seats: true },
  { id: 'moved', title: 'Somebody has another time', news: 'moved', state: 'booked', seats: true },
  { id: 'changed', title: 'The time, place or link has changed', news: 'changed', state: 'booked', seats: true },
  {
    id: 'changed-offer',
    title: 'It has changed while a place is kept for somebody',
    news: 'changed',
    state: 'offered',
    seats: true,
  },
  { id: 'cancelled', title: 'Somebody has cancelled', news: 'cancelled', state: 'cancelled' },
  { id: 'called-off', title: 'It is called off', news: 'calledOff', state: 'cancelled' },
  { id: 'note', title: 'You write to people', news: 'note', state: 'booked' },
  { id: 'your-data', title: 'To whoever asks what is kept about them', news: 'data', state: 'booked' },
];

/** The messages that people of an event can get. */
export const previewsOf = ({ kind }: Pick<Event, 'kind'>): readonly Preview[] =>
  PREVIEWS.filter(({ seats }) => !seats || hasSessions(kind));

/** What stands in the place of what organisers write. */
const WORDS = 'Here stands what you write.';

export interface Setting {
  readonly event: Event;
  readonly sessions: readonly Session[];
  readonly language: string;
  readonly t: Words;
  readonly now: Date;
  readonly site: URL;
  /** What organisers write. */
  readonly words?: string;
}

/** A message to somebody made up, about the event as it is and the next of its times, or a made-up one. */
export function previewOf({ news, state }: Pick<Preview, 'news' | 'state'>, setting: Setting): Message {
  const { event, sessions, words = WORDS, ...scene } = setting;
  const { now, site } = scene;
  if (news === 'data') return aboutData({ ...scene, link: new URL('/your-data/made-up', site), until: linkUntil(now) });
  const session = hasSessions(event.kind) ? nextOf(sessions, now) : undefined;
  const isKept = state === 'offered' && session !== undefined;
  return messageOf(news, {
    ...scene,
    event,
    session,
    words,
    booking: {
      id: 'made-up',
      name: 'Ada Example (made up)',
      sequence: 0,
      confirmed: news === 'confirm' ? 0 : 1,
      state,
    },
    link: new URL(news === 'offerOver' ? `/take-part/${event.id}` : '/bookings/made-up', site),
    until: isKept ? offerUntil(now, session.startsAt) : endOf(linkUntil(now).toISOString(), session),
  });
}

const WEEK = 7 * 24 * 3_600_000;

const nextOf = (sessions: readonly Session[], now: Date): Session =>
  sessions.find(({ status, startsAt }) => status === 'planned' && startsAt > now) ?? {
    id: 'made-up',
    startsAt: new Date(Math.ceil((now.getTime() + WEEK) / 3_600_000) * 3_600_000),
    minutes: 60,
    capacity: 1,
    host: '',
    place: '',
    status: 'planned',
  };
