/** Whatever is sent to participants' pages: a clear sentence, nothing lost of what was typed, nothing kept, never a 5xx. */
import { describe, expect, test } from 'vitest';
import { addEvent, tokenFrom } from '../support/contacts.ts';
import type { Respondent } from '../support/respondent.ts';
import { openSignUps, type SignUpSite } from '../support/sign-ups.ts';

const LONG = 'x'.repeat(10_000);
const NAME = 'Enter your name: letters first, at most 100 characters';
const ORGANISATION = 'Enter the name of your organisation in at most 200 characters';
const EMAIL = 'Enter one e-mail address, such as name@example.org';
const PHONE = 'Enter a phone number with digits, spaces and + only';

const FORM = {
  session: 'session-0',
  name: 'Ada Made-Up',
  organisation: 'Made Up CIC',
  email: 'Ada@Example.org',
  access: '',
  times: '',
  stage: '',
  phone: '',
  message: '',
  agree: 'yes',
};

async function openForm(): Promise<{ site: SignUpSite; ada: Respondent }> {
  const site = await openSignUps();
  const asks = ['access', 'times', 'stage', 'phone', 'message'] as const;
  await addEvent(site.contacts, [2, 2], { about: { asks: [...asks], stages: ['We use AI', 'We do not'] } });
  return { site, ada: await site.visit('/take-part/made-up') };
}

const send = (ada: Respondent, form: Readonly<Record<string, string>>) =>
  ada.post('/take-part/made-up/bookings', new URLSearchParams(form).toString());

const kept = async ({ contacts }: SignUpSite) => [
  ...(await contacts.selectFrom('bookings').selectAll().execute()),
  ...(await contacts.selectFrom('outbox').selectAll().execute()),
];

describe('a form in which one thing is wrong', () => {
  test.each([
    ['no time', 'session', '', 'Choose a time'],
    ['a time of elsewhere', 'session', 'session-7', 'Choose a time'],
    ['no name', 'name', ' ', NAME],
    ['a name of 10,000 characters', 'name', LONG, NAME],
    ['a name with markup', 'name', '<script>alert(1)</script>', NAME],
    ['a name with an address in it', 'name', 'https://www.example.com/', NAME],
    ['a name that turns the line round', 'name', 'Ada\u202egnp.exe', NAME],
    ['no organisation', 'organisation', '', ORGANISATION],
    ['an organisation of 10,000 characters', 'organisation', LONG, ORGANISATION],
    ['no mailbox', 'email', '', EMAIL],
    ['two of them', 'email', 'a@example.org, b@example.org', EMAIL],
    ['two of them after a semicolon', 'email', 'a@example.org;b@example.org', EMAIL],
    ['two of them after a space', 'email', 'a@example.org b@example.org', EMAIL],
    ['two of them on two lines', 'email', 'a@example.org\nb@example.org', EMAIL],
    ['a header', 'email', 'a@example.org\r\nBcc: b@example.org', EMAIL],
    ['a header after an escape', 'email', 'a@example.org%0d%0aBcc:b@example.org', EMAIL],
    ['a name beside it', 'email', 'Ada <a@example.org>', EMAIL],
    ['a comment in it', 'email', 'a(b@example.com)@example.org', EMAIL],
    ['a quoted one', 'email', '"a b"@example.org', EMAIL],
    ['a link', 'email', 'mailto:a@example.org', EMAIL],
    ['one without a domain', 'email', 'ada', EMAIL],
    ['one with a number for a domain', 'email', 'ada@[127.0.0.1]', EMAIL],
    ['one of 10,000 characters', 'email', `${LONG}@example.org`, EMAIL],
    ['needs of 10,000 characters', 'access', LONG, 'This may have at most 1000 characters'],
    ['times of 10,000 characters', 'times', LONG, 'This may have at most 500 characters'],
    ['a message of 10,000 characters', 'message', LONG, 'This may have at most 2000 characters'],
    ['a phone number in words', 'phone', 'ask my colleague', PHONE],
    ['a phone number with markup', 'phone', '<b>020</b>', PHONE],
    ['a description of its own', 'stage', 'We are robots', 'Choose one of the answers'],
    ['no agreement', 'agree', '', 'Tick the box if you agree. Without it we cannot keep your details'],
    ['another agreement', 'agree', 'no', 'Tick the box if you agree. Without it we cannot keep your details'],
  ])('%s', async (_, field, value, words) => {
    const { site, ada } = await openForm();
    await send(ada, { ...FORM, [field]: value });
    expect([ada.status, ada.errors]).toEqual([422, [{ href: `#${field}`, text: words }]]);
    const chosen = new Set(['session', 'stage', 'agree']);
    const expected = Object.entries({ ...FORM, [field]: value }).filter(
      ([name, typed]) => typed !== '' && !(name === field && chosen.has(name)),
    );
    expect(ada.entered).toEqual(
      Object.fromEntries(expected.map(([name, typed]) => [name, name === 'agree' ? [typed] : typed])),
    );
    expect(ada.html).not.toContain('<script>alert');
    expect(await kept(site)).toEqual([]);
    expect(JSON.stringify(site.lines)).not.toMatch(/example\.org|Made Up/);
  });

  test('everything at once is told at once', async () => {
    const { ada } = await openForm();
    await send(ada, {});
    expect(ada.errors.map(({ href }) => href)).toEqual(['#session', '#name', '#organisation', '#email', '#agree']);
  });
});

