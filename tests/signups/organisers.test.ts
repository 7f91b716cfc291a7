/** What organisers change, and who hears of it: by letter, by phone, and how often. */
import { describe, expect, test } from 'vitest';
import { messageSchema } from '../../src/mail/message.ts';
import { previewsOf } from '../../src/signups/previews/made-up.ts';
import WORDS from '../../src/web/words/en.json' with { type: 'json' };
import { lettersTo, tokenFrom } from '../support/contacts.ts';
import type { Respondent } from '../support/respondent.ts';
import { openStaffSite, type StaffSite } from '../support/staff.ts';

const EVENT = { title: 'First steps (synthetic)', place: 'Room 1', link: 'https://meet.example.org/one' };
const TIME = { day: '2027-04-05', time: '14:00', minutes: '90' };

/** An event of a kind, open where it can be. */
async function openEvent(kind = 'workshop', more: Readonly<Record<string, string>> = {}) {
  const site = await openStaffSite();
  const admin = await site.signIn(await site.add('Ada', { admin: true }));
  await admin.open(`/staff/events/new?kind=${kind}`);
  await admin.press('Save', { ...EVENT, ...more });
  const { address } = admin;
  if (kind === 'workshop' || kind === 'interview') {
    await admin.follow(kind === 'interview' ? 'Add slots' : 'Add a time');
    await admin.press('Save', { ...TIME, ...(kind === 'workshop' ? { capacity: '2' } : {}) });
  }
  await admin.press('Open for signing up');
  return { site, admin, event: address };
}

async function signUp(site: StaffSite, event: string, name: string): Promise<void> {
  const email = `${name.toLowerCase()}@example.org`;
  const visitor = await site.visit(event.replace('/staff/events', '/take-part'));
  await visitor.press('Sign up', { name, organisation: `${name} CIC`, email, agree: ['yes'] });
  await visitor.open(`/bookings/${await tokenFrom(site.contacts, email, 'confirm')}`);
  await visitor.press('Confirm');
}

const firstTime = (admin: Respondent): string => /name="session"[^>]*value="([^"]+)"/.exec(admin.html)?.[1] ?? '';

async function takePhone(admin: Respondent, event: string, name: string, more = {}): Promise<Respondent> {
  await admin.open(`${event}/participants/new`);
  const session = firstTime(admin);
  return admin.press('Book', {
    ...(session && { session }),
    name,
    organisation: `${name} CIC`,
    phone: '01632 960001',
    agree: ['yes'],
    ...more,
  });
}

const kindsTo = async (site: StaffSite, name: string) =>
  (await lettersTo(site.contacts, `${name}@example.org`)).map(({ kind }) => kind).toSorted();

test('seats that are held and not confirmed are counted, and each can be freed, also one that is held for nobody', async () => {
  const { site, admin, event } = await openEvent();
  await signUp(site, event, 'Ida');
  for (const name of ['Ida', 'Bo']) {
    const visitor = await site.visit(event.replace('/staff/events', '/take-part'));
    const email = `${name.toLowerCase()}@example.org`;
    await visitor.press('Sign up', { name, organisation: `${name} CIC`, email, agree: ['yes'] });
    await admin.open(`${event}/participants`);
    await admin.follow(name === 'Ida' ? 'Held for nobody' : name);
    expect(admin.words).toContain('Standing Held, not confirmed');
    const button = name === 'Ida' ? 'Free the seat' : 'Cancel the booking';
    await admin.follow(name === 'Ida' ? 'Free this seat' : 'Cancel their booking');
    const { action, body } = admin.filledIn({}, button);
    await admin.open(event);
    expect(admin.words).toContain('Seats taken 2 of 2 Of these not confirmed 1');
    // The same form, sent twice.
    for (const _ of [1, 2]) {
      await admin.post(action, body);
      expect([admin.status, admin.address]).toEqual([200, `${event}/participants`]);
      expect(admin.words).not.toContain('Held');
    }
  }
  await admin.open(event);
  expect(admin.words).toContain('Seats taken 1 of 2 Waiting 0');
});

