/** Taking answers back: with either code, before or after they were sent, until the day that was promised. */
import { describe, expect, test } from 'vitest';
import { dumpPeople, type Fieldwork, openFieldwork, type SurveyJson, sourceOf } from '../support/fieldwork.ts';
import type { Respondent } from '../support/respondent.ts';

const LEFT = { survey: 'two-languages', week: '2027-W09', stage: '', n: 1 };
const WITHDRAWN = { survey: 'two-languages', ending: 'withdrawn', week: '2027-W09', n: 1 };

interface Sent extends Fieldwork {
  readonly respondent: Respondent;
  readonly returnCode: string;
  readonly withdrawalCode: string;
}

async function send(): Promise<Sent> {
  const fieldwork = await openFieldwork('two-languages');
  const respondent = await fieldwork.begin();
  await respondent.press('Save and come back later');
  const returnCode = respondent.code;
  await respondent.follow('Carry on now');
  await respondent.answer({ B1: ['work'] });
  await respondent.answer({ B2: '4' });
  await respondent.answer({ B3_day: '1', B3_month: '2', B3_year: '2027' });
  await respondent.press('Send your answers');
  return { ...fieldwork, respondent, returnCode, withdrawalCode: respondent.code };
}

const withdrawAt = async ({ visit }: Fieldwork, code: string): Promise<Respondent> =>
  (await visit('/surveys/two-languages/withdraw')).press('Delete my answers', { code });

