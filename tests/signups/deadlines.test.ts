/** By when something has to be done is told as people keep it, and never later than it is. */
import { expect, test } from 'vitest';
import { lapse } from '../../src/signups/lapses/store.ts';
import { addEvent, lettersTo, SITE, tokenFrom } from '../support/contacts.ts';
import type { Respondent } from '../support/respondent.ts';
import { openSignUps, type SignUpSite } from '../support/sign-ups.ts';

/** Opens a site at 17 minutes past nine. */
async function openAtAnOddTime(): Promise<SignUpSite> {
  const site = await openSignUps();
  site.wait(17 / 60);
  await addEvent(site.contacts, [1]);
  return site;
}

async function ask(site: SignUpSite, name: string, lang: string): Promise<Respondent> {
  const visitor = await site.visit(`/take-part/made-up?lang=${lang}`);
  const wait = visitor.inputs.includes('wait') ? { wait: ['yes'] } : {};
  await visitor.answer({ name, organisation: 'Made Up CIC', email: `${name}@example.org`, agree: ['yes'], ...wait });
  return visitor.open(`/bookings/${await tokenFrom(site.contacts, `${name}@example.org`, 'confirm')}`);
}

const letterTo = async (site: SignUpSite, name: string, kind: string) =>
  (await lettersTo(site.contacts, `${name}@example.org`)).find((letter) => letter.kind === kind)?.text ?? '';

test.each([
  ['en', 'A place is held for you until 09:00, Tuesday 2 March 2027 (Greenwich Mean Time).', 'Confirm', 'is booked'],
  [
    'cy',
    'Mae lle yn cael ei gadw i chi tan 09:00, Dydd Mawrth 2 Mawrth 2027 (Amser Safonol Greenwich).',
    'Cadarnhau',
    'wedi’i archebu',
  ],
])(
  'a letter and a page in %s say the hour, and confirming works until the minute',
  async (lang, words, button, booked) => {
    const site = await openAtAnOddTime();
    const ada = await ask(site, 'ada', lang);
    expect(await letterTo(site, 'ada', 'confirm')).toContain(words);
    expect(ada.words).toContain(words);
    site.wait(23 + 59 / 60);
    await ada.press(button);
    expect(ada.words).toContain(booked);
  },
);

test('an offer says the hour; read in its last hours, its page says more and more exactly', async () => {
  const site = await openAtAnOddTime();
  const ada = await ask(site, 'ada', 'en');
  await ada.press('Confirm');
  const bea = await ask(site, 'bea', 'en');
  await bea.press('Confirm');
  await ada.press('Cancel my booking');
  expect(await letterTo(site, 'bea', 'offer')).toContain('kept for you until 09:00, Wednesday 3 March 2027');
  for (const [hours, told] of [
    [40, '09:00'],
    [5, '09:15'],
    [2.5, '09:17'],
  ] as const) {
    site.wait(hours);
    await bea.open(bea.address);
    expect(bea.words).toContain(`kept for you until ${told}, Wednesday 3 March 2027`);
  }
  // The hour that the letter said is past, and the place is still theirs.
  site.wait(0.45);
  expect(await lapse(site.contacts, { now: site.now(), site: SITE })).toBe(0);
  await bea.press('Yes, I want the place');
  expect(bea.words).toContain('Your place is booked.');
});

test('the link to what is kept says the hour too', async () => {
  const site = await openAtAnOddTime();
  const visitor = await site.visit('/your-data');
  await visitor.press('Send me a link', { email: 'ada@example.org' });
  expect(await letterTo(site, 'ada', 'data')).toContain('before 09:00, Tuesday 2 March 2027 (Greenwich Mean Time):');
});
