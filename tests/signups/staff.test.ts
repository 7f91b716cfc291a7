/** Events as admins run them. */
import { describe, expect, test } from 'vitest';
import { lettersTo, SITE, tokenFrom } from '../support/contacts.ts';
import type { Respondent } from '../support/respondent.ts';
import { openStaffSite, type StaffSite } from '../support/staff.ts';

async function openAsAdmin(): Promise<{ site: StaffSite; admin: Respondent }> {
  const site = await openStaffSite();
  const admin = await site.signIn(await site.add('Ada', { admin: true }));
  return { site, admin };
}

const WORKSHOP = { title: 'First steps (synthetic)', summary: 'Made up.', place: 'Room 1', asks: ['access'] };
const TIME = { day: '2027-04-05', time: '14:00', minutes: '90', capacity: '2' };

async function makeWorkshop(admin: Respondent, more: Readonly<Record<string, string>> = {}): Promise<string> {
  await admin.open('/staff/events/new?kind=workshop');
  await admin.press('Save', { ...WORKSHOP, ...more });
  const { address } = admin;
  await admin.follow('Add a time');
  await admin.press('Save', TIME);
  await admin.press('Open for signing up');
  return address;
}

async function signUp(site: StaffSite, event: string, name: string): Promise<Respondent> {
  const email = `${name.toLowerCase()}@example.org`;
  const visitor = await site.visit(event.replace('/staff/events', '/take-part'));
  await visitor.press('Sign up', {
    name,
    organisation: `${name} CIC`,
    email,
    access: 'a ramp',
    agree: ['yes'],
    ...(visitor.inputs.includes('wait') ? { wait: ['yes'] } : {}),
  });
  await visitor.open(`/bookings/${await tokenFrom(site.contacts, email, 'confirm')}`);
  return visitor.press('Confirm');
}

test('an admin makes a workshop, opens it, watches it fill, marks who came, and takes the list along', async () => {
  const { site, admin } = await openAsAdmin();
  await admin.open('/staff/events');
  expect(admin.words).toContain('There is nothing to sign up for yet.');
  const event = await makeWorkshop(admin);
  expect(admin.words).toContain('Monday 5 April 2027, 14:00 – 15:30 (British Summer Time)');
  const [ida] = [await signUp(site, event, 'Ida'), await signUp(site, event, 'Bo'), await signUp(site, event, 'Cy')];
  await admin.open(event);
  expect(admin.words).toContain('2 of 2 seats taken, 1 waiting');
  expect(admin.words).toContain('All seats are taken, held for a mailbox to answer, or offered to somebody.');
  await admin.open('/staff/events?month=2027-04');
  expect(admin.words).toContain('14:00 First steps (synthetic) 2/2');

  await ida.press('Cancel my booking');
  await admin.open(`${event}/participants`);
  expect(admin.words).toContain('a ramp (2 people)');
  await admin.follow('Bo');
  await admin.press('Save', { attended: 'yes', note: 'Came early' });
  expect(admin.words).toContain('Came early');
  await admin.open(`${event}/participants.csv`);
  expect(admin.html.split('\r\n')[1]).toMatch(/^2027-04-05,14:00,,/);
  await admin.open('/staff/events/audit');
  expect(admin.words).toContain('Ada downloaded who is coming to First steps (synthetic).');
  expect(admin.words).not.toMatch(/\bBo\b/);
});

test('whoever phones is booked at once, and may have no mailbox', async () => {
  const { admin } = await openAsAdmin();
  const event = await makeWorkshop(admin);
  await admin.open(`${event}/participants/new`);
  const form = admin.forms.at(-1);
  expect(form).toBeDefined();
  await admin.press('Book', { name: 'Di', organisation: 'Di CIC', agree: ['yes'] });
  expect(admin.words).toContain('Choose a time');
  const radios = /name="session"[^>]*value="([^"]+)"/.exec(admin.html)?.[1] ?? '';
  await admin.press('Book', { session: radios, agree: ['yes'] });
  expect(admin.errors.map(({ text }) => text)).toEqual([
    'Enter an e-mail address or a phone number: they have to hear of it if something changes',
  ]);
  await admin.press('Book', { phone: '01632 960001', agree: ['yes'] });
  expect(admin.words).toContain('Di CIC');
});

