/** Who did what to which object when: written with the deed, read by admins, changed by nobody. */

import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { auditCsv } from '../../src/accounts/audit/csv.ts';
import { recordDeed } from '../../src/accounts/audit/store.ts';
import { openAnswers } from '../../src/db/open.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { testFolder } from '../support/folder.ts';
import { auditOf, openStaffSite, PASSPHRASE, type StaffSite } from '../support/staff.ts';

async function withHistory(): Promise<StaffSite> {
  const site = await openStaffSite();
  const bo = await site.add('Bo', { roles: [{ survey: 'two-languages', role: 'researcher' }] });
  const ada = await site.add('Ada', { admin: true });
  const admin = await site.signIn(ada);
  await admin.open(`/staff/accounts/${bo.id}`);
  await admin.press('Save', { roles: ['approver:two-languages'] });
  site.wait(24 * 60);
  await site.signIn(bo);
  return site;
}

const sentencesOn = (html: string) =>
  [...html.matchAll(/<li class="sn-deeds__one">[\s\S]*?<\/time><\/span> ([^<]+)<\/li>/g)].map(([, words]) => words);

test('an admin reads it, the newest first, and finds by account, kind and day', async () => {
  const site = await withHistory();
  const [ada, bo] = await site.db.selectFrom('accounts').select('id').orderBy('name').execute();
  const root = await site.signIn(await site.add('Root', { admin: true }));
  const read = async (query: string) => sentencesOn((await root.open(`/staff/audit?${query}`)).html);
  const all = [
    'Root signed in.',
    'Bo signed in.',
    'Ada made Bo an approver of two-languages.',
    'Ada ended that Bo is a researcher of two-languages.',
    'Ada signed in.',
  ];
  expect(await read('')).toEqual(all);
  expect(root.html).toContain(
    '<time datetime="2027-03-02T12:01:00.000Z" title="2027-03-02 12:01:00 UTC">2 March 2027 at 12:01 UTC</time>',
  );
  expect(await read(`account=${bo?.id}`)).toEqual(all.slice(1, 4));
  expect(await read(`account=${ada?.id}`)).toEqual(all.slice(2));
  expect(await read('action=signed_in')).toEqual([all[0], all[1], all[4]]);
  expect(await read('from=2027-03-02')).toEqual(all.slice(0, 2));
  expect(await read('to=2027-03-01')).toEqual(all.slice(2));
  expect(await read('from=2027-03-01&to=2027-03-02&action=role_given')).toEqual([all[2]]);
  expect(await read('from=2028-01-01')).toEqual([]);
  expect(root.words).toContain('Nothing was found.');
  // What cannot be a filter is none.
  expect(
    await read(
      `account=x&action=__proto__&from=yesterday&after=-1&sort=constructor&order=sideways&to=${encodeURIComponent("' OR 1=1")}`,
    ),
  ).toEqual(all);
});

test('each record offers what can stand in it, and leads to the other', async () => {
  const site = await withHistory();
  const root = await site.signIn(await site.add('Root', { admin: true }));
  const offered = async (address: string) => {
    const { html } = await root.open(address);
    const [, list = ''] = /<select[^>]* name="action"[^>]*>([\s\S]*?)<\/select>/.exec(html) ?? [];
    return [...list.matchAll(/<option value="(\w+)"/g)].map(([, value]) => value ?? '');
  };
  const [ours, theirs] = [await offered('/staff/audit'), await offered('/staff/events/audit')];
  expect(ours).toContain('survey_published');
  expect(theirs).toContain('event_made');
  expect(ours.filter((action) => theirs.includes(action))).toEqual([]);
  expect([...ours, ...theirs].filter((action) => /^(event|session|booking)_/.test(action))).toEqual(
    theirs.filter((action) => /^(event|session|booking)_/.test(action)),
  );
  await root.open('/staff/audit');
  await root.follow('What was done to events stands apart');
  await root.follow('What was done to accounts, surveys and releases stands apart');
  expect(root.address).toBe('/staff/audit');
});

