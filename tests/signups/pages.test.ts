/** Signing up and one's own booking, as a participant meets them. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addEvent, lettersTo, tokenFrom } from '../support/contacts.ts';
import { openSignUps } from '../support/sign-ups.ts';

const ADA = { name: 'Ada Made-Up', organisation: 'Made Up CIC', email: 'Ada@Example.org', agree: ['yes'] };

test('somebody books, confirms, puts it in the calendar, moves and cancels', async () => {
  const site = await openSignUps();
  await addEvent(site.contacts, [2, 2], { about: { link: 'https://meet.example.org/x' } });
  const ada = await (await site.visit()).follow('AI for beginners (synthetic)');
  await ada.answer({ ...ADA, session: 'session-0' });
  expect([ada.status, ada.heading]).toEqual([200, 'Look in your mailbox']);

  const link = `/bookings/${await tokenFrom(site.contacts, 'ada@example.org', 'confirm')}`;
  await ada.open(link);
  expect(ada.words).toContain('A place is held for you until 09:00, Tuesday 2 March 2027 (Greenwich Mean Time)');
  expect(ada.words).not.toContain('meet.example.org');
  await ada.press('Confirm');
  expect(ada.words).toContain('Your place is booked.');
  expect(ada.words).toContain('To join: https://meet.example.org/x');
  await ada.follow('Put it in your calendar');
  expect(ada.headers['content-type']).toBe('text/calendar; charset=utf-8');
  expect(ada.html).toContain('DTSTART;TZID=Europe/London:20270308T100000');

  await ada.open(link);
  await ada.press('Change to this time', { session: 'session-1' });
  expect(ada.words).toContain('Monday 8 March 2027, 11:00 – 12:00 (Greenwich Mean Time)');
  await ada.press('Cancel my booking');
  expect(ada.words).toContain('This has been cancelled.');
  await ada.follow('Sign up again');
  expect(ada.heading).toBe('AI for beginners (synthetic)');
});

test('who comes to a full workshop waits, is offered a place and takes it', async () => {
  const site = await openSignUps();
  await addEvent(site.contacts, [1]);
  const [ada, bea] = [await site.visit('/take-part/made-up'), await site.visit('/take-part/made-up')];
  await ada.answer(ADA);
  await ada.open(`/bookings/${await tokenFrom(site.contacts, 'ada@example.org', 'confirm')}`);
  await ada.press('Confirm');

  const given = { ...ADA, name: 'Bea', email: 'bea@example.org' };
  await bea.answer(given);
  expect([bea.status, bea.errors.map(({ text }) => text)]).toEqual([
    422,
    ['No place is free at that time. Tick the box to wait for one, or choose another time'],
  ]);
  await bea.answer({ wait: ['yes'] });
  expect(bea.heading).toBe('Look in your mailbox');
  await bea.open(`/bookings/${await tokenFrom(site.contacts, 'bea@example.org', 'confirm')}`);
  await bea.press('Confirm');
  expect(bea.words).toContain('You are on the waiting list.');

  await ada.press('Cancel my booking');
  await bea.open(`/bookings/${await tokenFrom(site.contacts, 'bea@example.org', 'offer')}`);
  await bea.press('Yes, I want the place');
  expect(bea.words).toContain('Your place is booked.');
});

test('nothing that a stranger typed is sent to the mailbox that they typed, until its owner has answered', async () => {
  const site = await openSignUps();
  await addEvent(site.contacts, [2], { about: { asks: ['message'] } });
  const evil = { ...ADA, name: 'www.evil.example.com', organisation: 'evil.example.com', message: 'evil.example.com' };
  await (await site.visit('/take-part/made-up')).answer(evil);
  site.wait(1);
  await (await site.visit('/take-part/made-up')).answer(evil);
  const letters = await lettersTo(site.contacts, 'ada@example.org');
  expect(letters.map(({ kind }) => kind).toSorted()).toEqual(['again', 'confirm']);
  expect(JSON.stringify(letters)).not.toContain('evil');
});

test('a free place is shown as free, whoever has typed that they would wait and never answered', async () => {
  const site = await openSignUps();
  await addEvent(site.contacts, [1]);
  const ada = await site.visit('/take-part/made-up');
  await ada.answer(ADA);
  const link = `/bookings/${await tokenFrom(site.contacts, 'ada@example.org', 'confirm')}`;
  const bea = await site.visit('/take-part/made-up');
  expect(bea.words).toContain('Full. You can wait for a place');
  await bea.answer({ ...ADA, email: 'bea@example.org', wait: ['yes'] });
  await ada.open(link);
  await ada.press('Cancel my booking');
  expect((await bea.open('/take-part/made-up')).words).toContain(' Free ');
});

test('whose time has begun meanwhile is told so, and keeps what they typed', async () => {
  const site = await openSignUps();
  await addEvent(site.contacts, [2, 2]);
  const ada = await site.visit('/take-part/made-up');
  site.wait(7 * 24 + 1);
  await ada.answer({ ...ADA, session: 'session-0' });
  expect([ada.status, ada.errors.map(({ text }) => text)]).toEqual([
    410,
    ['That time has begun or is called off. Choose another'],
  ]);
  await ada.answer({ session: 'session-1' });
  expect(ada.heading).toBe('Look in your mailbox');
});

test('while the store cannot write, what is typed is offered once more, and then taken', async () => {
  const site = await openSignUps();
  await addEvent(site.contacts, [2]);
  const ada = await site.visit('/take-part/made-up');
  await sql`PRAGMA query_only = ON`.execute(site.contacts);
  await ada.answer(ADA);
  expect(ada.status).toBe(503);
  await sql`PRAGMA query_only = OFF`.execute(site.contacts);
  await ada.answer();
  expect(ada.heading).toBe('Look in your mailbox');
  const link = `/bookings/${await tokenFrom(site.contacts, 'ada@example.org', 'confirm')}`;
  await ada.open(link);
  await sql`PRAGMA query_only = ON`.execute(site.contacts);
  await ada.press('Confirm');
  expect(ada.status).toBe(503);
  await sql`PRAGMA query_only = OFF`.execute(site.contacts);
  await ada.answer();
  expect(ada.words).toContain('Your place is booked.');
});

test('a link is of one booking, opens it by GET without changing it, and its token stands in no log', async () => {
  const site = await openSignUps();
  await addEvent(site.contacts, [2]);
  await (await site.visit('/take-part/made-up')).answer(ADA);
  const token = await tokenFrom(site.contacts, 'ada@example.org', 'confirm');
  const before = await site.contacts.selectFrom('bookings').selectAll().execute();
  const ada = await site.visit(`/bookings/${token}`);
  expect(ada.headers).toMatchObject({ 'referrer-policy': expect.any(String), 'cache-control': 'no-store' });
  expect(await site.contacts.selectFrom('bookings').selectAll().execute()).toEqual(before);
  expect(JSON.stringify(site.lines)).not.toContain(token);
  expect(JSON.stringify(site.lines)).not.toContain('example.org');
});

test.each([
  [true, 'Look in your mailbox', 'We have sent you a link', 'a link is on its way to it'],
  [
    false,
    'The organisers will pass a link on to you',
    'This site sends no mail itself: the organisers will pass a message with a link on to you.',
    'the organisers will pass a message with a link on to that address',
  ],
])('where a mail server is set (%s) the pages say how the link comes', async (sendsMail, heading, words, data) => {
  const site = await openSignUps({ sendsMail });
  await addEvent(site.contacts, [5]);
  const ada = await site.visit('/take-part/made-up/sent');
  expect([ada.heading, ada.words]).toEqual([heading, expect.stringContaining(words)]);
  expect(ada.words.includes('look among unwanted mail')).toBe(sendsMail);
  await ada.open('/your-data/sent');
  expect([ada.heading, ada.words]).toEqual([heading, expect.stringContaining(data)]);
  // The forms before them promise no more than is so.
  for (const address of ['/take-part/made-up', '/your-data'])
    expect((await ada.open(address)).words).not.toMatch(/we send/i);
  const [english, welsh] = [(await ada.open('/your-data/sent')).html, (await ada.open('/your-data/sent?lang=cy')).html];
  expect(welsh).not.toContain(/<h1[^>]*>(.+)<\/h1>/.exec(english)?.[1]);
});
