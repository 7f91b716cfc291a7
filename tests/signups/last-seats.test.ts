/** S9: 200 people want the last 10 seats at once, from two processes: exactly 10 get one, and nobody an error. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openContacts } from '../../src/db/open.ts';
import { nextLine, startChild } from '../support/child.ts';
import { addEvent, type Contacts } from '../support/contacts.ts';
import { testFolder } from '../support/folder.ts';

const PEOPLE = 200;
const SEATS = 10;

/** Lets everybody post at once to the servers in turn. @returns how often each status came */
async function rush(ports: readonly string[]): Promise<Record<number, number>> {
  const replies = await Promise.all(
    Array.from({ length: PEOPLE }, (_, who) =>
      fetch(`http://127.0.0.1:${ports[who % ports.length]}/take-part/made-up/bookings`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'x-forwarded-for': `203.0.113.${who}` },
        body: new URLSearchParams({
          session: 'session-0',
          name: 'Made Up',
          organisation: 'Made Up CIC',
          email: `somebody${who}@example.org`,
          agree: 'yes',
        }),
      }).then(({ status }) => status),
    ),
  );
  return Object.fromEntries(
    [...new Set(replies)].map((status) => [status, replies.filter((each) => each === status).length]),
  );
}

async function empty(db: Contacts): Promise<void> {
  for (const table of ['outbox', 'links', 'bookings'] as const) await db.deleteFrom(table).execute();
}

const seated = async (db: Contacts) =>
  (await db.selectFrom('bookings').select('id').where('state', 'in', ['held', 'booked']).execute()).length;

async function openTwice(naive: boolean) {
  const path = join(testFolder(), 'contacts.sqlite');
  const store = await openContacts(path);
  await addEvent(store.db, [SEATS]);
  const servers = [1, 2].map(() => startChild('sign-up-server.ts', naive ? [path, 'naive'] : [path]));
  return { db: store.db, ports: await Promise.all(servers.map(nextLine)) };
}

test('exactly ten, twenty times', async () => {
  const { db, ports } = await openTwice(false);
  for (let time = 0; time < 20; time++) {
    expect(await rush(ports)).toEqual({ 303: SEATS, 422: PEOPLE - SEATS });
    expect(await seated(db)).toBe(SEATS);
    await empty(db);
  }
}, 120_000);

test('planted: looking first and writing then books more', async () => {
  const { db, ports } = await openTwice(true);
  await rush(ports);
  expect(await seated(db)).toBeGreaterThan(SEATS);
}, 60_000);
