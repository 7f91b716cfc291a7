/** What happens by itself: reminders, and contact details going on their day. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openContacts } from '../../src/db/open.ts';
import { eraseTraces } from '../../src/db/traces.ts';
import { markSent } from '../../src/mail/store.ts';
import { countBookings } from '../../src/signups/bookings/store.ts';
import { lapse } from '../../src/signups/lapses/store.ts';
import { askForPlace, cancel, confirm } from '../../src/signups/seats/store.ts';
import { purge, remind } from '../../src/signups/upkeep/store.ts';
import { addEvent, type Contacts, lettersTo, person, SITE, testContacts, tokenFrom } from '../support/contacts.ts';
import { testFolder } from '../support/folder.ts';

const at = (iso: string) => ({ now: new Date(iso), site: SITE });

async function book(db: Contacts, name: string, iso: string): Promise<void> {
  const email = `${name}@example.org`;
  await askForPlace(db, { event: 'made-up', session: 'session-0', wait: false, person: person(email) }, at(iso));
  await confirm(db, await tokenFrom(db, email, 'confirm'), at(iso));
}

const reminders = async (db: Contacts, name: string) =>
  (await lettersTo(db, `${name}@example.org`)).filter(({ kind }) => kind === 'reminder').length;

test('who is booked is reminded once for each of the hours, and again where the time has moved', async () => {
  const db = await testContacts();
  await addEvent(db, [5], { startsAt: '2027-03-08T10:00:00.000Z', about: { remind: [48, 2] } });
  await book(db, 'ada', '2027-03-01T09:00:00.000Z');
  const told = [];
  for (const iso of [
    '2027-03-06T09:00',
    '2027-03-06T10:00',
    '2027-03-06T10:01',
    '2027-03-08T08:00',
    '2027-03-08T08:30',
  ])
    told.push(await remind(db, at(`${iso}:00.000Z`)));
  expect(told).toEqual([0, 1, 0, 1, 0]);
  await db.updateTable('sessions').set({ starts_at: '2027-03-09T10:00:00.000Z' }).execute();
  expect(await remind(db, at('2027-03-08T08:40:00.000Z'))).toBe(1);
  expect(await reminders(db, 'ada')).toBe(3);
});

test('whoever books later than a reminder would have gone hears of the time only then', async () => {
  const db = await testContacts();
  await addEvent(db, [5], { startsAt: '2027-03-08T10:00:00.000Z', about: { remind: [48] } });
  await book(db, 'ada', '2027-03-07T09:00:00.000Z');
  await remind(db, at('2027-03-07T10:00:00.000Z'));
  expect(await reminders(db, 'ada')).toBe(0);
});

test('after its day contact details are in no byte of any file, and counts are left', async () => {
  const folder = testFolder();
  const { db, close } = await openContacts(join(folder, 'contacts.sqlite'));
  onTestFinished(close);
  await addEvent(db, [5]);
  for (const name of ['adacanary', 'bocanary']) await book(db, name, '2027-03-01T09:00:00.000Z');
  await db.updateTable('bookings').set({ attended: 1 }).where('email', '=', 'bocanary@example.org').execute();
  const bytes = () =>
    readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'latin1'))
      .join('');
  expect(await purge(db, new Date('2027-04-30T12:00:00.000Z'))).toBe(false);
  expect(bytes()).toContain('canary');
  expect(await purge(db, new Date('2027-05-01T12:00:00.000Z'))).toBe(true);
  await eraseTraces(db);
  expect(bytes()).not.toContain('canary');
  const [event] = await db.selectFrom('events').selectAll().execute();
  expect(JSON.parse(event?.counts ?? '')).toEqual({ booked: 2, attended: 1 });
});

test('who signs up after an earlier day was purged is purged in turn, and counts add up', async () => {
  const db = await testContacts();
  await addEvent(db, [5]);
  await book(db, 'ada', '2027-03-01T09:00:00.000Z');
  await purge(db, new Date('2027-05-01T12:00:00.000Z'));
  await db.updateTable('events').set({ keep_until: '2027-06-30', status: 'open' }).execute();
  await db.updateTable('sessions').set({ starts_at: '2027-06-08T10:00:00.000Z' }).execute();
  await book(db, 'bo', '2027-06-01T09:00:00.000Z');
  expect(await purge(db, new Date('2027-07-01T12:00:00.000Z'))).toBe(true);
  expect(await db.selectFrom('bookings').selectAll().execute()).toEqual([]);
  expect(await countBookings(db, 'made-up')).toEqual({ booked: 2, attended: 0 });
  expect(await purge(db, new Date('2027-07-01T12:01:00.000Z'))).toBe(false);
});

test('nobody signs up after the day on which contact details go', async () => {
  const db = await testContacts();
  await addEvent(db, [5], { startsAt: '2027-06-08T10:00:00.000Z' });
  const wanted = { event: 'made-up', session: 'session-0', wait: false, person: person('ada@example.org') };
  expect(await askForPlace(db, wanted, at('2027-04-30T09:00:00.000Z'))).toBe('kept');
  expect(await askForPlace(db, wanted, at('2027-05-01T09:00:00.000Z'))).toBe('closed');
});

/** Everything that stands in any table. */
async function everything(db: Contacts): Promise<string> {
  const tables = ['bookings', 'outbox', 'links', 'told'] as const;
  return JSON.stringify(await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute())));
}

