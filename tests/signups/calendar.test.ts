/** The calendar file as another program reads it, whatever zone the server is in. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { hashToken } from '../../src/accounts/secrets/store.ts';
import { calendarOf } from '../../src/signups/calendar.ts';
import { ENTRY, NOW, SITE_OF } from '../support/calendar-entry.ts';
import { addEvent } from '../support/contacts.ts';
import { openSignUps } from '../support/sign-ups.ts';

/** The entries of a file, with moments in UTC. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      location: event.location,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      zone: event.startDate.zone.tzid,
      status: component.getFirstPropertyValue('status'),
      stamp: String(component.getFirstPropertyValue('dtstamp')),
    };
  });
}

describe.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'])('on a server in %s', (zone) => {
  test.each([
    ['before the clocks go forward', '2027-03-27T10:00:00.000Z', 'Europe/London'],
    ['across them going forward', '2027-03-28T00:30:00.000Z', 'Europe/London'],
    ['after', '2027-03-29T09:00:00.000Z', 'Europe/London'],
    ['in the hour that comes twice, the first time', '2027-10-31T00:30:00.000Z', 'UTC'],
    ['across them going back', '2027-10-30T23:30:00.000Z', 'Europe/London'],
    ['in the hour that comes twice, the second time', '2027-10-31T01:30:00.000Z', 'UTC'],
    ['after they have gone back', '2027-11-01T10:00:00.000Z', 'Europe/London'],
  ])('%s', (_, startsAt, named) => {
    const script = join(import.meta.dirname, '../support/print-calendar.ts');
    const text = execFileSync(process.execPath, ['--import', 'tsx', script, startsAt], {
      encoding: 'utf8',
      env: { ...process.env, TZ: zone },
    });
    const end = new Date(Date.parse(startsAt) + 90 * 60_000).toISOString();
    expect(read(text)).toEqual([
      {
        uid: 'booking-1@soundings.example.org',
        sequence: 3,
        summary: 'First steps; with AI, and more (synthetic)',
        location: 'Room 1, upstairs',
        start: startsAt,
        end,
        zone: named,
        status: 'CONFIRMED',
        stamp: '2027-03-01T09:00:00Z',
      },
    ]);
  });
});

test('one that is called off says so under the same name', () => {
  const text = calendarOf([ENTRY('2027-04-05T13:00:00.000Z')], { site: SITE_OF, now: NOW, method: 'CANCEL' });
  expect(text).toContain('METHOD:CANCEL');
  expect(read(text)).toMatchObject([{ uid: 'booking-1@soundings.example.org', status: 'CANCELLED' }]);
});

test('the organisers’ has a higher number after each change of the event', async () => {
  const { url, contacts } = await openSignUps();
  await addEvent(contacts, [2]);
  await contacts
    .insertInto('feeds')
    .values({ name: 'organisers', token_hash: hashToken('made-up') })
    .execute();
  const load = async () => read(await (await fetch(`${url}/calendar/made-up`)).text());
  expect(await load()).toMatchObject([{ sequence: 1 }]);
  await contacts.updateTable('events').set({ revision: 2 }).execute();
  expect(await load()).toMatchObject([{ sequence: 2 }]);
});
