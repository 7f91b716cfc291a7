/** Answers for a person to look at: what the list says, what is decided, and what becomes of it. */
import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import type { AnswersTables } from '../../../src/db/tables.ts';
import { publishVersion } from '../../../src/fieldwork/store.ts';
import { protectTables } from '../../../src/release/released.ts';
import { tooFewSince } from '../../../src/release/tables/since.ts';
import { dropGone } from '../../../src/responses/doubts/store.ts';
import { hashCode, withdrawResponse } from '../../../src/responses/store.ts';
import { keepSnapshot, readSnapshot } from '../../../src/results/store.ts';
import { countFamily } from '../../../src/results/tables.ts';
import { choirs } from '../../release/choirs.ts';
import { openChoirs } from '../../release/published.ts';
import { sourceOf } from '../../support/fieldwork.ts';
import type { Respondent } from '../../support/respondent.ts';
import { auditOf, openStaffSite, type StaffSite } from '../../support/staff.ts';
import { endWeek, getLive, madeUpAnswers, send, sendMadeUp } from '../../support/weeks.ts';

type Db = Kysely<AnswersTables>;

const CODE = 'ai-adoption';
const PAGE = `/staff/surveys/${CODE}/fieldwork/doubts`;
const DAY = '2027-03-01';

const researcherOf = async (site: StaffSite, name = 'Ada') =>
  site.signIn(await site.add(name, { roles: [{ survey: CODE, role: 'researcher' }] }));

/** Forty people, one of whom sent the same again a week later, and a third time with two other answers. */
async function openDoubles(): Promise<StaffSite> {
  const site = await openStaffSite();
  await publishVersion(site.db, sourceOf(CODE), '2027-01-01');
  await sendMadeUp(site.db, CODE, 39, '2027-W06');
  const [first] = madeUpAnswers(await getLive(site.db, CODE), 1, 1);
  if (!first) throw new Error('Nobody was made up.');
  const [one = '', other = ''] = Object.entries(first.answers).flatMap(([field, answer]) =>
    answer === null ? field : [],
  );
  await send(site.db, CODE, [first.answers, { ...first.answers, [one]: 'dk', [other]: 'dk' }], '2027-W07');
  await endWeek(site.db, CODE, '2027-W08');
  return site;
}

const isAside = async (db: Db) =>
  (await db.selectFrom('listed_responses').select('response').where('set_aside', '=', 1).execute()).length;
const snapshotSize = async (db: Db) => (await readSnapshot(db, CODE, DAY)).responses;

/** The first doubt of the list, opened. */
async function openFirst(browser: Respondent): Promise<Respondent> {
  await browser.open(PAGE);
  const link = browser.links.find(({ text }) => text.startsWith('Decide about'));
  if (!link) throw new Error(`Nothing to decide: ${browser.words}`);
  return browser.open(link.href);
}

test('who sent twice is listed, by references, with nothing of what was answered', async () => {
  const site = await openDoubles();
  const ada = await researcherOf(site);
  await ada.open(PAGE);
  expect(ada.words.match(/They agree in all answers\./g)).toHaveLength(1);
  expect(ada.words.match(/They agree in all answers but one or two\./g)).toHaveLength(2);
  expect(ada.words).toContain('sent in the weeks that ended from 14 February 2027 to 21 February 2027');
  const rows = await site.db.selectFrom('responses').select(['key', 'withdrawal_hash']).execute();
  for (const { key, withdrawal_hash } of rows) {
    expect(ada.html).not.toContain(key);
    expect(ada.html).not.toContain(String(withdrawal_hash));
  }
  const listed = await site.db.selectFrom('listed_responses').selectAll().execute();
  expect(listed.map(({ response }) => response).sort()).toEqual(
    rows
      .map(({ key }) => key)
      .filter((key) => listed.some(({ response }) => response === key))
      .sort(),
  );
  for (const { reference } of listed) expect(reference).toMatch(/^[0-9A-Z]{8}$/);
  // In an order of chance, whatever is asked.
  const doubts = () => ada.links.flatMap(({ href }) => /doubt=(.+)$/.exec(href)?.[1] ?? []);
  expect(doubts()).toEqual(doubts().toSorted());
  const { words } = ada;
  for (const order of ['up', 'down']) expect((await ada.open(`${PAGE}?sort=sent&order=${order}`)).words).toBe(words);
});

