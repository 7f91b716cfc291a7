import { describe, expect, test } from 'vitest';
import { listDue, markSent } from '../../src/mail/store.ts';
import { lapse } from '../../src/signups/lapses/store.ts';
import { accept, askForPlace, bookByPhone, cancel, confirm, move } from '../../src/signups/seats/store.ts';
import { listSessions } from '../../src/signups/store.ts';
import { addEvent, type Contacts, lettersTo, person, SITE, testContacts, tokenFrom } from '../support/contacts.ts';

const HOUR = 3_600_000;
const START = Date.parse('2027-03-01T09:00:00.000Z');
const at = (hours: number) => ({ now: new Date(START + hours * HOUR), site: SITE });

async function ask(db: Contacts, email: string, hours: number, { wait = false, session = 'session-0' } = {}) {
  return askForPlace(db, { event: 'made-up', session, wait, person: person(email) }, at(hours));
}

async function book(db: Contacts, email: string, hours: number) {
  expect(await ask(db, email, hours)).toBe('kept');
  expect(await confirm(db, await tokenFrom(db, email, 'confirm'), at(hours + 0.01))).toBe('done');
}

async function queue(db: Contacts, email: string, hours: number) {
  expect(await ask(db, email, hours, { wait: true })).toBe('kept');
  expect(await confirm(db, await tokenFrom(db, email, 'confirm'), at(hours + 0.01))).toBe('done');
}

const kinds = async (db: Contacts, email: string) => (await lettersTo(db, email)).map(({ kind }) => kind);
const standing = async (db: Contacts) =>
  (await listSessions(db, 'made-up')).map(({ taken, waiting }) => [taken, waiting]);

describe('a seat', () => {
  test('is held at once, booked by the mailbox, and told once', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    expect(await ask(db, 'a@example.org', 0)).toBe('kept');
    expect(await standing(db)).toEqual([[1, 0]]);
    const token = await tokenFrom(db, 'a@example.org', 'confirm');
    expect([await confirm(db, token, at(1)), await confirm(db, token, at(2))]).toEqual(['done', 'done']);
    expect(await kinds(db, 'a@example.org')).toEqual(['confirm', 'booked']);
  });

  test('that the mailbox does not confirm within a day goes to the next in the list', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    await ask(db, 'a@example.org', 0);
    const token = await tokenFrom(db, 'a@example.org', 'confirm');
    await queue(db, 'b@example.org', 1);
    expect(await lapse(db, at(23.9))).toBe(0);
    expect(await kinds(db, 'b@example.org')).toEqual(['confirm', 'waiting']);
    expect(await lapse(db, at(24))).toBe(1);
    expect(await kinds(db, 'b@example.org')).toEqual(['confirm', 'waiting', 'offer']);
    expect(await confirm(db, token, at(24))).toBe('late');
  });

  test('is theirs who confirm in the morning, whoever waits', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    await ask(db, 'a@example.org', 0);
    await queue(db, 'b@example.org', 1);
    await lapse(db, at(23.9));
    expect(await confirm(db, await tokenFrom(db, 'a@example.org', 'confirm'), at(23.9))).toBe('done');
    expect(await kinds(db, 'a@example.org')).toEqual(['confirm', 'booked']);
  });

  test('is nobody’s, and forgotten, where the mailbox has not answered for a day', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    await ask(db, 'a@example.org', 0);
    const token = await tokenFrom(db, 'a@example.org', 'confirm');
    expect([await lapse(db, at(23.9)), await lapse(db, at(24))]).toEqual([0, 1]);
    expect(await confirm(db, token, at(24))).toBe('late');
    const [left] = await db.selectFrom('bookings').selectAll().execute();
    expect(left).toMatchObject({ state: 'lapsed', email: null, name: '', organisation: '', answers: '{}' });
  });

  test('ends when its session begins, where that is sooner', async () => {
    const db = await testContacts();
    await addEvent(db, [1], { startsAt: '2027-03-01T10:30:00.000Z' });
    await ask(db, 'a@example.org', 0);
    const [letter] = await lettersTo(db, 'a@example.org');
    expect(letter?.text).toContain('held for you until 10:30, Monday 1 March 2027');
    expect([await lapse(db, at(1.4)), await lapse(db, at(1.5))]).toEqual([0, 1]);
  });

  test.each([
    ['a day', '2027-03-08T10:00:00.000Z', 24],
    ['the start', '2027-03-01T10:30:00.000Z', 1.5],
  ])('is too late to confirm after %s even where nobody has looked since', async (_, startsAt, hours) => {
    const db = await testContacts();
    await addEvent(db, [1], { startsAt });
    await ask(db, 'a@example.org', 0);
    expect(await confirm(db, await tokenFrom(db, 'a@example.org', 'confirm'), at(hours))).toBe('late');
  });

  test('is one for each mailbox; where one has its seat another is held for a while for nobody', async () => {
    const db = await testContacts();
    await addEvent(db, [5]);
    await book(db, 'a@example.org', 0);
    expect(await ask(db, 'a@example.org', 1)).toBe('kept');
    expect(await standing(db)).toEqual([[2, 0]]);
    expect(await kinds(db, 'a@example.org')).toEqual(['confirm', 'booked', 'again']);
    expect([await lapse(db, at(24.9)), await lapse(db, at(25))]).toEqual([0, 1]);
    expect(await standing(db)).toEqual([[1, 0]]);
    const booked = await db.selectFrom('bookings').select('email').where('state', '=', 'booked').execute();
    expect(booked).toEqual([{ email: 'a@example.org' }]);
  });

  test.each([
    ['in a week', '2027-03-08T10:00:00.000Z'],
    ['today', '2027-03-01T17:00:00.000Z'],
  ])(
    '%s is taken once where the same form comes twice, also the last, and the mailbox is told once',
    async (_, startsAt) => {
      const db = await testContacts();
      await addEvent(db, [1], { startsAt });
      expect([await ask(db, 'a@example.org', 0), await ask(db, 'a@example.org', 0.01)]).toEqual(['kept', 'kept']);
      expect(await standing(db)).toEqual([[1, 0]]);
      expect(await kinds(db, 'a@example.org')).toEqual(['confirm']);
      expect(await ask(db, 'a@example.org', 0.02)).toBe('full');
    },
  );

  test('is not asked for by a form more often than three times a day', async () => {
    const db = await testContacts();
    await addEvent(db, [5]);
    const asked = [];
    for (let time = 0; time < 4; time++) asked.push(await ask(db, 'a@example.org', time));
    // Whoever asks is told the same: that there was somebody before them is none of a stranger's business.
    expect(asked).toEqual(['kept', 'kept', 'kept', 'kept']);
    expect(await kinds(db, 'a@example.org')).toEqual(['confirm', 'again', 'again']);
    await ask(db, 'a@example.org', 16);
    expect(await kinds(db, 'a@example.org')).toHaveLength(4);
  });

  test('of a session that has begun, or an event that is not open, cannot be had', async () => {
    const db = await testContacts();
    await addEvent(db, [5], { startsAt: '2027-03-01T10:00:00.000Z' });
    expect(await ask(db, 'a@example.org', 1)).toBe('closed');
    await db.updateTable('events').set({ status: 'closed' }).execute();
    expect(await ask(db, 'a@example.org', 0)).toBe('closed');
  });
});

