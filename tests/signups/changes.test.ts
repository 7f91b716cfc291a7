/** What becomes of people when admins change, call off or reopen what they signed up for, and when its time has come. */
import { describe, expect, test } from 'vitest';
import { messageSchema } from '../../src/mail/message.ts';
import { saveEvent, setStatus } from '../../src/signups/events/store.ts';
import { lapse } from '../../src/signups/lapses/store.ts';
import { accept, askForPlace, cancel, confirm, move } from '../../src/signups/seats/store.ts';
import { addSessions, callOff, changeSession } from '../../src/signups/sessions/store.ts';
import { findEvent, findSession } from '../../src/signups/store.ts';
import { addEvent, type Contacts, lettersTo, person, SITE, testContacts, tokenFrom } from '../support/contacts.ts';

const HOUR = 3_600_000;
const START = Date.parse('2027-03-01T09:00:00.000Z');
const at = (hours: number) => ({ now: new Date(START + hours * HOUR), site: SITE });
const ADMIN = { id: null, name: 'Ada' };

/** In hours from the start: the made-up event begins a week and an hour later. */
const BEGINS = 7 * 24 + 1;

async function ask(db: Contacts, name: string, hours: number, session = 'session-0') {
  const email = `${name}@example.org`;
  expect(await askForPlace(db, { event: 'made-up', session, wait: true, person: person(email) }, at(hours))).toBe(
    'kept',
  );
  return tokenFrom(db, email, 'confirm');
}

async function book(db: Contacts, name: string, hours: number, session?: string) {
  const token = await ask(db, name, hours, session);
  expect(await confirm(db, token, at(hours))).toBe('done');
  return token;
}

async function getEvent(db: Contacts) {
  const event = await findEvent(db, 'made-up');
  if (!event) throw new Error('there is no event');
  return event;
}

/** Moves the first session to so many hours from the start, with so many seats. */
async function reschedule(db: Contacts, begins: number, now: number, capacity = 1) {
  const session = await findSession(db, 'session-0');
  if (!session) throw new Error('there is no session');
  const slot = { ...session, startsAt: at(begins).now, capacity };
  const { minutes, host, place, startsAt } = slot;
  return changeSession(
    db,
    await getEvent(db),
    'session-0',
    { startsAt, minutes, capacity, host, place },
    at(now),
    ADMIN,
  );
}

const stateOf = async (db: Contacts, name: string) =>
  db.selectFrom('bookings').selectAll().where('email', '=', `${name}@example.org`).executeTakeFirstOrThrow();
const kinds = async (db: Contacts, name: string) =>
  (await lettersTo(db, `${name}@example.org`)).map(({ kind }) => kind).toSorted();

describe('a time that is moved', () => {
  test('to sooner than a seat is held is held to its start and no longer', async () => {
    const db = await testContacts();
    await addEvent(db, [2]);
    const token = await ask(db, 'ada', 0);
    expect(await reschedule(db, 1.5, 1, 2)).toBe('saved');
    expect(await lapse(db, at(1.4))).toBe(0);
    expect(await confirm(db, token, at(1.5))).toBe('late');
    expect(await lapse(db, at(1.5))).toBe(1);
  });

  test('to sooner than an offer ends is offered to its start and no longer', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    const first = await book(db, 'ada', 0);
    await book(db, 'bo', 0);
    await cancel(db, first, at(1));
    expect(await stateOf(db, 'bo')).toMatchObject({ state: 'offered', until: at(49).now.toISOString() });
    await reschedule(db, 10, 2);
    expect(await lapse(db, at(9.9))).toBe(0);
    expect(await accept(db, await tokenFrom(db, 'bo@example.org', 'offer'), at(10))).toBe('late');
    expect(await lapse(db, at(10))).toBe(1);
    expect((await stateOf(db, 'bo')).state).toBe('lapsed');
  });

  test('is told to whom it is offered as an offer: nothing for the calendar, and no way in', async () => {
    const db = await testContacts();
    await addEvent(db, [1], { about: { link: 'https://meet.example.org/x' } });
    const first = await book(db, 'ada', 0);
    await book(db, 'bo', 0);
    await cancel(db, first, at(1));
    await reschedule(db, 10, 2);
    const [letter] = await db.selectFrom('outbox').selectAll().where('kind', '=', 'changed').execute();
    const { text, calendar } = messageSchema.parse(JSON.parse(letter?.message ?? ''));
    expect(calendar).toBeUndefined();
    expect(text).not.toContain('meet.example.org');
    expect(text).toContain('kept for you until 19:00, Monday 1 March 2027');
  });

  test('later, and with more seats, is offered to who waits', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    await book(db, 'ada', 0);
    await book(db, 'bo', 0);
    await reschedule(db, BEGINS + 24, 1, 2);
    expect(await kinds(db, 'bo')).toEqual(['confirm', 'offer', 'waiting']);
    expect(await kinds(db, 'ada')).toEqual(['booked', 'changed', 'confirm']);
  });
});