test('a booking is cancelled for somebody after a page that says what will happen, which changes nothing itself', async () => {
  const { site, admin, event } = await openEvent();
  for (const name of ['Ida', 'Bo']) await signUp(site, event, name);
  await takePhone(admin, event, 'Di', { wait: ['yes'] });
  const asked = async (name: string) => {
    await admin.open(`${event}/participants`);
    await admin.follow(name);
    await admin.follow('Cancel their booking');
    expect([admin.heading, admin.words]).toEqual(['Cancel their booking?', expect.stringContaining(name)]);
    return admin.words;
  };
  const before = await site.contacts.selectFrom('bookings').selectAll().execute();
  expect(await asked('Di')).toContain('tell them yourself. They lose their place in the waiting list.');
  expect(await asked('Ida')).toContain('They are written to. The seat is offered to whoever waits next');
  const { address } = admin;
  expect(await site.contacts.selectFrom('bookings').selectAll().execute()).toEqual(before);
  await admin.follow('Keep it');
  expect(admin.words).toContain('Standing Booked');
  await admin.open(address);
  await admin.press('Cancel the booking');
  expect(admin.words).toContain('Standing Cancelled');
  expect(await kindsTo(site, 'ida')).toContain('cancelled');
  // Where there is nothing more to cancel, the page leads back.
  await admin.open(address);
  expect([admin.status, admin.address]).toEqual([200, address.replace(/\/cancel$/, '')]);
});

describe('a place or link of the event that is another', () => {
  test('is told once to everybody who is coming, with a calendar entry that moves the old one', async () => {
    const { site, admin, event } = await openEvent();
    for (const name of ['Ida', 'Bo']) await signUp(site, event, name);
    await admin.open(`${event}/edit`);
    await admin.press('Save', { place: 'Room 2', link: 'https://meet.example.org/two' });
    expect(admin.words).toContain('2 people with a seat will be written to, once');
    expect(await kindsTo(site, 'ida')).toEqual(['booked', 'confirm']);
    const { action, body } = admin.filledIn({}, 'Save and tell them');
    await admin.press('Save and tell them');
    expect(admin.address).toBe(event);
    expect(admin.html).toContain('It is saved, and people are told.');
    // The same form, sent once more.
    await admin.post(action, body);
    expect([admin.address, admin.status]).toEqual([event, 200]);
    for (const name of ['ida', 'bo']) expect(await kindsTo(site, name)).toEqual(['booked', 'changed', 'confirm']);
    const rows = await site.contacts.selectFrom('outbox').selectAll().where('kind', '=', 'changed').execute();
    for (const { message } of rows) {
      const { text, calendar } = messageSchema.parse(JSON.parse(message));
      expect(text).toContain('Where: Room 2\nTo join: https://meet.example.org/two');
      expect(calendar?.text).toMatch(/SEQUENCE:1\r\n[\s\S]*LOCATION:Room 2/);
      expect(calendar?.text.replaceAll('\r\n ', '')).toContain('https://meet.example.org/two');
    }
    await admin.open('/staff/events/audit');
    expect(admin.words).toContain('Ada changed the event First steps (synthetic); 2 were written to.');
  });

  test('is told to nobody whose time has a place of its own and the same link, nor where it is the title alone', async () => {
    const { site, admin, event } = await openEvent();
    await signUp(site, event, 'Ida');
    await site.contacts.updateTable('sessions').set({ place: 'Hall' }).execute();
    await admin.open(`${event}/edit`);
    await admin.press('Save', { place: 'Room 2', title: 'Other steps (synthetic)' });
    expect(admin.address).toBe(event);
    expect(await kindsTo(site, 'ida')).toEqual(['booked', 'confirm']);
  });

  test('can be thought over: back at the form stands what was typed, and nothing is saved', async () => {
    const { site, admin, event } = await openEvent();
    await signUp(site, event, 'Ida');
    await admin.open(`${event}/edit`);
    await admin.press('Save', { place: 'Room 2' });
    await admin.press('Back to the form');
    expect(admin.entered.place).toBe('Room 2');
    expect(await kindsTo(site, 'ida')).toEqual(['booked', 'confirm']);
    await admin.press('Save', { place: 'Room 1' });
    expect(admin.address).toBe(event);
  });
});