test('one is set aside with a reason, is left out from then on, and comes back when both are kept', async () => {
  const site = await openDoubles();
  const ada = await researcherOf(site);
  await openFirst(ada);
  const [, names = ''] = ada.summary[0] ?? [];
  const [one = ''] = names.split(' and ');
  await ada.press('Decide', { decision: 'one', reason: 'One organisation sent twice.' });
  expect(ada.address).toBe(PAGE);
  expect(ada.words).toContain(`${one} set aside by Ada: One organisation sent twice.`);
  expect([await isAside(site.db), await snapshotSize(site.db)]).toEqual([1, 40]);
  const link = ada.links.find(({ text }) => text.startsWith('Decide anew'));
  await ada.open(link?.href ?? '');
  await ada.press('Decide', { decision: 'kept', reason: 'They are two after all.' });
  expect(ada.words).toContain('Both kept by Ada: They are two after all.');
  expect([await isAside(site.db), await snapshotSize(site.db)]).toEqual([0, 41]);
  expect((await auditOf(site.db)).slice(-2)).toEqual([
    `Ada: answers_set_aside ${one} of ${CODE} (One organisation sent twice.)`,
    `Ada: answers_kept ${names} of ${CODE} (They are two after all.)`,
  ]);
});

test('without a choice or a reason nothing is decided', async () => {
  const site = await openDoubles();
  const ada = await researcherOf(site);
  await openFirst(ada);
  await ada.press('Decide');
  expect([ada.status, ada.errors.map(({ text }) => text)]).toEqual([
    422,
    ['Choose what becomes of them', 'Enter a sentence that says why'],
  ]);
  await ada.press('Decide', { decision: 'other', reason: '' });
  expect(ada.entered).toMatchObject({ decision: 'other' });
  expect(await isAside(site.db)).toBe(0);
});

test('of two who decide at once the second is shown how it stands now', async () => {
  const site = await openDoubles();
  const [ada, bo] = [await researcherOf(site), await researcherOf(site, 'Bo')];
  await openFirst(ada);
  await bo.open(ada.address);
  await ada.press('Decide', { decision: 'one', reason: 'Sent twice' });
  await bo.press('Decide', { decision: 'other', reason: 'Sent twice' });
  expect(bo.status).toBe(422);
  expect(bo.errors[0]?.text).toContain('somebody else decided about this');
  expect(bo.words).toContain('set aside by Ada: Sent twice');
  expect(await isAside(site.db)).toBe(1);
  expect((await auditOf(site.db)).filter((line) => line.startsWith('Bo: answers'))).toEqual([]);
});

test('a response in two doubts stays aside while one decision wants it', async () => {
  const site = await openDoubles();
  const ada = await researcherOf(site);
  // The one that all three doubts could set aside is in two of them.
  const doubts = await site.db.selectFrom('doubts').selectAll().where('kind', '=', 'double').execute();
  const [shared = ''] = doubts.flatMap(({ one, other }) => [one, other ?? '']);
  const own = doubts.filter(({ one, other }) => one === shared || other === shared);
  expect(own).toHaveLength(2);
  for (const { id, one } of own) {
    await ada.open(`/staff/surveys/${CODE}/fieldwork/decision?doubt=${id}`);
    await ada.press('Decide', { decision: one === shared ? 'one' : 'other', reason: 'Sent twice' });
  }
  const keep = async (id: string | undefined) => {
    await ada.open(`/staff/surveys/${CODE}/fieldwork/decision?doubt=${id}`);
    await ada.press('Decide', { decision: 'kept', reason: 'It is not' });
    return isAside(site.db);
  };
  expect([await keep(own[0]?.id), await keep(own[1]?.id)]).toEqual([1, 0]);
});

test('what is set aside can be taken back, and nobody who looks is told', async () => {
  const site = await openDoubles();
  const ada = await researcherOf(site);
  await openFirst(ada);
  await ada.press('Decide', { decision: 'one', reason: 'Sent twice' });
  const before = (await ada.open(PAGE)).words;
  const { response } = await site.db
    .selectFrom('listed_responses')
    .select('response')
    .where('set_aside', '=', 1)
    .executeTakeFirstOrThrow();
  await site.db
    .updateTable('responses')
    .set({ withdrawal_hash: hashCode('mine') })
    .where('key', '=', response)
    .execute();
  expect(await withdrawResponse(site.db, CODE, 'mine', '2027-W09')).toBe(true);
  expect(await site.db.selectFrom('listed_responses').selectAll().where('response', '=', response).execute()).toEqual(
    [],
  );
  await dropGone(site.db, CODE, '2027-W09');
  expect((await ada.open(PAGE)).words).toBe(before);
  // Deciding about it goes on as if it were there.
  await openFirst(ada);
  await ada.press('Decide', { decision: 'kept', reason: 'Two people' });
  expect(ada.address).toBe(PAGE);
  // In the week after it is on no list any more.
  await dropGone(site.db, CODE, '2027-W10');
  expect(await site.db.selectFrom('doubts').selectAll().where('kind', '=', 'double').execute()).toHaveLength(1);
});

