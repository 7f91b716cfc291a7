/** An interviewer is in one interview at a time. */
import { describe, expect, test } from 'vitest';
import type { Interview } from '../../src/signups/sessions/clash.ts';
import { clashOf } from '../../src/signups/sessions/clash.ts';
import { addSessions, callOff } from '../../src/signups/sessions/store.ts';
import { findEvent, listSessions } from '../../src/signups/store.ts';
import { addEvent, type Contacts, lettersTo, SITE, testContacts, tokenFrom } from '../support/contacts.ts';
import type { Respondent } from '../support/respondent.ts';
import { openStaffSite, type StaffSite } from '../support/staff.ts';

const at = (time: string) => new Date(`2027-04-05T${time}:00.000Z`);
const slotOf = (host: string, time: string, minutes = 30) => ({
  startsAt: at(time),
  minutes,
  capacity: 1,
  host,
  place: '',
});

describe('two interviews', () => {
  const kept = { ...slotOf('Kim Lee', '10:00'), id: 'kept', status: 'planned', event: 'one', title: 'One' } as const;

  test.each([
    ['at the same time', slotOf('Kim Lee', '10:00'), true],
    ['of which one begins in the other', slotOf('Kim Lee', '10:29'), true],
    ['of which one ends in the other', slotOf('Kim Lee', '09:31'), true],
    ['of which one lies in the other', slotOf('Kim Lee', '10:10', 5), true],
    ['of which one lies around the other', slotOf('Kim Lee', '09:00', 180), true],
    ['one after the other', slotOf('Kim Lee', '10:30'), false],
    ['one before the other', slotOf('Kim Lee', '09:30'), false],
    ['with a name typed in another way', slotOf(' kim  LEE ', '10:00'), true],
    ['of two interviewers', slotOf('Sam Roy', '10:00'), false],
    ['of which one names nobody', slotOf('', '10:00'), false],
  ])('%s', (_, slot, clashes) => {
    const found: readonly Interview[] = [kept];
    expect(clashOf([slotOf('Ann', '12:00'), slot], found)).toEqual(clashes ? { slot, taken: kept } : undefined);
  });

  test('that name nobody may be at the same time', () => {
    expect(clashOf([slotOf('', '10:00')], [{ ...kept, host: '' }])).toBeUndefined();
  });
});

const TIME = { day: '2027-04-05', time: '14:00', minutes: '30', host: 'Kim Lee' };

async function openAsAdmin(): Promise<{ site: StaffSite; admin: Respondent }> {
  const site = await openStaffSite();
  return { site, admin: await site.signIn(await site.add('Ada', { admin: true })) };
}

async function makeInterviews(admin: Respondent, title: string): Promise<string> {
  await admin.open('/staff/events/new?kind=interview');
  await admin.press('Save', { title });
  return admin.address.split('?')[0] ?? '';
}

async function addSlots(admin: Respondent, event: string, more: Readonly<Record<string, string>> = {}) {
  await admin.open(event);
  await admin.follow('Add slots');
  await admin.press('Save', { ...TIME, ...more });
}

const timesOf = async (site: StaffSite, event: string) =>
  (await listSessions(site.contacts, event.split('/').at(-1) ?? '')).map(({ startsAt }) => startsAt.toISOString());

const startOf = (admin: Respondent, words: string) =>
  admin.links.find(({ text }) => text.startsWith(words))?.href ?? '';

