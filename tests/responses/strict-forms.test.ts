/** Forms that no page of ours sends: refused in plain words, never stored, never a fault of the site (S5). */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { goTo } from '../support/every-type.ts';
import { dumpStore, openFieldwork } from '../support/fieldwork.ts';
import { wordsIn } from '../support/page-html.ts';

const HOME = '/surveys/every-type';
const FORM = 'application/x-www-form-urlencoded';
const DOORS = ['start', 'answer/words', 'submit', 'save', 'resume', 'withdraw'];

async function arrive(page: string) {
  const fieldwork = await openFieldwork('every-type');
  const respondent = await fieldwork.begin();
  await goTo(respondent, page);
  const post = async (door: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`${fieldwork.url}${HOME}/${door}`, {
      method: 'POST',
      headers: { cookie: respondent.cookies, 'content-type': FORM, ...headers },
      body,
      redirect: 'manual',
    });
  return { ...fieldwork, respondent, post };
}

describe.each(DOORS)('POST %s refuses', (door) => {
  test.each<[string, string | Buffer, Record<string, string>, number]>([
    ['JSON', '{"W3":"x"}', { 'content-type': 'application/json' }, 415],
    ['deep JSON', '['.repeat(90_000), { 'content-type': 'application/json' }, 415],
    ['multipart', '--x\r\n\r\n--x--', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['plain text', 'W3=x', { 'content-type': 'text/plain' }, 415],
    ['another character set', 'W3=x', { 'content-type': `${FORM}; charset=utf-16` }, 415],
    ['a compressed body', gzipSync(`W3=${'x'.repeat(1_000_000)}`), { 'content-encoding': 'gzip' }, 415],
    ['NUL', 'W3=a%00b', {}, 400],
    ['a lone surrogate', 'W3=%ED%A0%80', {}, 400],
    ['bytes that are no text', Buffer.from([87, 51, 61, 0xff]), {}, 400],
    ['a broken escape', 'W3=%zz', {}, 400],
    ['__proto__', '__proto__=x', {}, 400],
    ['__proto__, escaped', '%5F_proto__=x', {}, 400],
    ['constructor', 'constructor=x', {}, 400],
    ['1,001 fields', 'a=1&'.repeat(1001), {}, 413],
    ['more than 1 MB', `W3=${'x'.repeat(1_000_001)}`, {}, 413],
    ['a form from another site', 'W3=x&W4=', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('%s', async (_, body, headers, status) => {
    const { post, db, lines } = await arrive('words');
    const before = JSON.stringify(await dumpStore(db));
    const reply = await post(door, body, headers);
    expect(reply.status).toBe(status);
    expect(wordsIn(await reply.text())).toContain('Nothing was saved.');
    expect(JSON.stringify(await dumpStore(db))).toBe(before);
    expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});

describe('an answer that cannot be one is an error on its page', () => {
  test.each([
    ['one', 'B1=red&B1=blue', 'Give one answer only'],
    ['one', 'B1=purple', 'Choose an answer from the list'],
    ['one', 'B1=constructor', 'Choose an answer from the list'],
    ['one', 'B1=toString', 'Choose an answer from the list'],
    ['one', 'B1[]=red', 'Choose an answer'],
    ['one', 'B1[0]=red', 'Choose an answer'],
    ['one', 'b1=red', 'Choose an answer'],
    ['one', 'B1=%20red%20', 'Choose an answer from the list'],
    ['one', 'B1=other&B1_other=a&B1_other=b', 'Give one answer only'],
    ['one', 'B1=red&B1_other=x', 'You wrote in the box for “Another thing”'],
    ['one', `B1=other&B1_other=${'%F0%9F%98%80'.repeat(101)}`, 'Use 100 characters or fewer. You have 1 too many'],
    ['one', 'B1=other&B1_other=%07', 'has a character that cannot be saved'],
    ['many', 'B2=red&B2=purple', 'Choose an answer from the list'],
    ['many', 'B2=red&B2=none', '“None of these” on its own'],
    ['many', 'B2=dk&B2=red', '“Don’t know” on its own'],
    ['many', 'B2=red&B2=blue&B2=green&B2=pink', 'Tick no more than 3 boxes'],
    ['list', 'B3=attic&B3=beach', 'Give one answer only'],
    ['grid', 'B4=bad', 'Choose an answer for “Saving time at work”'],
    ['grid', 'B4_work_time=bad&B4_work_time=good&B4_fun=bad&B4_peace=bad', 'Give one answer only'],
    ['grid', 'B4_work_time=bad&B4_fun=awful&B4_peace=bad', 'Choose an answer from the list'],
    ['scale', 'B5=11', 'Choose an answer from the list'],
    ['scale', 'B5=7.0', 'Choose an answer from the list'],
    ['scale', 'B5=-1', 'Choose an answer from the list'],
    ['rank', 'B6_size=1&B6_colour=1', 'Give each place to one answer only'],
    ['rank', 'B6_size=2', 'Use the places from 1 to 3'],
    ['rank', 'B6_size=1&B6_size=2&B6_colour=2', 'Give one answer only'],
    ['rank', 'B6_size=first', 'Use the places from 1 to 3'],
    ['rank', 'B6_size=1&B6_colour=2&B6_smell=3&B6_low_price=4', 'Tick no more than 3 boxes'],
    ['rank', 'B6=dk&B6_size=1', 'Enter an answer or tick the box, not both'],
    ['rank', 'B6=size&B6=size', 'Give each place to one answer only'],
    ['number', 'W1=1&W1=2', 'Give one answer only'],
    ['number', 'W1=dk&W1=2', 'Enter an answer or tick the box, not both'],
    ['number', 'W1=1e400', 'Enter a number'],
    ['number', 'W1=Infinity', 'Enter a number'],
    ['number', 'W1=0x10', 'Enter a number'],
    ['number', 'W1=%EF%BC%91%EF%BC%92', 'Enter a number'],
    ['number', `W1=${'9'.repeat(5000)}`, 'Enter a number'],
    ['number', 'W1=1.234', 'no more than 2 digits'],
    ['number', 'W1=-1', 'must be 0 or more'],
    ['number', 'W1=1000000.01', 'must be 1000000 or less'],
    ['date', 'W2_day=29&W2_month=2&W2_year=2021', 'Enter a real date'],
    ['date', 'W2_day=1&W2_month=13&W2_year=2021', 'Enter a real date'],
    ['date', 'W2_day=1&W2_month=Feb&W2_year=2021', 'Enter a real date'],
    ['date', 'W2_day=1', 'Enter a real date'],
    ['date', 'W2_day=1&W2_month=1&W2_year=21', 'Enter a real date'],
    ['date', 'W2_day=1&W2_day=2&W2_month=1&W2_year=2021', 'Give one answer only'],
    ['date', 'W2=2021-01-01&W2_day=1', 'Enter an answer or tick the box, not both'],
    ['date', 'W2=2021-01-01T00:00:00Z', 'Enter a real date'],
    ['date', 'W2_day=31&W2_month=12&W2_year=1989', 'must be 1 January 1990 or later'],
    ['date', 'W2_day=1&W2_month=4&W2_year=2027', 'must be 31 March 2027 or earlier'],
    ['words', 'W3=x&W3=y', 'Give one answer only'],
    ['words', `W3=${'x'.repeat(61)}`, 'You have 1 too many'],
    ['words', 'W3=a%1Bb', 'has a character that cannot be saved'],
    ['words', 'W3=%20%0D%0A%09', 'Answer this question'],
    ['words', `W3=x&W4=${'%F0%9F%98%80'.repeat(501)}`, 'You have 1 too many'],
  ])('%s: %s', async (page, body, message) => {
    const { respondent, db, lines } = await arrive(page);
    const before = JSON.stringify(await dumpStore(db));
    await respondent.post(`${HOME}/answer/${page}`, body);
    expect(respondent.status).toBe(422);
    expect(respondent.errors[0]?.text).toContain(message);
    expect(JSON.stringify(await dumpStore(db))).toBe(before);
    expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});

test('what a page does not ask is dropped, whatever it is called', async () => {
  const { respondent, db } = await arrive('one');
  const extra = 'A1=no&A2=no&B2=red&admin=1&answers=%7B%7D&language=cy&toString=1&hasOwnProperty=1&token_hash=x&key=1';
  await respondent.post(`${HOME}/answer/one`, `B1=red&${extra}`);
  expect(respondent.address).toBe(`${HOME}/answer/many`);
  const [draft] = await db.selectFrom('drafts').select('answers').execute();
  expect(JSON.parse(draft?.answers ?? '')).toEqual({ A1: 'yes', A2: 'yes', B1: 'red', B1_other: null });
});

test.each([
  ['resume', 'code=a&code=b', 400],
  ['withdraw', 'code=a&code=b', 400],
  ['resume', 'code[]=a', 422],
  ['withdraw', '', 422],
  ['start', 'A1=yes&A1=yes', 422],
  ['start', 'A1=YES', 422],
])('POST %s with %s is %i', async (door, body, status) => {
  const { post, db } = await arrive('one');
  const before = JSON.stringify(await dumpStore(db));
  expect((await post(door, body)).status).toBe(status);
  expect(JSON.stringify(await dumpStore(db))).toBe(before);
});

test.each(['PUT', 'DELETE', 'PATCH'])('%s is not there', async (method) => {
  const { url, respondent } = await arrive('one');
  for (const door of ['', '/answer/one', '/submit', '/withdraw']) {
    const reply = await fetch(`${url}${HOME}${door}`, { method, headers: { cookie: respondent.cookies } });
    expect(reply.status).toBe(404);
  }
});

test('odd addresses are not found or not readable, and never our fault', async () => {
  const { url, lines } = await arrive('one');
  for (const path of [
    '%ff',
    '%00',
    'every-type/answer/%ff',
    'every-type/answer/%00',
    '__proto__',
    'constructor/check',
  ]) {
    const reply = await fetch(`${url}/surveys/${path}`);
    expect([400, 404]).toContain(reply.status);
  }
  for (const cookie of [
    'answers-every-type=%ff',
    'answers-every-type=',
    'answers-every-type=a=b;;;=',
    `answers-every-type=${'x'.repeat(5000)}`,
  ]) {
    const reply = await fetch(`${url}${HOME}/check`, { headers: { cookie }, redirect: 'manual' });
    expect([reply.status, reply.headers.get('location')]).toEqual([303, HOME]);
  }
  expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});
