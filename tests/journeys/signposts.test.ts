/** Addresses that cannot be shown to this respondent now, and where they lead instead. */
import { describe, expect, test } from 'vitest';
import { openFieldwork, setStatus, sourceOf, storedAnswers } from '../support/fieldwork.ts';
import { answerPages } from '../support/respondent.ts';

const AI = '/surveys/ai-adoption';

describe('before anybody has agreed', () => {
  test.each(['answer/a2', 'answer/s1', 'answer/t1', 'check', 'save', 'done'])(
    '%s leads to the information page',
    async (page) => {
      const { visit } = await openFieldwork('ai-adoption');
      const stranger = await visit(`${AI}/${page}`);
      expect(stranger.address).toBe(AI);
      expect(stranger.status).toBe(200);
      expect(stranger.words).not.toContain('Your earlier answers');
    },
  );

  test.each([
    ['answer/a2', 'A2=yes'],
    ['submit', ''],
    ['save', ''],
  ])('a form sent to %s leads there too, and keeps nothing', async (page, body) => {
    const { visit, db } = await openFieldwork('ai-adoption');
    const stranger = await visit();
    await stranger.post(`${AI}/${page}`, body);
    expect(stranger.address).toBe(AI);
    expect(await db.selectFrom('drafts').selectAll().execute()).toEqual([]);
  });

  test.each([
    'nowhere',
    'ai-adoption/answer/nowhere',
    'ai-adoption/answer/T1',
    'ai-adoption/nowhere',
    '%F0%9F%98%80/check',
  ])('/surveys/%s is not there', async (path) => {
    const { visit } = await openFieldwork('ai-adoption');
    const stranger = await visit(`/surveys/${path}`);
    expect(stranger.status).toBe(404);
    expect(stranger.heading).toBe('Page not found');
  });
});

describe('on the way', () => {
  const arrive = async () => {
    const fieldwork = await openFieldwork('ai-adoption');
    const respondent = await fieldwork.begin();
    await respondent.answer({ A2: 'yes' });
    await respondent.answer({ A3: 'wales' });
    await respondent.answer({ A4: 'board', A5: 'lot' });
    await respondent.answer({ S1: 'agreed' });
    await respondent.answer({ S2: 'lt6m' });
    expect(respondent.address).toBe(`${AI}/answer/o1`);
    return { ...fieldwork, respondent };
  };

  test.each(['t1', 'c1', 'z1', 'h1'])('%s, not reached yet, leads to the first open page', async (page) => {
    const { respondent } = await arrive();
    await respondent.open(`${AI}/answer/${page}`);
    expect([respondent.status, respondent.address]).toEqual([200, `${AI}/answer/o1`]);
  });

  test.each(['s3', 'o5', 'f1', 'n1'])('%s, which the answers rule out, is not there', async (page) => {
    const { respondent } = await arrive();
    expect((await respondent.open(`${AI}/answer/${page}`)).status).toBe(404);
    expect((await respondent.post(`${AI}/answer/${page}`, 'F1=time&N1=cost&S3=m3')).status).toBe(404);
  });

  test('a page that was answered can be opened again', async () => {
    const { respondent } = await arrive();
    await respondent.open(`${AI}/answer/a3`);
    expect(respondent.entered).toEqual({ A3: 'wales' });
  });

  test('the page of consent is the information page', async () => {
    const { respondent } = await arrive();
    expect((await respondent.open(`${AI}/answer/a1`)).address).toBe(AI);
  });

  test('the check leads to the first open page, and so does sending too early', async () => {
    const { respondent, db } = await arrive();
    expect((await respondent.open(`${AI}/check`)).address).toBe(`${AI}/answer/o1`);
    expect((await respondent.post(`${AI}/submit`, '')).address).toBe(`${AI}/answer/o1`);
    expect(await storedAnswers(db)).toEqual([]);
  });

  test('the information page offers to carry on where they stopped', async () => {
    const { respondent } = await arrive();
    await respondent.open(AI);
    await respondent.follow('Carry on with your answers');
    expect(respondent.address).toBe(`${AI}/answer/o1`);
  });
});