describe('slots on the forms of admins', () => {
  test('that overlap in one event are refused, with which two and what to do; what was typed stays', async () => {
    const { site, admin } = await openAsAdmin();
    const event = await makeInterviews(admin, 'Talk (synthetic)');
    await addSlots(admin, event);
    await addSlots(admin, event, { time: '14:15', host: 'kim lee' });
    expect(admin.status).toBe(422);
    expect(admin.errors).toEqual([
      {
        href: '#time',
        text: 'kim lee cannot be in two interviews at once: Monday 5 April 2027, 14:15 – 14:45 (British Summer Time) overlaps with Monday 5 April 2027, 14:00 – 14:30 (British Summer Time), which this event has already. Choose another time or another interviewer, or change the other one first',
      },
    ]);
    expect(admin.html).toContain('value="14:15"');
    expect(await timesOf(site, event)).toHaveLength(1);
    await admin.press('Save', { time: '14:30' });
    expect(await timesOf(site, event)).toHaveLength(2);
  });

  test('of which several are made are refused together where one overlaps with another event', async () => {
    const { site, admin } = await openAsAdmin();
    const one = await makeInterviews(admin, 'Talk one (synthetic)');
    await addSlots(admin, one, { time: '16:00' });
    const other = await makeInterviews(admin, 'Talk two (synthetic)');
    await addSlots(admin, other, { slots: '5', pause: '5' });
    expect(admin.errors[0]?.text).toContain('15:45 – 16:15 (British Summer Time) overlaps');
    expect(admin.errors[0]?.text).toContain('which “Talk one (synthetic)” has already');
    expect(await timesOf(site, other)).toEqual([]);
    await admin.press('Save', { host: 'Sam Roy' });
    expect(await timesOf(site, other)).toHaveLength(5);
  });

  test('sent twice are made once, and no clash with themselves', async () => {
    const { site, admin } = await openAsAdmin();
    const event = await makeInterviews(admin, 'Talk (synthetic)');
    await admin.follow('Add slots');
    const { action, body } = admin.filledIn({ ...TIME, slots: '3' }, 'Save');
    await admin.post(action, body);
    await admin.post(action, body);
    expect(admin.status).toBe(200);
    expect(await timesOf(site, event)).toHaveLength(3);
  });

  test('that are changed into one another are refused before anybody would be told; a slot may overlap with itself', async () => {
    const { site, admin } = await openAsAdmin();
    const event = await makeInterviews(admin, 'Talk (synthetic)');
    await addSlots(admin, event, { slots: '2' });
    await admin.press('Open for signing up');
    const visitor = await site.visit(event.replace('/staff/events', '/take-part'));
    const [, second = ''] = [...visitor.html.matchAll(/name="session"[^>]*value="([^"]+)"/g)].map(([, id]) => id);
    const ida = { name: 'Ida', organisation: 'Made Up CIC', email: 'ida@example.org', agree: ['yes'] };
    await visitor.press('Sign up', { ...ida, session: second });
    await visitor.open(`/bookings/${await tokenFrom(site.contacts, 'ida@example.org', 'confirm')}`);
    await visitor.press('Confirm');
    await admin.open(event);
    await admin.open(startOf(admin, 'Change Monday 5 April 2027, 14:30'));
    await admin.press('Save', { time: '14:10' });
    expect([admin.status, admin.errors.length]).toEqual([422, 1]);
    expect(admin.words).not.toContain('written to, once');
    await admin.press('Save', { time: '14:40' });
    await admin.press('Save and tell them');
    expect(await timesOf(site, event)).toEqual(['2027-04-05T13:00:00.000Z', '2027-04-05T13:40:00.000Z']);
    expect((await lettersTo(site.contacts, 'ida@example.org')).map(({ kind }) => kind)).toContain('changed');
    await admin.open(startOf(admin, 'Change Monday 5 April 2027, 14:40'));
    await admin.press('Save', { minutes: '45', host: 'Sam Roy' });
    await admin.press('Save and tell them');
    await addSlots(admin, event, { time: '14:40' });
    expect(admin.status).toBe(200);
    await admin.open(startOf(admin, 'Change Monday 5 April 2027, 14:40 – 15:25'));
    await admin.press('Save', { host: 'Kim Lee' });
    expect(admin.status).toBe(422);
  });

  test('may overlap with one that is called off, and with a workshop that somebody of that name leads', async () => {
    const db = await testContacts();
    const workshop = { ...slotOf('Kim Lee', '10:00'), capacity: 9 };
    await addEvent(db, [], { id: 'workshop' });
    await addEvent(db, [], { id: 'first', kind: 'interview' });
    await addEvent(db, [], { id: 'second', kind: 'interview' });
    expect(await addSessions(db, await getEvent(db, 'workshop'), [workshop, workshop], ADMIN, NOW)).toBe('saved');
    expect(await add(db, 'first')).toBe('saved');
    expect(await add(db, 'second')).toMatchObject({ taken: { event: 'first' } });
    const [session] = await listSessions(db, 'first');
    await callOff(db, await getEvent(db, 'first'), session?.id, { now: NOW, site: SITE }, ADMIN);
    expect(await add(db, 'second')).toBe('saved');
  });

  test('of two events that are made at the same moment: one is refused', async () => {
    const db = await testContacts();
    for (const id of ['first', 'second']) await addEvent(db, [], { id, kind: 'interview' });
    const made = await Promise.all([add(db, 'first'), add(db, 'second')]);
    expect(made.filter((saved) => saved === 'saved')).toHaveLength(1);
  });
});

const NOW = new Date('2027-03-01T12:00:00.000Z');
const ADMIN = { id: null, name: 'Ada' };

async function getEvent(db: Contacts, id: string) {
  const event = await findEvent(db, id);
  if (!event) throw new Error(`there is no event ${id}`);
  return event;
}

const add = async (db: Contacts, event: string) =>
  addSessions(db, await getEvent(db, event), [slotOf('Kim Lee', '10:00')], ADMIN, NOW);
