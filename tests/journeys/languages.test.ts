/** A survey in two languages: every page can be switched, and says all it says in the language chosen. */
import { expect, test } from 'vitest';
import { openFieldwork, storedAnswers } from '../support/fieldwork.ts';
import { linksIn, partOf } from '../support/page-html.ts';
import type { Respondent } from '../support/respondent.ts';

const HOME = '/surveys/two-languages';

/** Fails unless the page is in the language and offers the other one under an address that shows this page. */
async function expectSwitch(respondent: Respondent, heading: { en: string; cy: string }): Promise<void> {
  expect(respondent.heading).toBe(heading.en);
  expect(respondent.html).toContain('<html lang="en">');
  const { status, address } = respondent;
  await respondent.follow('Cymraeg');
  expect([respondent.heading, respondent.status]).toEqual([heading.cy, 200]);
  expect(respondent.html).toContain('<html lang="cy">');
  expect(linksIn(partOf(respondent.html, /<ul class="sn-languages"/, '</ul>'))).toEqual([
    { text: 'English', href: expect.stringContaining('lang=en') },
  ]);
  await respondent.follow('English');
  expect(respondent.heading).toBe(heading.en);
  if (status === 200 && !/\?/.test(address)) expect(respondent.address).toBe(`${address}?lang=en`);
}

test('every page of a respondent can be switched', async () => {
  const { visit, begin, travelTo } = await openFieldwork('two-languages');
  const title = { en: 'The bus in your village', cy: 'Y bws yn eich pentref' };
  await expectSwitch(await visit(), title);
  await expectSwitch(await (await visit()).answer(), title);

  const respondent = await begin();
  await expectSwitch(respondent, { en: 'Why do you take the bus?', cy: 'Pam ydych chi’n mynd ar y bws?' });
  await expectSwitch(await respondent.answer(), {
    en: 'Why do you take the bus?',
    cy: 'Pam ydych chi’n mynd ar y bws?',
  });
  await respondent.press('Save and come back later');
  await expectSwitch(respondent, { en: 'Come back later', cy: 'Dod yn ôl yn nes ymlaen' });
  await respondent.open(`${HOME}/answer/b1`);
  await respondent.answer({ B1: ['work', 'shop'] });
  await respondent.answer({ B2: '400' });
  await expectSwitch(respondent, { en: 'How many buses go in a day?', cy: 'Faint o fysiau sy’n mynd mewn diwrnod?' });
  await respondent.answer({ B2: '4' });
  await respondent.answer({ B3: ['dk'] });
  await expectSwitch(respondent, {
    en: 'Check your answers before you send them',
    cy: 'Gwiriwch eich atebion cyn eu hanfon',
  });
  await respondent.press('Send your answers');
  await expectSwitch(respondent, { en: 'Your answers have been sent', cy: 'Mae eich atebion wedi’u hanfon' });

  const stranger = await visit(`${HOME}/resume`);
  await expectSwitch(stranger, { en: 'Carry on with your answers', cy: 'Parhau â’ch atebion' });
  await expectSwitch(await stranger.answer({ code: 'x' }), {
    en: 'Carry on with your answers',
    cy: 'Parhau â’ch atebion',
  });
  await stranger.open(`${HOME}/withdraw`);
  await expectSwitch(stranger, { en: 'Take back your answers', cy: 'Cymryd eich atebion yn ôl' });
  await expectSwitch(await (await visit()).answer({ A1: 'no' }), { en: 'Thank you', cy: 'Diolch' });
  const passenger = await begin();
  await passenger.answer({ B1: ['never'] });
  const end = { en: 'This survey is for passengers', cy: 'Mae’r arolwg hwn i deithwyr' };
  await expectSwitch(passenger, end);
  await expectSwitch(await passenger.press('Delete my answers and finish'), end);

  travelTo('2027-07-01T00:00:00Z');
  const closed = { en: 'This survey is closed', cy: 'Mae’r arolwg hwn wedi cau' };
  await expectSwitch(await visit(), closed);
  await expectSwitch(await (await visit()).post(`${HOME}/start`, 'A1=yes'), closed);
  travelTo('2027-08-15T00:00:00Z');
  await expectSwitch(await visit(`${HOME}/withdraw`), {
    en: 'Take back your answers',
    cy: 'Cymryd eich atebion yn ôl',
  });
});

test('the language once chosen is kept from page to page, errors and dates included', async () => {
  const { visit, db } = await openFieldwork('two-languages');
  const respondent = await visit(`${HOME}?lang=cy`);
  await respondent.answer();
  expect(respondent.errors[0]?.text).toBe('Dewiswch ateb');
  await respondent.press('Dechrau', { A1: 'yes' });
  await respondent.answer({ B1: ['work', 'shop'] });
  await respondent.answer({ B2: 'llawer' });
  expect(respondent.errors[0]?.text).toBe('Rhowch rif, er enghraifft 12');
  await respondent.answer({ B2: '4' });
  await respondent.answer({ B3_day: '2', B3_month: '3', B3_year: '2027' });
  expect(respondent.errors[0]?.text).toContain('1 Mawrth 2027');
  await respondent.answer({ B3_day: '28', B3_month: '2', B3_year: '2027' });
  expect(respondent.summary.slice(1)).toEqual([
    ['Pam ydych chi’n mynd ar y bws?', 'Gwaith Siopa'],
    ['Faint o fysiau sy’n mynd mewn diwrnod?', '4'],
    ['Pryd aethoch chi arno ddiwethaf?', '28 Chwefror 2027'],
  ]);
  await respondent.press('Anfon eich atebion');
  expect(respondent.words).toContain('Bydd y cwmni bysiau yn darllen y canlyniadau.');
  const [response] = await db.selectFrom('responses').select('language').execute();
  expect(response?.language).toBe('cy');
  expect(await storedAnswers(db)).toEqual([{ A1: 'yes', B1: ['work', 'shop'], B2: '4', B3: '2027-02-28' }]);
});

test('whoever comes from the check comes back to it in the other language too', async () => {
  const { begin } = await openFieldwork('two-languages');
  const respondent = await begin();
  await respondent.answer({ B1: ['work'] });
  await respondent.answer({ B2: '4' });
  await respondent.answer({ B3: ['dk'] });
  await respondent.follow('Change How many buses go in a day?');
  await respondent.answer({ B2: '400' });
  await respondent.follow('Cymraeg');
  await respondent.answer({ B2: '5' });
  expect(respondent.heading).toBe('Gwiriwch eich atebion cyn eu hanfon');
});

test('a language that the survey does not have changes nothing', async () => {
  const { visit } = await openFieldwork('two-languages');
  for (const query of ['lang=fr', 'lang=', 'lang=cy&lang=en', 'lang[]=cy', 'lang=__proto__']) {
    const respondent = await visit(`${HOME}?${query}`);
    expect([respondent.status, respondent.heading]).toEqual([200, 'The bus in your village']);
  }
});