describe('whoever has no mailbox', () => {
  test('is to be phoned when a time is changed or called off, is ticked off, and the audit tells them from the others', async () => {
    const { site, admin, event } = await openEvent();
    await signUp(site, event, 'Ida');
    await takePhone(admin, event, 'Di');
    await admin.open('/staff/events');
    expect(admin.words).not.toContain('To be phoned');
    await admin.open(event);
    await admin.open(admin.links.find(({ text }) => text.startsWith('Change Monday'))?.href ?? '');
    await admin.press('Save', { time: '16:00' });
    expect(admin.words).toContain('One person with a seat will be written to, once');
    expect(admin.words).toContain('One person has no mailbox');
    await admin.press('Save and tell them');
    expect(admin.words).toContain('One person has no mailbox and must be told something by phone');
    await admin.open('/staff/events');
    await admin.follow('To be phoned: 1 (First steps (synthetic))');
    expect(admin.words).toContain('Di Di CIC, 01632 960001 Changed Something has changed.');
    expect(admin.words).toContain('Monday 5 April 2027, 16:00 – 17:30');
    await admin.press('They have been told (Di, Changed)');
    expect(admin.words).toContain('Nobody has to be phoned.');
    await admin.press('Put back on the list (Di, Changed)');
    expect(admin.words).toContain('They have been told');

    await admin.open(event);
    await admin.open(admin.links.find(({ text }) => text.startsWith('Call off Monday'))?.href ?? '');
    await admin.press('Call off a time');
    await admin.follow('who, and what');
    expect(admin.words).toContain('We are sorry: this will not take place.');
    expect(admin.words).not.toContain('Something has changed.');
    await admin.open('/staff/events/audit');
    expect(admin.words).toContain(
      'called off a time of First steps (synthetic); 1 was written to, 1 has to be phoned.',
    );
    expect(admin.words).toContain('noted that somebody of First steps (synthetic) has been told by phone.');
    expect(admin.words).not.toMatch(/everybody was written to|Di CIC/);
  });

  test('is not ticked off as told of what has changed once more since', async () => {
    const { admin, event } = await openEvent();
    await takePhone(admin, event, 'Di');
    const change = async (time: string) => {
      await admin.open(event);
      await admin.open(admin.links.find(({ text }) => text.startsWith('Change Monday'))?.href ?? '');
      await admin.press('Save', { time });
      await admin.press('Save and tell them');
    };
    await change('16:00');
    await admin.open(`${event}/calls`);
    const { action, body } = admin.filledIn({}, 'They have been told (Di, Changed)');
    await change('17:00');
    await admin.post(action, body);
    expect(admin.status).toBe(409);
    expect(admin.errors[0]?.text).toContain('there is something else to tell them by now');
    expect(admin.words).toContain('17:00 – 18:30');
  });

  test('is phoned about a place that has become free, and is booked by whoever phones', async () => {
    const { site, admin, event } = await openEvent();
    for (const name of ['Ida', 'Bo']) await signUp(site, event, name);
    await takePhone(admin, event, 'Di', { wait: ['yes'] });
    await admin.open(`${event}/participants`);
    await admin.follow('Ida');
    await admin.follow('Cancel their booking');
    await admin.press('Cancel the booking');
    await admin.open(`${event}/calls`);
    expect(admin.words).toContain('A place has become free and is kept for them until');
    await admin.follow('Di');
    await admin.press('Book it for them');
    expect(admin.words).toContain('Standing Booked');
    await admin.open(`${event}/calls`);
    expect(admin.words).toContain('Nobody has to be phoned.');
  });

  test('stands on no list of calls of another event, and goes from it with the booking', async () => {
    const { site, admin, event } = await openEvent();
    await takePhone(admin, event, 'Di');
    await admin.open(`${event}/call-off`);
    await admin.press('Call off the event');
    expect(await site.contacts.selectFrom('calls').selectAll().execute()).toHaveLength(1);
    await admin.post('/staff/events/none/calls', '');
    expect(admin.status).toBe(404);
    await site.contacts.deleteFrom('bookings').execute();
    expect(await site.contacts.selectFrom('calls').selectAll().execute()).toEqual([]);
  });
});

