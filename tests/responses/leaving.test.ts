/** Who begins and does not send: the draft goes, and counts of the week stay. */
import { expect, test } from 'vitest';
import { publishVersion } from '../../src/fieldwork/store.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { expireDrafts, giveUpDraft } from '../../src/responses/leaving/store.ts';
import { testDatabase } from '../support/database.ts';
import { sourceOf } from '../support/fieldwork.ts';
import { begin, getLive, madeUpAnswers } from '../support/weeks.ts';

const CODE = 'ai-adoption';

async function openFlagship() {
  const db = await testDatabase();
  await publishVersion(db, sourceOf(CODE), '2027-01-01');
  const [whole] = madeUpAnswers(await getLive(db, CODE), 1, 1);
  const kept = async () => ({
    drafts: (await db.selectFrom('drafts').select('answers').execute()).length,
    stages: await db.selectFrom('left_drafts').select(['week', 'stage', 'n']).orderBy('stage').execute(),
    stopped: await db
      .selectFrom('left_pages')
      .select(['week', 'page', 'stopped as n'])
      .where('stopped', '>', 0)
      .orderBy('page')
      .execute(),
    saw: await db
      .selectFrom('left_pages')
      .select(['page', 'saw as n'])
      .orderBy('saw', 'desc')
      .orderBy('page')
      .execute(),
  });
  return { db, whole: whole?.answers ?? {}, kept };
}

/** The answers up to a question. */
function upTo(answers: Answers, code: string): Answers {
  const fields = Object.keys(answers);
  return Object.fromEntries(fields.slice(0, fields.indexOf(code)).map((field) => [field, answers[field] ?? null]));
}

test('an expired draft is counted in its last week, at the last page that was reached', async () => {
  const { db, whole, kept } = await openFlagship();
  await begin(db, CODE, { A1: 'yes' }, '2027-W08');
  await begin(db, CODE, upTo(whole, 'S1'), '2027-W08');
  await begin(db, CODE, whole, '2027-W09');
  expect(await expireDrafts(db, '2027-W09')).toBe(2);
  const after = await kept();
  expect(after.drafts).toBe(1);
  expect(after.stages).toEqual([{ week: '2027-W08', stage: '', n: 2 }]);
  expect(after.stopped.map(({ n }) => n)).toEqual([1, 1]);
  // Both saw the first two pages, and one of them went on.
  expect(after.saw.slice(0, 2).map(({ n }) => n)).toEqual([2, 2]);
  expect(after.saw.at(-1)?.n).toBe(1);
});

test('the stage is known of whoever was past the questions that tell it, and who answered all stopped at the check', async () => {
  const { db, whole, kept } = await openFlagship();
  await begin(db, CODE, whole, '2027-W08');
  expect(await expireDrafts(db, '2027-W10')).toBe(1);
  const { stages, stopped } = await kept();
  expect(stages).toEqual([{ week: '2027-W08', stage: expect.stringMatching(/^[a-z]+$/), n: 1 }]);
  expect(stopped).toEqual([{ week: '2027-W08', page: '(check)', n: 1 }]);
});

test('of a draft that is thrown away nothing is kept but that somebody left', async () => {
  const { db, whole, kept } = await openFlagship();
  const code = await begin(db, CODE, whole, '2027-W14');
  expect(await giveUpDraft(db, 'another', code, '2027-W09')).toBe(false);
  expect(await giveUpDraft(db, CODE, code, '2027-W09')).toBe(true);
  expect(await giveUpDraft(db, CODE, code, '2027-W09')).toBe(false);
  expect(await kept()).toEqual({ drafts: 0, stages: [{ week: '2027-W09', stage: '', n: 1 }], stopped: [], saw: [] });
});

test('any number of drafts expire at once', async () => {
  const { db, kept } = await openFlagship();
  for (let n = 0; n < 230; n++) await begin(db, CODE, { A1: 'yes' }, '2027-W08');
  expect(await expireDrafts(db, '2027-W09')).toBe(230);
  expect((await kept()).stages).toEqual([{ week: '2027-W08', stage: '', n: 230 }]);
});
