/** Whatever people do and however long they take: never above capacity, in order, each told once, nobody stuck. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lapse } from '../../src/signups/lapses/store.ts';
import { accept, askForPlace, cancel, confirm, move } from '../../src/signups/seats/store.ts';
import { addEvent, type Contacts, lettersTo, person, SITE, testContacts } from '../support/contacts.ts';

const MINUTE = 60_000;
const START = Date.parse('2027-03-01T09:00:00.000Z');

type Step = readonly [act: 'ask' | 'confirm' | 'accept' | 'cancel' | 'move' | 'wait', who: number, amount: number];

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom('ask', 'ask', 'ask', 'confirm', 'confirm', 'accept', 'cancel', 'move', 'wait'),
  fc.nat(11),
  fc.nat(1),
);

const emailOf = (who: number) => `somebody${who}@example.org`;

/** The newest link of a mailbox, which opens its newest booking. */
async function linkOf(db: Contacts, who: number): Promise<string | undefined> {
  return (await lettersTo(db, emailOf(who))).findLast(({ token }) => token !== '')?.token;
}

async function take(db: Contacts, [act, who, amount]: Step, minute: number): Promise<void> {
  const scene = { now: new Date(START + minute * MINUTE), site: SITE };
  const session = `session-${amount}`;
  if (act === 'ask') {
    await askForPlace(db, { event: 'made-up', session, wait: true, person: person(emailOf(who)) }, scene);
    return;
  }
  if (act === 'wait') {
    await lapse(db, scene);
    return;
  }
  const token = await linkOf(db, who);
  if (token === undefined) return;
  if (act === 'move') await move(db, token, session, scene);
  else await { confirm, accept, cancel }[act](db, token, scene);
}

/** What must hold after every step. */
async function check(db: Contacts): Promise<void> {
  const sessions = await db.selectFrom('sessions').selectAll().execute();
  const bookings = await db.selectFrom('bookings').selectAll().execute();
  for (const { id, capacity } of sessions) {
    const own = bookings.filter(({ session }) => session === id);
    const seated = own.filter(({ state }) => ['held', 'offered', 'booked'].includes(state));
    expect(seated.length, 'never above capacity').toBeLessThanOrEqual(capacity);
    const inLine = own.filter(({ state, confirmed }) => state === 'waiting' && confirmed === 1);
    if (inLine.length > 0) expect(seated.length, 'nobody is stuck').toBe(capacity);
    for (const offered of own.filter(({ state }) => state === 'offered'))
      for (const { place } of inLine) expect(Number(offered.place), 'order is kept').toBeLessThan(Number(place));
  }
  const active = bookings
    .filter(({ state, email }) => email !== null && !['cancelled', 'lapsed'].includes(state))
    .map(({ email }) => email);
  expect(new Set(active).size, 'one place a mailbox').toBe(active.length);
  const letters = await db
    .selectFrom('outbox')
    .selectAll()
    .where('kind', 'in', ['booked', 'offer', 'offerOver', 'cancelled', 'waiting'])
    .execute();
  const said = letters.map(({ booking, kind }) => `${booking} ${kind}`);
  expect(new Set(said).size, 'each told once').toBe(said.length);
}

test('cancellations, offers, expiries and bookings at random', async () => {
  const story = fc.array(fc.tuple(step, fc.constantFrom(0, 1, 7, 60, 600, 1500)), { minLength: 40, maxLength: 120 });
  const capacities = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }));
  await fc.assert(
    fc.asyncProperty(capacities, story, async (seats, steps) => {
      const db = await testContacts();
      await addEvent(db, seats, { startsAt: '2027-04-01T10:00:00.000Z' });
      let minute = 0;
      for (const [each, pause] of steps) {
        minute += pause;
        await take(db, each, minute);
        await check(db);
      }
      await db.destroy();
    }),
    { seed: 20270301, numRuns: 25 },
  );
}, 120_000);
