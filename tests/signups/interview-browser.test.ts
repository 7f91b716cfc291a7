/** Interviews as an admin runs them, in a real browser: axe finds nothing, nothing scrolls sideways, the HTML is valid. */
import { expect, test } from 'vitest';
import { openPage, screenshot } from '../support/browser.ts';
import { lendCookies } from '../support/in-browser.ts';
import { openStaffSite } from '../support/staff.ts';
import { walkIn } from '../support/walk.ts';

test.each([
  [320, false],
  [1280, true],
] as const)(
  'at %i pixels, with scripts: %s',
  async (width, scripts) => {
    const page = await openPage({ width, scripts });
    const site = await openStaffSite();
    const { look, press } = walkIn(page, 'interviews', width);
    const follow = async (name: string | RegExp) => {
      await Promise.all([page.waitForNavigation(), page.getByRole('link', { name, exact: true }).first().click()]);
    };
    const words = () => page.textContent('main');

    const admin = await site.signIn(await site.add('Ada', { admin: true }));
    await lendCookies(page, admin, site.url);
    await page.goto(`${site.url}/staff/events/new?kind=interview`);
    await page.getByLabel('Title').fill('Talk with us (synthetic)');
    await page.getByLabel('Link for taking part online (optional)').fill('https://meet.example.org/one');
    await press('Save');
    const event = page.url();
    await look('draft', 'Talk with us');
    expect(await page.getByRole('button', { name: 'Open for signing up' }).count()).toBe(0);

    // Three slots of one interviewer, and one of another.
    for (const [host, time, slots] of [
      ['Kim Lee', '10:00', '3'],
      ['Sam Roy', '11:00', '1'],
    ] as const) {
      await follow('Add slots');
      await page.getByLabel('Day').fill('2027-04-05');
      await page.getByLabel('Time', { exact: true }).fill(time);
      await page.getByLabel('How long, in minutes').fill('30');
      await page.getByLabel('Interviewer').fill(host);
      await page.getByLabel('How many slots, one after the other').fill(slots);
      await page.getByLabel('Pause between them, in minutes').fill('15');
      await look(`slots-${slots}`, 'Add slots');
      await press('Save');
    }
    expect(await words()).toContain('11:30 – 12:00');
    // Kim Lee has one from 10:45.
    await follow('Add slots');
    await page.getByLabel('Day').fill('2027-04-05');
    await page.getByLabel('Time', { exact: true }).fill('10:20');
    await page.getByLabel('How long, in minutes').fill('30');
    await page.getByLabel('Interviewer').fill('Kim Lee');
    await press('Save');
    expect(await words()).toContain('Kim Lee cannot be in two interviews at once');
    await look('clash', 'Add slots');
    await page.goto(event);
    await press('Open for signing up');
    await look('open', 'Talk with us');

    await follow('Who takes part');
    await follow('Take a booking by phone');
    await press('Book');
    await look('phone-wrong', 'A booking by phone');
    await page.getByLabel(/10:00 – 10:30/).check();
    await page.getByLabel('Their name').fill('Di Example');
    await page.getByLabel('Organisation', { exact: true }).fill('Made Up CIC');
    await page.getByLabel('Phone number (if they gave no e-mail address)').fill('01632 960001');
    await page.getByLabel('They agree').check();
    await press('Book');
    await look('participants', 'Who takes part');

    // They ring again and want a later time.
    await follow('Di Example');
    await page.getByLabel(/10:45 – 11:15/).check();
    await look('participant', 'Di Example');
    await press('Move them');
    expect(await words()).toContain('10:45 – 11:15');

    // Somebody else would wait for that time, and takes a free one.
    await page.goto(`${event}/participants/new`);
    await page.getByLabel(/10:45 – 11:15/).check();
    await page.getByLabel('Their name').fill('Ed Example');
    await page.getByLabel('Organisation', { exact: true }).fill('Made Up CIC');
    await page.getByLabel('Phone number (if they gave no e-mail address)').fill('01632 960002');
    await page.getByLabel(/waiting list/).check();
    await page.getByLabel('They agree').check();
    await press('Book');
    await follow('Ed Example');
    await page.getByLabel(/11:30 – 12:00/).check();
    await look('participant-waiting', 'Ed Example');
    await press('Book it for them');
    expect(await words()).toContain('11:30 – 12:00');

    // The link is another: nothing can be written to Di.
    await page.goto(`${event}/edit`);
    await page.getByLabel('Link for taking part online (optional)').fill('https://meet.example.org/two');
    await press('Save');
    await look('sure', 'Save it, and tell people?');
    await press('Save and tell them');
    await look('to-phone', 'Talk with us');
    await follow('who, and what');
    expect(await words()).toContain('https://meet.example.org/two');
    await look('calls', 'To be phoned');
    await press(/^They have been told .*Di Example/);
    await look('told', 'To be phoned');

    await page.goto(`${event}/messages`);
    await look('previews', 'What people are written');
    await follow('Before it begins');
    await page.getByText('As a mail program shows it').first().click();
    // The frame is filled, and the page's own policy holds in it.
    expect(await page.frameLocator('iframe').first().locator('body').textContent()).toContain('Talk with us');
    await look('preview', 'Before it begins');

    await page.goto(`${event}/write`);
    await page.getByLabel('Those who are booked').check();
    await page.getByLabel('What do you write?').fill('Please have your figures at hand.');
    await press('Look at it first');
    await look('write-sure', 'Send this?');
    await press('Send');

    // The day has come.
    site.wait(60 * 24 * 35 + 60);
    await lendCookies(page, await site.signIn(await site.add('Bo', { admin: true })), site.url);
    await page.goto(`${event}/participants`);
    await follow('Di Example');
    await page.getByLabel('Yes').check();
    await look('attended', 'Di Example');
    await press('Save');
    expect(await words()).toContain('Came');
    await page.emulateMedia({ media: 'print' });
    await screenshot(page, `interviews-print-${width}`);
    await page.emulateMedia({ media: null });
    await follow(/^Note who came/);
    await look('came', 'Who came?');
    await page.getByLabel('Did not come').check();
    await press('Save');
    expect(await words()).toContain('Did not come');
    await page.goto(event);
    await look('over', 'Talk with us');
  },
  240_000,
);
