/** Whose preview is whose: of one survey's researchers, one account, one tab; for a day; and looking changes nothing. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { keepHouse } from '../../../src/commands/serve/housekeeping.ts';
import { publishVersion } from '../../../src/fieldwork/store.ts';
import { dumpStore, sourceOf } from '../../support/fieldwork.ts';
import { entryOf, homeOf, openPreviewSite } from '../../support/preview.ts';
import type { Respondent } from '../../support/respondent.ts';

const ALL = ['', '/answer/b1', '/answer/b2', '/answer/none', '/check', '/done', '/save', '/resume', '/withdraw'];

async function begin(staff: Respondent, entry: string): Promise<string> {
  await (await staff.open(entry)).press('Begin the preview');
  return homeOf(staff);
}

describe('whoever else asks', () => {
  test.each([
    ['an approver of the survey', { roles: [{ survey: 'two-languages', role: 'approver' }] }],
    ['a researcher of another survey', { roles: [{ survey: 'every-type', role: 'researcher' }] }],
    ['staff without a role', {}],
  ] as const)('%s finds nothing there, and changes nothing', async (_, rights) => {
    const { ada, entry, add, signIn, db } = await openPreviewSite('two-languages');
    const home = await begin(ada, entry);
    await ada.answer({ A1: 'yes' });
    const bo = await signIn(await add('Bo', rights));
    const before = (await dumpStore(db)).previews;
    for (const address of [entry, ...ALL.map((page) => home + page)])
      expect((await bo.open(address)).status, address).toBe(404);
    for (const address of [
      entry,
      ...['/start', '/answer/b1', '/submit', '/jump', '/again', '/end'].map((p) => home + p),
    ])
      expect((await bo.post(address, 'A1=no&B1=shop&page=b3')).status, address).toBe(404);
    expect((await dumpStore(db)).previews).toEqual(before);
  });

  test('another researcher of the survey is led to begin one of their own, and changes nothing', async () => {
    const { ada, entry, add, signIn, db } = await openPreviewSite('two-languages');
    const home = await begin(ada, entry);
    await ada.answer({ A1: 'yes' });
    const bo = await signIn(await add('Bo', { roles: [{ survey: 'two-languages', role: 'researcher' }] }));
    const before = (await dumpStore(db)).previews;
    for (const page of ALL) expect((await bo.open(home + page)).address).toBe(entry);
    for (const page of ['/start', '/answer/b1', '/submit', '/jump', '/again', '/end'])
      expect((await bo.post(home + page, 'A1=no&B1=shop&page=b3')).address).toBe(entry);
    expect((await dumpStore(db)).previews).toEqual(before);
  });

  test('a version is found under its own survey only, and a preview under its own version only', async () => {
    const site = await openPreviewSite('two-languages');
    const { ada, entry, db } = site;
    await publishVersion(db, sourceOf('every-type'), '2027-03-01');
    const foreign = await entryOf(site, 'every-type');
    expect((await ada.open(foreign.replace('/every-type/', '/two-languages/'))).status).toBe(404);
    expect((await ada.open(entry.replace(/[0-9a-f]{64}/, 'f'.repeat(64)))).status).toBe(404);
    const home = await begin(ada, entry);
    await publishVersion(
      db,
      sourceOf('two-languages', (file) => Object.assign(file, { version: '1.1' })),
      '2027-03-01',
    );
    const next = await entryOf(site, 'two-languages');
    expect((await ada.open(home.replace(entry, next))).address).toBe(next);
    expect((await ada.open(`${home}/answer/b1`)).address).toBe(home);
  });
});

test('two tabs with two previews do not mix', async () => {
  const { ada: tab, entry } = await openPreviewSite('two-languages');
  const [one, other] = [await begin(tab, entry), await begin(tab, entry)];
  expect(one).not.toBe(other);
  const answer = async (home: string, buses: string) => {
    await (await tab.open(home)).answer({ A1: 'yes' });
    await (await tab.open(`${home}/answer/b1`)).answer({ B1: ['work'] });
    await (await tab.open(`${home}/answer/b2`)).answer({ B2: buses });
  };
  await answer(one, '3');
  await answer(other, '44');
  expect((await tab.open(`${one}/answer/b2`)).entered).toEqual({ B2: '3' });
  expect((await tab.open(`${other}/answer/b2`)).entered).toEqual({ B2: '44' });
  await tab.press('End the preview');
  expect((await tab.open(`${other}/answer/b2`)).address).toBe(entry);
  expect((await tab.open(`${one}/answer/b2`)).entered).toEqual({ B2: '3' });
});

test('looking changes nothing', async () => {
  const { ada, entry, db } = await openPreviewSite('two-languages');
  const home = await begin(ada, entry);
  await ada.answer({ A1: 'yes' });
  await ada.answer({ B1: ['work'] });
  const dump = async () => JSON.stringify(await dumpStore(db));
  const before = await dump();
  for (const address of [
    entry,
    ...ALL.map((page) => home + page),
    `${home}/done?end=declined`,
    `${home}/jump`,
    `${home}/end`,
  ])
    for (const each of [address, address.replace('/en', '/cy')]) await ada.open(each);
  expect(await dump()).toBe(before);
});

test('an end cannot be claimed by an address while answers stand', async () => {
  const { ada, entry } = await openPreviewSite('two-languages');
  const home = await begin(ada, entry);
  await ada.answer({ A1: 'yes' });
  expect((await ada.open(`${home}/done?end=declined`)).address).toBe(`${home}/answer/b1`);
  expect((await ada.open(`${home}/done?end=constructor`)).address).toBe(`${home}/answer/b1`);
});

test('a preview is over after a day, and deleted in the next round of housekeeping', async () => {
  const { ada, entry, db, wait, now, signIn, add } = await openPreviewSite('two-languages');
  const old = await begin(ada, entry);
  wait(23 * 60 + 58);
  const bo = await signIn(await add('Bo', { roles: [{ survey: 'two-languages', role: 'researcher' }] }));
  await db
    .updateTable('previews')
    .set({
      account: String((await db.selectFrom('accounts').select('id').where('name', '=', 'Bo').executeTakeFirst())?.id),
    })
    .execute();
  const fresh = await begin(bo, entry);
  expect((await bo.open(old)).address).toBe(old);
  wait(2);
  expect((await bo.open(old)).address).toBe(entry);
  expect((await bo.open(fresh)).address).toBe(fresh);
  await keepHouse(db, now, (error) => {
    throw error;
  })();
  const left = await db.selectFrom('previews').select('id').execute();
  expect(left.map(({ id }) => fresh.includes(id))).toEqual([true]);
});

test('a store that cannot write loses nothing that was typed', async () => {
  const { ada, entry, db } = await openPreviewSite('two-languages');
  const home = await begin(ada, entry);
  await ada.answer({ A1: 'yes' });
  await ada.answer({ B1: ['work'] });
  await sql`PRAGMA query_only = ON`.execute(db);
  await ada.answer({ B2: '7' });
  expect([ada.status, ada.address, ada.entered]).toEqual([503, `${home}/answer/b2`, { B2: '7' }]);
  expect(ada.html).toContain('Preview: nothing you type here is stored with answers.');
  await sql`PRAGMA query_only = OFF`.execute(db);
  await ada.answer();
  expect(ada.address).toBe(`${home}/answer/b3`);
});
