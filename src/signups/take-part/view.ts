/** An event and its sessions in words. */
import type { Words } from '../../web/words.ts';
import type { Event } from '../event.ts';
import type { BookingRow } from '../letters/store.ts';
import type { Standing } from '../store.ts';
import { showSpan } from '../wall-time.ts';

export interface Language {
  readonly lang: string;
  readonly t: Words;
}

/** @param showDay writes a day in this language */
export function viewEvent({ id, kind, about }: Event, { t }: Language, showDay: (day: string) => string) {
  const { title, summary, place, meantFor, closesOn, asks, stages, consent } = about;
  return {
    address: `/take-part/${id}`,
    kind: t(`takePart.${kind}`),
    title,
    summary,
    place: place && t('takePart.where', { place }),
    meantFor: meantFor && t('takePart.meantFor', { who: meantFor }),
    closes: closesOn && t('takePart.closes', { day: showDay(closesOn) }),
    asks,
    stages,
    consent,
  };
}

/** So many seats are few, where there were more. */
const FEW = 3;

/** The sessions that are still to come. How many seats are left is told in words: nobody can watch a single booking come. */
export function viewSessions(sessions: readonly Standing[], now: Date, { lang, t }: Language) {
  return sessions
    .filter(({ status, startsAt }) => status === 'planned' && startsAt > now)
    .map(({ id, startsAt, minutes, capacity, taken, host, place }) => {
      // What is free while somebody waits is for whoever comes: it is too late to offer it, or their mailbox never answered.
      const left = Math.max(0, capacity - taken);
      const words = left === 0 ? 'full' : capacity === 1 ? 'freeOne' : left <= FEW && left < capacity ? 'few' : 'free';
      return {
        id,
        when: showSpan(startsAt, minutes, lang),
        iso: startsAt.toISOString(),
        host: host && t('takePart.with', { host }),
        place,
        full: left === 0,
        left: t(`takePart.${words}`),
      };
    });
}

/** Those of them that somebody who may move can take: whoever waits, a free seat of their own time too. */
export function viewOthers(
  { state, session }: Pick<BookingRow, 'state' | 'session'>,
  sessions: readonly Standing[],
  now: Date,
  language: Language,
) {
  return viewSessions(sessions, now, language).filter(
    ({ id, full }) => !full && (state === 'waiting' || id !== session),
  );
}