test('what was done to one survey is found by it', async () => {
  const site = await withHistory();
  const ada = await site.add('Root', { admin: true });
  for (const [id, name] of [
    ['x', 'version 1.0 of x'],
    ['x', 'version 1.1 of x'],
    ['y', 'version 1.0 of y'],
  ] as const) {
    const object = { kind: 'survey', id, name } as const;
    await inTransaction(site.db, (trx) => recordDeed(trx, ada, { action: 'survey_published', object }, site.now()));
  }
  const root = await site.signIn(ada);
  await root.open('/staff/audit?object=survey%3Ax');
  expect(sentencesOn(root.html)).toEqual(['Root published version 1.1 of x.', 'Root published version 1.0 of x.']);
  expect(root.html).toMatch(/<option value="survey:x" selected>x<\/option>\s*<option value="survey:y">y</);
});

test('it is sorted by links, which keep what was looked for; and what is looked for keeps the order', async () => {
  const site = await withHistory();
  const root = await site.signIn(await site.add('root', { admin: true }));
  await root.open('/staff/audit?action=signed_in');
  await root.follow('time, newest first');
  expect(sentencesOn(root.html)).toEqual(['Ada signed in.', 'Bo signed in.', 'root signed in.']);
  await root.open(`/staff/audit?${root.filledIn({ action: '' }, 'Show').body}`);
  expect(sentencesOn(root.html)).toEqual([
    'Ada signed in.',
    'Ada ended that Bo is a researcher of two-languages.',
    'Ada made Bo an approver of two-languages.',
    'Bo signed in.',
    'root signed in.',
  ]);
  await root.follow('person');
  const byPerson = [
    'Ada made Bo an approver of two-languages.',
    'Ada ended that Bo is a researcher of two-languages.',
    'Ada signed in.',
    'Bo signed in.',
    'root signed in.',
  ];
  expect(sentencesOn(root.html)).toEqual(byPerson);
  await root.follow('person, A to Z');
  expect(sentencesOn(root.html)).toEqual([...byPerson.slice(3).toReversed(), ...byPerson.slice(0, 3)]);
});

