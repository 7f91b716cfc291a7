/** Somebody who holds everything that is kept, the files and the logs, learns what was answered and never by whom (P1–P8). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { eraseTraces } from '../../src/db/traces.ts';
import { expireDrafts } from '../../src/responses/leaving/store.ts';
import { goTo } from '../support/every-type.ts';
import { dumpPeople, dumpStore, type Fieldwork, openFieldwork } from '../support/fieldwork.ts';
import { testFolder } from '../support/folder.ts';

const HOME = '/surveys/every-type';
/** What is typed on the way to the check, and stands nowhere in the questionnaire. */
const CANARY = 'A purple one';

/** All bytes of all files in a folder, as text of one character a byte. */
const readBytes = (folder: string): string =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'latin1'))
    .join('\n');

async function openOnDisk(): Promise<Fieldwork & { folder: string }> {
  const folder = testFolder();
  return { ...(await openFieldwork('every-type', join(folder, 'answers.sqlite'))), folder };
}

test('before somebody agrees nothing about them is kept', async () => {
  const { visit, db } = await openFieldwork('every-type');
  const stranger = await visit();
  await stranger.answer();
  expect(stranger.status).toBe(422);
  for (const body of ['A1=', 'A1=maybe', 'A1=yes&A1=no', 'B1=red']) await stranger.post(`${HOME}/start`, body);
  for (const page of ['answer/a2', 'answer/one', 'submit'])
    await stranger.post(`${HOME}/${page}`, 'A1=yes&A2=yes&B1=red');
  expect(await dumpPeople(db)).toEqual({});
  expect(stranger.cookies).toBe('');
});

/** Everything that is kept about people, column by column. A new column fails this test until it is thought about. */
const KEPT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  drafts: {
    token_hash: 'a hash of 128 random bits that the respondent alone has',
    survey: 'the same for all who answer it',
    version_hash: 'the same for all who began with that version',
    information_version: 'the same for all who read it',
    consent_version: 'the same for all who agreed to it',
    language: 'chosen on the page, not the browser’s',
    answers: 'what was answered',
    expires_week: 'a week',
  },
  responses: {
    key: '128 random bits made when it is sent',
    survey: 'as in the draft',
    version_hash: 'as in the draft',
    information_version: 'as in the draft',
    consent_version: 'as in the draft',
    language: 'as in the draft',
    answers: 'what was answered',
    filled: 'codes of questions',
    withdrawal_hash: 'a hash of 128 bits worked out from the return code by a keyed hash',
    week: 'a week',
    origin: 'web, import or simulated',
  },
  tallies: {
    survey: 'the same for all',
    ending: 'declined, not eligible, withdrawn',
    week: 'a week',
    n: 'a count',
  },
  left_drafts: { survey: 'the same for all', week: 'a week', stage: 'of all those whom n counts', n: 'a count' },
  left_pages: {
    survey: 'the same for all',
    week: 'a week',
    page: 'the same for all who came to it',
    saw: 'a count',
    stopped: 'a count',
  },
  listed_responses: {
    response: 'the key of a response, which goes with it',
    survey: 'the same for all',
    reference: '40 random bits',
    set_aside: 'yes or no, as a person decided',
  },
  doubts: {
    id: '128 random bits',
    survey: 'the same for all',
    kind: 'double or stage',
    version: 'the same for all who answered that version',
    one: 'a reference',
    other: 'a reference',
    about: 'that two agree, and in which lot of weeks each of at least ten was sent; or stages that at least ten have',
    decision: 'of a person of the team',
    reason: 'of theirs',
    person: 'their name',
  },
};