test('who was set aside as the double of one that is taken back comes back when the week is over', async () => {
  const site = await openDoubles();
  const ada = await researcherOf(site);
  await openFirst(ada);
  const { one, other } = await site.db
    .selectFrom('doubts')
    .select(['one', 'other'])
    .where('id', '=', ada.address.split('=')[1] ?? '')
    .executeTakeFirstOrThrow();
  await ada.press('Decide', { decision: 'one', reason: 'Sent twice' });
  await site.db
    .deleteFrom('responses')
    .where('key', 'in', (select) =>
      select.selectFrom('listed_responses').select('response').where('reference', '=', other),
    )
    .execute();
  expect(await isAside(site.db)).toBe(1);
  await dropGone(site.db, CODE, '2027-W10');
  expect(await isAside(site.db)).toBe(0);
  expect(
    await site.db.selectFrom('doubts').select('id').where('one', '=', one).where('other', '=', other).execute(),
  ).toEqual([]);
});

test('a stage check lists whole tens with the same stages, each response once, or nobody', async () => {
  const site = await openStaffSite();
  await publishVersion(site.db, sourceOf(CODE), '2027-01-01');
  await sendMadeUp(site.db, CODE, 90, '2027-W06');
  await endWeek(site.db, CODE, '2027-W08');
  const rows = await site.db.selectFrom('doubts').select('about').where('kind', '=', 'stage').execute();
  const counts = new Map<string, number>();
  for (const { about } of rows) counts.set(about, (counts.get(about) ?? 0) + 1);
  expect(counts.size).toBeGreaterThan(0);
  const ones = await site.db.selectFrom('doubts').select('one').where('kind', '=', 'stage').execute();
  expect(new Set(ones.map(({ one }) => one)).size).toBe(rows.length);
  for (const n of counts.values()) expect(n % 10).toBe(0);
  const ada = await researcherOf(site);
  await ada.open(PAGE);
  expect(ada.words).toMatch(/“[^”]+” by the stage rule, “[^”]+” by “[^”]+”/);
  expect(ada.words).not.toMatch(/by the stage rule[^.]*\. (Both|One) sent/);
});

test('decided doubts and references stay when the list is made anew', async () => {
  const site = await openDoubles();
  const ada = await researcherOf(site);
  await openFirst(ada);
  await ada.press('Decide', { decision: 'one', reason: 'Sent twice' });
  const list = async () =>
    await site.db
      .selectFrom('doubts')
      .select(['id', 'one', 'other', 'decision'])
      .where('kind', '=', 'double')
      .orderBy('id')
      .execute();
  const before = await list();
  await sendMadeUp(site.db, CODE, 20, '2027-W08', 7);
  await endWeek(site.db, CODE, '2027-W09');
  expect(await list()).toEqual(before);
});

test('set aside is to a release as taken back is', async () => {
  const released = async (change: (db: Db, key: string) => Promise<unknown>) => {
    const { db } = await openChoirs(60);
    const first = await readSnapshot(db, 'choirs', DAY);
    await keepSnapshot(db, first);
    const before = await protectTables(countFamily(choirs, first), first, true, { earlier: [] });
    const { key } = await db
      .selectFrom('responses')
      .select('key')
      .orderBy('answers')
      .limit(1)
      .executeTakeFirstOrThrow();
    await change(db, key);
    const second = await readSnapshot(db, 'choirs', DAY);
    const after = await protectTables(countFamily(choirs, second), second, true, { earlier: [] });
    return {
      few: tooFewSince(before.tables, after.tables),
      responses: second.responses,
    };
  };
  const aside = await released((db, response) =>
    db.insertInto('listed_responses').values({ response, survey: 'choirs', reference: 'A', set_aside: 1 }).execute(),
  );
  const back = await released((db, key) => db.deleteFrom('responses').where('key', '=', key).execute());
  expect(aside).toEqual(back);
  expect(aside).toMatchObject({ few: 1, responses: 59 });
});
