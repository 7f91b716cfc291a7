/** What admins may type wrongly: a clear sentence, nothing lost, nothing kept of it. */
import { describe, expect, test } from 'vitest';
import type { Entries, Respondent } from '../support/respondent.ts';
import { openStaffSite } from '../support/staff.ts';

const EVENT = { title: 'First steps (synthetic)', place: 'Room 1' };
const TIME = { day: '2027-04-05', time: '14:00', minutes: '90', capacity: '1' };
const LONG = 'a'.repeat(10_000);
const MARKUP = '<script>alert(1)</script>';

async function openWorkshop() {
  const site = await openStaffSite();
  const admin = await site.signIn(await site.add('Ada', { admin: true }));
  await admin.open('/staff/events/new?kind=workshop');
  await admin.press('Save', EVENT);
  const event = admin.address;
  await admin.follow('Add a time');
  await admin.press('Save', TIME);
  await admin.press('Open for signing up');
  const { id: session } = await site.contacts.selectFrom('sessions').select('id').executeTakeFirstOrThrow();
  return { site, admin, event, session };
}

/** Sends the page's form with what no browser would let anybody type in it. */
async function sendWith(admin: Respondent, button: string, entries: Entries, change: Readonly<Record<string, string>>) {
  const { action, body } = admin.filledIn(entries, button);
  const form = new URLSearchParams(body);
  for (const [name, value] of Object.entries(change)) form.set(name, value);
  await admin.post(action, form.toString());
}

const texts = (admin: Respondent) => admin.errors.map(({ text }) => text);

describe('a booking by phone', () => {
  const NAME = 'Enter their name: letters first, at most 100 characters';
  const ORGANISATION = 'Enter the name of their organisation in at most 200 characters';
  const EMAIL = /e-mail address/;
  test.each([
    ['name', LONG, NAME],
    ['name', MARKUP, NAME],
    ['name', 'Di\r\nBcc: all@example.org', NAME],
    ['organisation', LONG, ORGANISATION],
    ['email', 'di@example.org\r\nBcc: all@example.org', EMAIL],
    ['email', 'di@example.org, bo@example.org', EMAIL],
    ['email', 'Di <di@example.org>', EMAIL],
    ['email', 'everybody', EMAIL],
    ['email', `${LONG}@example.org`, EMAIL],
    ['phone', 'ring me', /phone/],
    ['phone', LONG, /at most 30/],
    ['access', LONG, /at most 1000/],
    ['session', 'none', 'Choose a time'],
    [
      'agree',
      'perhaps',
      'Read the text to them, and tick the box if they agree: without it nothing can be kept of them',
    ],
  ])('with another %s: %.40s', async (field, value, words) => {
    const { site, admin, event, session } = await openWorkshop();
    await admin.open(`${event}/participants/new`);
    const typed = { session, name: 'Di', organisation: 'Di CIC', phone: '01632 960001', agree: ['yes'] };
    await sendWith(admin, 'Book', typed, { [field]: value });
    expect([admin.status, texts(admin)]).toEqual([
      422,
      [typeof words === 'string' ? words : expect.stringMatching(words)],
    ]);
    // What was typed is still there, and shown as it was typed.
    if (field !== 'organisation') expect(admin.entered.organisation).toBe('Di CIC');
    expect(admin.html).not.toContain(MARKUP);
    expect(await site.contacts.selectFrom('bookings').selectAll().execute()).toEqual([]);
    expect(await site.contacts.selectFrom('outbox').selectAll().execute()).toEqual([]);
  });

  test('of a full time, of one that is over, and by a mailbox that has one, each is told', async () => {
    const { site, admin, event, session } = await openWorkshop();
    const book = async (email: string) => {
      await admin.open(`${event}/participants/new`);
      await admin.press('Book', { session, name: 'Di', organisation: 'Di CIC', email, agree: ['yes'] });
      return [admin.status, ...texts(admin)];
    };
    expect(await book('di@example.org')).toEqual([200]);
    expect(await book('di@example.org')).toEqual([422, 'This mailbox has a booking of this event already']);
    expect(await book('bo@example.org')).toEqual([
      422,
      'No seat is free at that time. Tick the box to put them on the waiting list, or choose another',
    ]);
    await admin.open(`${event}/participants/new`);
    const { action, body } = admin.filledIn(
      { session, name: 'Cy', organisation: 'Cy CIC', phone: '01632 960001', agree: ['yes'] },
      'Book',
    );
    await site.contacts.updateTable('sessions').set({ starts_at: '2027-02-01T10:00:00.000Z' }).execute();
    await admin.post(action, body);
    expect([admin.status, ...texts(admin)]).toEqual([422, 'That time is over or called off: choose another']);
  });
});

