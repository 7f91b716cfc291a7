/** Whoever waits takes a free place at another time, and nobody loses theirs by it. */
import { describe, expect, test } from 'vitest';
import { messageSchema } from '../../src/mail/message.ts';
import { bookByPhone } from '../../src/signups/seats/store.ts';
import { addEvent, type Contacts, lettersTo, person, SITE, tokenFrom } from '../support/contacts.ts';
import type { Respondent } from '../support/respondent.ts';
import { openSignUps, type SignUpSite } from '../support/sign-ups.ts';
import { openStaffSite } from '../support/staff.ts';

type Site = Pick<SignUpSite, 'contacts' | 'visit'>;

/** Signs somebody up, to wait where no place is free, and confirms. */
async function signUp(site: Site, name: string, session: string, lang = 'en'): Promise<Respondent> {
  const visitor = await site.visit(`/take-part/made-up?lang=${lang}`);
  const email = `${name}@example.org`;
  const wait = visitor.inputs.includes('wait') ? { wait: ['yes'] } : {};
  await visitor.answer({ name, organisation: 'Made Up CIC', email, agree: ['yes'], session, ...wait });
  await visitor.open(`/bookings/${await tokenFrom(site.contacts, email, 'confirm')}`);
  return visitor.press(lang === 'cy' ? 'Cadarnhau' : 'Confirm');
}

const stateOf = async (db: Contacts, name: string) => {
  const email = `${name}@example.org`;
  const row = await db.selectFrom('bookings').selectAll().where('email', '=', email).executeTakeFirstOrThrow();
  return [row.state, row.session, row.place];
};

const kinds = async (db: Contacts, name: string) =>
  (await lettersTo(db, `${name}@example.org`)).map(({ kind }) => kind).toSorted();

/** A time that is full, with three who wait, and one with a free place. */
async function openWithALine(): Promise<{ site: SignUpSite; bea: Respondent; cy: Respondent; dee: Respondent }> {
  const site = await openSignUps();
  await addEvent(site.contacts, [1, 1]);
  await signUp(site, 'ada', 'session-0');
  const wait = (name: string) => signUp(site, name, 'session-0');
  return { site, bea: await wait('bea'), cy: await wait('cy'), dee: await wait('dee') };
}

const sessionsOffered = ({ html }: Respondent) =>
  [...html.matchAll(/name="session"[^>]*value="([^"]+)"/g)].map((at) => at[1]);

test('their own page offers it; they leave the list, and a letter with a calendar entry goes out', async () => {
  const { site, bea, cy, dee } = await openWithALine();
  await cy.open(cy.address);
  expect(cy.words).toContain('Take a place that is free');
  expect(cy.words).toContain('You then leave the waiting list');
  expect(sessionsOffered(cy)).toEqual(['session-1']);
  await cy.press('Take this place');
  expect(cy.errors.map(({ text }) => text)).toEqual(['Choose a time']);
  await cy.press('Take this place', { session: 'session-1' });
  expect(cy.words).toContain('Your place is booked.');
  expect(cy.words).toContain('Monday 8 March 2027, 11:00 – 12:00');
  expect(await stateOf(site.contacts, 'cy')).toEqual(['booked', 'session-1', null]);

  const [letter] = await site.contacts
    .selectFrom('outbox')
    .selectAll()
    .where('email', '=', 'cy@example.org')
    .where('kind', '=', 'booked')
    .execute();
  const { text, calendar } = messageSchema.parse(JSON.parse(letter?.message ?? ''));
  expect(text).toContain('Monday 8 March 2027, 11:00 – 12:00');
  expect(calendar?.method).toBe('PUBLISH');
  expect(calendar?.text).toContain('DTSTART;TZID=Europe/London:20270308T110000');

  // The others stand where they stood, and the next place is offered in their order.
  expect(await stateOf(site.contacts, 'bea')).toEqual(['waiting', 'session-0', 1]);
  expect(await stateOf(site.contacts, 'dee')).toEqual(['waiting', 'session-0', 3]);
  await bea.open(bea.address);
  expect(bea.words).not.toContain('Take a place that is free');
  await bea.press('Cancel my booking');
  const ada = await site.visit(`/bookings/${await tokenFrom(site.contacts, 'ada@example.org', 'booked')}`);
  await ada.press('Cancel my booking');
  await dee.open(dee.address);
  expect(dee.words).toContain('A place is free and kept for you');
});

test('pressed twice it is done once; where the place has gone meanwhile they keep waiting', async () => {
  const { site, bea, cy } = await openWithALine();
  await bea.open(bea.address);
  await cy.open(cy.address);
  const twice = bea.filledIn({ session: 'session-1' }, 'Take this place');
  await bea.post(twice.action, twice.body);
  await bea.post(twice.action, twice.body);
  expect([bea.status, await kinds(site.contacts, 'bea')]).toEqual([200, ['booked', 'confirm', 'waiting']]);
  await cy.press('Take this place', { session: 'session-1' });
  expect([cy.status, cy.errors]).toEqual([
    422,
    [{ href: '#main-content', text: 'No place is free at that time any more' }],
  ]);
  expect(await stateOf(site.contacts, 'cy')).toEqual(['waiting', 'session-0', 2]);
});

