/** However often it is pressed: one response, and the same receipt (D2). Two tabs: nothing is lost. */
import { describe, expect, test } from 'vitest';
import { submitDraft } from '../../src/responses/finish/store.ts';
import { openFieldwork, storedAnswers } from '../support/fieldwork.ts';
import { Respondent } from '../support/respondent.ts';

const HOME = '/surveys/two-languages';

/** Somebody before "Send your answers". */
async function arrive() {
  const fieldwork = await openFieldwork('two-languages');
  const respondent = await fieldwork.begin();
  await respondent.answer({ B1: ['work'] });
  await respondent.answer({ B2: '4' });
  await respondent.answer({ B3: ['dk'] });
  expect(respondent.heading).toBe('Check your answers before you send them');
  return { ...fieldwork, respondent };
}

describe('one response and the same receipt, after', () => {
  test('twenty presses at once', async () => {
    const { respondent, url, db } = await arrive();
    const cookie = respondent.cookies;
    const replies = await Promise.all(
      Array.from({ length: 20 }, () =>
        fetch(`${url}${HOME}/submit`, { method: 'POST', headers: { cookie }, redirect: 'manual' }),
      ),
    );
    expect(replies.map(({ status, headers }) => `${status} ${headers.get('location')}`)).toEqual(
      Array.from({ length: 20 }, () => `303 ${HOME}/done`),
    );
    expect(await storedAnswers(db)).toHaveLength(1);
    expect(await db.selectFrom('drafts').selectAll().execute()).toEqual([]);

    const receipts = await Promise.all(
      Array.from({ length: 3 }, async () => (await fetch(`${url}${HOME}/done`, { headers: { cookie } })).text()),
    );
    expect(new Set(receipts).size).toBe(1);
  });

  test('twenty presses that are all looked at before the first is kept', async () => {
    const { respondent, db } = await arrive();
    const returnCode = respondent.cookies.split('=')[1] ?? '';
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => submitDraft(db, 'two-languages', returnCode, '2027-W09')),
    );
    expect(new Set(outcomes)).toEqual(new Set(['submitted']));
    expect(await storedAnswers(db)).toHaveLength(1);
  });

  test('a double click', async () => {
    const { respondent, db } = await arrive();
    const { action, body } = respondent.filledIn();
    await respondent.post(action, body);
    const { code } = respondent;
    await respondent.post(action, body);
    expect([respondent.heading, respondent.code]).toEqual(['Your answers have been sent', code]);
    expect(await storedAnswers(db)).toHaveLength(1);
  });

  test('Back and sending again', async () => {
    const { respondent, db } = await arrive();
    const { action, body } = respondent.filledIn();
    await respondent.press('Send your answers');
    const { code } = respondent;
    // A page from the browser's memory, whose form is still there.
    await respondent.post(`${HOME}/answer/b2`, 'B2=7');
    expect(respondent.code).toBe(code);
    await respondent.post(action, body);
    expect(respondent.code).toBe(code);
    expect(await storedAnswers(db)).toEqual([expect.objectContaining({ B2: '4' })]);
  });

  test('a reply that was lost on the way', async () => {
    const { respondent, url, db } = await arrive();
    const cancelled = new AbortController();
    const lost = fetch(`${url}${HOME}/submit`, {
      method: 'POST',
      headers: { cookie: respondent.cookies },
      signal: cancelled.signal,
    });
    setTimeout(() => cancelled.abort(), 5);
    await lost.catch(() => undefined);
    await respondent.post(`${HOME}/submit`, '');
    expect(respondent.heading).toBe('Your answers have been sent');
    expect(await storedAnswers(db)).toHaveLength(1);
  });

  test('the same draft sent from two devices', async () => {
    const { respondent, url, db } = await arrive();
    await respondent.follow('Save and come back later');
    const other = await new Respondent(url).open(`${HOME}/resume`);
    await other.answer({ code: respondent.code });
    expect(other.heading).toBe('Check your answers before you send them');
    await other.press('Send your answers');
    await respondent.post(`${HOME}/submit`, '');
    expect(respondent.code).toBe(other.code);
    expect(await storedAnswers(db)).toHaveLength(1);
  });
});

test('two people give two responses with two codes', async () => {
  const { respondent, begin, db } = await arrive();
  await respondent.press('Send your answers');
  const other = await begin();
  await other.answer({ B1: ['work'] });
  await other.answer({ B2: '4' });
  await other.answer({ B3: ['dk'] });
  await other.press('Send your answers');
  expect(other.code).not.toBe(respondent.code);
  expect(await storedAnswers(db)).toHaveLength(2);
});

test('two tabs that save different pages both keep theirs', async () => {
  const { respondent, url, db } = await arrive();
  const cookie = respondent.cookies;
  const save = (page: string, body: string) =>
    fetch(`${url}${HOME}/answer/${page}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body,
      redirect: 'manual',
    });
  for (let round = 0; round < 10; round++) {
    const replies = await Promise.all([
      save('b1', 'B1=shop'),
      save('b2', `B2=${round}`),
      save('b3', `B3_day=${round + 1}&B3_month=1&B3_year=2027`),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([303, 303, 303]);
    const [draft] = await db.selectFrom('drafts').select('answers').execute();
    expect(JSON.parse(draft?.answers ?? '')).toEqual({
      A1: 'yes',
      B1: ['shop'],
      B2: String(round),
      B3: `2027-01-${String(round + 1).padStart(2, '0')}`,
    });
  }
});