describe('a closed survey', () => {
  test.each(['by the team', 'by its date'])('%s says so, and takes nothing more', async (how) => {
    const { begin, visit, db, travelTo } = await openFieldwork('ai-adoption');
    const respondent = await begin();
    await answerPages(respondent, { S1: 'no', S3: 'never' });
    if (how === 'by the team') await setStatus(db, 'ai-adoption', 'closed');
    else travelTo('2027-12-16T00:00:00Z');
    // A draft is not kept beyond its date, closed or not: the one begun in March is gone by then.
    if (how === 'by the team') {
      for (const page of ['answer/a2', 'check', 'save']) {
        await respondent.open(`${AI}/${page}`);
        expect([respondent.status, respondent.heading]).toEqual([410, 'This survey is closed']);
      }
      await respondent.post(`${AI}/submit`, '');
      expect([respondent.status, respondent.heading]).toEqual([410, 'This survey is closed']);
    }
    const stranger = await visit();
    expect([stranger.status, stranger.heading]).toEqual([200, 'This survey is closed']);
    await stranger.post(`${AI}/start`, 'A1=yes');
    expect([stranger.status, stranger.heading]).toEqual([410, 'This survey is closed']);
    expect(await storedAnswers(db)).toEqual([]);
    expect((await visit('/')).words).toContain('No survey is open at the moment.');
  });

  test('on its last day it is open', async () => {
    const { visit, travelTo } = await openFieldwork('ai-adoption');
    travelTo('2027-12-15T23:59:59Z');
    expect((await visit()).heading).toBe('AI adoption in UK social enterprises');
  });

  test('still shows the receipt to whoever has sent', async () => {
    const { begin, db } = await openFieldwork('ai-adoption');
    const respondent = await begin();
    await answerPages(respondent, { S1: 'no', S3: 'never' });
    await respondent.press('Send your answers');
    const { code } = respondent;
    await setStatus(db, 'ai-adoption', 'closed');
    await respondent.open(`${AI}/done`);
    expect(respondent.code).toBe(code);
    await respondent.post(`${AI}/submit`, '');
    expect(respondent.code).toBe(code);
  });
});

describe('after sending', () => {
  test.each(['', 'check', 'save', 'answer/a2', 'answer/t1'])('"%s" leads to the receipt', async (page) => {
    const { begin } = await openFieldwork('ai-adoption');
    const respondent = await begin();
    await answerPages(respondent, { S1: 'no', S3: 'never' });
    await respondent.press('Send your answers');
    const { code } = respondent;
    await respondent.open(page === '' ? AI : `${AI}/${page}`);
    if (page === '') {
      expect(respondent.words).toContain('You have already sent your answers');
      await respondent.follow('See your withdrawal code');
    }
    expect([respondent.address, respondent.code]).toEqual([`${AI}/done`, code]);
  });
});

describe('a new version published half-way', () => {
  const second = sourceOf('two-languages', (file) => {
    file.version = '2.0';
    const [start, buses] = file.sections;
    // The page "b1" is gone, and what "b2" asked is asked under another code.
    start?.pages.pop();
    Object.assign(buses?.pages[0]?.questions[0] ?? {}, { code: 'B9', atMost: 5 });
  });

  test('leaves a draft on the version it was begun with', async () => {
    const { begin, publish, db } = await openFieldwork('two-languages');
    const respondent = await begin();
    await respondent.answer({ B1: ['work'] });
    await publish(second);

    await respondent.open('/surveys/two-languages/answer/b1');
    expect(respondent.entered).toEqual({ B1: ['work'] });
    await respondent.answer({ B1: ['shop'] });
    await respondent.answer({ B2: '40' });
    await respondent.answer({ B3: ['dk'] });
    await respondent.press('Send your answers');

    const fresh = await begin();
    expect(fresh.address).toBe('/surveys/two-languages/answer/b9');
    expect((await fresh.open('/surveys/two-languages/answer/b1')).status).toBe(404);
    await fresh.open('/surveys/two-languages/answer/b9');
    await fresh.answer({ B9: '5' });
    await fresh.answer({ B3: ['dk'] });
    await fresh.press('Send your answers');

    const responses = await db
      .selectFrom('responses')
      .innerJoin('survey_versions', 'survey_versions.hash', 'responses.version_hash')
      .select(['survey_versions.version', 'responses.answers'])
      .orderBy('survey_versions.version')
      .execute();
    expect(responses.map(({ version, answers }) => [version, JSON.parse(answers)])).toEqual([
      ['1.0', { A1: 'yes', B1: ['shop'], B2: '40', B3: 'dk' }],
      ['2.0', { A1: 'yes', B9: '5', B3: 'dk' }],
    ]);
  });
});
