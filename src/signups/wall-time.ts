/**
 * Times as people in the United Kingdom write and read them. In storage a moment is UTC; on the wall it is Europe/London,
 * where one hour of March does not exist and one of October comes twice. Worked out by Temporal, whatever zone the server
 * is in.
 */
import { Temporal } from 'temporal-polyfill';

export const ZONE = 'Europe/London';

/** Which of the two, where a time comes twice: before the clocks go back, or after. */
export const TWICE = ['earlier', 'later'] as const;
export type Twice = (typeof TWICE)[number];

export type WallTime =
  | { readonly moment: Date }
  /** There is no such day or time, the clocks skip it, or it comes twice and nobody has said which is meant. */
  | { readonly problem: 'malformed' | 'skipped' | 'twice' };

/** The moment of a day (`2027-03-31`) and a time (`14:30`) on the wall. */
export function readWallTime(day: string, time: string, which?: Twice): WallTime {
  let plain: Temporal.PlainDateTime;
  try {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{2}:\d{2}$/.test(time)) return { problem: 'malformed' };
    plain = Temporal.PlainDateTime.from(`${day}T${time}`, { overflow: 'reject' });
  } catch {
    return { problem: 'malformed' };
  }
  const [earlier, later] = TWICE.map((disambiguation) => plain.toZonedDateTime(ZONE, { disambiguation }));
  if (!earlier || !later) return { problem: 'malformed' };
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { moment: momentOf(earlier) };
  // Of a time that is skipped both readings are another time on the wall.
  if (!earlier.toPlainDateTime().equals(plain)) return { problem: 'skipped' };
  if (which === undefined) return { problem: 'twice' };
  return { moment: momentOf(which === 'earlier' ? earlier : later) };
}

const momentOf = (zoned: Temporal.ZonedDateTime): Date => new Date(zoned.epochMilliseconds);

/** The day and the time on the wall, as a form's boxes hold them, and which of two where it comes twice. */
export function wallTimeOf(moment: Date): { readonly day: string; readonly time: string; readonly which?: Twice } {
  const zoned = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(ZONE);
  const day = zoned.toPlainDate().toString();
  const time = zoned.toPlainTime().toString({ smallestUnit: 'minute' });
  if (!('problem' in readWallTime(day, time))) return { day, time };
  const earlier = readWallTime(day, time, 'earlier');
  const isEarlier = 'moment' in earlier && earlier.moment.getTime() === moment.getTime();
  return { day, time, which: isEarlier ? 'earlier' : 'later' };
}

/** The day on the wall: `2027-03-31`. */
export function wallDayOf(moment: Date): string {
  return wallTimeOf(moment).day;
}

const MINUTE = 60_000;

/** How finely a deadline is told while so much is left, in minutes: the less it is, the more each counts. */
const FINENESS = [
  { left: 360, to: 60 },
  { left: 60, to: 15 },
] as const;

/**
 * A deadline as people keep it, "14:00, Wednesday 31 March 2027 (British Summer Time)": to the hour, to the quarter where
 * fewer than six hours are left, to the minute in the last. Whoever keeps what they read is never late. Nobody knows which
 * day midnight belongs to: it is told as the minute before.
 * @param now when it is read
 */
export function showDeadline(deadline: Date, now: Date, language = 'en'): string {
  const left = (deadline.getTime() - now.getTime()) / MINUTE;
  // Whole hours of UTC are whole hours on the wall.
  const fine = (FINENESS.find((each) => left >= each.left)?.to ?? 1) * MINUTE;
  const told = new Date(Math.floor(deadline.getTime() / fine) * fine);
  const moment = wallTimeOf(told).time === '00:00' ? new Date(told.getTime() - MINUTE) : told;
  const say = formatsIn(language);
  return `${say.clock.format(moment)}, ${dayIn(say, moment)} (${zoneIn(say, moment)})`;
}

/** "Wednesday 31 March 2027, 14:30 – 16:00 (British Summer Time)". */
export function showSpan(startsAt: Date, minutes: number, language = 'en'): string {
  const say = formatsIn(language);
  const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
  const sameDay = wallDayOf(endsAt) === wallDayOf(startsAt);
  const end = sameDay ? say.clock.format(endsAt) : `${say.clock.format(endsAt)}, ${dayIn(say, endsAt)}`;
  return `${dayIn(say, startsAt)}, ${say.clock.format(startsAt)} – ${end} (${zoneIn(say, startsAt)})`;
}

/** By language: a page shows dozens of times, and making what writes them takes longer than writing. */
const made = new Map<string, Formats>();

function formatsIn(language: string): Formats {
  const formats = made.get(language) ?? makeFormats(language);
  made.set(language, formats);
  return formats;
}

function makeFormats(language: string) {
  const locale = language === 'en' ? 'en-GB' : language;
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
  return {
    clock: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    day: format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    zone: format({ timeZoneName: 'long' }),
  };
}

type Formats = ReturnType<typeof makeFormats>;

// Some versions of the world's formats put a comma behind the weekday, and others none.
const dayIn = ({ day }: Formats, moment: Date): string => day.format(moment).replace(',', '');

const zoneIn = ({ zone }: Formats, moment: Date): string =>
  zone.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? ZONE;
