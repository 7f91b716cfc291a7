/** What people who sign up are written: as text, from which the mail's HTML is made. */
import type { Message } from '../mail/message.ts';
import type { Words } from '../web/words.ts';
import type { State } from './booking.ts';
import { calendarOf, ownNotes } from './calendar.ts';
import { type Event, hasSessions, type Session } from './event.ts';
import { showDeadline, showSpan } from './wall-time.ts';

/** What happened, as far as it is written about. */
export type News =
  | 'confirm'
  | 'again'
  | 'booked'
  | 'waiting'
  | 'offer'
  | 'offerOver'
  | 'cancelled'
  | 'moved'
  | 'changed'
  | 'calledOff'
  | 'reminder'
  | 'note';

export interface Scene {
  readonly event: Event;
  /** Where the event has any. */
  readonly session: Session | undefined;
  readonly booking: {
    readonly id: string;
    readonly name: string;
    readonly sequence: number;
    readonly confirmed: 0 | 1;
    readonly state: State;
  };
  /** The page of the booking, or of the event where there is none any more. */
  readonly link: URL;
  /** By when something has to be done. */
  readonly until?: Date | undefined;
  /** Of the organisers, for a note. */
  readonly words?: string;
  readonly language: string;
  readonly t: Words;
  readonly now: Date;
  readonly site: URL;
}

/**
 * The message that tells somebody of news. Its text is our own but for titles and what organisers wrote, and the name of
 * whoever has answered from the mailbox: before that, a stranger may have typed "Hello www.example.org" to somebody else.
 */
export function messageOf(news: News, scene: Scene): Message {
  const { event, booking, t } = scene;
  const greeting = booking.confirmed === 1 ? t('mail.greeting', { name: booking.name }) : t('mail.greetingUnknown');
  const paragraphs = [greeting, ...bodyOf(news, scene)];
  const calendar = calendarFor(news, scene);
  return {
    subject: t(`mail.${news}Subject`, { title: oneLine(event.about.title) }),
    language: scene.language,
    text: `${paragraphs.join('\n\n')}\n`,
    ...(calendar && { calendar }),
  };
}

function bodyOf(news: News, scene: Scene): string[] {
  const { event, booking, t, link, until, now, language } = scene;
  const day = { until: until ? showDeadline(until, now, language) : '' };
  const facts = [factsOf(scene, booking.state === 'booked' && news !== 'again' && news !== 'note')];
  const page = [t('mail.yourPage'), link.href];
  switch (news) {
    case 'confirm': {
      const what = !hasSessions(event.kind)
        ? 'confirmList'
        : booking.state === 'held'
          ? 'confirmSeat'
          : 'confirmWaiting';
      return [...facts, t(`mail.${what}`, day), link.href, t('mail.notYou')];
    }
    case 'again':
      return [...facts, t('mail.again'), link.href];
    case 'booked':
      return [t(hasSessions(event.kind) ? 'mail.booked' : 'mail.bookedList'), ...facts, ...page];
    case 'offer':
      return [t('mail.offer', day), link.href, ...facts, t('mail.offerNext')];
    case 'offerOver':
      return [t('mail.offerOver'), link.href, ...facts];
    case 'cancelled':
      return [...facts, t(hasSessions(event.kind) ? 'mail.cancelled' : 'mail.cancelledList')];
    case 'calledOff':
      return [...facts, t('mail.calledOff')];
    case 'note':
      return [...facts, scene.words ?? '', ...page];
    case 'changed':
      if (booking.state === 'offered') return [t('mail.changedOffer', day), link.href, ...facts];
      return [t('mail.changed'), ...facts, ...page];
    case 'waiting':
    case 'moved':
    case 'reminder':
      return [t(`mail.${news}`), ...facts, ...page];
  }
}

/** What, when, with whom and where, each on a line. @param withLink for those only who have a seat */
export function factsOf(
  { event, session, language, t }: Pick<Scene, 'event' | 'session' | 'language' | 't'>,
  withLink: boolean,
): string {
  const { title, place, link } = event.about;
  const where = session?.place || place;
  const lines = [
    title,
    session && showSpan(session.startsAt, session.minutes, language),
    session?.host && t('mail.with', { host: session.host }),
    where && t('mail.where', { place: where }),
    withLink && link && t('mail.join', { link }),
  ];
  return lines.filter(Boolean).join('\n');
}

/** The message that carries the link to all that is kept under a mailbox. */
export function aboutData({
  link,
  until,
  now,
  language,
  t,
}: Pick<Scene, 'link' | 'now' | 'language' | 't'> & { until: Date }): Message {
  const paragraphs = [t('mail.data', { until: showDeadline(until, now, language) }), link.href, t('mail.dataNotYou')];
  return { subject: t('mail.dataSubject'), language, text: `${paragraphs.join('\n\n')}\n` };
}

const PUBLISHED: ReadonlySet<News> = new Set(['booked', 'moved', 'changed']);
const TAKEN_OUT: ReadonlySet<News> = new Set(['cancelled', 'calledOff']);

function calendarFor(news: News, { event, session, booking, link, now, site }: Scene): Message['calendar'] | undefined {
  const isBooked = booking.state === 'booked';
  const method = isBooked && PUBLISHED.has(news) ? 'PUBLISH' : TAKEN_OUT.has(news) ? 'CANCEL' : undefined;
  if (!session || !method) return undefined;
  const notes = method === 'PUBLISH' ? ownNotes(event, link) : '';
  const entry = { uid: booking.id, sequence: booking.sequence, event, session, notes };
  // To the day: the moment would be that of a sign-up, and stay wherever the message does.
  const today = new Date(now.toISOString().slice(0, 10));
  return { method, text: calendarOf([entry], { site, now: today, method }) };
}

/** A line break would end the subject and begin a header. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 100);