test('a mailbox that has had enough is not written to, and nothing is kept for it', async () => {
  const db = await testContacts();
  await addEvent(db, [5]);
  for (let time = 0; time < 3; time++) {
    await ask(db, 'a@example.org', time);
    const token = await tokenFrom(db, 'a@example.org', 'confirm');
    for (const { id } of await listDue(db, at(time).now, 10)) await markSent(db, id, at(time).now);
    await cancel(db, token, at(time));
  }
  expect(await ask(db, 'a@example.org', 3)).toBe('kept');
  expect(await db.selectFrom('outbox').selectAll().execute()).toHaveLength(3);
  // A seat is held as for anybody, but for nobody.
  expect(await standing(db)).toEqual([[1, 0]]);
  expect(await db.selectFrom('bookings').select('id').where('email', '=', 'a@example.org').execute()).toEqual([]);
});

describe('the waiting list', () => {
  test('is offered what is freed in order, for two days, and everybody is told once', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    await book(db, 'a@example.org', 0);
    expect(await ask(db, 'b@example.org', 0)).toBe('full');
    for (const email of ['b@example.org', 'c@example.org']) await queue(db, email, 1);
    await cancel(db, await tokenFrom(db, 'a@example.org', 'booked'), at(2));
    expect(await kinds(db, 'a@example.org')).toEqual(['confirm', 'booked', 'cancelled']);
    expect(await ask(db, 'd@example.org', 3)).toBe('full');
    await lapse(db, at(2 + 47.9));
    expect(await kinds(db, 'c@example.org')).toEqual(['confirm', 'waiting']);
    await lapse(db, at(2 + 48));
    expect(await kinds(db, 'b@example.org')).toEqual(['confirm', 'waiting', 'offer', 'offerOver']);
    const offer = await tokenFrom(db, 'c@example.org', 'offer');
    expect(await accept(db, offer, at(51))).toBe('done');
    expect(await kinds(db, 'c@example.org')).toEqual(['confirm', 'waiting', 'offer', 'booked']);
    expect(await standing(db)).toEqual([[1, 0]]);
  });

  test('is not overtaken by a newcomer, however a seat became free', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    await book(db, 'a@example.org', 0);
    await queue(db, 'b@example.org', 1);
    await db.updateTable('sessions').set({ capacity: 2 }).execute();
    expect(await ask(db, 'c@example.org', 2)).toBe('full');
  });

  test('gets no offer that nobody could act on, and the seat then is for whoever comes', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    await book(db, 'a@example.org', 0);
    await queue(db, 'b@example.org', 1);
    const close = 7 * 24; // An hour before the session.
    await cancel(db, await tokenFrom(db, 'a@example.org', 'booked'), at(close));
    expect(await kinds(db, 'b@example.org')).toEqual(['confirm', 'waiting']);
    expect(await ask(db, 'c@example.org', close)).toBe('kept');
  });

  test('does not count whoever has not answered from their mailbox', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    await book(db, 'a@example.org', 0);
    await ask(db, 'b@example.org', 1, { wait: true });
    await cancel(db, await tokenFrom(db, 'a@example.org', 'booked'), at(2));
    expect(await kinds(db, 'b@example.org')).toEqual(['confirm']);
    expect(await confirm(db, await tokenFrom(db, 'b@example.org', 'confirm'), at(3))).toBe('done');
    expect(await kinds(db, 'b@example.org')).toEqual(['confirm', 'booked']);
  });

  test('stands in the order in which mailboxes answered, whoever filled in the form first', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    await book(db, 'a@example.org', 0);
    const names = ['b', 'c', 'd', 'e', 'f', 'g'];
    for (const name of names) await ask(db, `${name}@example.org`, 1, { wait: true });
    const answered = ['f', 'c', 'g', 'b', 'e', 'd'];
    for (const name of answered) await confirm(db, await tokenFrom(db, `${name}@example.org`, 'confirm'), at(2));
    const offered = [];
    let last = await tokenFrom(db, 'a@example.org', 'booked');
    for (const _ of names) {
      await cancel(db, last, at(3));
      const { email } = await db
        .selectFrom('bookings')
        .select('email')
        .where('state', '=', 'offered')
        .executeTakeFirstOrThrow();
      offered.push(email?.[0]);
      last = await tokenFrom(db, email ?? '', 'offer');
    }
    expect(offered).toEqual(answered);
  });

  test('is not overtaken by whoever confirms a seat that nobody held for them', async () => {
    const db = await testContacts();
    await addEvent(db, [1]);
    await ask(db, 'a@example.org', 0);
    await queue(db, 'b@example.org', 0);
    await ask(db, 'c@example.org', 0, { wait: true });
    // The seat is free, and nobody has passed it on yet.
    await db
      .updateTable('bookings')
      .set({ state: 'lapsed', until: null })
      .where('email', '=', 'a@example.org')
      .execute();
    await confirm(db, await tokenFrom(db, 'c@example.org', 'confirm'), at(1));
    expect(await kinds(db, 'c@example.org')).toEqual(['confirm', 'waiting']);
    expect(await kinds(db, 'b@example.org')).toEqual(['confirm', 'waiting', 'offer']);
  });
});

