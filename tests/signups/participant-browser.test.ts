/** What participants meet, in a real browser: axe finds nothing, nothing scrolls sideways, the HTML is valid. */
import { expect, test } from 'vitest';
import { setStatus } from '../../src/signups/events/store.ts';
import { lapse } from '../../src/signups/lapses/store.ts';
import { findEvent } from '../../src/signups/store.ts';
import { openPage } from '../support/browser.ts';
import { addEvent, type Contacts, lettersTo, SITE, tokenFrom } from '../support/contacts.ts';
import { openSignUps } from '../support/sign-ups.ts';
import { walkIn } from '../support/walk.ts';

const ASKS = { asks: ['access', 'times', 'phone'] } as const;

async function addEvents(db: Contacts): Promise<void> {
  await addEvent(db, [1, 4], {
    about: {
      title: `AI for beginners, with ${'time-for-questions-'.repeat(4)} (synthetic)`,
      meantFor: 'Anybody who runs a social enterprise',
      asks: ['access', 'stage'],
      stages: ['We use AI', 'We do not'],
      link: 'https://meet.example.org/a-made-up-room',
    },
  });
  const places = ['By phone', 'By video', 'At your place, or wherever suits you'];
  const about = { title: 'Talk to us about AI (synthetic)', place: '', ...ASKS, asks: [...ASKS.asks] };
  await addEvent(db, [1, 1, 1], { id: 'interviews', kind: 'interview', about, places });
  await addEvent(db, [], {
    id: 'together',
    kind: 'collaboration',
    about: { title: 'Work with us (synthetic)', place: '', asks: ['message', 'phone'] },
  });
  await addEvent(db, [], {
    id: 'results',
    kind: 'results',
    about: { title: 'Get the results (synthetic)', place: '' },
  });
  const later = { title: 'Not yet (synthetic)', opensOn: '2027-03-03', closesOn: '2027-03-04' };
  await addEvent(db, [3], { id: 'later', about: later });
}

