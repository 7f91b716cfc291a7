/** What there is to sign up for in a local trial: a workshop that is made up. */
import type { Kysely } from 'kysely';
import type { ContactsTables } from '../../db/contacts-tables.ts';
import type { About } from '../../signups/event.ts';
import { createEvent, setStatus } from '../../signups/events/store.ts';
import { addSessions } from '../../signups/sessions/store.ts';
import { findEvent, listEvents } from '../../signups/store.ts';
import { readWallTime, wallDayOf } from '../../signups/wall-time.ts';

const WORKSHOP: About = {
  title: 'First steps with AI: a workshop for social enterprises',
  summary:
    'Two hours, in small groups: what AI tools can and cannot do for an organisation like yours, and what to agree on before you begin. No experience needed.\n\nThis workshop is made up, for looking round. Nobody will come.',
  place: 'Online',
  link: 'https://meet.example.org/first-steps',
  meantFor: 'organisations that do not use AI yet, or have just begun',
  asks: ['access', 'stage'],
  stages: ['We use AI', 'We are getting ready to use AI', 'We have no plans to use AI'],
  consent:
    'We use your name, organisation and e-mail address to run this workshop and for nothing else. Your access needs are read by whoever runs it.',
  remind: [24],
};

const MAKER = { id: null, name: 'Soundings' };

/** Three weeks from now, at two in the afternoon; a week later again. In days. */
const DAYS = [21, 28];
const SEATS = 12;

/** Fills an empty store; one that already holds an event is left as it is. */
export async function fillTrialEvents(db: Kysely<ContactsTables>, now: Date): Promise<void> {
  if ((await listEvents(db)).length > 0) return;
  await addMadeUpWorkshop(
    db,
    DAYS.map((inDays) => ({ inDays, capacity: SEATS })),
    now,
  );
}

/** Makes the workshop and opens it, with a time on each of these days. @returns its id */
export async function addMadeUpWorkshop(
  db: Kysely<ContactsTables>,
  times: readonly { readonly inDays: number; readonly capacity: number }[],
  now: Date,
): Promise<string> {
  const dayIn = (days: number) => wallDayOf(new Date(now.getTime() + days * 86_400_000));
  const id = await createEvent(db, 'workshop', { about: WORKSHOP, keepUntil: dayIn(60) }, MAKER, now);
  const slots = times.flatMap(({ inDays, capacity }) => {
    const read = readWallTime(dayIn(inDays), '14:00');
    return 'moment' in read ? [{ startsAt: read.moment, minutes: 120, capacity, host: '', place: '' }] : [];
  });
  const seen = async () => {
    const event = await findEvent(db, id);
    if (!event) throw new Error(`the event ${id} has just been made`);
    return event;
  };
  await addSessions(db, await seen(), slots, MAKER, now);
  await setStatus(db, await seen(), 'open', MAKER, now);
  return id;
}
