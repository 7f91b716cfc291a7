/** A store that cannot write (D3): said plainly, nothing typed is lost, nothing is claimed, and it passes by itself. */
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { loadDriver, type SqliteConnection } from '../../src/db/driver.ts';
import { dumpPeople, type Fieldwork, openFieldwork } from '../support/fieldwork.ts';
import { testFolder } from '../support/folder.ts';
import type { Respondent } from '../support/respondent.ts';

const HOME = '/surveys/two-languages';

let fieldwork: Fieldwork;
/** Another program that holds the store's file. */
let outsider: SqliteConnection;

beforeEach(async () => {
  const path = join(testFolder(), 'answers.sqlite');
  fieldwork = await openFieldwork('two-languages', path);
  const Driver = await loadDriver();
  outsider = new Driver(path, { timeout: 0 });
  onTestFinished(() => void outsider.close());
});

/** Ways in which the store cannot write, and how they end. */
const TROUBLES: readonly [string, () => Promise<() => void | Promise<void>>][] = [
  [
    'locked',
    async () => {
      outsider.exec('BEGIN IMMEDIATE');
      return () => void outsider.exec('ROLLBACK');
    },
  ],
  [
    'read-only',
    async () => {
      await sql`PRAGMA query_only = ON`.execute(fieldwork.db);
      return async () => void (await sql`PRAGMA query_only = OFF`.execute(fieldwork.db));
    },
  ],
];

/** Somebody before the last question, with a return code. */
async function arrive(): Promise<{ respondent: Respondent; returnCode: string }> {
  const respondent = await fieldwork.begin();
  await respondent.press('Save and come back later');
  const returnCode = respondent.code;
  await respondent.follow('Carry on now');
  await respondent.answer({ B1: ['work'] });
  await respondent.answer({ B2: '4' });
  return { respondent, returnCode };
}