test.each([
  [320, false],
  [1280, true],
] as const)(
  'at %i pixels, with scripts: %s',
  async (width, scripts) => {
    const page = await openPage({ width, scripts });
    const site = await openSignUps();
    await addEvents(site.contacts);
    const { look: lookAt, press } = walkIn(page, 'participant', width);
    const look = async (name: string, heading: string, words = '') => {
      expect(await page.textContent('main')).toContain(words);
      await lookAt(name, heading);
    };
    const go = (path: string) => page.goto(site.url + path);
    const fill = async (name: string) => {
      await page.getByLabel('Your name').fill(name);
      await page.getByLabel('Organisation', { exact: true }).fill('Made Up CIC');
      await page.getByLabel('E-mail address').fill(`${name.toLowerCase()}@example.org`);
      await page.getByLabel('I have read this and agree').check();
    };
    const openLetter = async (name: string, kind: string) =>
      go(`/bookings/${await tokenFrom(site.contacts, `${name.toLowerCase()}@example.org`, kind)}`);
    const cancel = async (button: string) => {
      await page.getByText('Cancel', { exact: true }).click();
      await press(button);
    };

    await go('/');
    await look('home', 'Surveys');
    await page.getByRole('link', { name: 'Workshops, interviews and more' }).click();
    await look('list', 'Take part');

    // A workshop: booked, moved, cancelled; waited for, declined, accepted.
    await go('/take-part/made-up');
    await press('Sign up');
    await look('workshop-wrong', 'AI for beginners', 'Choose a time');
    await fill('Ida');
    await page.getByLabel('Monday 8 March 2027, 10:00').check();
    await page.getByLabel('We use AI').check();
    await page.getByLabel('What do you need').fill('Step-free access');
    await press('Sign up');
    await look('sent', 'Look in your mailbox');
    await openLetter('Ida', 'confirm');
    await look('held', 'Your booking', 'A place is held for you');
    await press('Confirm');
    await look('booked', 'Your booking', 'Your place is booked.');
    expect(await page.getByRole('link', { name: 'https://meet.example.org/a-made-up-room' }).count()).toBe(1);
    const ida = page.url();

    for (const name of ['Bo', 'Cy']) {
      await go('/take-part/made-up');
      await fill(name);
      await page.getByLabel('Monday 8 March 2027, 10:00').check();
      if (name === 'Bo') {
        await press('Sign up');
        await look('full', 'AI for beginners', 'No place is free at that time');
      }
      await page.getByLabel('If no place is free').check();
      await press('Sign up');
      await openLetter(name, 'confirm');
      if (name === 'Bo') await look('not-held', 'Your booking', 'No place is held for you');
      await press('Confirm');
    }
    await look('waiting', 'Your booking', 'Take a place that is free');
    await press('Take this place');
    await look('take-wrong', 'Your booking', 'Choose a time');
    await page.goto(ida);
    await press('Change to this time');
    await look('move-wrong', 'Your booking', 'Choose a time');
    await page.getByLabel('Monday 8 March 2027, 11:00').check();
    await press('Change to this time');
    await look('moved', 'Your booking', '11:00 – 12:00');
    await openLetter('Bo', 'offer');
    await look('offered', 'Your booking', 'kept for you until');
    await press('No, give it to somebody else');
    await look('declined', 'Your booking', 'This has been cancelled.');
    await openLetter('Cy', 'offer');
    await press('Yes, I want the place');
    await look('accepted', 'Your booking', 'Your place is booked.');
    await page.goto(ida);
    await cancel('Cancel my booking');
    await look('cancelled', 'Your booking', 'This has been cancelled.');
    await page.goto(ida);
    await look('no-link', 'This link opens nothing');

    // Interviews, by phone, by video or as a visit.
    await go('/take-part/interviews');
    await press('Sign up');
    await look('interview-wrong', 'Talk to us');
    await fill('Dee');
    await page.getByLabel('Monday 8 March 2027, 11:00').check();
    await page.getByLabel('What do you need').fill('A sign language interpreter');
    await page.getByLabel('Which times suit you').fill('Mornings, not on Fridays');
    await page.getByLabel('Phone number').fill('by phone please');
    await press('Sign up');
    await look('interview-phone-wrong', 'Talk to us', 'Enter a phone number');
    await page.getByLabel('Phone number').fill('+44 20 7946 0000');
    await press('Sign up');
    await openLetter('Dee', 'confirm');
    await press('Confirm');
    await look('interview-booked', 'Your booking', 'By video');
    await page.getByLabel('Monday 8 March 2027, 12:00').check();
    await press('Change to this time');
    await look('interview-visit', 'Your booking', 'wherever suits you');

    // Lists without times.
    for (const [id, name, heading] of [
      ['together', 'Eve', 'Work with us'],
      ['results', 'Flo', 'Get the results'],
    ] as const) {
      await go(`/take-part/${id}`);
      await look(`${id}-form`, heading);
      await fill(name);
      if (id === 'together') await page.getByLabel('What would you like to do').fill('Test your guide with us');
      await press('Sign up');
      await openLetter(name, 'confirm');
      await look(`${id}-held`, 'Your sign-up', 'Confirm by');
      await press('Confirm');
      await look(`${id}-booked`, 'Your sign-up', 'You are on our list.');
    }
    await cancel('Take me off the list');

    // What we keep.
    await go('/your-data');
    await press('Send me a link');
    await look('your-data-wrong', 'What we keep about you', 'Enter one e-mail address');
    await page.getByLabel('E-mail address').fill('dee@example.org');
    await press('Send me a link');
    await look('your-data-sent', 'Look in your mailbox');
    const letter = (await lettersTo(site.contacts, 'dee@example.org')).find(({ kind }) => kind === 'data');
    await go(/\/your-data\/[\w-]+/.exec(letter?.text ?? '')?.[0] ?? '');
    await look('your-data', 'What we keep about you', 'A sign language interpreter');
    await page.getByText('Delete all of it', { exact: true }).click();
    await press('Delete all of it now');
    await look('your-data-gone', 'It is deleted');

    // What is not open, and what is over.
    await go('/take-part/later');
    await look('not-yet', 'Not yet', 'You can sign up from');
    await go('/take-part/made-up');
    await fill('Gus');
    await page.getByLabel('Monday 8 March 2027, 11:00').check();
    await press('Sign up');
    await openLetter('Gus', 'confirm');
    const gus = page.url();
    site.wait(24);
    await press('Confirm');
    await look('late', 'Your booking', 'This is over');
    await page.goto(gus);
    await openLetter('Cy', 'booked');
    site.wait(7 * 24);
    await lapse(site.contacts, { now: site.now(), site: SITE });
    await page.reload();
    await look('past', 'Your booking', 'This has taken place.');
    const event = await findEvent(site.contacts, 'made-up');
    if (event) await setStatus(site.contacts, event, 'closed', { id: null, name: 'Ada' }, site.now());
    await go('/take-part/made-up');
    await look('closed', 'AI for beginners', 'You cannot sign up for this any more.');
  },
  300_000,
);
