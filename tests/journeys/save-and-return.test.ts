/** Stopping half-way and coming back, on this device or another. */
import { describe, expect, test } from 'vitest';
import { type Fieldwork, openFieldwork, sourceOf } from '../support/fieldwork.ts';
import { Respondent } from '../support/respondent.ts';

/** Somebody who has got to "Which thing do you use most?". */
async function arrive(): Promise<Fieldwork & { respondent: Respondent }> {
  const fieldwork = await openFieldwork('every-type');
  const respondent = await fieldwork.begin();
  await respondent.answer({ A2: 'yes' });
  return { ...fieldwork, respondent };
}

const SAVE = 'Save and come back later';

test('the answers so far wait on another device for whoever has the code', async () => {
  const { respondent, url } = await arrive();
  await respondent.answer({ B1: 'other', B1_other: 'A purple one' });
  await respondent.press(SAVE);
  expect(respondent.heading).toBe('Come back later');
  expect(respondent.words).toContain('We keep unfinished answers for about 30 days, then delete them.');
  expect(respondent.words).toContain('The survey closes after 30 June 2027.');

  const elsewhere = await new Respondent(url).open('/surveys/every-type');
  await elsewhere.follow('Carry on with answers you saved');
  await elsewhere.answer({ code: respondent.code });
  expect(elsewhere.heading).toBe('Which things have you tried?');
  await elsewhere.follow('Back');
  expect(elsewhere.entered).toEqual({ B1: 'other', B1_other: 'A purple one' });
});

test('the link does the same: it fills in the code and changes nothing by itself', async () => {
  const { respondent, url } = await arrive();
  await respondent.press(SAVE);
  const [link] = respondent.links.filter(({ href }) => href.includes('code='));
  const elsewhere = await new Respondent(url).open(link?.href ?? '');
  expect(elsewhere.cookies).toBe('');
  expect(elsewhere.entered).toEqual({ code: link?.href.split('code=')[1] });
  await elsewhere.answer();
  expect(elsewhere.heading).toBe('Which thing do you use most?');
});

test('with a public address the link is whole, whatever host was asked for', async () => {
  const { context, begin } = await openFieldwork('every-type');
  Object.assign(context.settings, { publicUrl: new URL('http://surveys.example.org') });
  const respondent = await begin();
  await respondent.press(SAVE);
  const [link] = respondent.links.filter(({ href }) => href.includes('code='));
  expect(link?.text).toBe(link?.href);
  expect(link?.href).toMatch(/^http:\/\/surveys\.example\.org\/surveys\/every-type\/resume\?code=[0-9A-Z]{26}$/);
});

