/**
 * A process that serves sign-ups from the contacts store at a path and prints its port. With "naive" it takes places as a
 * program would that counts, waits a moment and then writes: the control that shows what the test can see.
 */
import { writeSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { createApp, routesOf } from '../../src/app.ts';
import { openContacts } from '../../src/db/open.ts';
import { insertBooking } from '../../src/signups/bookings/store.ts';
import { listSessions } from '../../src/signups/store.ts';
import { person, SITE } from './contacts.ts';
import { testDatabase } from './database.ts';

const [path = '', naive] = process.argv.slice(2);
const { db: contacts } = await openContacts(path, { mustExist: true });
const now = () => new Date('2027-03-01T09:00:00.000Z');
const log = pino({ enabled: false });
// Behind a proxy that says who asks: people are in many places.
const settings = { proxies: 1 };
const context = { db: await testDatabase(), settings, log, now };
const own = routesOf(context, { contacts, settings, log, now, site: () => SITE });
const app = createApp(
  context,
  naive === 'naive'
    ? [
        ...own.filter(({ path: at }) => !at.endsWith('/bookings')),
        { method: 'post', path: '/take-part/:event/bookings', who: 'everyone', handle: bookNaively },
      ]
    : own,
);
const server = app.listen(0, '127.0.0.1', () => {
  writeSync(1, `${(server.address() as AddressInfo).port}\n`);
});
// On a busy machine the next round may be long in coming.
server.keepAliveTimeout = 120_000;

/** Looks, and then writes. */
async function bookNaively(
  request: { body: Record<string, string> },
  response: { redirect(status: number, to: string): void; sendStatus(status: number): void },
) {
  const [session] = await listSessions(contacts, 'made-up');
  if (!session || session.taken >= session.capacity) return response.sendStatus(422);
  await sleep(5);
  const somebody = person(String(request.body.email));
  const booking = {
    event: 'made-up',
    session: null,
    state: 'waiting',
    confirmed: 1,
    until: undefined,
    consent: 'x',
    person: somebody,
  } as const;
  const made = await insertBooking(contacts, booking);
  await contacts
    .updateTable('bookings')
    .set({ session: session.id, state: 'booked' })
    .where('id', '=', made?.id ?? '')
    .execute();
  response.redirect(303, '/take-part/made-up/sent');
}
