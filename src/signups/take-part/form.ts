/** The form by which somebody signs up. */
import { z } from 'zod';
import { emailSchema, nameSchema } from '../../accounts/person.ts';
import type { Fault } from '../../accounts/signed-in.ts';
import type { Words } from '../../web/words.ts';
import { type Ask, type Event, hasSessions } from '../event.ts';

/** As typed, for the boxes. */
export type Typed = Readonly<Record<string, string>>;

export interface SignUp {
  readonly session: string | null;
  readonly wait: boolean;
  readonly person: {
    readonly email: string | null;
    readonly name: string;
    readonly organisation: string;
    readonly answers: Readonly<Partial<Record<Ask, string>>>;
  };
}

const LONGEST = { access: 1000, times: 500, phone: 30, message: 2000, stage: 200 } as const satisfies Record<
  Ask,
  number
>;
const ORGANISATION = 200;

const line = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim().replaceAll(/\s+/g, ' '))
    .refine((text) => text.length >= 1 && text.length <= max);

/** The fields of an event's form, in their order on the page. */
const fieldsOf = ({ about, kind }: Pick<Event, 'about' | 'kind'>): readonly string[] => [
  ...(hasSessions(kind) ? ['session'] : []),
  'name',
  'organisation',
  'email',
  ...about.asks,
  'wait',
  'agree',
];

/** What stands in a form's boxes. @param posted gives what was posted under a name */
export function typedIn(posted: (field: string) => string | undefined, event: Pick<Event, 'about' | 'kind'>): Typed {
  return Object.fromEntries(fieldsOf(event).map((field) => [field, posted(field) ?? '']));
}

/** Reads what was typed. @param sessions those that can be chosen; somebody who phones may have no mailbox */
export function readSignUp(
  typed: Typed,
  event: Pick<Event, 'about' | 'kind'>,
  sessions: readonly string[],
  t: Words,
  { needsEmail = true }: { readonly needsEmail?: boolean } = {},
): { readonly signUp: SignUp } | { readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const fault = (field: string, text: string) => {
    faults.push({ href: `#${field}`, text });
    return '';
  };
  const read = (field: string, schema: z.ZodType<string>, text: string) => {
    const parsed = schema.safeParse(typed[field] ?? '');
    return parsed.success ? parsed.data : fault(field, text);
  };
  const session = hasSessions(event.kind)
    ? read(
        'session',
        z.string().refine((id) => sessions.includes(id)),
        t('takePart.errorWhen'),
      )
    : null;
  const name = read('name', nameSchema, t('takePart.errorName'));
  const organisation = read('organisation', line(ORGANISATION), t('takePart.errorOrganisation'));
  const hasEmail = needsEmail || (typed.email ?? '').trim() !== '';
  const email = hasEmail ? read('email', emailSchema, t('takePart.errorEmail')) : null;
  const answers = Object.fromEntries(
    event.about.asks.flatMap((ask) => {
      const answer = (typed[ask] ?? '').normalize('NFC').trim();
      if (answer === '') return [];
      const problem = problemOf(ask, answer, event.about.stages, t);
      if (problem) fault(ask, problem);
      return [[ask, answer] as const];
    }),
  );
  if (typed.agree !== 'yes') fault('agree', t('takePart.errorAgree'));
  if (faults.length > 0) return { faults };
  return { signUp: { session, wait: typed.wait === 'yes', person: { email, name, organisation, answers } } };
}

function problemOf(ask: Ask, answer: string, stages: readonly string[], t: Words): string | undefined {
  if (answer.length > LONGEST[ask]) return t('takePart.errorLong', { n: LONGEST[ask] });
  if (ask === 'phone' && !/^\+?[\d ()-]{5,}$/.test(answer)) return t('takePart.errorPhone');
  if (ask === 'stage' && !stages.includes(answer)) return t('takePart.errorStage');
  return undefined;
}
