/** Three organisations answer the AI adoption survey from its first page to the receipt. */
import { describe, expect, test } from 'vitest';
import { dumpPeople, openFieldwork, storedAnswers } from '../support/fieldwork.ts';
import { answerPages } from '../support/respondent.ts';

const OPENING = 'a2 a3 a4 s1';
const ORGANISATION = 'o1 o1b o2 o2b o3 o4';
const CLOSING = 'c1 v1 v2 u1 u2 u3 u4 z1';

describe('each stage meets its own questions', () => {
  test.each([
    {
      who: 'an adopter in England',
      given: { S1: 'agreed', O2b: 'no' },
      pages: `${OPENING} s2 ${ORGANISATION} o5 o6 o7 t1 t2 t3 t4 t5 t6 t7 t8 i1 i2 g1 g2 k1 w1 t9 ${CLOSING}`,
    },
    {
      who: 'an adopter in health and care in Wales, with informal use',
      given: { A3: 'wales', S1: 'informal', S3: 'looking', O2: 'health' },
      pages: `${OPENING} s2 s3 o1 o1b o2 o3 o4 o6 o7 h1 h2 h3 h4 h5 h6 h7 t1 t2 t3 t4 t5 t6 t7 t8 i1 i2 g1 g2 k1 w1 t9 ${CLOSING}`,
    },
    {
      who: 'a future adopter in Scotland, a charity',
      given: { A3: 'scotland', S1: 'no', S3: 'm12', O1: 'cio', O2b: 'no' },
      pages: `${OPENING} s3 o1 o2 o2b o3 o4 o6 o7 f1 f2 f3 f4 f5 ${CLOSING}`,
    },
    {
      who: 'a non-adopter that stopped',
      given: { A3: 'ni', S1: 'stopped', S3: 'never', O2b: 'no' },
      pages: `${OPENING} s3 s4 ${ORGANISATION} o6 o7 n1 n2 n3 n4 n5 ${CLOSING}`,
    },
    {
      who: 'a non-adopter that wants no support',
      given: { A3: 'wales', S1: 'no', S3: 'none', O2b: 'no', U1: ['none'] },
      pages: `${OPENING} s3 ${ORGANISATION} o6 o7 n1 n2 n3 n4 n5 c1 v1 v2 u1 u4 z1`,
    },
  ])('$who', async ({ given, pages }) => {
    const { begin, db } = await openFieldwork('ai-adoption');
    const respondent = await begin();
    const met = await answerPages(respondent, given);
    expect(met.join(' ')).toBe(pages);

    expect(respondent.heading).toBe('Check your answers before you send them');
    expect(respondent.words).toContain('Nothing is sent until you press the button at the end of this page.');
    await respondent.press('Send your answers');
    expect(respondent.address).toBe('/surveys/ai-adoption/done');
    expect(respondent.heading).toBe('Your answers have been sent');
    expect(respondent.code).toMatch(/^([0-9A-Z]{5}-){4}[0-9A-Z]{6}$/);
    expect(respondent.words).toContain('You can use it until 31 January 2028.');

    const [answers] = await storedAnswers(db);
    expect(answers).toMatchObject(given);
    // Nothing but what was asked on those pages is kept.
    const asked = new Set(Object.keys(answers ?? {}).map((field) => field.split('_')[0]?.toLowerCase()));
    expect([...asked].filter((code = '') => !`a1 a5 o8 ${pages}`.split(' ').includes(code))).toEqual([]);
  });
});

test('a response keeps which questionnaire, information and consent it was given under, the week, and no more', async () => {
  const { begin, db } = await openFieldwork('ai-adoption');
  const respondent = await begin();
  await answerPages(respondent, { S1: 'agreed' });
  await respondent.press('Send your answers');
  expect(await dumpPeople(db)).toEqual({
    responses: [
      {
        key: expect.stringMatching(/^[0-9a-f]{32}$/),
        survey: 'ai-adoption',
        version_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        information_version: '1.0',
        consent_version: '1.0',
        language: 'en',
        answers: expect.any(String),
        filled: '[]',
        withdrawal_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        week: '2027-W09',
        origin: 'web',
      },
    ],
  });
});

test('somebody says no: they are thanked, and only one more no is counted', async () => {
  const { visit, db } = await openFieldwork('ai-adoption');
  const respondent = await visit();
  await respondent.answer({ A1: 'no' });
  expect(respondent.heading).toBe('Thank you');
  expect(respondent.words).toContain('We have not kept your answers.');
  expect(respondent.cookies).toBe('');
  expect(await dumpPeople(db)).toEqual({
    tallies: [{ survey: 'ai-adoption', ending: 'declined', week: '2027-W09', n: 1 }],
  });
  await respondent.open(respondent.address);
  expect((await dumpPeople(db)).tallies).toMatchObject([{ n: 1 }]);
});

