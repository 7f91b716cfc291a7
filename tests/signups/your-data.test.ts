/** What is kept under a mailbox: seen, taken along and deleted by its owner, and by nobody else. */
import { expect, test } from 'vitest';
import { addEvent, lettersTo, tokenFrom } from '../support/contacts.ts';
import { openSignUps, type SignUpSite } from '../support/sign-ups.ts';

async function bookAs(site: SignUpSite, name: string): Promise<void> {
  const email = `${name.toLowerCase()}@example.org`;
  const visitor = await site.visit('/take-part/made-up');
  await visitor.press('Sign up', {
    name,
    organisation: 'Made Up CIC',
    email,
    agree: ['yes'],
    ...(visitor.inputs.includes('wait') ? { wait: ['yes'] } : {}),
  });
  await visitor.open(`/bookings/${await tokenFrom(site.contacts, email, 'confirm')}`);
  await visitor.press('Confirm');
}

async function linkFor(site: SignUpSite, email: string): Promise<string> {
  const visitor = await site.visit('/your-data');
  await visitor.answer({ email });
  expect(visitor.heading).toBe('Look in your mailbox');
  const letter = (await lettersTo(site.contacts, email)).findLast(({ kind }) => kind === 'data');
  return /\/your-data\/[\w-]+/.exec(letter?.text ?? '')?.[0] ?? '';
}

test('somebody sees what is kept, takes a copy, has it deleted, and the seat goes to the next', async () => {
  const site = await openSignUps();
  await addEvent(site.contacts, [1]);
  await bookAs(site, 'Ada');
  await bookAs(site, 'Bo');
  const link = await linkFor(site, 'ada@example.org');
  const ada = await site.visit(link);
  expect(ada.words).toContain('Made Up CIC');
  await ada.open(`${link}/copy.json`);
  expect(JSON.parse(ada.html)).toMatchObject({
    email: 'ada@example.org',
    bookings: [{ name: 'Ada', state: 'booked' }],
  });
  await ada.open(link);
  await ada.press('Delete all of it now');
  expect(ada.heading).toBe('It is deleted');
  const tables = ['bookings', 'outbox', 'links', 'mailbox_links'] as const;
  const rows = await Promise.all(tables.map((table) => site.contacts.selectFrom(table).selectAll().execute()));
  // Not the name alone: some of the random identifiers hold its three letters.
  expect(JSON.stringify(rows)).not.toMatch(/ada@|\bada\b/i);
  expect((await lettersTo(site.contacts, 'bo@example.org')).map(({ kind }) => kind)).toContain('offer');
  expect((await ada.open(link)).status).toBe(404);
});

test('whoever asks for a mailbox that nothing is kept under is told the same', async () => {
  const site = await openSignUps();
  const link = await linkFor(site, 'nobody@example.org');
  expect((await site.visit(link)).words).toContain('We keep nothing under this address.');
});

test('a link opens for a day, and a mailbox is written to three times a day at most', async () => {
  const site = await openSignUps();
  const link = await linkFor(site, 'ada@example.org');
  for (const _ of [1, 2]) await linkFor(site, 'ada@example.org');
  const again = await site.visit('/your-data');
  await again.answer({ email: 'ada@example.org' });
  expect(again.heading).toBe('Look in your mailbox');
  expect(await lettersTo(site.contacts, 'ada@example.org')).toHaveLength(3);
  site.wait(24);
  expect((await site.visit(link)).status).toBe(404);
});