test('whoever moves frees the old seat, and moves to one that nobody waits for', async () => {
  const db = await testContacts();
  await addEvent(db, [1, 1]);
  await book(db, 'a@example.org', 0);
  await queue(db, 'b@example.org', 1);
  const token = await tokenFrom(db, 'a@example.org', 'booked');
  expect(await move(db, token, 'session-1', at(2))).toBe('done');
  expect(await kinds(db, 'a@example.org')).toEqual(['confirm', 'booked', 'moved']);
  expect(await kinds(db, 'b@example.org')).toEqual(['confirm', 'waiting', 'offer']);
  expect(await move(db, token, 'session-0', at(3))).toBe('full');
  expect(await move(db, token, 'elsewhere', at(3))).toBe('gone');
});

test('whoever phoned is booked without a mailbox, and may have none', async () => {
  const db = await testContacts();
  await addEvent(db, [1]);
  const somebody = { ...person('x@example.org'), email: null };
  const wanted = { event: 'made-up', session: 'session-0', wait: false, person: somebody };
  const book = (wait: boolean) => bookByPhone(db, { ...wanted, wait }, at(0), async () => {});
  expect([await book(false), await book(false), await book(true)]).toEqual(['booked', 'full', 'waiting']);
  expect(await db.selectFrom('outbox').selectAll().execute()).toEqual([]);
});