describe('a form that is sent twice', () => {
  test('writes to each person once, and what was typed anew is another letter', async () => {
    const { site, admin, event } = await openEvent();
    await signUp(site, event, 'Ida');
    await takePhone(admin, event, 'Di');
    await admin.open(`${event}/write`);
    await admin.press('Look at it first', { to: 'booked', words: 'Bring a pen.' });
    const once = admin.filledIn({}, 'Send');
    await admin.post(once.action, once.body);
    await admin.post(once.action, once.body);
    expect([admin.address, admin.status]).toEqual([event, 200]);
    expect(await kindsTo(site, 'ida')).toEqual(['booked', 'confirm', 'note']);
    await admin.post(once.action, once.body.replace('pen', 'pencil'));
    expect(await kindsTo(site, 'ida')).toEqual(['booked', 'confirm', 'note', 'note']);
    await admin.open(`${event}/calls`);
    expect(admin.words).toContain('Bring a pen.');
    expect(admin.words).toContain('Bring a pencil.');
    const audit = await site.contacts
      .selectFrom('audit')
      .select('about')
      .where('action', '=', 'participants_written_to')
      .execute();
    expect(audit.map(({ about }) => about)).toEqual(['{"written":1,"phone":1}', '{"written":1,"phone":1}']);
  });

  test.each([
    ['makes one event', '/staff/events/new?kind=results', 'Save', EVENT, 'events', 2],
    ['makes one copy', '', 'Copy into a new draft', {}, 'events', 2],
    ['adds one time', '/sessions/new', 'Save', { ...TIME, time: '18:00', capacity: '3' }, 'sessions', 2],
  ] as const)('%s', async (_, page, button, entries, table, n) => {
    const { site, admin, event } = await openEvent();
    await admin.open(page.startsWith('/staff') ? page : event + page);
    const { action, body } = admin.filledIn(entries, button);
    await admin.post(action, body);
    const [first, status] = [admin.address, admin.status];
    await admin.post(action, body);
    expect([admin.address, admin.status]).toEqual([first, status]);
    expect(status).toBe(200);
    expect(await site.contacts.selectFrom(table).selectAll().execute()).toHaveLength(n);
  });

  test('books somebody who phoned once', async () => {
    const { site, admin, event } = await openEvent();
    await admin.open(`${event}/participants/new`);
    const entries = { name: 'Di', organisation: 'Di CIC', phone: '01632 960001', agree: ['yes'] };
    const { action, body } = admin.filledIn({ ...entries, session: firstTime(admin) }, 'Book');
    for (const _ of [1, 2]) {
      await admin.post(action, body);
      expect([admin.address, admin.status]).toEqual([`${event}/participants`, 200]);
    }
    expect(await site.contacts.selectFrom('bookings').selectAll().execute()).toHaveLength(1);
  });

  test.each([
    ['Close signing up', ''],
    ['Call off the event', '/call-off'],
    ['Save', '/edit'],
  ])('finds done what it asked for, and no conflict: %s', async (button, page) => {
    const { admin, event } = await openEvent();
    await admin.open(event + page);
    const { action, body } = admin.filledIn({}, button);
    for (const _ of [1, 2]) {
      await admin.post(action, body);
      expect([admin.address, admin.status]).toEqual([event, 200]);
    }
  });

  test('notes the same of somebody, and it is no conflict', async () => {
    const { admin, event } = await openEvent();
    await takePhone(admin, event, 'Di');
    await admin.follow('Di');
    const { action, body } = admin.filledIn({ note: 'Needs a ramp', attended: 'yes' }, 'Save');
    for (const _ of [1, 2]) {
      await admin.post(action, body);
      expect([admin.status, admin.words.includes('Needs a ramp')]).toEqual([200, true]);
    }
  });
});

