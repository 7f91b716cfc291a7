/** The way from a respondent's pages to the results is offered only where it leads to something. */
import { expect, test } from 'vitest';
import { setStatus } from '../support/fieldwork.ts';
import { Respondent } from '../support/respondent.ts';
import { choirs, madeUp } from './choirs.ts';
import { addAnswers, HABITS, openChoirs, publishChoirs } from './published.ts';

const HOME = '/surveys/choirs';

/** The addresses of results that the information page, the receipt and the closed page link to. */
async function linksToResults(n: number): Promise<string[][]> {
  const { db, results } = await openChoirs(n);
  const respondent = new Respondent(new URL(results).origin);
  const seen = () => respondent.links.map(({ href }) => href).filter((href) => href.endsWith('/results'));
  await respondent.open(HOME);
  const information = seen();
  await respondent.answer({ A1: 'yes' });
  await respondent.answer({ S1: 'never', O1: 'n5' });
  await respondent.answer({ V1: 'no', U1: ['none'], C1_cost: 'no', C1_rights: 'no', Z1: 'Nothing' });
  await respondent.answer();
  expect(respondent.heading).toBe('Your answers have been sent');
  const receipt = seen();
  await setStatus(db, 'choirs', 'closed');
  await respondent.open(HOME);
  expect(respondent.heading).toBe('This survey is closed');
  return [information, receipt, seen()];
}

test('before anything is published no page of a respondent leads to results', async () => {
  expect(await linksToResults(0)).toEqual([[], [], []]);
});

test('once something is published the information page, the receipt and the closed page lead to it', async () => {
  const there = [`${HOME}/results`];
  expect(await linksToResults(92)).toEqual([there, there, there]);
});

test('the link appears with the first release, without a restart', async () => {
  const { db, results } = await openChoirs(0);
  const page = async () => (await fetch(results.replace('/results', ''))).text();
  await addAnswers(db, madeUp(choirs, 40, 5, HABITS));
  expect(await page()).not.toContain(`${HOME}/results`);
  await publishChoirs(db);
  expect(await page()).toContain(`${HOME}/results`);
});
