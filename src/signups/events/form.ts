/** The form in which an admin says what an event is and what is asked. */
import { z } from 'zod';
import type { Fault } from '../../accounts/signed-in.ts';
import type { Form } from '../../web/forms.ts';
import { ASKS, type Event } from '../event.ts';
import type { Draft } from './store.ts';

const text = (max: number, otherwise: string) =>
  z
    .string()
    .optional()
    .transform((typed) => (typed ?? '').replaceAll('\r\n', '\n').normalize('NFC').trim())
    .refine((typed) => typed.length <= max, otherwise);

const line = (max: number, otherwise: string) => text(max, otherwise).refine((typed) => !/\n/.test(typed), otherwise);

const needed = (typed: string) => typed !== '';

const dayIfAny = (otherwise: string) =>
  text(10, otherwise).refine((typed) => typed === '' || z.iso.date().safeParse(typed).success, otherwise);

/** Hours before a session, by commas: "48, 2". */
const hours = text(50, 'Enter hours, such as 24, or several with commas between them').transform((typed, check) => {
  const found = typed === '' ? [] : typed.split(',').map((each) => Number(each.trim()));
  if (found.length <= 3 && found.every((each) => Number.isInteger(each) && each >= 1 && each <= 336)) return found;
  check.addIssue({
    code: 'custom',
    message: 'Enter at most three whole numbers of hours, each from 1 to 336, with commas between them',
  });
  return z.NEVER;
});

const formSchema = z.object({
  title: line(200, 'Enter a title of at most 200 characters').refine(needed, 'Enter a title'),
  summary: text(4000, 'The description may have at most 4,000 characters'),
  place: line(500, 'The place may have at most 500 characters, on one line'),
  link: line(500, 'The link may have at most 500 characters').refine(
    (typed) => typed === '' || (URL.canParse(typed) && /^https?:$/.test(new URL(typed).protocol)),
    'Enter a whole link, which begins with https://',
  ),
  meantFor: line(500, 'This may have at most 500 characters, on one line'),
  asks: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((given) => ASKS.filter((ask) => (typeof given === 'string' ? [given] : (given ?? [])).includes(ask))),
  stages: text(2000, 'The answers may have at most 2,000 characters in all').transform((typed) =>
    typed
      .split('\n')
      .map((each) => each.trim())
      .filter(needed),
  ),
  consent: text(4000, 'This may have at most 4,000 characters').refine(needed, 'Say what you do with what people type'),
  opensOn: dayIfAny('Enter the first day of signing up, such as 31 March 2027'),
  closesOn: dayIfAny('Enter the last day of signing up, such as 31 March 2027'),
  keepUntil: dayIfAny('Enter the day after which contact details go').refine(
    needed,
    'Enter the day after which contact details go',
  ),
  remind: hours,
});

/** What stands in the boxes. */
export type TypedEvent = Readonly<Record<Exclude<keyof z.input<typeof formSchema>, 'asks'>, string>> & {
  readonly asks: readonly string[];
};

const CONSENT =
  'We use your name, organisation and e-mail address to arrange this and for nothing else. What you write about access is read by whoever runs it.';

/** How long contact details are kept where nobody says otherwise, in days from today. */
const KEEP = 90;

/** The boxes of a new event. @param today `2027-03-31` */
export function emptyEvent(today: string): TypedEvent {
  const keepUntil = new Date(Date.parse(`${today}T12:00:00Z`) + KEEP * 86_400_000).toISOString().slice(0, 10);
  const blank = { title: '', summary: '', place: '', link: '', meantFor: '', stages: '', opensOn: '', closesOn: '' };
  return { ...blank, asks: ['access'], consent: CONSENT, keepUntil, remind: '24' };
}

/** The boxes of an event as it is. */
export function typedOf({ about, keepUntil }: Pick<Event, 'about' | 'keepUntil'>): TypedEvent {
  const { opensOn = '', closesOn = '', stages, remind, ...same } = about;
  return { ...same, opensOn, closesOn, keepUntil, stages: stages.join('\n'), remind: remind.join(', ') };
}

/** What was typed, to show it again. */
export function typedEventIn(form: Form, today: string): TypedEvent {
  const typed = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
  const boxes = Object.fromEntries(Object.keys(emptyEvent(today)).map((name) => [name, typed(name)]));
  const asks = form.asks ?? [];
  return { ...emptyEvent(today), ...boxes, asks: typeof asks === 'string' ? [asks] : asks };
}

/**
 * Reads the form. @param today `2027-03-31`
 * @param lastDay on which the event takes place, as far as it has times: nobody's details go before they have come
 */
export function readEvent(
  form: Form,
  today: string,
  lastDay = today,
): { readonly draft: Draft } | { readonly faults: readonly Fault[] } {
  const read = formSchema.safeParse(form);
  if (!read.success)
    return { faults: read.error.issues.map(({ path, message }) => ({ href: `#${String(path[0])}`, text: message })) };
  const { keepUntil, opensOn, closesOn, ...rest } = read.data;
  const faults: Fault[] = [];
  if (opensOn && closesOn && closesOn < opensOn)
    faults.push({ href: '#closesOn', text: 'The last day of signing up must not be before the first' });
  if (keepUntil < today)
    faults.push({ href: '#keepUntil', text: 'The day after which contact details go must be today or later' });
  else if (keepUntil < lastDay)
    faults.push({ href: '#keepUntil', text: 'It takes place later than that: contact details are needed until then' });
  if (rest.asks.includes('stage') && rest.stages.length < 2)
    faults.push({ href: '#stages', text: 'Write at least two answers, each on a line of its own, or do not ask this' });
  if (faults.length > 0) return { faults };
  return { draft: { keepUntil, about: { ...rest, ...(opensOn && { opensOn }), ...(closesOn && { closesOn }) } } };
}