test('a time that is changed is told to who has a seat, and one that is called off to everybody, once', async () => {
  const { site, admin } = await openAsAdmin();
  const event = await makeWorkshop(admin);
  for (const name of ['Ida', 'Bo', 'Cy']) await signUp(site, event, name);
  await admin.open(event);
  const change = admin.links.find(({ text }) => text.startsWith('Change Monday'));
  await admin.open(change?.href ?? '');
  await admin.press('Save', { time: '15:00' });
  expect(admin.words).toContain('2 people with a seat will be written to, once');
  await admin.press('Save and tell them');
  await admin.open(admin.links.find(({ text }) => text.startsWith('Call off Monday'))?.href ?? '');
  await admin.press('Call off a time');
  const kinds = async (name: string) =>
    (await lettersTo(site.contacts, `${name}@example.org`)).map(({ kind }) => kind).toSorted();
  expect(await kinds('ida')).toEqual(['booked', 'calledOff', 'changed', 'confirm']);
  expect(await kinds('cy')).toEqual(['calledOff', 'confirm', 'waiting']);
});

describe('bad input', () => {
  test.each([
    ['capacity', '-1', 'Enter how many people can come, from 1 to 10,000'],
    ['capacity', '1000000', 'Enter how many people can come, from 1 to 10,000'],
    ['day', '2026-01-01', 'This is over: choose a day and time to come'],
    ['day', '2027-02-30', 'There is no such day or time'],
    [
      'day',
      '2027-06-01',
      'Contact details of this event go before that day: choose an earlier one, or first change the day after which they go',
    ],
    ['minutes', '0', 'Enter how long it takes, from 5 to 1,440 minutes'],
  ])('%s %s of a time', async (field, value, words) => {
    const { admin } = await openAsAdmin();
    await admin.open('/staff/events/new?kind=workshop');
    await admin.press('Save', WORKSHOP);
    await admin.follow('Add a time');
    await admin.press('Save', { ...TIME, [field]: value });
    expect([admin.status, admin.errors.map(({ text }) => text)]).toEqual([422, [words]]);
  });

  test('an hour that does not exist is refused, and one that comes twice is asked about', async () => {
    const { admin } = await openAsAdmin();
    await admin.open('/staff/events/new?kind=workshop');
    await admin.press('Save', { ...WORKSHOP, keepUntil: '2027-12-01' });
    await admin.follow('Add a time');
    await admin.press('Save', { ...TIME, day: '2027-03-28', time: '01:30' });
    expect(admin.errors[0]?.text).toContain('the clocks go forward');
    await admin.press('Save', { day: '2027-10-31' });
    expect(admin.errors[0]?.text).toContain('comes twice');
    await admin.press('Save', { which: 'later' });
    expect(admin.words).toContain('Sunday 31 October 2027, 01:30 – 03:00 (Greenwich Mean Time)');
  });

  test.each([
    [{ title: '' }, 'Enter a title'],
    [{ title: 'a\nb' }, 'Enter a title of at most 200 characters'],
    [{ opensOn: '2027-04-02', closesOn: '2027-04-01' }, 'The last day of signing up must not be before the first'],
    [{ keepUntil: '2027-02-28' }, 'The day after which contact details go must be today or later'],
    [{ link: 'javascript:alert(1)' }, 'Enter a whole link, which begins with https://'],
    [{ remind: 'soon' }, 'Enter at most three whole numbers of hours, each from 1 to 336, with commas between them'],
    [{ consent: ' ' }, 'Say what you do with what people type'],
  ])('%o of an event', async (change, words) => {
    const { admin } = await openAsAdmin();
    await admin.open('/staff/events/new?kind=workshop');
    const { body } = admin.filledIn({ ...WORKSHOP }, 'Save');
    const form = new URLSearchParams(body);
    for (const [name, value] of Object.entries(change)) form.set(name, value);
    await admin.post('/staff/events', form.toString());
    expect([admin.status, admin.errors.map(({ text }) => text)]).toEqual([422, [words]]);
  });
});

test('contact details do not go before the people have come', async () => {
  const { admin } = await openAsAdmin();
  const event = await makeWorkshop(admin);
  await admin.open(`${event}/edit`);
  await admin.press('Save', { keepUntil: '2027-04-04' });
  expect([admin.status, admin.errors.map(({ text }) => text)]).toEqual([
    422,
    ['It takes place later than that: contact details are needed until then'],
  ]);
  await admin.press('Save', { keepUntil: '2027-04-05' });
  expect(admin.address).toBe(event);
});

