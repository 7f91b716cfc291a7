/** A workshop from its making to who came, in a real browser: axe finds nothing, nothing scrolls sideways, the HTML is valid. */
import { expect, test } from 'vitest';
import { openPage } from '../support/browser.ts';
import { tokenFrom } from '../support/contacts.ts';
import { lendCookies } from '../support/in-browser.ts';
import { openStaffSite } from '../support/staff.ts';
import { walkIn } from '../support/walk.ts';

const LONG = `First steps with ${'artificial-intelligence-'.repeat(4)} (synthetic)`;

test.each([
  [320, false],
  [1280, true],
] as const)(
  'at %i pixels, with scripts: %s',
  async (width, scripts) => {
    const page = await openPage({ width, scripts });
    const site = await openStaffSite();
    const { look, press } = walkIn(page, 'sign-ups', width);
    const follow = async (name: string) => {
      await Promise.all([page.waitForNavigation(), page.getByRole('link', { name, exact: true }).click()]);
    };

    const admin = await site.signIn(await site.add('Ada', { admin: true }));
    await lendCookies(page, admin, site.url);
    await page.goto(`${site.url}/staff/events`);
    await look('none', 'Events');
    await follow('Make an event');
    await look('kinds', 'A new event');
    await follow('A workshop');
    await press('Save');
    await look('form-wrong', 'New workshop');
    await page.getByLabel('Title').fill(LONG);
    await page.getByLabel('Where (optional)').fill('Room 1');
    await page.getByLabel('Which description fits their organisation').check();
    await page.getByLabel('Descriptions to choose from').fill('We use AI\nWe do not');
    await press('Save');
    const event = new URL(page.url()).pathname;
    await follow('Add a time');
    await look('time', 'Add a time');
    await page.getByLabel('Day').fill('2027-04-05');
    await page.getByLabel('Time', { exact: true }).fill('14:00');
    await page.getByLabel('Seats').fill('1');
    await press('Save');
    await press('Open for signing up');
    await look('event', 'First steps');

    await page.goto(`${site.url}/take-part`);
    await look('list', 'Take part');
    await follow(LONG);
    await press('Sign up');
    await look('wrong', 'First steps');
    const fill = async (name: string) => {
      await page.getByLabel('Your name').fill(name);
      await page.getByLabel('Organisation', { exact: true }).fill('Made Up CIC');
      await page.getByLabel('E-mail address').fill(`${name.toLowerCase()}@example.org`);
      await page.getByLabel('I have read this and agree').check();
    };
    await fill('Ida');
    await press('Sign up');
    await look('sent', 'The organisers will pass a link on to you');
    await page.goto(`${site.url}/bookings/${await tokenFrom(site.contacts, 'ida@example.org', 'confirm')}`);
    await look('held', 'Your booking');
    await press('Confirm');
    await look('booked', 'Your booking');
    const ida = page.url();

    await page.goto(site.url + event.replace('/staff/events', '/take-part'));
    await fill('Bo');
    await page.getByLabel('If no place is free, put me on the waiting list').check();
    await press('Sign up');
    await page.goto(`${site.url}/bookings/${await tokenFrom(site.contacts, 'bo@example.org', 'confirm')}`);
    await press('Confirm');
    await look('waiting', 'Your booking');
    await page.goto(ida);
    await page.getByText('Cancel', { exact: true }).click();
    await press('Cancel my booking');
    await look('cancelled', 'Your booking');
    await page.goto(`${site.url}/bookings/${await tokenFrom(site.contacts, 'bo@example.org', 'offer')}`);
    await look('offered', 'Your booking');
    await press('Yes, I want the place');

    await page.goto(`${site.url}${event}/participants`);
    await look('participants', 'Who takes part');
    await follow('Bo');
    await page.getByLabel('Yes').check();
    await page.getByRole('textbox', { name: 'Note' }).fill('Came early');
    await press('Save');
    expect(await page.textContent('main')).toContain('Came early');
    await follow('Bo');
    await follow('Cancel their booking');
    await look('end-booking', 'Cancel their booking?');
    for (const [name, path, heading] of [
      ['phone', `${event}/participants/new`, 'A booking by phone'],
      ['write', `${event}/write`, 'Write to people'],
      ['calls', `${event}/calls`, 'To be phoned'],
      ['previews', `${event}/messages`, 'What people are written'],
      ['call-off', `${event}/call-off`, 'Call off the event'],
      ['messages', '/staff/events/messages', 'Messages'],
      ['calendar', '/staff/events/calendar', 'Calendar for organisers'],
      ['audit', '/staff/events/audit', 'Who did what to events'],
      ['month', '/staff/events?month=2027-04', 'Events'],
      ['your-data', '/your-data', 'What we keep about you'],
    ] as const) {
      await page.goto(site.url + path);
      await look(name, heading);
    }
    await page.goto(`${site.url}/staff/events/calendar`);
    await press('Make an address');
    await page.goto(`${site.url}/staff/events/calendar`);
    await press('Make a new address');
    await look('calendar-sure', 'Make a new address?');
  },
  240_000,
);
