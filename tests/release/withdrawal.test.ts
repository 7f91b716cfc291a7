/** R4: answers that are taken back leave the live data at once, and published figures at the next release. */
import { expect, test } from 'vitest';
import { hashCode, withdrawResponse } from '../../src/responses/store.ts';
import { takeSnapshot } from '../../src/results/store.ts';
import { choirs, madeUp } from './choirs.ts';
import { addAnswers, HABITS, openChoirs, publishChoirs } from './published.ts';

const CODE = 'a code that nobody else has';

test('R4: a withdrawal takes every stored copy, changes nothing that is published, and leaves at the next release', async () => {
  const { db, results } = await openChoirs(60);
  const [first] = await db.selectFrom('responses').select('key').orderBy('key').execute();
  await db
    .updateTable('responses')
    .set({ withdrawal_hash: hashCode(CODE) })
    .where('key', '=', first?.key ?? '')
    .execute();
  const published = await (await fetch(`${results}.csv`)).text();
  await takeSnapshot(db, 'choirs', '2027-05-02');

  expect(await withdrawResponse(db, 'choirs', CODE, '2027-W20')).toBe(true);
  expect(await db.selectFrom('snapshots').select('id').execute()).toEqual([]);
  expect(await db.selectFrom('snapshot_columns').select('variable').execute()).toEqual([]);
  expect(await (await fetch(`${results}.csv`)).text()).toBe(published);

  await addAnswers(db, madeUp(choirs, 30, 2, HABITS));
  const second = await publishChoirs(db, '2027-06-01');
  expect(second.tables.content.responses).toBe(60 - 1 + 30);
});