test('of two who change one event the second is told, and keeps what they typed', async () => {
  const { site, admin } = await openAsAdmin();
  const event = await makeWorkshop(admin);
  const other = await site.signIn(await site.add('Eve', { admin: true }));
  await admin.open(`${event}/edit`);
  await other.open(`${event}/edit`);
  await admin.press('Save', { title: 'By Ada' });
  await other.press('Save', { title: 'By Eve' });
  expect(other.status).toBe(409);
  expect(other.html).toContain('value="By Eve"');
  await other.follow('How it is now');
  expect(other.heading).toBe('By Ada');
});

test('seats are not made fewer than are taken, and more are offered to who waits', async () => {
  const { site, admin } = await openAsAdmin();
  const event = await makeWorkshop(admin);
  for (const name of ['Ida', 'Bo', 'Cy']) await signUp(site, event, name);
  await admin.open(event);
  await admin.open(admin.links.find(({ text }) => text.startsWith('Change Monday'))?.href ?? '');
  await admin.press('Save', { capacity: '1' });
  expect(admin.errors[0]?.text).toBe('More seats are taken than that. Cancel bookings first, or keep as many');
  await admin.press('Save', { capacity: '3' });
  expect((await lettersTo(site.contacts, 'cy@example.org')).map(({ kind }) => kind)).toContain('offer');
});

test('messages stand in the outbox with their links, and a letter goes to each on their own', async () => {
  const { site, admin } = await openAsAdmin();
  const event = await makeWorkshop(admin);
  await signUp(site, event, 'Ida');
  await admin.open('/staff/events/messages');
  expect(admin.words).toContain('To be passed on by you');
  expect(admin.words).toContain('No mail server is set up');
  await admin.follow('Booked: First steps (synthetic)');
  expect(admin.words).toContain(`${SITE.href}bookings/`);
  await admin.open(`${event}/write`);
  await admin.press('Look at it first', { to: 'booked', words: 'Bring a pen.\n\nhttps://elsewhere.example.org/' });
  expect(admin.words).toContain('One person is written to');
  await admin.press('Send');
  await admin.open('/staff/events/messages');
  expect(admin.words).toContain('From the organisers: First steps (synthetic)');
});

test('a message that staff have passed on is forgotten, as one that was sent, and shows as HTML until then', async () => {
  const { site, admin } = await openAsAdmin();
  const event = await makeWorkshop(admin);
  await signUp(site, event, 'Ida');
  await admin.open('/staff/events/messages');
  await admin.follow('Booked: First steps (synthetic)');
  const page = admin.address;
  expect(admin.html).toMatch(/<iframe class="sn-mail__frame" sandbox title="[^"]+" srcdoc="&lt;!DOCTYPE html&gt;/);
  await admin.press('I have passed it on');
  await admin.open(page);
  expect(admin.words).toContain('It has been sent or passed on, and what it said is forgotten.');
  const row = await site.contacts
    .selectFrom('outbox')
    .selectAll()
    .where('kind', '=', 'booked')
    .executeTakeFirstOrThrow();
  expect([row.state, row.message]).toEqual(['sent', '']);
  await admin.open('/staff/events/messages');
  expect(admin.links.find(({ href }) => href === page)?.text).toBe('Booked');
  await admin.open('/staff/events/audit');
  expect(admin.words).toContain('Ada noted that a message to a participant has been passed on.');
});

test('the organisers’ calendar is at an address that can be changed, and names nobody', async () => {
  const { site, admin } = await openAsAdmin();
  const event = await makeWorkshop(admin);
  await signUp(site, event, 'Ida');
  await admin.open('/staff/events/calendar');
  await admin.press('Make an address');
  const path = /\/calendar\/[\w-]+/.exec(admin.words)?.[0] ?? '';
  const stranger = await site.visit(path);
  expect(stranger.html).toContain('SUMMARY:First steps (synthetic)');
  expect(stranger.html).not.toContain('Ida');
  // A page from before the address was made, and the button of one from after it: both are asked first.
  await admin.post('/staff/events/calendar', '');
  await admin.open('/staff/events/calendar');
  await admin.press('Make a new address');
  expect([admin.heading, admin.words]).toEqual([
    'Make a new address?',
    expect.stringContaining('every calendar program that subscribes to it has to be given the new one'),
  ]);
  expect((await stranger.open(path)).status).toBe(200);
  await admin.press('Make a new address');
  const renewed = /\/calendar\/[\w-]+/.exec(admin.words)?.[0] ?? '';
  expect((await stranger.open(path)).status).toBe(404);
  expect((await stranger.open(renewed)).status).toBe(200);
});

