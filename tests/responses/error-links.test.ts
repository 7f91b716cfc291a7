/** Every link inside a page leads to something on it, and every page is sound HTML, in every state. */
import { describe, expect, test } from 'vitest';
import { goTo, PAGES } from '../support/every-type.ts';
import { openFieldwork } from '../support/fieldwork.ts';
import { expectValidHtml } from '../support/html.ts';
import { idsIn, linksIn } from '../support/page-html.ts';
import { answerPages, type Respondent } from '../support/respondent.ts';

/** Fails where a link of the page leads nowhere on it, or two elements have one id. */
async function expectSound(respondent: Respondent): Promise<void> {
  const ids = idsIn(respondent.html);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  const targets = linksIn(respondent.html).flatMap(({ href }) => (href.startsWith('#') ? [href.slice(1)] : []));
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  await expectValidHtml(respondent.html);
}

/** The ids of the inputs of a page. */
const inputIds = (html: string): string[] => idsIn((html.match(/<(input|select|textarea)\b[^>]*>/g) ?? []).join(''));

const arrive = async (code: string) => goTo(await (await openFieldwork('every-type')).begin(), code);

describe.each(PAGES)('the page "$code"', ({ code, answer }) => {
  test('fresh', async () => {
    await expectSound(await arrive(code));
  });

  test('left blank: each message leads to an input', async () => {
    const respondent = await arrive(code);
    await respondent.answer();
    expect(respondent.status).toBe(422);
    await expectSound(respondent);
    const links = linksIn(respondent.html).filter(({ href }) => href.startsWith('#') && href !== '#main-content');
    expect(links.length).toBeGreaterThan(0);
    const inputs = inputIds(respondent.html);
    expect(links.filter(({ href }) => !inputs.includes(href.slice(1)))).toEqual([]);
  });

  test('answered, it can be opened again with every answer in its place', async () => {
    const respondent = await arrive(code);
    await respondent.answer(answer);
    await respondent.open(`/surveys/every-type/answer/${code}`);
    const shown = code === 'number' ? { W1: '1250.5' } : answer;
    expect(respondent.entered).toEqual(shown);
    await expectSound(respondent);
  });
});

test.each(PAGES.flatMap(({ code, answer, wrong }) => (wrong ? [{ code, answer, wrong }] : [])))(
  'the page "$code" filled in wrongly: each error leads to an input, and what was entered stays',
  async ({ code, answer, wrong }) => {
    const respondent = await arrive(code);
    await respondent.answer(wrong);
    expect(respondent.status).toBe(422);
    expect(respondent.errors.length).toBeGreaterThan(0);
    await expectSound(respondent);
    const inputs = inputIds(respondent.html);
    expect(respondent.errors.filter(({ href }) => !inputs.includes(href.slice(1)))).toEqual([]);
    expect(respondent.entered).toEqual(wrong);
    await respondent.answer(answer);
    expect(respondent.status).toBe(200);
  },
);

test('a rule can be broken at any type of question, and each message leads to its own', async () => {
  const respondent = await arrive('together');
  await respondent.answer({ M1: 'refuse', M3: 'b' });
  expect(respondent.errors).toEqual([
    { text: 'Refused at one', href: '#M1' },
    { text: 'Refused at several', href: '#M2' },
    { text: 'Refused at the list', href: '#M3' },
    { text: 'Refused at the grid', href: '#M4_r1' },
    { text: 'Refused at the scale', href: '#M5' },
    { text: 'Refused at the ranking', href: '#M6' },
    { text: 'Refused at the number', href: '#M7' },
    { text: 'Refused at the date', href: '#M8-day' },
    { text: 'Refused at the text', href: '#M9' },
  ]);
  for (const { text } of respondent.errors) expect(respondent.words.split(text)).toHaveLength(3);
});