test('somebody who has begun and then says no leaves nothing behind', async () => {
  const { begin, db } = await openFieldwork('ai-adoption');
  const respondent = await begin();
  await respondent.answer({ A2: 'yes' });
  await respondent.open('/surveys/ai-adoption');
  await respondent.press('Start again with new answers', { A1: 'no' });
  expect(respondent.words).toContain('We have not kept your answers.');
  expect(Object.keys(await dumpPeople(db))).toEqual(['tallies']);
  expect(respondent.cookies).toBe('');
});

describe('somebody the survey is not for', () => {
  const arrive = async () => {
    const fieldwork = await openFieldwork('ai-adoption');
    const respondent = await fieldwork.begin();
    await respondent.answer({ A2: 'no' });
    expect(respondent.words).toContain('This survey is for social enterprises in the UK');
    return { ...fieldwork, respondent };
  };

  test('can go back, change the answer and go on', async () => {
    const { respondent } = await arrive();
    await respondent.follow('Go back and change your answer');
    expect(respondent.entered).toEqual({ A2: 'no' });
    await respondent.answer({ A2: 'partly' });
    expect(respondent.heading).toBe('Where is your organisation mainly based?');
  });

  test('presses the button and is forgotten but for the count', async () => {
    const { respondent, db } = await arrive();
    await respondent.press('Delete my answers and finish');
    expect(respondent.words).toContain('We have not kept your answers.');
    expect(await dumpPeople(db)).toEqual({
      tallies: [{ survey: 'ai-adoption', ending: 'not-eligible', week: '2027-W09', n: 1 }],
    });
    await respondent.follow('Back to the start');
    expect(respondent.heading).toBe('AI adoption in UK social enterprises');
  });

  test('has no other page to go to', async () => {
    const { respondent } = await arrive();
    expect((await respondent.open('/surveys/ai-adoption/answer/s1')).status).toBe(404);
    await respondent.open('/surveys/ai-adoption/done');
    expect(respondent.words).toContain('This survey is for social enterprises in the UK');
  });
});

test('a question with one answer left is answered by rule and never asked', async () => {
  const { begin, db } = await openFieldwork('ai-adoption');
  const respondent = await begin();
  const met = await answerPages(respondent, { S1: 'agreed', T2: ['quality'] });
  expect(met).not.toContain('t3');
  await respondent.press('Send your answers');
  const [response] = await db.selectFrom('responses').select(['answers', 'filled']).execute();
  expect(JSON.parse(response?.answers ?? '')).toMatchObject({ T2: ['quality'], T3: 'quality' });
  expect(response?.filled).toBe('["T3"]');
});

describe('an answer that seems odd is asked about once', () => {
  const arrive = async () => {
    const fieldwork = await openFieldwork('ai-adoption');
    const respondent = await fieldwork.begin();
    await answerPages(respondent, { S1: 'agreed' });
    await respondent.open('/surveys/ai-adoption/answer/t1');
    await respondent.answer({ T1: ['none'] });
    expect(respondent.status).toBe(422);
    expect(respondent.words).toContain('You said your organisation uses AI. Is that right?');
    expect(respondent.entered).toEqual({ T1: ['none'] });
    return respondent;
  };

  test('and stands when it is confirmed, without being asked about again', async () => {
    const respondent = await arrive();
    await respondent.press('Yes, that is right. Continue');
    expect(respondent.heading).toBe('Why does your organisation use AI?');
    await respondent.follow('Back');
    await respondent.answer({ T1: ['none'] });
    expect(respondent.heading).toBe('Why does your organisation use AI?');
  });

  test('and can be changed instead', async () => {
    const respondent = await arrive();
    expect(respondent.link('Change your answer').href).toBe('#T1');
    await respondent.answer({ T1: ['text'] });
    expect(respondent.heading).toBe('Why does your organisation use AI?');
  });
});