test.each([
  ['of an office', 'info@example.org'],
  ['with a plus', 'ada+workshop@example.org'],
  ['with an apostrophe', "o'brien@example.org"],
  ['with spaces around it', '  ada@example.org\t'],
  ['in capitals', 'ADA@EXAMPLE.ORG'],
])('a mailbox %s is one', async (_, email) => {
  const { site, ada } = await openForm();
  await send(ada, { ...FORM, email });
  expect(ada.heading).toBe('Look in your mailbox');
  const rows = await site.contacts.selectFrom('outbox').select('email').execute();
  expect(rows).toEqual([{ email: email.trim().toLowerCase() }]);
});

test('what is allowed is kept as it was typed, and shown as text', async () => {
  const { site, ada } = await openForm();
  const message = '<b>=1+1</b> & "quotes"\r\nthe second line 🙂';
  await send(ada, { ...FORM, organisation: '<i>Made & Up</i>', message });
  await ada.open(`/bookings/${await tokenFrom(site.contacts, 'ada@example.org', 'confirm')}`);
  expect(ada.html).toContain('&lt;i&gt;Made &amp; Up&lt;/i&gt;');
  const [row] = await site.contacts.selectFrom('bookings').selectAll().execute();
  expect([row?.organisation, JSON.parse(row?.answers ?? '').message]).toEqual(['<i>Made & Up</i>', message]);
});

describe('what no page of ours sends', () => {
  const good = new URLSearchParams(FORM).toString();
  test.each([
    ['a field twice', `${good}&email=b@example.org`],
    ['a list', `${good}&name=b&name=c`],
    ['a prototype', `${good}&__proto__=x`],
    ['a NUL', `${good}&message=a%00b`],
    ['half a character', `${good}&message=%ed%a0%80`],
    ['a broken escape', `${good}&message=%zz`],
    ['two thousand fields', `${good}${'&x=1'.repeat(2000)}`],
    ['two megabytes', `${good}&message=${'x'.repeat(2_000_000)}`],
  ])('%s is refused and nothing is kept', async (_, body) => {
    const { site } = await openForm();
    for (const path of ['/take-part/made-up/bookings', '/your-data', '/bookings/x/move']) {
      const reply = await fetch(site.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
        redirect: 'manual',
      });
      // A field that a page does not ask for is not looked at; there is no such booking.
      const isOther = path !== '/take-part/made-up/bookings' && /twice|list/.test(_);
      expect(isOther ? [303, 400, 404] : [400, 413], path).toContain(reply.status);
    }
    expect(await site.contacts.selectFrom('bookings').selectAll().execute()).toEqual([]);
  });

  test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])('a body of %s', async (type) => {
    const { site } = await openForm();
    const reply = await fetch(`${site.url}/take-part/made-up/bookings`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{"name":"Ada"}',
    });
    expect(reply.status).toBe(415);
  });
});

test('a form posted twice at once books once, and says the same both times', async () => {
  const { site, ada } = await openForm();
  const other = await site.visit();
  await Promise.all([send(ada, FORM), send(other, FORM)]);
  expect([ada.heading, other.heading]).toEqual(['Look in your mailbox', 'Look in your mailbox']);
  expect(await site.contacts.selectFrom('bookings').selectAll().execute()).toHaveLength(1);
  expect(await site.contacts.selectFrom('outbox').selectAll().execute()).toHaveLength(1);
});

