/** Every door of sign-ups answers as `docs/addresses.md` says, however things stand, and its GETs change nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashToken } from '../../src/accounts/secrets/store.ts';
import { lapse } from '../../src/signups/lapses/store.ts';
import { askForPlace, cancel } from '../../src/signups/seats/store.ts';
import { addBooking, addEvent, type Contacts, person, SITE, tokenFrom } from '../support/contacts.ts';
import { openSignUps, type SignUpSite } from '../support/sign-ups.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/addresses.md'), 'utf8');
const DOORS = [
  ...PAGE.matchAll(
    /^\| (GET|POST) \| `(\/(?:take-part|bookings|your-data|calendar)\S*)` \| \w+ \| .+ \| ([\d, ]+) \|$/gm,
  ),
].map(([, method = '', path = '', statuses = '']) => ({ method, path, statuses: statuses.split(', ').map(Number) }));

const at = (hours: number) => ({
  now: new Date(Date.parse('2027-03-01T09:00:00.000Z') + hours * 3_600_000),
  site: SITE,
});

/** How things can stand, each with the token of a booking. */
const STATES: Readonly<Record<string, (site: SignUpSite) => Promise<string>>> = {
  'there is nothing': async () => 'none',
  'an event is open': async ({ contacts }) => {
    await addEvent(contacts, [2]);
    return 'none';
  },
  'it is full, and two times': async ({ contacts }) => {
    await addEvent(contacts, [1, 1]);
    await askForPlace(
      contacts,
      { event: 'made-up', session: 'session-0', wait: false, person: person('x@example.org') },
      at(0),
    );
    return tokenFrom(contacts, 'x@example.org', 'confirm');
  },
  'somebody is booked': async ({ contacts }) => (await addBooking(contacts)).token,
  'somebody has cancelled': async ({ contacts }) => {
    const { token } = await addBooking(contacts);
    await cancel(contacts, token, at(4));
    return token;
  },
  'somebody never confirmed': async ({ contacts }) => {
    await addEvent(contacts, [1]);
    await askForPlace(
      contacts,
      { event: 'made-up', session: 'session-0', wait: false, person: person('x@example.org') },
      at(-30),
    );
    const token = await tokenFrom(contacts, 'x@example.org', 'confirm');
    await lapse(contacts, at(0));
    return token;
  },
  'it is closed': async ({ contacts }) => {
    const { token } = await addBooking(contacts);
    await contacts.updateTable('events').set({ status: 'closed' }).execute();
    return token;
  },
  'a mailbox has had enough': async ({ contacts }) => {
    await addEvent(contacts, [5]);
    for (let time = 0; time < 3; time++)
      await askForPlace(
        contacts,
        { event: 'made-up', session: 'session-0', wait: true, person: person('ada@example.org') },
        at(0),
      );
    return 'none';
  },
};

/** Links to what is kept under a mailbox, and to the organisers' calendar, that open with a word. */
async function addOtherLinks(contacts: Contacts): Promise<void> {
  await contacts
    .insertInto('mailbox_links')
    .values({ token_hash: hashToken('mine'), email: 'ada@example.org', until: '2027-04-01T00:00:00.000Z' })
    .execute();
  await contacts
    .insertInto('feeds')
    .values({ name: 'organisers', token_hash: hashToken('mine') })
    .execute();
}

const FORM = { name: 'Ada', organisation: 'Made Up', email: 'ada@example.org', agree: 'yes' };

test.each(DOORS)(
  '$method $path',
  async ({ method, path, statuses }) => {
    const met: number[] = [];
    for (const arrange of Object.values(STATES)) {
      for (const form of method === 'GET'
        ? [undefined]
        : [{}, { ...FORM, session: 'session-0' }, { ...FORM, session: 'session-1', wait: 'yes' }]) {
        const site = await openSignUps();
        const own = await arrange(site);
        await addOtherLinks(site.contacts);
        for (const token of [own, 'mine', 'none']) {
          const before = JSON.stringify(await site.contacts.selectFrom('bookings').selectAll().execute());
          const reply = await fetch(site.url + path.replace(':event', 'made-up').replace(':token', token), {
            method,
            redirect: 'manual',
            ...(form && { body: new URLSearchParams(form) }),
          });
          met.push(reply.status);
          // A link from a message is exchanged for a cookie, by which the same door opens.
          const [cookie] = reply.headers.getSetCookie();
          if (method === 'GET' && cookie)
            met.push(
              (await fetch(new URL(reply.headers.get('location') ?? '', site.url), { headers: { cookie } })).status,
            );
          if (method === 'GET')
            expect(JSON.stringify(await site.contacts.selectFrom('bookings').selectAll().execute())).toBe(before);
        }
      }
    }
    expect([...new Set(met)].sort()).toEqual(statuses.filter((status) => status !== 503).sort());
  },
  60_000,
);

test('there are as many doors as the page says', () => {
  expect(DOORS.length).toBeGreaterThan(15);
});