test.each(['lapses', 'is cancelled from the mailbox'])(
  'of a booking that nobody confirmed and that %s nothing is kept the day after, sent or not',
  async (how) => {
    for (const isSent of [true, false]) {
      const db = await testContacts();
      await addEvent(db, [5]);
      const now = new Date('2027-03-01T09:00:00.000Z');
      const wanted = { event: 'made-up', session: 'session-0', wait: false, person: person('canary@example.org') };
      await askForPlace(db, wanted, at(now.toISOString()));
      const token = await tokenFrom(db, 'canary@example.org', 'confirm');
      const [letter] = await db.selectFrom('outbox').selectAll().execute();
      if (isSent) await markSent(db, letter?.id ?? '', now);
      if (how === 'lapses') await lapse(db, at('2027-03-02T09:00:00.000Z'));
      else await cancel(db, token, at('2027-03-01T10:00:00.000Z'));
      await purge(db, new Date('2027-03-02T09:00:00.000Z'));
      expect(await everything(db)).not.toContain('canary');
    }
  },
);

test('a letter that was sent stands there by its day, and not by its moment', async () => {
  const db = await testContacts();
  await addEvent(db, [5]);
  await book(db, 'ada', '2027-03-01T09:12:34.567Z');
  for (const { id } of await db.selectFrom('outbox').selectAll().execute())
    await markSent(db, id, new Date('2027-03-01T09:12:36.789Z'));
  expect(await everything(db)).not.toMatch(/\d\d:12:\d\d/);
});

test('where nobody sends letters, their moment is forgotten within the hour, and their order until then is not', async () => {
  const db = await testContacts();
  await addEvent(db, [5]);
  await book(db, 'ada', '2027-03-01T09:12:34.567Z');
  const dueAt = async () =>
    (await db.selectFrom('outbox').select(['kind', 'due_at']).orderBy('kind').execute()).map(({ due_at }) => due_at);
  await purge(db, new Date('2027-03-01T09:30:00.000Z'));
  expect(await dueAt()).toEqual(['2027-03-01T09:12:34.567Z', '2027-03-31T00:00:00.000Z']);
  await purge(db, new Date('2027-03-01T10:30:00.000Z'));
  expect((await dueAt())[0]).toBe('2027-03-01T00:00:00.000Z');
  // Nor does the moment stand in what the letter says, or in the file for the calendar.
  expect(await everything(db)).not.toMatch(/\d\d:?12:?34|0912/);
  const booked = await db.selectFrom('outbox').selectAll().where('kind', '=', 'booked').executeTakeFirstOrThrow();
  expect(booked.state).toBe('waiting');
  expect(booked.message).toContain('DTSTAMP:20270301T000000Z');
});

test('a letter whose next try is to come keeps the moment of it', async () => {
  const db = await testContacts();
  await addEvent(db, [5]);
  await book(db, 'ada', '2027-03-01T09:12:34.567Z');
  await db.updateTable('outbox').set({ tries: 1, due_at: '2027-03-01T12:00:00.000Z' }).execute();
  await purge(db, new Date('2027-03-01T14:00:00.000Z'));
  const rows = await db.selectFrom('outbox').select(['kind', 'due_at']).where('state', '=', 'waiting').execute();
  expect(rows).toEqual([{ kind: 'booked', due_at: '2027-03-01T12:00:00.000Z' }]);
});