describe.each(TROUBLES)('while the store is %s', (_, begin) => {
  test('an answer page stays as it was typed and says so; later it is saved', async () => {
    const { respondent } = await arrive();
    const before = await dumpPeople(fieldwork.db);
    const end = await begin();
    const typed = { B3_day: '28', B3_month: 'February', B3_year: '2027' };
    await respondent.answer({ ...typed, B3_month: '2' });
    expect(respondent.status).toBe(503);
    expect(respondent.html).toContain('<title>Error: ');
    expect(respondent.words).toContain('Sorry, your answers were not saved. They are still on this page.');
    expect(respondent.entered).toEqual({ ...typed, B3_month: '2' });
    expect(await dumpPeople(fieldwork.db)).toEqual(before);

    await end();
    await respondent.answer();
    expect(respondent.heading).toBe('Check your answers before you send them');
    expect(respondent.summary.at(-1)).toEqual(['When did you last take it?', '28 February 2027']);
  });

  test('pages can still be read, and an untouched page left', async () => {
    const { respondent } = await arrive();
    const end = await begin();
    expect((await respondent.open(`${HOME}/answer/b1`)).entered).toEqual({ B1: ['work'] });
    await respondent.open(`${HOME}/answer/b3`);
    await respondent.press('Save and come back later');
    expect(respondent.heading).toBe('Come back later');
    await end();
  });

  test('nobody starts, says no or ends: the same form is offered again', async () => {
    const stranger = await fieldwork.visit();
    const end = await begin();
    for (const A1 of ['yes', 'no']) {
      await stranger.open(HOME);
      await stranger.answer({ A1 });
      expect([stranger.status, stranger.heading]).toEqual([503, 'Not saved']);
      expect(stranger.headers['retry-after']).toBe('30');
      expect(stranger.words).toContain('Wait a minute, then press the button to send it again.');
      expect(stranger.cookies).toBe('');
    }
    expect(await dumpPeople(fieldwork.db)).toEqual({});
    await end();
    await stranger.press('Try again');
    expect(stranger.heading).toBe('Thank you');
    expect(await dumpPeople(fieldwork.db)).toMatchObject({ tallies: [{ ending: 'declined', n: 1 }] });
  });

  test('answers are not sent, and nobody is told that they were', async () => {
    const { respondent } = await arrive();
    await respondent.answer({ B3: ['dk'] });
    const before = await dumpPeople(fieldwork.db);
    const end = await begin();
    await respondent.press('Send your answers');
    expect([respondent.status, respondent.heading]).toEqual([503, 'Not saved']);
    expect((await respondent.open(`${HOME}/done`)).heading).toBe('Check your answers before you send them');
    await respondent.press('Send your answers');
    expect(respondent.status).toBe(503);
    expect(await dumpPeople(fieldwork.db)).toEqual(before);

    await end();
    await respondent.press('Try again');
    expect(respondent.heading).toBe('Your answers have been sent');
    expect(Object.keys(await dumpPeople(fieldwork.db))).toEqual(['responses']);
  });

  test('a withdrawal is not confirmed; the code need not be typed again', async () => {
    const { respondent } = await arrive();
    await respondent.answer({ B3: ['dk'] });
    await respondent.press('Send your answers');
    const { code } = respondent;
    const before = await dumpPeople(fieldwork.db);
    const end = await begin();
    const elsewhere = await fieldwork.visit(`${HOME}/withdraw?lang=cy`);
    await elsewhere.answer({ code });
    expect([elsewhere.status, elsewhere.heading]).toEqual([503, 'Heb ei gadw']);
    expect(elsewhere.words).not.toContain('wedi’u dileu');
    expect(await dumpPeople(fieldwork.db)).toEqual(before);

    await end();
    await elsewhere.answer();
    expect(elsewhere.heading).toBe('Mae eich atebion wedi’u dileu');
    expect(Object.keys(await dumpPeople(fieldwork.db))).toEqual(['tallies']);
  });

  test('a draft is not deleted on its end page, and nothing is counted', async () => {
    const respondent = await fieldwork.begin();
    await respondent.answer({ B1: ['never'] });
    const end = await begin();
    await respondent.press('Delete my answers and finish');
    expect(respondent.status).toBe(503);
    expect(Object.keys(await dumpPeople(fieldwork.db))).toEqual(['drafts']);
    await end();
    await respondent.press('Try again');
    expect(respondent.words).toContain('We have not kept your answers.');
    expect(Object.keys(await dumpPeople(fieldwork.db))).toEqual(['tallies']);
  });

  test('a code still opens its draft', async () => {
    const { returnCode } = await arrive();
    const end = await begin();
    const elsewhere = await fieldwork.visit(`${HOME}/resume`);
    await elsewhere.answer({ code: returnCode });
    expect(elsewhere.heading).toBe('When did you last take it?');
    await end();
  });
});

test('on a full disk nobody starts and what was typed stays; with room again the service goes on', async () => {
  const { db, begin, visit } = fieldwork;
  const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(db);
  await sql`PRAGMA max_page_count = ${sql.lit(rows[0]?.page_count ?? 0)}`.execute(db);
  let started = 0;
  let last = await begin();
  while (last.status === 200) {
    started += 1;
    last = await begin();
  }
  expect([last.status, last.heading]).toEqual([503, 'Not saved']);
  const drafts = await db.selectFrom('drafts').select('token_hash').execute();
  expect(drafts).toHaveLength(started);
  expect((await visit()).heading).toBe('The bus in your village');

  await sql`PRAGMA max_page_count = 1000000`.execute(db);
  await last.press('Try again');
  expect(last.heading).toBe('Why do you take the bus?');
});

test('somebody who reads the store beside us does not keep anybody from leaving', async () => {
  const { respondent } = await arrive();
  outsider.exec('BEGIN');
  outsider.prepare('SELECT * FROM drafts').all();
  await respondent.open(`${HOME}/withdraw`);
  await respondent.press('Delete my answers');
  expect(respondent.heading).toBe('Your answers have been deleted');
  expect(Object.keys(await dumpPeople(fieldwork.db))).toEqual(['left_drafts']);
});
