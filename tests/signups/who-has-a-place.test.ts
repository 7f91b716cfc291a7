/**
 * Somebody who types a mailbox to learn whether it has a place already: whatever they see, before, in reply and after, and
 * with a mailbox of their own, is the same for each of the ways in which that mailbox can stand.
 */
import { describe, expect, test } from 'vitest';
import { accept, askForPlace, cancel, confirm } from '../../src/signups/seats/store.ts';
import { listSessions } from '../../src/signups/store.ts';
import { addEvent, type Contacts, person, SITE, tokenFrom } from '../support/contacts.ts';
import { openSignUps, type SignUpSite } from '../support/sign-ups.ts';

const SEATS = 5;
const ADA = 'ada@example.org';
const at = (hours: number) => ({
  now: new Date(Date.parse('2027-03-01T09:00:00.000Z') + hours * 3_600_000),
  site: SITE,
});

const ask = (db: Contacts, email: string, hours: number) =>
  askForPlace(db, { event: 'made-up', session: 'session-0', wait: true, person: person(email) }, at(hours));
const book = async (db: Contacts, email: string, hours: number) => {
  await ask(db, email, hours);
  await confirm(db, await tokenFrom(db, email, 'confirm'), at(hours));
};

/** How Ada's mailbox can stand. Each uses a seat at most. */
const STANDINGS: Readonly<Record<string, (db: Contacts) => Promise<unknown>>> = {
  'was never seen': async () => {},
  'has a seat held': (db) => ask(db, ADA, -0.5),
  'is booked': (db) => book(db, ADA, -0.5),
  'has cancelled': async (db) => {
    await book(db, ADA, -0.5);
    await cancel(db, await tokenFrom(db, ADA, 'confirm'), at(-0.4));
  },
  'was offered a seat and took it': async (db) => {
    await db.updateTable('sessions').set({ capacity: 1 }).execute();
    await book(db, 'first@example.org', -3);
    await book(db, ADA, -3);
    await cancel(db, await tokenFrom(db, 'first@example.org', 'confirm'), at(-1));
    await accept(db, await tokenFrom(db, ADA, 'offer'), at(-0.5));
    await db.updateTable('sessions').set({ capacity: SEATS }).execute();
  },
  'has been written to often enough': async (db) => {
    for (const hours of [-3, -2, -1]) {
      await book(db, ADA, hours);
      await cancel(db, await tokenFrom(db, ADA, 'booked'), at(hours + 0.1));
    }
  },
};

const seatsTaken = async (db: Contacts) => (await listSessions(db, 'made-up'))[0]?.taken ?? 0;

/** Everything that a stranger sees who tries Ada's mailbox, and then one of their own. */
async function watch(site: SignUpSite, wait: boolean): Promise<string[]> {
  const seen: string[] = [];
  const look = async () => {
    for (const page of ['/take-part', '/take-part/made-up', '/take-part/made-up/sent'])
      seen.push((await site.visit(page)).html);
  };
  const type = async (email: string) => {
    const form = { session: 'session-0', name: 'Mallory', organisation: 'Made Up', email, agree: 'yes' };
    const visitor = await site.visit();
    await visitor.post(
      '/take-part/made-up/bookings',
      new URLSearchParams({ ...form, ...(wait && { wait: 'yes' }) }).toString(),
    );
    seen.push(`${visitor.status} ${visitor.address} ${visitor.html.replaceAll(email, 'that mailbox')}`);
  };
  await look();
  await type(ADA);
  await look();
  await type('mallory@example.org');
  await look();
  const own = await tokenFrom(site.contacts, 'mallory@example.org', 'confirm').catch(() => undefined);
  if (own) {
    const mallory = await site.visit(`/bookings/${own}`);
    await mallory.press('Confirm');
    seen.push(mallory.words);
  }
  return seen;
}

describe.each([1, 2, 3, 4, 5])('with %i of five seats taken', (taken) => {
  test.each([false, true])('whether they would wait or not (%s)', async (wait) => {
    const seen = new Map<string, string[]>();
    for (const [standing, arrange] of Object.entries(STANDINGS)) {
      const site = await openSignUps();
      await addEvent(site.contacts, [SEATS]);
      await arrange(site.contacts);
      for (let other = await seatsTaken(site.contacts); other < taken; other++)
        await book(site.contacts, `other-${other}@example.org`, -0.2);
      expect(await seatsTaken(site.contacts), standing).toBe(taken);
      seen.set(standing, await watch(site, wait));
    }
    const [first = [], ...rest] = seen.values();
    expect(first.length).toBeGreaterThan(10);
    for (const each of rest) expect(each).toEqual(first);
  });
});

test('one more booking moves no page until few seats are left, and then none until all are taken', async () => {
  const site = await openSignUps();
  await addEvent(site.contacts, [10]);
  const shown = [];
  for (let n = 0; n <= 10; n++) {
    const { words } = await site.visit('/take-part/made-up');
    shown.push(/Places free|Few places left|Full/.exec(words)?.[0]);
    await book(site.contacts, `somebody-${n}@example.org`, 0);
  }
  expect(shown).toEqual([...Array(7).fill('Places free'), ...Array(3).fill('Few places left'), 'Full']);
});