describe('after they were sent', () => {
  test.each(['withdrawalCode', 'returnCode'] as const)(
    'the %s takes the answers back, and only the count remembers them',
    async (which) => {
      const sent = await send();
      const elsewhere = await withdrawAt(sent, sent[which]);
      expect(elsewhere.heading).toBe('Your answers have been deleted');
      expect(await dumpPeople(sent.db)).toEqual({ tallies: [WITHDRAWN] });

      await sent.respondent.open('/surveys/two-languages/done');
      expect(sent.respondent.address).toBe('/surveys/two-languages');
      expect(sent.respondent.words).toContain('Your earlier answers are not here any more');
    },
  );

  test('the second time there is nothing left to take back, and nothing more is counted', async () => {
    const sent = await send();
    await withdrawAt(sent, sent.withdrawalCode);
    const again = await withdrawAt(sent, sent.withdrawalCode);
    expect(again.status).toBe(422);
    expect(again.errors).toEqual([
      { text: expect.stringContaining('your answers may already have been taken back'), href: '#code' },
    ]);
    expect(await dumpPeople(sent.db)).toEqual({ tallies: [WITHDRAWN] });
  });

  test('in the same browser the code is filled in, and nothing of it is left there', async () => {
    const { respondent, withdrawalCode } = await send();
    await respondent.follow('Take back your answers');
    expect(respondent.words).toContain('your code is filled in');
    expect(respondent.entered).toEqual({ code: withdrawalCode });
    await respondent.press('Delete my answers');
    expect(respondent.heading).toBe('Your answers have been deleted');
    expect(respondent.cookies).toBe('');
  });

  test('the receipt says where to use the code, so that it can be printed and used elsewhere', async () => {
    const { respondent, context } = await send();
    expect(respondent.words).not.toContain('Where to use it');
    Object.assign(context.settings, { publicUrl: new URL('http://surveys.example.org') });
    await respondent.open('/surveys/two-languages/done');
    expect(respondent.words).toContain('Where to use it: http://surveys.example.org/surveys/two-languages/withdraw');
  });

  test.each([
    ['nothing', ''],
    ['a code that nobody has', 'Z'.repeat(26)],
    ['something else', 'please'],
  ])('%s in the place of a code deletes nothing', async (_, code) => {
    const sent = await send();
    const before = await dumpPeople(sent.db);
    const elsewhere = await withdrawAt(sent, code);
    expect(elsewhere.status).toBe(422);
    expect(elsewhere.errors[0]?.text).toContain(
      code === '' ? 'Enter your code' : 'We found no answers with that code.',
    );
    expect(await dumpPeople(sent.db)).toEqual(before);
  });

  test('somebody else’s answers stay', async () => {
    const sent = await send();
    const other = await sent.begin();
    await other.answer({ B1: ['shop'] });
    const drafts = await sent.db.selectFrom('drafts').selectAll().execute();
    await withdrawAt(sent, sent.withdrawalCode);
    expect(await sent.db.selectFrom('drafts').selectAll().execute()).toEqual(drafts);
  });

  test('on the last day they can be taken back, on the day after no longer', async () => {
    const sent = await send();
    sent.travelTo('2027-08-01T00:00:00Z');
    const late = await sent.visit('/surveys/two-languages/withdraw');
    expect(late.words).toContain('Answers could be taken back until 31 July 2027. That day has passed.');
    expect(late.forms).toEqual([]);
    await late.post('/surveys/two-languages/withdraw', `code=${sent.withdrawalCode}`);
    expect(late.status).toBe(410);
    expect(late.words).toContain('That day has passed.');
    expect(late.errors).toEqual([]);
    expect(await sent.db.selectFrom('responses').select('week').execute()).toHaveLength(1);

    sent.travelTo('2027-07-31T23:59:59Z');
    expect((await withdrawAt(sent, sent.withdrawalCode)).heading).toBe('Your answers have been deleted');
  });

  test('the last day is that of the version they answered, whatever was published since', async () => {
    const sent = await send();
    const change = (file: SurveyJson) => {
      file.version = '1.1';
      file.dates.withdrawUntil = '2027-06-30';
    };
    await sent.publish(sourceOf('two-languages', change));
    sent.travelTo('2027-07-15T12:00:00Z');
    await sent.respondent.open('/surveys/two-languages/done');
    expect(sent.respondent.words).toContain('31 July 2027');
    expect((await withdrawAt(sent, sent.withdrawalCode)).heading).toBe('Your answers have been deleted');
  });

  test('who answered a version with an earlier last day is told that it is over', async () => {
    const sent = await send();
    const change = (file: SurveyJson) => {
      file.version = '1.1';
      file.dates.withdrawUntil = '2027-08-31';
    };
    await sent.publish(sourceOf('two-languages', change));
    sent.travelTo('2027-08-01T12:00:00Z');
    const late = await withdrawAt(sent, sent.withdrawalCode);
    expect(late.status).toBe(410);
    expect(late.words).toContain('Answers could be taken back until 31 July 2027. That day has passed.');
    expect(await sent.db.selectFrom('responses').select('week').execute()).toHaveLength(1);
  });

  test('the survey need not be open any more', async () => {
    const sent = await send();
    sent.travelTo('2027-07-15T12:00:00Z');
    const closed = await sent.visit();
    expect(closed.heading).toBe('This survey is closed');
    await closed.follow('Take back your answers');
    await closed.press('Delete my answers', { code: sent.withdrawalCode });
    expect(closed.heading).toBe('Your answers have been deleted');
  });
});

describe('before they are sent', () => {
  test('the return code deletes the draft, and only that somebody left is counted: nothing was sent', async () => {
    const fieldwork = await openFieldwork('two-languages');
    const respondent = await fieldwork.begin();
    await respondent.press('Save and come back later');
    const elsewhere = await withdrawAt(fieldwork, respondent.code);
    expect(elsewhere.heading).toBe('Your answers have been deleted');
    expect(await dumpPeople(fieldwork.db)).toEqual({ left_drafts: [LEFT] });
  });

  test('the check leads there, and Back leads to where they were', async () => {
    const fieldwork = await openFieldwork('two-languages');
    const respondent = await fieldwork.begin();
    await respondent.answer({ B1: ['work'] });
    await respondent.answer({ B2: '4' });
    await respondent.answer({ B3: ['dk'] });
    await respondent.follow('Stop, and delete your answers');
    expect(respondent.heading).toBe('Delete the answers you have not sent');
    expect(respondent.words).not.toContain('withdrawal code');
    await respondent.follow('Back');
    expect(respondent.address).toBe('/surveys/two-languages/check');
    await respondent.follow('Stop, and delete your answers');
    await respondent.press('Delete my answers');
    expect(respondent.heading).toBe('Your answers have been deleted');
    expect(await dumpPeople(fieldwork.db)).toEqual({ left_drafts: [LEFT] });
  });
});