describe('a question left blank', () => {
  test('is asked about once, and carrying on works at once and later', async () => {
    const { begin, db } = await openFieldwork('ai-adoption');
    const respondent = await begin();
    await respondent.answer({ A2: 'yes' });
    await respondent.answer({ A3: 'wales' });
    await respondent.answer();
    expect(respondent.status).toBe(422);
    expect(respondent.words).toContain('You have left these blank');
    expect(respondent.links.filter(({ href }) => href.startsWith('#A'))).toEqual([
      { text: 'What is your role?', href: '#A4' },
      { text: 'How much do you know about the digital tools your organisation uses?', href: '#A5' },
    ]);
    await respondent.answer();
    expect(respondent.address).toBe('/surveys/ai-adoption/answer/s1');
    await respondent.follow('Back');
    await respondent.answer();
    expect(respondent.address).toBe('/surveys/ai-adoption/answer/s1');
    await answerPages(respondent, { S1: 'no', S3: 'never', N1: [] });
    expect(respondent.summary).toContainEqual(['What is your role?', 'Not answered']);
    await respondent.press('Send your answers');
    expect((await storedAnswers(db))[0]).toMatchObject({ A4: null, A5: null, N1: null });
  });

  test('can be answered when it was asked about', async () => {
    const { begin } = await openFieldwork('ai-adoption');
    const respondent = await begin();
    await respondent.answer({ A2: 'yes' });
    await respondent.answer({ A3: 'wales' });
    await respondent.answer({ A4: 'board' });
    expect(respondent.links.filter(({ href }) => href.startsWith('#A'))).toHaveLength(1);
    await respondent.answer({ A5: 'lot' });
    await respondent.follow('Back');
    expect(respondent.entered).toEqual({ A4: 'board', A5: 'lot' });
  });

  test('that has to be answered is an error with a link to its first input', async () => {
    const { begin } = await openFieldwork('ai-adoption');
    const respondent = await begin();
    await respondent.answer();
    expect(respondent.status).toBe(422);
    expect(respondent.errors).toEqual([{ text: 'Choose an answer', href: '#A2' }]);
    expect(respondent.html).toContain('<title>Error: ');
  });
});

describe('a change of mind', () => {
  const answerAsAdopter = async () => {
    const fieldwork = await openFieldwork('ai-adoption');
    const respondent = await fieldwork.begin();
    const met = await answerPages(respondent, { A3: 'wales', S1: 'agreed', O2b: 'no', T2: ['reach', 'quality'] });
    return { ...fieldwork, respondent, met };
  };

  test('from the check: the pages it opens are asked, nothing else, and the old block is dropped', async () => {
    const { respondent, db } = await answerAsAdopter();
    await respondent.follow('Change Which of these best describes your organisation’s use of AI today?');
    expect(respondent.address).toBe('/surveys/ai-adoption/answer/s1?from=check');
    expect(respondent.words).not.toContain('There are some new questions');
    await respondent.answer({ S1: 'no' });
    expect(respondent.words).toContain('There are some new questions, because you changed an answer.');
    const met = await answerPages(respondent, { S3: 'never' });
    expect(met.join(' ')).toBe('s3 n1 n2 n3 n4 n5');
    expect(respondent.heading).toBe('Check your answers before you send them');
    await respondent.press('Send your answers');
    const [answers] = await storedAnswers(db);
    expect(Object.keys(answers ?? {}).filter((field) => /^(S2|[TIGKW]\d)/.test(field))).toEqual([]);
    expect(answers).toMatchObject({ S1: 'no', S3: 'never', N5: 'very' });
  });

  test('and back again: what was answered before is still there', async () => {
    const { respondent, db } = await answerAsAdopter();
    await respondent.open('/surveys/ai-adoption/answer/s1');
    await respondent.answer({ S1: 'no' });
    await respondent.answer({ S3: 'never' });
    await respondent.open('/surveys/ai-adoption/answer/s1?from=check');
    await respondent.answer({ S1: 'trial' });
    expect(respondent.heading).toBe('Check your answers before you send them');
    await respondent.press('Send your answers');
    expect((await storedAnswers(db))[0]).toMatchObject({ S1: 'trial', T2: ['reach', 'quality'], T3: 'reach' });
  });

  test('Back leads page by page from the check to the beginning, and nothing is lost', async () => {
    const { respondent, met } = await answerAsAdopter();
    const summary = respondent.summary;
    const seen: string[] = [];
    while (respondent.address !== '/surveys/ai-adoption') {
      seen.push(respondent.address);
      await respondent.follow('Back');
    }
    expect(seen.map((address) => address.split('/').at(-1))).toEqual([...met, 'check'].reverse());
    expect(respondent.words).toContain('You have already begun');
    await respondent.follow('Carry on with your answers');
    expect(respondent.summary).toEqual(summary);
  });

  test('while a page is open, Back does not lead in a circle', async () => {
    const { respondent } = await answerAsAdopter();
    await respondent.open('/surveys/ai-adoption/answer/s1?from=check');
    await respondent.answer({ S1: 'no' });
    expect(respondent.address).toBe('/surveys/ai-adoption/answer/s3?from=check');
    await respondent.follow('Back');
    expect(respondent.address).toBe('/surveys/ai-adoption/answer/s1?from=check');
    await respondent.answer({ S1: 'agreed' });
    expect(respondent.heading).toBe('Check your answers before you send them');
  });

  test('from the check without a change leads straight back to it', async () => {
    const { respondent } = await answerAsAdopter();
    await respondent.follow('Change Who decides how AI is used in your organisation?');
    await respondent.answer();
    expect(respondent.heading).toBe('Check your answers before you send them');
    await respondent.follow('Change Who decides how AI is used in your organisation?');
    await respondent.follow('Back');
    expect(respondent.heading).toBe('Check your answers before you send them');
  });
});