describe('an event', () => {
  test.each([
    ['title', LONG, 'Enter a title of at most 200 characters'],
    ['summary', LONG, 'The description may have at most 4,000 characters'],
    ['place', 'Room 1\r\nRoom 2', 'The place may have at most 500 characters, on one line'],
    ['place', LONG, 'The place may have at most 500 characters, on one line'],
    ['link', 'meet me there', 'Enter a whole link, which begins with https://'],
    ['link', `https://example.org/${LONG}`, 'The link may have at most 500 characters'],
    ['meantFor', LONG, 'This may have at most 500 characters, on one line'],
    ['consent', LONG, 'This may have at most 4,000 characters'],
    [
      'remind',
      '1, 2, 3, 4',
      'Enter at most three whole numbers of hours, each from 1 to 336, with commas between them',
    ],
    ['remind', '-1', 'Enter at most three whole numbers of hours, each from 1 to 336, with commas between them'],
    ['opensOn', 'tomorrow', 'Enter the first day of signing up, such as 31 March 2027'],
    ['closesOn', '2027-02-31', 'Enter the last day of signing up, such as 31 March 2027'],
    ['keepUntil', '', 'Enter the day after which contact details go'],
    ['keepUntil', '2027-02-28', 'The day after which contact details go must be today or later'],
  ])('with another %s: %.40s', async (field, value, words) => {
    const { site, admin, event } = await openWorkshop();
    await admin.open(`${event}/edit`);
    await sendWith(admin, 'Save', { meantFor: 'Made-up people' }, { [field]: value });
    expect([admin.status, texts(admin)]).toEqual([422, [words]]);
    if (field !== 'meantFor') expect(admin.entered.meantFor).toBe('Made-up people');
    const { about } = await site.contacts.selectFrom('events').select('about').executeTakeFirstOrThrow();
    expect(about).not.toContain('Made-up people');
  });

  test('is called what its markup says, and never runs it', async () => {
    const { admin, event } = await openWorkshop();
    await admin.open(`${event}/edit`);
    await admin.press('Save', { title: MARKUP, place: MARKUP, summary: MARKUP });
    for (const page of ['', '/edit', '/participants', '/messages/booked', '/calls', '/write', '/call-off']) {
      await admin.open(event + page);
      expect([page, admin.status, admin.html.includes(MARKUP)]).toEqual([page, 200, false]);
    }
  });
});

test.each([
  [{ to: '', words: 'Hello' }, ['Choose to whom']],
  [{ to: 'toString', words: 'Hello' }, ['Choose to whom']],
  [{ to: 'booked', words: ' ' }, ['Write something']],
  [{ to: 'booked', words: LONG }, ['A letter may have at most 5,000 characters']],
  [{ to: 'booked', words: 'Hello' }, ['There is nobody among them who has confirmed']],
])('a letter: %.60o', async (change, words) => {
  const { site, admin, event } = await openWorkshop();
  for (const sure of [{}, { sure: 'yes' }]) {
    await admin.open(`${event}/write`);
    await sendWith(admin, 'Look at it first', {}, { ...change, ...sure });
    expect([admin.status, texts(admin)]).toEqual([422, words]);
    expect(admin.entered.words ?? '').toBe(change.words.trim());
  }
  expect(await site.contacts.selectFrom('outbox').selectAll().execute()).toEqual([]);
});

test('what no page of ours sends about a participant is refused, and changes nothing', async () => {
  const { site, admin, event, session } = await openWorkshop();
  await admin.open(`${event}/participants/new`);
  await admin.press('Book', { session, name: 'Di', organisation: 'Di CIC', phone: '01632 960001', agree: ['yes'] });
  const { id } = await site.contacts.selectFrom('bookings').select('id').executeTakeFirstOrThrow();
  const before = JSON.stringify(await site.contacts.selectFrom('bookings').selectAll().execute());
  for (const [path, body, status] of [
    [`/participants/${id}/note`, `note=${LONG}`, 422],
    [`/participants/${id}/move`, 'session=none', 409],
    [`/participants/${id}/move`, '', 409],
    [`/participants/${id}/accept`, '', 200],
    [`/participants/${'0'.repeat(32)}/move`, `session=${session}`, 404],
    ['/calls', 'told=yes', 400],
    ['/calls', `booking=${id}&news=changed&letter=&round=1e9&told=yes`, 400],
    ['/calls', `booking=${id}&news=changed&letter=&round=1&told=yes`, 409],
    ['/open', 'seen=1&seen=2', 400],
    ['/write', 'to=booked&to=waiting', 400],
    [`/sessions/${session}/came`, `was-${id}=unknown&came-${id}=perhaps`, 200],
    ['/sessions/none/came', '', 404],
  ] as const) {
    await admin.post(event + path, body);
    expect([path, body.slice(0, 40), admin.status]).toEqual([path, body.slice(0, 40), status]);
  }
  expect(JSON.stringify(await site.contacts.selectFrom('bookings').selectAll().execute())).toBe(before);
});
