/** The form of a time: one session of a workshop, or an interviewer's slots one after the other. */
import { z } from 'zod';
import type { Fault } from '../../accounts/signed-in.ts';
import type { Form } from '../../web/forms.ts';
import type { Event, Session } from '../event.ts';
import { readWallTime, TWICE, wallDayOf, wallTimeOf } from '../wall-time.ts';
import type { Slot } from './store.ts';

const whole = (min: number, max: number, otherwise: string) =>
  z
    .string(otherwise)
    .trim()
    .regex(/^\d{1,5}$/, otherwise)
    .transform(Number)
    .refine((n) => n >= min && n <= max, otherwise);

const line = (max: number, otherwise: string) =>
  z
    .string()
    .trim()
    .max(max, otherwise)
    .regex(/^[^\r\n]*$/, otherwise)
    .default('');

const MOST_SEATS = 10_000;

const formSchema = z.object({
  day: z
    .string('Enter the day')
    .trim()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'Enter the day, such as 31 March 2027'),
  time: z
    .string('Enter the time')
    .trim()
    .regex(/^\d{2}:\d{2}$/, 'Enter the time, such as 14:30'),
  which: z.enum(TWICE).optional().catch(undefined),
  minutes: whole(5, 1440, 'Enter how long it takes, from 5 to 1,440 minutes'),
  capacity: whole(1, MOST_SEATS, 'Enter how many people can come, from 1 to 10,000').default(1),
  slots: whole(1, 40, 'Enter how many slots, from 1 to 40').default(1),
  pause: whole(0, 240, 'Enter the pause between slots, from 0 to 240 minutes').default(0),
  host: line(200, 'The name may have at most 200 characters'),
  place: line(500, 'The place may have at most 500 characters'),
});

export type TypedSession = Readonly<Record<keyof z.input<typeof formSchema>, string>>;

export const EMPTY_SESSION: TypedSession = {
  day: '',
  time: '',
  which: '',
  minutes: '60',
  capacity: '12',
  slots: '1',
  pause: '0',
  host: '',
  place: '',
};

export function typedSessionOf({ startsAt, minutes, capacity, host, place }: Session): TypedSession {
  const wall = wallTimeOf(startsAt);
  return { ...EMPTY_SESSION, which: '', ...wall, minutes: String(minutes), capacity: String(capacity), host, place };
}

export function typedSessionIn(form: Form): TypedSession {
  const typed = Object.keys(EMPTY_SESSION).flatMap((name) =>
    typeof form[name] === 'string' ? [[name, form[name]]] : [],
  );
  return { ...EMPTY_SESSION, ...Object.fromEntries(typed) };
}

const PROBLEMS = {
  malformed: ['#day', 'There is no such day or time'],
  skipped: ['#time', 'There is no such time on that day: the clocks go forward. Choose another'],
  twice: ['#which', 'This time comes twice on that day, because the clocks go back: say which you mean'],
} as const;

const GONE_BY_THEN =
  'Contact details of this event go before that day: choose an earlier one, or first change the day after which they go';

/**
 * Reads the form. An interview has one seat a slot. Nobody's details may go before they have come.
 * @returns a slot for each, one after the other
 */
export function readSession(
  form: Form,
  { kind, keepUntil }: Pick<Event, 'kind' | 'keepUntil'>,
  now: Date,
): { readonly slots: readonly Slot[] } | { readonly faults: readonly Fault[] } {
  const read = formSchema.safeParse(form);
  if (!read.success)
    return { faults: read.error.issues.map(({ path, message }) => ({ href: `#${String(path[0])}`, text: message })) };
  const { day, time, which, minutes, capacity, slots, pause, host, place } = read.data;
  const wall = readWallTime(day, time, which);
  if ('problem' in wall) {
    const [href, text] = PROBLEMS[wall.problem];
    return { faults: [{ href, text }] };
  }
  if (wall.moment <= now) return { faults: [{ href: '#day', text: 'This is over: choose a day and time to come' }] };
  const startOf = (slot: number) => new Date(wall.moment.getTime() + slot * (minutes + pause) * 60_000);
  if (wallDayOf(startOf(slots - 1)) > keepUntil) return { faults: [{ href: '#day', text: GONE_BY_THEN }] };
  const seats = kind === 'interview' ? 1 : capacity;
  return {
    slots: Array.from({ length: slots }, (_, slot) => ({
      startsAt: startOf(slot),
      minutes,
      capacity: seats,
      host,
      place,
    })),
  };
}
