/** P3: a link in a message is opened once, and from then on its token stands in no address. */
import { expect, test } from 'vitest';
import { addEvent, lettersTo, tokenFrom } from '../support/contacts.ts';
import { openSignUps, type SignUpSite } from '../support/sign-ups.ts';

async function signUp(site: SignUpSite, name: string, session: string): Promise<string> {
  const email = `${name.toLowerCase()}@example.org`;
  const visitor = await site.visit('/take-part/made-up');
  await visitor.answer({ name, organisation: 'Made Up CIC', email, agree: ['yes'], session });
  return tokenFrom(site.contacts, email, 'confirm');
}

async function openTwo(publicUrl?: URL) {
  const site = await openSignUps({ publicUrl });
  await addEvent(site.contacts, [5, 5]);
  return { site, ada: await signUp(site, 'Ada', 'session-0'), bo: await signUp(site, 'Bo', 'session-1') };
}

async function tokenForData(site: SignUpSite, email: string): Promise<string> {
  await (await site.visit('/your-data')).answer({ email });
  const letter = (await lettersTo(site.contacts, email)).findLast(({ kind }) => kind === 'data');
  return /\/your-data\/([\w-]+)/.exec(letter?.text ?? '')?.[1] ?? '';
}

const NOTHING = 'This link opens nothing';
const rows = async ({ contacts }: SignUpSite) =>
  JSON.stringify([
    await contacts.selectFrom('bookings').selectAll().execute(),
    await contacts.selectFrom('links').selectAll().execute(),
    await contacts.selectFrom('outbox').selectAll().execute(),
  ]);

test('opening it moves its token out of the address, and the page does not hold it', async () => {
  const { site, ada } = await openTwo();
  const visitor = await site.visit(`/bookings/${ada}`);
  expect(visitor.heading).toBe('Your booking');
  expect(visitor.address).toMatch(/^\/bookings\/[0-9a-f]{32}$/);
  expect(visitor.html).not.toContain(ada);
  await visitor.press('Confirm');
  expect([visitor.words, visitor.html]).toEqual([
    expect.stringContaining('Your place is booked.'),
    expect.not.stringContaining(ada),
  ]);
});

test.each([
  [undefined, /^link-[0-9a-f]{32}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/],
  [
    new URL('https://soundings.example.org'),
    /^__Host-link-[0-9a-f]{32}=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  ],
])(
  'it is kept in a cookie that no script reads and no other site sends, until the browser closes (%s)',
  async (publicUrl, cookie) => {
    const { site, ada } = await openTwo(publicUrl);
    const reply = await fetch(`${site.url}/bookings/${ada}`, { redirect: 'manual' });
    expect(reply.status).toBe(303);
    expect(reply.headers.get('location')).not.toContain(ada);
    expect(reply.headers.getSetCookie()).toEqual([expect.stringMatching(cookie)]);
    expect([reply.headers.get('cache-control'), reply.headers.get('referrer-policy')]).toEqual([
      'no-store',
      'no-referrer',
    ]);
  },
);

test('a mail scanner that opens it, with cookies or without, changes nothing and takes nothing from its owner', async () => {
  const { site, ada } = await openTwo();
  const before = await rows(site);
  for (const method of ['GET', 'HEAD'])
    for (let time = 0; time < 3; time++) await fetch(`${site.url}/bookings/${ada}`, { method });
  const scanner = await site.visit(`/bookings/${ada}`);
  await scanner.open(`${scanner.address}/invite.ics`);
  expect(await rows(site)).toBe(before);
  const owner = await site.visit(`/bookings/${ada}`);
  await owner.press('Confirm');
  expect(owner.words).toContain('Your place is booked.');
});

test('a browser without the cookie is told what to do, in the status of what does not exist', async () => {
  const { site, ada } = await openTwo();
  const { address } = await site.visit(`/bookings/${ada}`);
  const other = await site.visit(address);
  expect([other.status, other.heading]).toEqual([404, NOTHING]);
  for (const act of ['confirm', 'accept', 'cancel', 'move'])
    expect([(await other.post(`${address}/${act}`, 'session=session-1')).status, other.heading]).toEqual([
      404,
      NOTHING,
    ]);
});

test('two bookings in one browser are told apart, and neither opens the other', async () => {
  const { site, ada, bo } = await openTwo();
  const visitor = await site.visit(`/bookings/${ada}`);
  const first = visitor.address;
  await visitor.open(`/bookings/${bo}`);
  const second = visitor.address;
  await visitor.open(first);
  expect(visitor.words).toContain('10:00 – 11:00');
  await visitor.press('Confirm');
  expect(visitor.words).toContain('Your place is booked.');
  expect((await visitor.open(second)).words).not.toContain('Your place is booked.');
  expect(visitor.words).toContain('11:00 – 12:00');

  const named = (address: string) => `link-${address.split('/').at(-1)}`;
  const forged = await fetch(site.url + second, { headers: { cookie: `${named(second)}=${ada}` } });
  expect(forged.status).toBe(404);
});

test('when the booking is over the cookie goes, and the link in the message still says how it ended', async () => {
  const { site, ada } = await openTwo();
  const visitor = await site.visit(`/bookings/${ada}`);
  const { address } = visitor;
  await visitor.press('Cancel my booking');
  expect([visitor.status, visitor.words]).toEqual([200, expect.stringContaining('This has been cancelled.')]);
  expect(visitor.cookies).not.toContain('link-');
  expect((await visitor.open(address)).heading).toBe(NOTHING);
  expect((await visitor.open(`/bookings/${ada}`)).words).toContain('This has been cancelled.');
});

test('a form that is posted to the address in the message is taken, from a browser without cookies too', async () => {
  const { site, ada } = await openTwo();
  const reply = await fetch(`${site.url}/bookings/${ada}/confirm`, { method: 'POST', redirect: 'manual' });
  expect([reply.status, reply.headers.get('location')]).toEqual([303, `/bookings/${ada}`]);
  expect((await site.visit(`/bookings/${ada}`)).words).toContain('Your place is booked.');
});

test('the link to what we keep is exchanged in the same way, two of them are told apart, and deleting takes the cookie', async () => {
  const { site } = await openTwo();
  const [ada, bo] = [await tokenForData(site, 'ada@example.org'), await tokenForData(site, 'bo@example.org')];
  const visitor = await site.visit(`/your-data/${ada}`);
  const first = visitor.address;
  expect([visitor.heading, first]).toEqual([
    'What we keep about you',
    expect.stringMatching(/^\/your-data\/[0-9a-f]{32}$/),
  ]);
  expect(visitor.html).not.toContain(ada);
  await visitor.open(`/your-data/${bo}`);
  await visitor.open(first);
  await visitor.press('Delete all of it now');
  expect(visitor.heading).toBe('It is deleted');
  const left = await site.contacts.selectFrom('bookings').select('email').execute();
  expect(left.map(({ email }) => email).toSorted()).toEqual(['bo@example.org', null]);
  expect(visitor.cookies.match(/link-/g)).toHaveLength(1);
  expect((await (await site.visit()).open(first)).heading).toBe(NOTHING);
});

test('in the language of the page on which somebody signed up, where this browser has chosen none', async () => {
  const { site, ada } = await openTwo();
  await site.contacts.updateTable('bookings').set({ language: 'cy' }).execute();
  expect((await site.visit(`/bookings/${ada}`)).html).toContain('<html lang="cy">');
});
