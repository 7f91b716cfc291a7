/** Test answers never touch real ones: no byte of a table of people changes, and nothing that is counted or published. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { openAnswers } from '../../../src/db/open.ts';
import type { AnswersTables } from '../../../src/db/tables.ts';
import { findLiveSurvey, publishVersion } from '../../../src/fieldwork/store.ts';
import { readSnapshot } from '../../../src/results/store.ts';
import { dumpStore, sourceOf } from '../../support/fieldwork.ts';
import { testFolder } from '../../support/folder.ts';
import { addMadeUp } from '../../support/made-up.ts';
import { entryOf, homeOf, openPreviewSite } from '../../support/preview.ts';
import { publishTables } from '../../support/release.ts';
import { answerPages, type Respondent } from '../../support/respondent.ts';
import { openStaffSite } from '../../support/staff.ts';

const CANARY = 'a canary that was only typed in a preview';

/** Everything that is stored, but what signing in and a preview itself write. */
async function dumpRest(db: Kysely<AnswersTables>): Promise<string> {
  const { previews: _, sessions: __, accounts: ___, devices: ____, audit: _____, ...rest } = await dumpStore(db);
  return JSON.stringify(rest);
}

/** All that can be done in a preview, by somebody who is at its entry. */
async function doEverything(staff: Respondent, entry: string): Promise<void> {
  const begin = async (from: string) => (await staff.open(entry)).press('Begin the preview', { from });
  await begin('start');
  const home = homeOf(staff);
  await staff.answer({});
  await staff.answer({ A1: 'no' });
  await staff.follow('Back to the start');
  await staff.answer({ A1: 'yes' });
  await staff.answer({ A2: 'no' });
  await staff.press('Delete my answers and finish');
  for (const page of ['', '/save', '/resume', '/withdraw', '/check', '/done', '/answer/t1', '/answer/nowhere'])
    await staff.open(home + page);
  await begin('as:adopter');
  await staff.press('Save and come back later');
  await staff.open(`${homeOf(staff)}/answer/s2`);
  await staff.press('z1');
  await staff.press('Start again');
  await answerPages(staff, { T9_privacy: '4', Z1: CANARY });
  expect(staff.heading).toBe('Check your answers before you send them');
  for (const press of ['first', 'second']) {
    await staff.open(`${homeOf(staff)}/check`);
    await staff.press('Send your answers');
    expect([press, staff.heading]).toEqual([press, 'Your answers have been sent']);
  }
}

test('a preview walked in every way changes no byte of drafts, responses, tallies or anything else', async () => {
  const { db, ada, entry, visit } = await openPreviewSite('ai-adoption');
  await addMadeUp(db, 'ai-adoption', 40);
  const respondent = await visit('/surveys/ai-adoption');
  await respondent.answer({ A1: 'yes' });
  await (await visit('/surveys/ai-adoption')).answer({ A1: 'no' });
  const before = await dumpRest(db);
  expect(before).toContain('"drafts":[{');
  expect(before).toContain('"tallies":[{');
  await doEverything(ada, entry);
  expect(await dumpRest(db)).toBe(before);
  expect(JSON.stringify((await dumpStore(db)).previews)).toContain(CANARY);
});

test('test answers are in no count, no snapshot and no release', async () => {
  const told = [];
  for (const preview of [false, true]) {
    const { db, ada, entry } = await openPreviewSite('two-languages');
    await addMadeUp(db, 'two-languages', 40);
    await ada.open(entry);
    for (let n = preview ? 12 : 0; n > 0; n--) {
      await (await ada.open(entry)).press('Begin the preview');
      await ada.answer({ A1: 'yes' });
      await ada.answer({ B1: ['work', 'shop'] });
      await ada.answer({ B2: '97' });
      await ada.answer({ B3: 'dk' });
      await ada.press('Send your answers');
    }
    expect(await db.selectFrom('previews').select('id').execute()).toHaveLength(preview ? 12 : 0);
    await ada.open('/staff/surveys/two-languages');
    const { responses } = await readSnapshot(db, 'two-languages', '2027-03-01');
    // The hash of all that it says.
    const { hash } = await publishTables(db, 'two-languages', '2027-03-01');
    told.push([ada.summary, responses, hash]);
  }
  expect(told[0]?.[1]).toBe(40);
  expect(told[0]).toEqual(told[1]);
});

test('what was typed is in the file while the preview lasts, and in no byte of it afterwards', async () => {
  const path = join(testFolder(), 'answers.sqlite');
  const store = await openAnswers(path);
  const site = await openStaffSite({}, [], { db: store.db });
  await publishVersion(store.db, sourceOf('every-type'), '2027-03-01');
  const ada = await site.signIn(await site.add('Ada', { admin: true }));
  await ada.open(await entryOf(site, 'every-type'));
  await ada.press('Begin the preview');
  await ada.answer({ A1: 'yes' });
  await ada.answer({ A2: 'yes' });
  await ada.answer({ B1: 'other', B1_other: CANARY });
  expect(JSON.stringify(await dumpStore(store.db))).toContain(CANARY);
  await ada.press('End the preview');
  expect(ada.heading).toBe('Preview version 1.0 of Every type of question');
  await store.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
  expect(readFileSync(path, 'latin1')).not.toContain(CANARY);
  expect(JSON.stringify(site.lines)).not.toContain(CANARY);
});

test('the codes that a preview shows open nothing, and its pages need no survey that is open', async () => {
  const { db, ada, entry } = await openPreviewSite('ai-adoption');
  const live = await findLiveSurvey(db, 'ai-adoption');
  await db.updateTable('surveys').set({ status: 'closed' }).where('live_hash', '=', String(live?.hash)).execute();
  await ada.open(entry);
  await ada.press('Begin the preview', { from: 'as:future' });
  await ada.press('Save and come back later');
  const back = ada.code;
  await ada.open(`${homeOf(ada)}/answer/f1`);
  await answerPages(ada);
  await ada.press('Send your answers');
  const codes = [back, ada.code];
  expect(codes[0]).toMatch(/^([0-9A-Z]{5}-){4}[0-9A-Z]{6}$/);
  expect(codes[0]).not.toBe(codes[1]);
  await db.updateTable('surveys').set({ status: 'open' }).execute();
  for (const code of codes) {
    for (const page of ['resume', 'withdraw']) {
      await ada.open(`/surveys/ai-adoption/${page}`);
      await ada.answer({ code });
      expect([page, ada.status]).toEqual([page, 422]);
    }
  }
});
