/** Who made and who decides, at the command line: by name or account (R5), with the audit's lines; and what is let out is what was made. */
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import { recordRelease, sealsOf } from '../../src/release/ledger/store.ts';
import { choirs, madeUp } from '../release/choirs.ts';
import { addAnswers, HABITS } from '../release/published.ts';
import { testFolder } from '../support/folder.ts';
import { writeFileOf } from '../support/release.ts';
import { runCommand } from '../support/run-command.ts';
import { auditOf } from '../support/staff.ts';

type Db = Awaited<ReturnType<typeof openAnswers>>['db'];

const HERE = `${userInfo().username} at the command line`;

/** A data folder with made-up choirs and an account for Ada. */
async function openFolder() {
  const folder = testFolder();
  mkdirSync(join(folder, 'releases'));
  const inStore = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
    const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
    try {
      return await work(db);
    } finally {
      await close();
    }
  };
  await inStore(async (db) => {
    await addAnswers(db, madeUp(choirs, 60, 1, HABITS));
    const row = { id: 'a'.repeat(32), email: 'ada@example.org', name: 'Ada Byron', admin: 0, totp_step: 0 } as const;
    await db
      .insertInto('accounts')
      .values({ ...row, created_at: '2027-03-01T12:00:00.000Z' })
      .execute();
  });
  const rename = (name: string) => inStore((db) => db.updateTable('accounts').set({ name }).execute());
  return { folder, inStore, rename, release: (...words: string[]) => runCommand(['release', ...words], folder) };
}

test('R5: whoever has an account is one person under every name that it has had, and the audit knows who ran what', async () => {
  const { inStore, rename, release } = await openFolder();
  const made = await release('make', 'choirs', '--audience', 'public', '--tables', '--by', 'ADA@example.org');
  expect(made.exit, made.err).toBe(0);
  const approve = (by: string, ...more: string[]) => release('approve', 'choirs', '1', '--by', by, ...more);
  await rename('Wilhelmina King');
  expect(await approve('king, wilhelmina')).toMatchObject({
    exit: 1,
    err: expect.stringContaining(
      'Release 1 was made by Ada Byron, with the account of king, wilhelmina, and a release',
    ),
  });
  expect((await approve('ada@example.org')).exit).toBe(1);
  expect((await approve('Ada Byron')).exit).toBe(1);
  const approved = await approve('Bo');
  expect(approved.exit, approved.err).toBe(0);
  expect(await inStore(auditOf)).toEqual([
    `${HERE}: release_made release 1 of choirs`,
    `${HERE}: release_approved release 1 of choirs`,
  ]);
  const { lines } = JSON.parse((await release('list', 'choirs', '--json')).out);
  expect(lines.map(({ person, account }: { person: string; account?: string }) => [person, account])).toEqual([
    ['Ada Byron', 'a'.repeat(32)],
    ['Bo', undefined],
  ]);
});

test('R1: lines from before accounts stood in the ledger keep their seals', async () => {
  const { inStore } = await openFolder();
  const seals = await inStore(async (db) => {
    const line = { survey: 'choirs', number: 1, happened_on: '2027-03-01', reason: '' };
    await db
      .insertInto('release_events')
      .values([
        { ...line, line: 1, event: 'approved', person: '', about: '{}' },
        { ...line, line: 2, event: 'withdrawn', person: 'Bo', about: '{"salt":"00"}' },
      ])
      .execute();
    return sealsOf(db, 'choirs');
  });
  // Worked out by the version of the program that wrote such lines.
  expect(seals).toEqual([
    '3fd5da489bedc2e1b00362e355e4b466a9193691d68f9e33b7017163eedf850f',
    'f3feedda0f92799bbdd738d5b92b1ec2a2eac5bf625908a885775b68cac6182e',
  ]);
});

test.each([
  ['is not there', (zip: string) => rmSync(zip)],
  ['is not as it was made', (zip: string) => appendFileSync(zip, '.')],
])('nobody lets a data file out whose zip %s', async (what, harm) => {
  const { folder, inStore, release } = await openFolder();
  const releases = join(folder, 'releases');
  const data = writeFileOf('choirs', 1, releases);
  const about = { survey: 'choirs', number: 1, person: 'Ada', madeOn: '2027-03-01', snapshot: 'none', reason: '' };
  await inStore((db) => recordRelease(db, { ...about, settings: { audience: 'network' }, data }, () => {}));
  harm(join(releases, data.file));
  const approved = await release('approve', 'choirs', '1', '--by', 'Bo');
  expect([approved.exit, approved.err]).toEqual([
    1,
    `The data file ${data.file} ${what}, so nobody can let it out. Restore it from a backup, or refuse the release and make it again.\n`,
  ]);
  const own = await release('approve', 'choirs', '1', '--by', 'Ada');
  expect(own.err).toContain('a release is approved by another person');
  expect((await release('refuse', 'choirs', '1', '--by', 'Bo', '--reason', 'its file is gone')).exit).toBe(0);
  expect(await inStore(auditOf)).toEqual([`${HERE}: release_refused release 1 of choirs`]);
});
