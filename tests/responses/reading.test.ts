/** Opening an address changes nothing, whoever opens it: mail scanners and browsers open links by themselves (P4). */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { goTo } from '../support/every-type.ts';
import { dumpStore, type Fieldwork, openFieldwork } from '../support/fieldwork.ts';
import type { Respondent } from '../support/respondent.ts';

/** Each state that a browser can be in, and the addresses that show something then. */
const STATES: readonly [string, (fieldwork: Fieldwork) => Promise<Respondent>][] = [
  ['a stranger', ({ visit }) => visit()],
  ['somebody half-way', async ({ begin }) => (await begin()).answer({ A2: 'yes' })],
  ['somebody the survey is not for', async ({ begin }) => (await begin()).answer({ A2: 'no' })],
  [
    'somebody before sending',
    async ({ begin }) => {
      const respondent = await begin();
      await goTo(respondent, 'check');
      return respondent;
    },
  ],
  [
    'somebody who has sent',
    async ({ begin }) => {
      const respondent = await begin();
      await goTo(respondent, 'check');
      return respondent.press('Send your answers');
    },
  ],
];

test.each(STATES)('opening any address changes nothing that is kept: %s', async (_, arrive) => {
  const fieldwork = await openFieldwork('every-type');
  const respondent = await arrive(fieldwork);
  const before = JSON.stringify(await dumpStore(fieldwork.db));
  const { rows: changes } = await sql<{ n: number }>`SELECT total_changes() AS n`.execute(fieldwork.db);
  const addresses = routesOf(fieldwork.context)
    .filter(({ method }) => method === 'get')
    .map(({ path }) => path.replace(':survey', 'every-type').replace(/:page\b/, 'one'));
  expect(addresses.length).toBeGreaterThan(8);
  for (const address of addresses) {
    for (const query of [
      '',
      '?lang=en',
      '?end=declined',
      `?code=${respondent.cookies.split('=')[1]}`,
      '?B1=red&A1=no',
    ]) {
      await respondent.open(address + query);
      expect(respondent.status).toBeLessThan(500);
    }
  }
  expect(JSON.stringify(await dumpStore(fieldwork.db))).toBe(before);
  // Not even written and put back.
  expect((await sql<{ n: number }>`SELECT total_changes() AS n`.execute(fieldwork.db)).rows).toEqual(changes);
});