test('people are strangers to events that are being written', async () => {
  const { site, admin } = await openAsAdmin();
  await admin.open('/staff/events/new?kind=results');
  await admin.press('Save', WORKSHOP);
  const visitor = await site.visit(admin.address.replace('/staff/events', '/take-part'));
  expect(visitor.status).toBe(404);
});

test('the list of events is sorted by date, title and state, and the calendar beside it keeps the order', async () => {
  const { admin } = await openAsAdmin();
  for (const [title, day] of [
    ['Alpha (synthetic)', '2027-04-20'],
    ['Beta (synthetic)', '2027-04-05'],
  ] as const) {
    await admin.open('/staff/events/new?kind=workshop');
    await admin.press('Save', { ...WORKSHOP, title });
    await admin.follow('Add a time');
    await admin.press('Save', { ...TIME, day });
  }
  await admin.press('Open for signing up');
  await admin.open('/staff/events/new?kind=workshop');
  await admin.press('Save', { ...WORKSHOP, title: 'A day to be found (synthetic)' });
  await admin.open('/staff/events?month=2027-04');
  const titles = () => admin.links.flatMap(({ text }) => /^(\w+)[^:]* \(synthetic\)$/.exec(text)?.[1] ?? []);
  expect(titles()).toEqual(['Beta', 'Alpha', 'A']);
  await admin.follow('title');
  expect(titles()).toEqual(['A', 'Alpha', 'Beta']);
  expect(admin.words).toContain('14:00 Beta (synthetic) 0/2');
  await admin.follow('title, A to Z');
  expect(titles()).toEqual(['Beta', 'Alpha', 'A']);
  await admin.follow('May 2027');
  expect(titles()).toEqual(['Beta', 'Alpha', 'A']);
  expect(admin.words).toContain('title, Z to A');
  await admin.follow('state');
  expect(titles()).toEqual(['Beta', 'Alpha', 'A']);
  await admin.follow('state, open first');
  expect(titles()).toEqual(['A', 'Alpha', 'Beta']);
  expect(admin.words).toContain('May 2027');
});

test('who takes part stands under the times, or in one list by name, organisation or state', async () => {
  const { site, admin } = await openAsAdmin();
  const event = await makeWorkshop(admin);
  for (const name of ['Ida', 'Bo', 'Cy']) await signUp(site, event, name);
  await admin.open(`${event}/participants`);
  const names = () => admin.links.map(({ text }) => text).filter((text) => ['Ida', 'Bo', 'Cy'].includes(text));
  const when = 'Monday 5 April 2027, 14:00 – 15:30 (British Summer Time)';
  expect(names()).toEqual(['Bo', 'Ida', 'Cy']);
  expect(admin.words.split(when)).toHaveLength(2);
  await admin.follow('name');
  expect(names()).toEqual(['Bo', 'Cy', 'Ida']);
  // No longer under their time, each is shown with it.
  expect(admin.words.split(when)).toHaveLength(4);
  await admin.follow('name, A to Z');
  expect(names()).toEqual(['Ida', 'Cy', 'Bo']);
  await admin.follow('organisation');
  expect(names()).toEqual(['Bo', 'Cy', 'Ida']);
  await admin.follow('state');
  expect(names()).toEqual(['Bo', 'Ida', 'Cy']);
  await admin.follow('state, booked first');
  expect(names()).toEqual(['Cy', 'Ida', 'Bo']);
  await admin.open(`${event}/sessions/new`);
  await admin.press('Save', { ...TIME, day: '2027-04-12' });
  await admin.open(`${event}/participants/new`);
  const later = [...admin.html.matchAll(/name="session"[^>]*value="([^"]+)"/g)].at(-1)?.[1] ?? '';
  await admin.press('Book', {
    name: 'Di',
    organisation: 'Di CIC',
    phone: '01632 960001',
    session: later,
    agree: ['yes'],
  });
  await admin.open(`${event}/participants`);
  const times = () => [...admin.html.matchAll(/<h2[^>]*>Monday (\d+) April/g)].map(([, day]) => day);
  expect(times()).toEqual(['5', '12']);
  await admin.follow('time, earliest first');
  expect(times()).toEqual(['12', '5']);
});