test('each "Change" on the check leads to the input that it is about', async () => {
  const respondent = await arrive('check');
  await expectSound(respondent);
  const changes = respondent.links.filter(({ text }) => text.startsWith('Change '));
  expect(changes).toHaveLength(respondent.summary.length - 1);
  for (const { href } of changes) {
    const [page = '', target = ''] = href.split('#');
    await respondent.open(page);
    expect(respondent.status).toBe(200);
    expect(inputIds(respondent.html)).toContain(target);
  }
});

test('the check says every answer in words', async () => {
  const respondent = await arrive('check');
  expect(respondent.summary).toEqual([
    ['Are you happy to take part?', 'Yes'],
    ['Is this survey for you?', 'Yes'],
    ['Which thing do you use most?', 'Another thing: A purple one'],
    ['Which things have you tried?', 'The red thing Another thing: A tiny one'],
    ['Where did you find your first thing?', 'Somewhere else: In a tree'],
    ['How good are things for each of these?', 'Saving time at work: Bad Having fun: Fair Peace and quiet: Don’t know'],
    ['How much do you like things?', '7'],
    ['Which matter most to you?', '1. The size 2. A low price 3. The smell'],
    ['How much did you spend on things last year?', '£1250.5 a year'],
    ['When did you get your first thing?', '29 February 2020'],
    ['What do you call your thing?', 'Bertie'],
    ['What is it like?', 'Round. And soft.'],
    ['Is Bertie big or small?', 'Bertie is big'],
    ['One of these', 'Fine'],
    ['Several of these', 'First'],
    ['One from a list', 'Second'],
    ['Each of these', 'One row: No Another row: Yes'],
    ['From one to five', '4'],
    ['In order', '1. Second 2. First'],
    ['A number', '3'],
    ['A date', '1 February 2003'],
    ['A text', 'Words'],
    ['What do you save?', 'Water'],
    ['What do you carry on?', 'Bags'],
    ['What is your favourite code?', '1234'],
    ['What is your main thing?', 'Bread'],
    ['What do you speak?', 'Welsh'],
  ]);
});

test('every other page of a respondent is sound too', async () => {
  const { begin, visit, travelTo } = await openFieldwork('every-type');
  const home = '/surveys/every-type';
  await expectSound(await visit());
  await expectSound(await (await visit()).answer());
  const respondent = await begin();
  await expectSound(await respondent.open(home));
  await respondent.open(`${home}/answer/a2`);
  await respondent.press('Save and come back later');
  await expectSound(respondent);
  const ended = await begin();
  await expectSound(await ended.answer({ A2: 'no' }));
  await expectSound(await ended.press('Delete my answers and finish'));
  const stranger = await visit(`${home}/resume`);
  await expectSound(stranger);
  await expectSound(await stranger.answer({ code: 'x' }));
  await expectSound(await stranger.open(`${home}/withdraw`));
  await expectSound(await stranger.answer({ code: 'x' }));
  await expectSound(await stranger.open(`${home}/nowhere`));
  await respondent.follow('Carry on now');
  await goTo(respondent, 'check');
  await expectSound(await respondent.press('Send your answers'));
  await expectSound(await respondent.open(home));
  await respondent.follow('Take back your answers');
  await expectSound(await respondent.press('Delete my answers'));
  await expectSound(await respondent.open(home));
  travelTo('2027-08-01T00:00:00Z');
  await expectSound(await visit());
  await expectSound(await visit(`${home}/withdraw`));
});

test('every page of the flagship survey is sound when it is left blank', async () => {
  const { begin } = await openFieldwork('ai-adoption');
  const respondent = await begin();
  for (const given of [
    { S1: 'agreed', O2: 'health' },
    { S1: 'no', S3: 'm3' },
    { S1: 'stopped', S3: 'never' },
  ]) {
    await respondent.open('/surveys/ai-adoption/answer/a2');
    for (const page of await answerPages(respondent, given)) {
      await respondent.open(`/surveys/ai-adoption/answer/${page}`);
      if (respondent.status !== 200) continue;
      await respondent.post(`/surveys/ai-adoption/answer/${page}`, '');
      expect(respondent.status).toBe(422);
      await expectSound(respondent);
    }
  }
});
