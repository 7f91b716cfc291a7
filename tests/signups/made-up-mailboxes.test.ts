/** A stranger who types mailboxes that are not theirs: how many seats they can keep from others, and for how long. */
import { expect, test } from 'vitest';
import { lapse } from '../../src/signups/lapses/store.ts';
import { listSessions } from '../../src/signups/store.ts';
import { addEvent, SITE, tokenFrom } from '../support/contacts.ts';
import { openSignUps, type SignUpSite } from '../support/sign-ups.ts';

const STRANGER = '203.0.113.7';
const ELSEWHERE = '198.51.100.1';

/** Sends the form from a network address, as a proxy of the site's own would tell it. */
async function signUp(site: SignUpSite, email: string, from: string, wait = false): Promise<number> {
  const form = { session: 'session-0', name: 'Made Up', organisation: 'Made Up CIC', email, agree: 'yes' };
  const reply = await fetch(`${site.url}/take-part/made-up/bookings`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'x-forwarded-for': from },
    body: new URLSearchParams({ ...form, ...(wait && { wait: 'yes' }) }),
  });
  return reply.status;
}

async function signUpMany(site: SignUpSite, n: number, from: (index: number) => string, name = 'made-up') {
  const told = [];
  for (let index = 0; index < n; index++) told.push(await signUp(site, `${name}-${index}@example.org`, from(index)));
  return told;
}

async function confirm(site: SignUpSite, email: string): Promise<string> {
  const visitor = await site.visit(`/bookings/${await tokenFrom(site.contacts, email, 'confirm')}`);
  await visitor.press('Confirm');
  return visitor.words;
}

const taken = async ({ contacts }: SignUpSite) => (await listSessions(contacts, 'made-up'))[0]?.taken;

async function openBehindProxy(seats: number): Promise<SignUpSite> {
  const site = await openSignUps({ proxies: 1 });
  await addEvent(site.contacts, [seats]);
  return site;
}

test('from one network address twenty seats are held at most, and nobody there is turned away', async () => {
  const site = await openBehindProxy(30);
  expect(new Set(await signUpMany(site, 60, () => STRANGER))).toEqual(new Set([303]));
  expect(await taken(site)).toBe(20);
  expect(await signUp(site, 'ada@example.org', ELSEWHERE)).toBe(303);
  expect(await taken(site)).toBe(21);
  // In the stranger's own office, or behind the same telephone company: no seat is held, and one is booked.
  expect(await signUp(site, 'bo@example.org', STRANGER)).toBe(303);
  expect(await taken(site)).toBe(21);
  expect(await confirm(site, 'bo@example.org')).toContain('Your place is booked.');
  expect(await confirm(site, 'ada@example.org')).toContain('Your place is booked.');
});

test('thirty honest people in one office all get one of thirty seats', async () => {
  const site = await openBehindProxy(30);
  await signUpMany(site, 30, () => STRANGER, 'colleague');
  for (let index = 0; index < 30; index++)
    expect(await confirm(site, `colleague-${index}@example.org`)).toContain('Your place is booked.');
});

test('from many addresses all seats are held for a day, and then whoever waits comes first', async () => {
  const site = await openBehindProxy(4);
  const everywhere = (index: number) => `192.0.2.${index}`;
  await signUpMany(site, 4, everywhere);
  expect(await signUp(site, 'ada@example.org', ELSEWHERE)).toBe(422);
  expect(await signUp(site, 'ada@example.org', ELSEWHERE, true)).toBe(303);
  expect(await confirm(site, 'ada@example.org')).toContain('You are on the waiting list.');
  site.wait(24);
  await lapse(site.contacts, { now: site.now(), site: SITE });
  expect(await signUpMany(site, 4, everywhere, 'once-more')).toEqual([303, 303, 303, 422]);
  const ada = await site.visit(`/bookings/${await tokenFrom(site.contacts, 'ada@example.org', 'offer')}`);
  await ada.press('Yes, I want the place');
  expect(ada.words).toContain('Your place is booked.');
});

test('a hold that ended a moment ago, before anybody has looked, is over and not confirmed over who waits', async () => {
  const site = await openBehindProxy(1);
  await signUp(site, 'slow@example.org', ELSEWHERE);
  site.wait(1);
  await signUp(site, 'ada@example.org', ELSEWHERE, true);
  await confirm(site, 'ada@example.org');
  const slow = await site.visit(`/bookings/${await tokenFrom(site.contacts, 'slow@example.org', 'confirm')}`);
  expect(slow.words).toContain('A place is held for you');
  site.wait(23);
  await slow.press('Confirm');
  expect([slow.status, slow.words]).toEqual([410, expect.stringContaining('This is over')]);
  await lapse(site.contacts, { now: site.now(), site: SITE });
  const offered = await site.visit(`/bookings/${await tokenFrom(site.contacts, 'ada@example.org', 'offer')}`);
  expect(offered.words).toContain('A place is free and kept for you');
});

test('a header that claims another address changes nothing where no proxy is configured', async () => {
  const site = await openSignUps();
  await addEvent(site.contacts, [30]);
  await signUpMany(site, 30, (index) => `192.0.2.${index}`);
  expect(await taken(site)).toBe(20);
});

test('nothing of where somebody came from is written down', async () => {
  const site = await openBehindProxy(5);
  await signUp(site, 'ada@example.org', STRANGER);
  const rows = await Promise.all(
    (['bookings', 'outbox', 'links'] as const).map((table) => site.contacts.selectFrom(table).selectAll().execute()),
  );
  expect(JSON.stringify([rows, site.lines])).not.toContain(STRANGER);
});