describe('what is kept', () => {
  test.each(Object.entries(KEPT))('of %s is what the table says, column by column', async (table, columns) => {
    const { db } = await openFieldwork('every-type');
    const { rows } = await sql<{ name: string }>`SELECT name FROM pragma_table_info(${table})`.execute(db);
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(columns).sort());
  });

  test.each(['drafts', 'responses'])(
    'of %s has no row number, and comes in the order of random keys',
    async (table) => {
      const { db } = await openFieldwork('every-type');
      await expect(sql`SELECT rowid FROM ${sql.table(table)}`.execute(db)).rejects.toThrow('no such column: rowid');
      const { rows } = await sql<{ sql: string }>`SELECT sql FROM sqlite_master WHERE name = ${table}`.execute(db);
      expect(rows[0]?.sql).toContain('WITHOUT ROWID');
    },
  );

  test('holds no time finer than a week, no address and no browser', async () => {
    const { begin, db, lines } = await openFieldwork('every-type');
    const respondent = await begin();
    await goTo(respondent, 'check');
    await respondent.press('Send your answers');
    await begin();
    const values = Object.values(await dumpPeople(db)).flatMap((rows) =>
      rows.flatMap(({ answers: _, ...row }) => Object.values(row).map(String)),
    );
    expect(values.length).toBeGreaterThan(15);
    expect(
      values.filter((value) => /\d{4}-\d\d|\d\d:\d\d|^\d{8,}$|127\.0\.0\.1|::1|node|agent|mozilla/i.test(value)),
    ).toEqual([]);
    expect(values.filter((value) => /^\d{4}-W\d\d$/.test(value))).toEqual(['2027-W13', '2027-W09']);
    expect(lines.length).toBeGreaterThan(20);
  });

  test('does not tell who came before whom', async () => {
    const { db, begin, url } = await openFieldwork('two-languages');
    for (let n = 0; n < 60; n++) {
      const respondent = await begin();
      const save = (page: string, body: string) =>
        fetch(`${url}/surveys/two-languages/${page}`, {
          method: 'POST',
          headers: { cookie: respondent.cookies, 'content-type': 'application/x-www-form-urlencoded' },
          body,
          redirect: 'manual',
        });
      await save('answer/b1', 'B1=work');
      await save('answer/b2', `B2=${n}`);
      await save('answer/b3', 'B3=dk');
      await save('submit', '');
    }
    const arrivals = async (order: string) => {
      const { rows } = await sql<{ answers: string }>`SELECT answers FROM responses ${sql.raw(order)}`.execute(db);
      return rows.map(({ answers }) => Number(JSON.parse(answers).B2));
    };
    for (const order of ['', 'ORDER BY key', 'ORDER BY withdrawal_hash']) {
      expect(await arrivals(order)).toHaveLength(60);
      expect(Math.abs(rankCorrelation(await arrivals(order)))).toBeLessThan(0.5);
    }
    // So that this can fail: in the order in which they came, the measure is 1.
    expect(rankCorrelation((await arrivals('')).sort((a, b) => a - b))).toBe(1);
  });
});

/** Spearman's rank correlation between places and the numbers 0, 1, 2… that stand there. */
function rankCorrelation(numbers: readonly number[]): number {
  const n = numbers.length;
  const distance = numbers.reduce((sum, number, place) => sum + (number - place) ** 2, 0);
  return 1 - (6 * distance) / (n * (n * n - 1));
}

test('the secrets of a respondent are stored as hashes only', async () => {
  const { begin, db, folder } = await openOnDisk();
  const respondent = await begin();
  const secrets = [respondent.cookies.split('=')[1] ?? ''];
  await respondent.press('Save and come back later');
  secrets.push(respondent.code, respondent.code.replaceAll('-', ''));
  const everything = async () => JSON.stringify(await dumpStore(db)) + readBytes(folder);
  const whileDraft = await everything();
  await respondent.follow('Carry on now');
  await goTo(respondent, 'check');
  await respondent.press('Send your answers');
  secrets.push(respondent.code, respondent.code.replaceAll('-', ''));
  const after = await everything();
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(20);
    expect(whileDraft).not.toContain(secret);
    expect(after).not.toContain(secret);
  }
  // The withdrawal code does not show the return code, nor the other way round.
  expect(new Set(secrets.map((secret) => secret.replaceAll('-', ''))).size).toBe(2);
});