test.each([
  ['as it is shown', (code: string) => code],
  ['without dashes, in small letters', (code: string) => code.replaceAll('-', '').toLowerCase()],
  ['with spaces, and long dashes from a mail', (code: string) => ` ${code.replaceAll('-', ' – ')}\u00a0\u200b`],
  ['with letters for digits', (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l')],
])('the code may be typed %s', async (_, typed) => {
  const { respondent, url } = await arrive();
  await respondent.press(SAVE);
  const elsewhere = await new Respondent(url).open('/surveys/every-type/resume');
  await elsewhere.answer({ code: typed(respondent.code) });
  expect(elsewhere.heading).toBe('Which thing do you use most?');
});

test.each([
  ['nothing', ''],
  ['a code that nobody has', '0'.repeat(26)],
  ['something else', 'my code'],
  ['a very long text', 'x'.repeat(5000)],
  ['markup', '<script>"'],
])('%s in the place of a code is not known, and stays to be put right', async (_, code) => {
  const { respondent } = await arrive();
  await respondent.open('/surveys/every-type/resume');
  await respondent.answer({ code });
  expect(respondent.status).toBe(422);
  const said = code === '' ? 'Enter your code' : 'We do not know that code.';
  expect(respondent.errors).toEqual([{ text: expect.stringContaining(said), href: '#code' }]);
  expect(respondent.entered).toEqual(code === '' ? {} : { code });
});

test('a code opens its own survey only', async () => {
  const { respondent, publish, visit } = await arrive();
  await respondent.press(SAVE);
  await publish(sourceOf('two-languages'));
  const elsewhere = await visit('/surveys/two-languages/resume');
  await elsewhere.answer({ code: respondent.code });
  expect(elsewhere.status).toBe(422);
  await elsewhere.open('/surveys/two-languages/withdraw');
  await elsewhere.answer({ code: respondent.code });
  expect(elsewhere.status).toBe(422);
  expect((await respondent.follow('Carry on now')).heading).toBe('Which thing do you use most?');
});

describe('saving half a page', () => {
  test('keeps what was typed, and the page is the one to come back to', async () => {
    const { respondent, url } = await arrive();
    await respondent.open('/surveys/every-type/answer/one');
    await respondent.answer({ B1: 'blue' });
    await respondent.answer({ B2: ['none'] });
    await respondent.answer({ B3: 'desk' });
    await respondent.press(SAVE, { B4_fun: 'good' });
    expect(respondent.heading).toBe('Come back later');
    const elsewhere = await new Respondent(url).open('/surveys/every-type/resume');
    await elsewhere.answer({ code: respondent.code });
    expect(elsewhere.heading).toBe('How good are things for each of these?');
    expect(elsewhere.entered).toEqual({ B4_fun: 'good' });
  });

  test('asks for nothing that is missing, and keeps nothing of an untouched page', async () => {
    const { respondent, db } = await arrive();
    const before = await db.selectFrom('drafts').select('answers').execute();
    await respondent.press(SAVE);
    expect(respondent.heading).toBe('Come back later');
    expect(await db.selectFrom('drafts').select('answers').execute()).toEqual(before);
    await respondent.follow('Carry on now');
    expect(respondent.heading).toBe('Which thing do you use most?');
  });

  test('but not an answer that cannot be kept: it stays on the page to be put right', async () => {
    const { respondent } = await arrive();
    await respondent.answer({ B1: 'blue' });
    await respondent.press(SAVE, { B2: ['none', 'red'] });
    expect(respondent.status).toBe(422);
    expect(respondent.errors[0]?.text).toContain('“None of these” on its own');
    expect(respondent.entered).toEqual({ B2: ['red', 'none'] });
  });

  test('takes out what was emptied', async () => {
    const { begin, db } = await openFieldwork('two-languages');
    const respondent = await begin();
    await respondent.answer({ B1: ['work'] });
    await respondent.follow('Back');
    await respondent.press(SAVE, { B1: [] });
    const [draft] = await db.selectFrom('drafts').select('answers').execute();
    expect(JSON.parse(draft?.answers ?? '')).toEqual({ A1: 'yes', B1: null });
  });
});

test('whoever lost the cookie for an unfinished draft is told what became of it', async () => {
  const { respondent, travelTo } = await arrive();
  travelTo('2027-04-04T23:59:00Z');
  expect((await respondent.open('/surveys/every-type/answer/one')).heading).toBe('Which thing do you use most?');
  travelTo('2027-04-05T00:00:00Z');
  for (const page of ['answer/one', 'check', 'save', 'done', '']) {
    await respondent.open(`/surveys/every-type/${page}`);
    expect(respondent.address).toMatch(/^\/surveys\/every-type\/?$/);
    expect(respondent.words).toContain('Your earlier answers are not here any more');
  }
  await respondent.press('Start', { A1: 'yes' });
  expect(respondent.heading).toBe('Is this survey for you?');
});

test('a code that has expired is not known', async () => {
  const { respondent, travelTo, visit } = await arrive();
  await respondent.press(SAVE);
  travelTo('2027-04-05T00:00:00Z');
  const later = await visit('/surveys/every-type/resume');
  await later.answer({ code: respondent.code });
  expect(later.status).toBe(422);
});

test('the return code of what was sent leads to the receipt', async () => {
  const { begin, visit } = await openFieldwork('two-languages');
  const respondent = await begin();
  await respondent.press(SAVE);
  const returnCode = respondent.code;
  await respondent.follow('Carry on now');
  await respondent.answer({ B1: ['work'] });
  await respondent.answer({ B2: '4' });
  await respondent.answer({ B3: ['dk'] });
  await respondent.press('Send your answers');
  const elsewhere = await visit('/surveys/two-languages/resume');
  await elsewhere.answer({ code: returnCode });
  expect(elsewhere.heading).toBe('Your answers have been sent');
  expect(elsewhere.code).toBe(respondent.code);
});