describe('a time that has begun', () => {
  test('is neither cancelled nor exchanged by who was booked', async () => {
    const db = await testContacts();
    await addEvent(db, [1, 1]);
    const token = await book(db, 'ada', 0);
    expect(await cancel(db, token, at(BEGINS))).toBe('late');
    expect(await move(db, token, 'session-1', at(BEGINS))).toBe('late');
    expect(await stateOf(db, 'ada')).toMatchObject({ state: 'booked', session: 'session-0' });
  });

  test('ends the waiting for it, so that another time can be had', async () => {
    const db = await testContacts();
    await addEvent(db, [1, 1]);
    await book(db, 'ada', 0);
    await book(db, 'bo', 0);
    expect(await lapse(db, at(BEGINS - 0.1))).toBe(0);
    expect(await lapse(db, at(BEGINS))).toBe(1);
    expect(await stateOf(db, 'bo')).toMatchObject({ state: 'lapsed', place: null });
    await ask(db, 'bo', BEGINS + 0.1, 'session-1');
  });
});

describe('an event that is called off', () => {
  test('leaves what has taken place as it was, with who came, and writes to who would have come', async () => {
    const db = await testContacts();
    await addEvent(db, [1, 1]);
    await book(db, 'ada', 0);
    await book(db, 'bo', 0, 'session-1');
    await db.updateTable('bookings').set({ attended: 1 }).where('email', '=', 'ada@example.org').execute();
    // The first has begun, the second begins in half an hour.
    expect(await callOff(db, await getEvent(db), undefined, at(BEGINS + 0.5), ADMIN)).toBe('saved');
    expect(await stateOf(db, 'ada')).toMatchObject({ state: 'booked', attended: 1 });
    expect(await kinds(db, 'ada')).toEqual(['booked', 'confirm']);
    expect((await stateOf(db, 'bo')).state).toBe('cancelled');
    expect(await kinds(db, 'bo')).toEqual(['booked', 'calledOff', 'confirm']);
    expect((await findSession(db, 'session-0'))?.status).toBe('planned');
    expect((await findSession(db, 'session-1'))?.status).toBe('cancelled');
  });

  test('takes those off the list who are in one without times', async () => {
    const db = await testContacts();
    await addEvent(db, [], { kind: 'results' });
    const wanted = { event: 'made-up', session: null, wait: false, person: person('ada@example.org') };
    await askForPlace(db, wanted, at(0));
    await confirm(db, await tokenFrom(db, 'ada@example.org', 'confirm'), at(0));
    await callOff(db, await getEvent(db), undefined, at(1), ADMIN);
    expect(await kinds(db, 'ada')).toEqual(['booked', 'calledOff', 'confirm']);
  });

  test('stays so: it is not opened, changed or given times', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    await callOff(db, await getEvent(db), undefined, at(0), ADMIN);
    const event = await getEvent(db);
    const slot = { startsAt: at(99).now, minutes: 60, capacity: 1, host: '', place: '' };
    expect([
      await setStatus(db, event, 'open', ADMIN, at(1).now),
      await saveEvent(db, event, { ...event, keepUntil: '2027-04-29' }, at(1), ADMIN),
      await addSessions(db, event, [slot], ADMIN, at(1).now),
    ]).toEqual(['conflict', 'conflict', 'conflict']);
    expect((await getEvent(db)).status).toBe('cancelled');
  });
});

test('one time that is called off is told to those of that time alone', async () => {
  const db = await testContacts();
  await addEvent(db, [1, 1]);
  await book(db, 'ada', 0);
  await book(db, 'bo', 0, 'session-1');
  await callOff(db, await getEvent(db), 'session-1', at(1), ADMIN);
  expect(await kinds(db, 'ada')).toEqual(['booked', 'confirm']);
  expect(await kinds(db, 'bo')).toEqual(['booked', 'calledOff', 'confirm']);
});

test.each([
  ['it is cancelled', async (db: Contacts, token: string) => cancel(db, token, at(4))],
  ['its event is called off', async (db: Contacts) => callOff(db, await getEvent(db), undefined, at(4), ADMIN)],
  ['its time is called off', async (db: Contacts) => callOff(db, await getEvent(db), 'session-0', at(4), ADMIN)],
])('each calendar file about a booking has a higher number than the one before, until %s', async (_, end) => {
  const db = await testContacts();
  await addEvent(db, [1, 1]);
  const token = await book(db, 'ada', 0);
  await move(db, token, 'session-1', at(1));
  await move(db, token, 'session-0', at(2));
  await reschedule(db, BEGINS + 5, 3);
  await end(db, token);
  const rows = await db.selectFrom('outbox').selectAll().orderBy('due_at').execute();
  const files = rows.flatMap(({ message }) => messageSchema.parse(JSON.parse(message)).calendar?.text ?? []);
  expect(files.map((file) => /SEQUENCE:(\d+)/.exec(file)?.[1])).toEqual(['0', '1', '2', '3', '4']);
  expect(new Set(files.map((file) => /UID:(\S+)/.exec(file)?.[1])).size, 'one name').toBe(1);
  expect(files.at(-1)).toContain('METHOD:CANCEL');
});