describe('what was deleted is gone from every file', () => {
  test('after a withdrawal', async () => {
    const { begin, folder } = await openOnDisk();
    const respondent = await begin();
    await goTo(respondent, 'check');
    await respondent.press('Send your answers');
    expect(readBytes(folder)).toContain(CANARY);
    await respondent.follow('Take back your answers');
    await respondent.press('Delete my answers');
    expect(readBytes(folder)).not.toContain(CANARY);
  });

  test('after somebody left before sending', async () => {
    const { begin, folder } = await openOnDisk();
    const respondent = await begin();
    await goTo(respondent, 'check');
    await respondent.follow('Stop, and delete your answers');
    await respondent.press('Delete my answers');
    expect(readBytes(folder)).not.toContain(CANARY);
  });

  test.each([
    ['said no after all', `${HOME}`, 'Start again with new answers', { A1: 'no' }],
    ['turned out not to be asked', `${HOME}/answer/a2`, undefined, { A2: 'no' }],
  ])('after somebody %s', async (_, page, button, entries) => {
    const { begin, folder } = await openOnDisk();
    const respondent = await begin();
    await goTo(respondent, 'check');
    await respondent.open(page);
    await respondent.press(button, entries);
    if (button === undefined) await respondent.press('Delete my answers and finish');
    expect(respondent.words).toContain('We have not kept your answers.');
    expect(readBytes(folder)).not.toContain(CANARY);
  });

  test('after a draft has expired', async () => {
    const { begin, folder, db } = await openOnDisk();
    const respondent = await begin();
    await goTo(respondent, 'check');
    expect(await expireDrafts(db, '2027-W13')).toBe(0);
    expect(await expireDrafts(db, '2027-W14')).toBe(1);
    await eraseTraces(db);
    expect(readBytes(folder)).not.toContain(CANARY);
  });
});

test('the log of a whole journey says which kind of page, the status and the time, and nothing else', async () => {
  const { begin, visit, lines } = await openFieldwork('every-type');
  const respondent = await begin();
  await respondent.press('Save and come back later');
  const secrets = [respondent.code, respondent.cookies.split('=')[1] ?? ''];
  const [link] = respondent.links.filter(({ href }) => href.includes('code='));
  await visit(link?.href);
  await respondent.follow('Carry on now');
  await goTo(respondent, 'check');
  await respondent.press('Send your answers');
  secrets.push(respondent.code);
  await respondent.post(`${HOME}/withdraw`, `code=${respondent.code}x`);
  await respondent.post(`${HOME}/withdraw`, `code=%00${CANARY}`);
  await respondent.post(`${HOME}/withdraw`, `code=${respondent.code}`);
  await respondent.open(`${HOME}/answer/${secrets[1]}`);

  for (const line of lines) {
    expect(Object.keys(line).sort()).toEqual(['level', 'method', 'ms', 'msg', 'route', 'status', 'time']);
    // A form that cannot be read is refused before anybody looks at its address.
    expect(line.route).toMatch(/^\(none\)$|^\/surveys\/:survey(\/[a-z]+(\/:page)?)?$/);
  }
  const log = JSON.stringify(lines);
  for (const secret of [
    ...secrets,
    ...secrets.map((code) => code.replaceAll('-', '')),
    'purple',
    'Bertie',
    'every-type',
    '127.0.0.1',
  ]) {
    expect(log).not.toContain(secret);
  }
});

test('no page of a respondent is kept by the browser or on the way', async () => {
  const { begin, visit } = await openFieldwork('every-type');
  const respondent = await begin();
  const pages = ['', '/answer/a2', '/answer/nowhere', '/save', '/resume?code=x', '/withdraw'];
  for (const page of pages) {
    await respondent.open(HOME + page);
    expect(respondent.headers['cache-control']).toBe('no-store');
  }
  await respondent.open(`${HOME}/answer/a2`);
  await goTo(respondent, 'check');
  expect(respondent.headers['cache-control']).toBe('no-store');
  await respondent.press('Send your answers');
  expect(respondent.headers['cache-control']).toBe('no-store');
  const stranger = await visit();
  await stranger.post(`${HOME}/withdraw`, 'code=x');
  expect(stranger.headers['cache-control']).toBe('no-store');
});

test.each([
  [undefined, /^answers-every-type=[0-9A-Z]{26}; Path=\/; HttpOnly; SameSite=Lax$/],
  ['https://surveys.example.org', /^__Host-answers-every-type=[0-9A-Z]{26}; Path=\/; HttpOnly; Secure; SameSite=Lax$/],
])(
  'on %s the cookie is for our pages only, closed to scripts, and ends with the browser',
  async (publicUrl, cookie) => {
    const { url, context } = await openFieldwork('every-type');
    Object.assign(context.settings, { publicUrl: publicUrl && new URL(publicUrl) });
    const reply = await fetch(`${url}${HOME}/start`, {
      method: 'POST',
      body: new URLSearchParams({ A1: 'yes' }),
      redirect: 'manual',
    });
    expect(reply.headers.getSetCookie()).toEqual([expect.stringMatching(cookie)]);
  },
);