describe('a link', () => {
  const ACTS = ['confirm', 'accept', 'cancel', 'move'];
  const opensNothing = async (visitor: Respondent, token: string) => {
    const met = [(await visitor.open(`/bookings/${token}`)).heading];
    for (const act of ACTS) met.push((await visitor.post(`/bookings/${token}/${act}`, 'session=session-1')).heading);
    met.push((await visitor.open(`/bookings/${token}/invite.ics`)).heading);
    return new Set(met);
  };

  test.each([
    ['cut', (token: string) => token.slice(0, -1)],
    ['with more behind it', (token: string) => `${token}.`],
    ['in capitals', (token: string) => token.toUpperCase()],
    ['of nobody', () => 'x'.repeat(43)],
    ['of 5,000 characters', () => 'x'.repeat(5000)],
    ['that climbs', () => '..%2F..%2Fstaff'],
    ['with a header', () => 'a%0d%0aSet-Cookie:%20x=1'],
  ])('%s opens nothing, and says so', async (_, change) => {
    const { site, ada } = await openForm();
    await send(ada, FORM);
    const before = await kept(site);
    const token = change(await tokenFrom(site.contacts, 'ada@example.org', 'confirm'));
    expect(await opensNothing(await site.visit(), token)).toEqual(new Set(['This link opens nothing']));
    expect(await kept(site)).toEqual(before);
  });

  test.each(['a%00b', '%zz', '%ff'])('that is no text (%s) is never an error of ours', async (token) => {
    const { ada } = await openForm();
    for (const act of ['', ...ACTS.map((each) => `/${each}`)])
      expect([400, 404]).toContain((await ada.post(`/bookings/${token}${act}`, '')).status);
    expect([400, 404]).toContain((await ada.open(`/bookings/${token}`)).status);
  });

  test('that was used says how it stands, however often', async () => {
    const { site, ada } = await openForm();
    await send(ada, FORM);
    await ada.open(`/bookings/${await tokenFrom(site.contacts, 'ada@example.org', 'confirm')}`);
    for (const _ of [1, 2, 3]) {
      await ada.post(`${ada.address}/confirm`, '');
      expect([ada.status, ada.words]).toEqual([200, expect.stringContaining('Your place is booked.')]);
    }
    expect(await site.contacts.selectFrom('outbox').select('kind').where('kind', '=', 'booked').execute()).toHaveLength(
      1,
    );
  });

  test('that has expired says so, and where to begin again', async () => {
    const { site, ada } = await openForm();
    await send(ada, FORM);
    const token = await tokenFrom(site.contacts, 'ada@example.org', 'confirm');
    site.wait(24);
    for (const act of ACTS) {
      await ada.post(`/bookings/${token}/${act}`, 'session=session-1');
      expect([ada.status, ada.errors.length]).toEqual([410, 1]);
      expect(ada.words).toContain('This is over: we did not hear from you in time.');
    }
    expect(ada.link('Sign up again').href).toBe('/take-part/made-up');
  });

  test('of another booking opens that one alone', async () => {
    const { site, ada } = await openForm();
    await send(ada, FORM);
    await send(ada, { ...FORM, email: 'bo@example.org', session: 'session-1' });
    const bo = await tokenFrom(site.contacts, 'bo@example.org', 'confirm');
    await ada.post(`/bookings/${bo}/cancel`, '');
    const rows = await site.contacts.selectFrom('bookings').select(['email', 'state']).orderBy('state').execute();
    expect(rows).toEqual([
      { email: null, state: 'cancelled' },
      { email: 'ada@example.org', state: 'held' },
    ]);
  });
});

test.each([
  ['', EMAIL],
  ['a@example.org, b@example.org', EMAIL],
  ['a@example.org\r\nBcc: b@example.org', EMAIL],
  [LONG, EMAIL],
])('a wrong mailbox is not asked for what we keep (%j)', async (email, words) => {
  const site = await openSignUps();
  const visitor = await site.visit('/your-data');
  await visitor.post('/your-data', new URLSearchParams({ email }).toString());
  expect([visitor.status, visitor.errors.map(({ text }) => text)]).toEqual([422, [words]]);
  expect(visitor.entered).toEqual(email === '' ? {} : { email });
  expect(await kept(site)).toEqual([]);
});