test.each([
  ['workshop', 'Add a time first: a workshop without a time to come is nothing that people can sign up for'],
  ['interview', 'Add a slot first: interviews without a slot to come are nothing that people can sign up for'],
])('a %s without a time to come is not opened', async (kind, words) => {
  const { site, admin, event } = await openEvent(kind);
  await admin.press('Close signing up');
  await site.contacts.updateTable('sessions').set({ starts_at: '2027-02-01T10:00:00.000Z' }).execute();
  await admin.post(`${event}/open`, 'seen=4');
  expect([admin.status, admin.errors]).toEqual([422, [{ href: '#add-time', text: words }]]);
  expect(admin.words).toContain('Closed');
  await site.contacts.deleteFrom('sessions').execute();
  await admin.post(`${event}/open`, 'seen=4');
  expect(admin.status).toBe(422);
});

test('what nobody could sign up for any more is not opened', async () => {
  const { admin, event } = await openEvent('workshop', { closesOn: '2027-02-28' });
  expect([admin.status, admin.errors]).toEqual([
    422,
    [{ href: '#edit', text: 'The last day of signing up is over: change it, and then open it' }],
  ]);
  await admin.open(`${event}/edit`);
  await admin.press('Save', { closesOn: '2027-03-01' });
  await admin.press('Open for signing up');
  expect(admin.html).toContain('It is open: people can sign up.');
});

test('the day after which contact details go is made earlier, and not later, once somebody has signed up', async () => {
  const { site, admin, event } = await openEvent('workshop', { keepUntil: '2027-05-01' });
  await admin.open(`${event}/edit`);
  await admin.press('Save', { keepUntil: '2027-05-20' });
  expect(admin.address).toBe(event);
  await signUp(site, event, 'Ida');
  await admin.open(`${event}/edit`);
  expect(admin.words).toContain('it can be made earlier, and not later');
  await admin.press('Save', { keepUntil: '2027-05-21', title: 'Typed' });
  expect([admin.status, admin.errors.map(({ text }) => text)]).toEqual([
    422,
    [
      'People have signed up who were told that their details go after 20 May 2027: choose that day or an earlier one. To keep details longer, copy the event and let people sign up for the copy',
    ],
  ]);
  expect(admin.entered.title).toBe('Typed');
  await admin.press('Save', { keepUntil: '2027-05-10' });
  expect(admin.words).toContain('10 May 2027');
});