test.each([
  ['', Array.from({ length: 250 }, (_, n) => 250 - n)],
  ['&order=down', Array.from({ length: 250 }, (_, n) => n + 1)],
  // Of two people by turns: Ada's have odd numbers, Bo's even ones.
  ['&sort=person', Array.from({ length: 250 }, (_, n) => (n < 125 ? 249 - 2 * n : 500 - 2 * n))],
  ['&sort=person&order=down', Array.from({ length: 250 }, (_, n) => (n < 125 ? 250 - 2 * n : 499 - 2 * n))],
])('a long record comes a hundred lines at a time, each once, in its order: %j', async (order, numbers) => {
  const site = await openStaffSite();
  const ada = await site.add('ada', { admin: true });
  const bo = await site.add('Bo');
  await inTransaction(site.db, async (trx) => {
    for (let n = 1; n <= 250; n++) {
      const object = { kind: 'survey', id: 'x', name: `version ${n}` } as const;
      await recordDeed(trx, n % 2 === 1 ? ada : bo, { action: 'survey_published', object }, site.now());
    }
  });
  const admin = await site.signIn(ada);
  await admin.open(`/staff/audit?action=survey_published${order}`);
  const pages = [sentencesOn(admin.html)];
  while (admin.links.some(({ text }) => text === 'More')) {
    await admin.follow('More');
    pages.push(sentencesOn(admin.html));
  }
  expect(pages.map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(pages.flat().map((sentence) => Number(/version (\d+)/.exec(sentence ?? '')?.[1]))).toEqual(numbers);
});

test('all that is found can be saved, the oldest first', async () => {
  const site = await withHistory();
  const admin = await site.signIn(await site.add('Root', { admin: true }));
  await admin.open('/staff/audit?action=role_given');
  await admin.follow('All that was found, as a file for a spreadsheet (CSV)');
  expect(admin.headers['content-disposition']).toBe('attachment; filename=soundings-audit.csv');
  expect(admin.html).toBe(
    'line,time,person,action,object,role,survey,sentence\r\n' +
      '3,2027-03-01T12:00:30.000Z,Ada,role_given,Bo,approver,two-languages,Ada made Bo an approver of two-languages.\r\n',
  );
});

test.each(['=1+1', '+44 20', '-2', '@x', ' =1', '\u200b=1', '＝1', '\t=1'])(
  'no cell of the file is a formula: %j',
  (name) => {
    const line = { line: 1, at: new Date(0), personName: name, action: 'signed_in', objectName: name, about: {} };
    const [, cells = []]: string[][] = parse(auditCsv([line]));
    expect(cells.slice(2)).toEqual([`'${name}`, 'signed_in', `'${name}`, '', '', `'${name} signed in.`]);
  },
);

describe('no line is changed, by whatever program', () => {
  test.each([
    ['edited', sql`UPDATE audit SET person_name = 'Eve'`, 'lines of the audit are not edited'],
    ['deleted', sql`DELETE FROM audit`, 'lines of the audit are not deleted'],
    [
      'replaced',
      sql`INSERT OR REPLACE INTO audit (line, happened_at, person_name, action, object, object_name, about)
          VALUES (1, '2027-01-01', 'Eve', 'signed_in', 'account:x', 'Eve', '{}')`,
      'lines of the audit are not replaced',
    ],
  ])('%s', async (_, statement, message) => {
    const site = await openStaffSite();
    await site.signIn(await site.add('Ada'));
    const before = await auditOf(site.db);
    await expect(statement.execute(site.db)).rejects.toThrow(message);
    expect(await auditOf(site.db)).toEqual(before);
  });
});

test('a store that has lost what keeps the lines is not opened', async () => {
  const path = join(testFolder(), 'answers.sqlite');
  const { db, close } = await openAnswers(path);
  await sql`DROP TRIGGER audit_is_not_edited`.execute(db);
  await close();
  await expect(openAnswers(path)).rejects.toThrow('lacks trigger audit_is_not_edited, so its schema is half made');
});

test('a line stands only with its deed: what fails later leaves neither', async () => {
  const site = await openStaffSite();
  const ada = await site.add('Ada');
  const failing = inTransaction(site.db, async (trx) => {
    await recordDeed(trx, ada, { action: 'signed_out', object: ada }, site.now());
    throw new Error('a disk is full');
  });
  await expect(failing).rejects.toThrow('a disk is full');
  expect(await auditOf(site.db)).toEqual([]);
});

test('it holds no token, code, passphrase or key', async () => {
  const site = await openStaffSite();
  const ada = await site.add('Ada', { admin: true });
  const admin = await site.signIn(ada);
  const seen = [PASSPHRASE, ada.key, ...admin.cookies.split('; ').map((pair) => pair.split('=')[1] ?? '')];
  await admin.open('/staff/account');
  await admin.press('Make new recovery codes', { passphrase: PASSPHRASE });
  seen.push(...[...admin.html.matchAll(/<li class="sn-code">([^<]+)</g)].map(([, code = '']) => code));
  await admin.open('/staff/accounts');
  await admin.press('Make the link', { email: 'bo@example.org', name: 'Bo' });
  seen.push(admin.code.split('/').at(-1) ?? '');
  await admin.open('/staff');
  await admin.press('Sign out');
  const audit = JSON.stringify(await site.db.selectFrom('audit').selectAll().execute());
  expect(seen.length).toBeGreaterThan(13);
  for (const secret of seen) {
    expect(secret.length).toBeGreaterThan(10);
    expect(audit.includes(secret) || audit.includes(secret.replaceAll(' ', ''))).toBe(false);
  }
});