test('where all who wait press at the same moment, one gets the one place', async () => {
  const { site, ...people } = await openWithALine();
  const all = Object.values(people);
  const sent = await Promise.all(
    all.map(async (somebody) => {
      await somebody.open(somebody.address);
      return somebody.press('Take this place', { session: 'session-1' });
    }),
  );
  expect(sent.map(({ status }) => status).toSorted()).toEqual([200, 422, 422]);
  const booked = await site.contacts.selectFrom('bookings').selectAll().where('session', '=', 'session-1').execute();
  expect(booked).toHaveLength(1);
});

test('a place that others wait for is not theirs, nor one of another event', async () => {
  const { site, cy } = await openWithALine();
  await addEvent(site.contacts, [5], { id: 'other' });
  await signUp(site, 'eve', 'session-1');
  await signUp(site, 'fay', 'session-1');
  // A seat that nobody has passed on yet.
  await site.contacts
    .updateTable('bookings')
    .set({ state: 'cancelled' })
    .where('email', '=', 'eve@example.org')
    .execute();
  for (const session of ['session-1', 'other-0', 'nowhere']) {
    await cy.post(`${cy.address}/move`, `session=${session}`);
    expect(cy.status).toBe(422);
    cy.address = cy.address.replace('/move', '');
  }
  expect(await stateOf(site.contacts, 'cy')).toEqual(['waiting', 'session-0', 2]);
});

test('whoever has not answered from their mailbox yet, or is offered a place, is offered no other', async () => {
  const { site, bea } = await openWithALine();
  const visitor = await site.visit('/take-part/made-up');
  const email = 'eve@example.org';
  const form = { name: 'Eve', organisation: 'Made Up CIC', email, agree: ['yes'], session: 'session-0', wait: ['yes'] };
  await visitor.answer(form);
  await visitor.open(`/bookings/${await tokenFrom(site.contacts, email, 'confirm')}`);
  expect(sessionsOffered(visitor)).toEqual([]);
  await visitor.post(`${visitor.address}/move`, 'session=session-1');
  expect(visitor.status).toBe(410);
  const ada = await site.visit(`/bookings/${await tokenFrom(site.contacts, 'ada@example.org', 'booked')}`);
  await ada.press('Cancel my booking');
  await bea.open(bea.address);
  expect([bea.words.includes('kept for you until'), sessionsOffered(bea)]).toEqual([true, []]);
});

test('where it is too late to offer a freed place, who waits can take it, and nobody once it has begun', async () => {
  const { site, bea, cy } = await openWithALine();
  // An hour and a half before it begins.
  site.wait(7 * 24 - 0.5);
  const ada = await site.visit(`/bookings/${await tokenFrom(site.contacts, 'ada@example.org', 'booked')}`);
  await ada.press('Cancel my booking');
  await cy.open(cy.address);
  expect(sessionsOffered(cy)).toEqual(['session-0', 'session-1']);
  await cy.press('Take this place', { session: 'session-0' });
  expect(await stateOf(site.contacts, 'cy')).toEqual(['booked', 'session-0', null]);
  site.wait(2);
  await bea.open(bea.address);
  expect(sessionsOffered(bea)).toEqual([]);
  await bea.post(`${bea.address}/move`, 'session=session-1');
  expect(bea.status).toBe(410);
});

test('in Welsh too', async () => {
  const site = await openSignUps();
  await addEvent(site.contacts, [1, 1]);
  await signUp(site, 'ada', 'session-0');
  const bea = await signUp(site, 'bea', 'session-0', 'cy');
  await bea.press('Cymryd y lle hwn', { session: 'session-1' });
  expect(bea.words).toContain('Mae eich lle wedi’i archebu.');
});

const PHONED = 'made-up-booking-number-two';

describe('an admin', () => {
  test('gives whoever waits and phones a place that is free, mailbox or none', async () => {
    const site = await openStaffSite();
    const { contacts } = site;
    await addEvent(contacts, [1, 1]);
    const scene = { now: site.now(), site: SITE };
    for (const [id, email] of [
      ['made-up-booking-number-one', 'ada@example.org'],
      [PHONED, null],
    ] as const) {
      const wanted = { id, event: 'made-up', session: 'session-0', wait: true };
      await bookByPhone(contacts, { ...wanted, person: { ...person('x@x'), email } }, scene, async () => {});
    }
    const admin = await site.signIn(await site.add('Ada', { admin: true }));
    await admin.open(`/staff/events/made-up/participants/${PHONED}`);
    expect(admin.words).toContain('Give them a place that is free');
    await admin.press('Book it for them', { session: 'session-1' });
    expect([admin.status, admin.words.includes('Booked')]).toEqual([200, true]);
    await admin.open('/staff/events/audit');
    expect(admin.words).toContain('moved a booking of');
    const people = await contacts.selectFrom('bookings').select(['state', 'session']).orderBy('session').execute();
    expect(people).toEqual([
      { state: 'booked', session: 'session-0' },
      { state: 'booked', session: 'session-1' },
    ]);
    expect(await contacts.selectFrom('calls').selectAll().execute()).toEqual([]);
  });
});