describe('every message', () => {
  test.each(['workshop', 'results'])('of a %s can be read before it is sent, in each language', async (kind) => {
    const { site, admin, event } = await openEvent(kind);
    await admin.follow('What people are written');
    const previews = admin.links.filter(({ href }) => href.startsWith(`${event}/messages/`));
    expect(previews.length).toBe(kind === 'workshop' ? 15 : 7);
    for (const { href } of previews) {
      await admin.open(href);
      expect(admin.status).toBe(200);
      expect(admin.words).toContain('made up');
      expect(admin.words).not.toMatch(/\{\{|undefined|mail\./);
      // As text, and in a frame that runs nothing.
      const frames = [
        ...admin.html.matchAll(/<iframe class="sn-mail__frame" sandbox title="[^"]+" srcdoc="([^"]*)">/g),
      ];
      expect(frames).toHaveLength(2);
      for (const [, source = ''] of frames)
        expect(source).toMatch(/^&lt;!DOCTYPE html&gt;&lt;html lang=&quot;(en|cy)&quot;&gt;/);
      expect(admin.html).toContain('<section lang="cy">');
    }
    expect(await site.contacts.selectFrom('outbox').selectAll().execute()).toEqual([]);
    await admin.open(`${event}/messages/nothing`);
    expect(admin.status).toBe(404);
  });

  test('that there are words for can be read so', () => {
    const written = Object.keys(WORDS.mail).flatMap((key) => /^(\w+)Subject$/.exec(key)?.[1] ?? []);
    expect(new Set(previewsOf({ kind: 'workshop' }).map(({ news }) => news))).toEqual(new Set(written));
  });

  test('shows markup in what organisers typed as it was typed', async () => {
    const { admin, event } = await openEvent('workshop', { title: '<b>Bold</b> (synthetic)' });
    await admin.open(`${event}/messages/booked`);
    expect(admin.html).toContain('srcdoc="&lt;!DOCTYPE html&gt;');
    expect(admin.html).toContain('&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt;');
    expect(admin.html).not.toContain('<b>Bold');
  });
});

describe('who came', () => {
  const DURING = 60 * 24 * 35 + 180;

  async function openWithThree() {
    const opened = await openEvent('workshop');
    const { site, admin, event } = opened;
    await site.contacts.updateTable('sessions').set({ capacity: 5 }).execute();
    for (const name of ['Di', 'Bo', 'Cy']) await takePhone(admin, event, name);
    site.wait(DURING);
    const again = await site.signIn(await site.add('Eve', { admin: true }));
    await again.open(`${event}/participants`);
    await again.open(again.links.find(({ text }) => text.startsWith('Note who came'))?.href ?? '');
    return { ...opened, admin: again };
  }
  const nameOf = (html: string, name: string) =>
    new RegExp(`name="was-(\\w+)"(?:(?!name="was-)[\\s\\S])*?${name}, ${name} CIC`).exec(html)?.[1] ?? '';

  test('is noted on one page for all of a time', async () => {
    const { site, admin, event } = await openWithThree();
    const [di, bo] = [nameOf(admin.html, 'Di'), nameOf(admin.html, 'Bo')];
    await admin.press('Save', { [`came-${di}`]: 'yes', [`came-${bo}`]: 'no' });
    expect(admin.address).toBe(`${event}/participants`);
    const rows = await site.contacts.selectFrom('bookings').select(['name', 'attended']).orderBy('name').execute();
    expect(rows).toEqual([
      { name: 'Bo', attended: 0 },
      { name: 'Cy', attended: null },
      { name: 'Di', attended: 1 },
    ]);
    await admin.open('/staff/events/audit');
    expect(admin.words).toContain('Eve noted who came to First steps (synthetic).');
  });

  test('is left as another has noted it meanwhile, and the rest is saved', async () => {
    const { site, admin } = await openWithThree();
    const [di, bo] = [nameOf(admin.html, 'Di'), nameOf(admin.html, 'Bo')];
    const { action, body } = admin.filledIn({ [`came-${di}`]: 'yes', [`came-${bo}`]: 'yes' }, 'Save');
    await site.contacts.updateTable('bookings').set({ attended: 0 }).where('name', '=', 'Di').execute();
    await admin.post(action, body);
    expect([admin.status, admin.errors]).toEqual([
      409,
      [
        {
          href: `#came-${di}`,
          text: 'Di: somebody else has noted this meanwhile. It was left as they said; the rest is saved',
        },
      ],
    ]);
    const rows = await site.contacts.selectFrom('bookings').select(['name', 'attended']).orderBy('name').execute();
    expect(rows.map(({ attended }) => attended)).toEqual([1, null, 0]);
    await admin.post(action, body.replaceAll('yes', 'perhaps'));
    expect(admin.status).toBe(200);
  });
});
