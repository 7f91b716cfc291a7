/** Calendar files (RFC 5545) for one session, and for all of them. */

import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { Event, Session } from './event.ts';
import { wallTimeOf, ZONE } from './wall-time.ts';

/** Europe/London since 1996, as a calendar that has never heard of it needs to be told (RFC 5545, 3.6.5). */
const LONDON = `BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`;

/** One entry of a calendar. */
export interface Entry {
  /** The same in each file about the same thing, whatever time it has: so a later file moves it. */
  readonly uid: string;
  /** Grows with each. */
  readonly sequence: number;
  readonly event: Pick<Event, 'about'>;
  readonly session: Session;
  /** Goes with it, such as the link to one's booking. */
  readonly notes: string;
}

/** What goes with an entry of one's own: the link to join, which those have who have a seat, and one's own page. */
export const ownNotes = ({ about }: Pick<Event, 'about'>, page: URL): string =>
  [about.link, page.href].filter(Boolean).join('\n');

/** A calendar file. @param method `CANCEL` takes out what an earlier file put in */
export function calendarOf(
  entries: readonly Entry[],
  {
    site,
    now,
    method,
    name,
  }: { readonly site: URL; readonly now: Date; readonly method?: 'PUBLISH' | 'CANCEL'; readonly name?: string },
): string {
  const calendar = ical({ prodId: { company: 'Soundings', product: 'Soundings', language: 'EN' } });
  // Named on each entry and not on the calendar, which would write DTSTAMP in it too, where only UTC is allowed.
  calendar.timezone({ name: null, generator: () => LONDON });
  if (name !== undefined) calendar.name(name);
  calendar.method(method === 'CANCEL' ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH);
  for (const { uid, sequence, event, session, notes } of entries) {
    const gone = method === 'CANCEL' || session.status === 'cancelled';
    calendar.createEvent({
      id: `${uid}@${site.hostname}`,
      sequence,
      stamp: now,
      start: onTheWall(session.startsAt),
      end: onTheWall(new Date(session.startsAt.getTime() + session.minutes * 60_000)),
      // A zone cannot say which of two it means where a time comes twice: calendars disagree, so that one is in UTC.
      timezone: wallTimeOf(session.startsAt).which === undefined ? ZONE : null,
      summary: event.about.title,
      location: session.place || event.about.place || null,
      description: notes,
      status: gone ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}

/** A plain Date would be written in the server's own zone. */
const onTheWall = (moment: Date) => Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(ZONE);
