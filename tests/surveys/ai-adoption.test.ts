import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { checkSurvey } from '../../src/questionnaire/check.ts';
import { findPlace, flagsOf, journeyOf, knownFrom } from '../../src/questionnaire/journey.ts';
import { parseSurvey } from '../../src/questionnaire/parse.ts';
import { readPage } from '../../src/questionnaire/read-page.ts';
import { submissionOf } from '../../src/questionnaire/submission.ts';
import { say } from '../../src/questionnaire/text.ts';
import { variablesOf } from '../../src/questionnaire/variables.ts';
import { aiAdoption, questionsMet, surveyText, walkWith } from './walks.ts';

/** An organisation in England outside health and care, not a charity by its legal form, that wants two kinds of support. */
const ENGLAND: Answers = { A3: 'england', O1: 'cic', O2: 'arts', O2b: 'no' };
const derive = (answers: Answers, name: string) => knownFrom(aiAdoption, answers).variable(name);

test('the check finds nothing in it but long words, which the instrument has weighed, and the gaps that its team will fill', () => {
  const parsed = parseSurvey(surveyText('ai-adoption/1.0.json'));
  const findings = parsed.survey ? checkSurvey(parsed.survey, parsed.source, { today: '2027-12-15' }) : parsed.findings;
  const others = findings.filter(({ check, severity }) => check !== 'reading-age' || severity !== 'warning');
  expect(others.map(({ check, pointer }) => [check, pointer])).toEqual([
    ['placeholder', '/information/runBy'],
    ['placeholder', '/information/contact'],
  ]);
});

describe('the stage rule', () => {
  const table: [s1: string, s3: (string | null)[], stage: string, detail: string, route: string, strict: string][] = [
    ['agreed', [null], 'adopter', 'adopter_agreed', 'adopter', 'adopter'],
    ['trial', [null], 'adopter', 'adopter_trial', 'adopter', 'adopter'],
    ['informal', ['m3', 'm12', 'later', 'looking'], 'adopter', 'adopter_informal', 'adopter', 'future'],
    ['informal', ['none', 'never', 'dk'], 'adopter', 'adopter_informal', 'adopter', 'non'],
    ['stopped', ['m3', 'm12', 'later', 'looking'], 'future', 'future_returning', 'future', 'future'],
    ['stopped', ['none', 'never', 'dk'], 'non', 'non_lapsed', 'non', 'non'],
    ['no', ['m3', 'm12', 'later'], 'future', 'future_planned', 'future', 'future'],
    ['no', ['looking'], 'future', 'future_exploring', 'future', 'future'],
    ['no', ['none'], 'non', 'non_no_plan', 'non', 'non'],
    ['no', ['never'], 'non', 'non_decided', 'non', 'non'],
    ['no', ['dk'], 'non', 'non_unsure', 'non', 'non'],
    ['dk', ['m3', 'm12', 'later', 'looking'], 'unclassified', 'use_unknown', 'future', 'unclassified'],
    ['dk', ['none', 'never', 'dk'], 'unclassified', 'use_unknown', 'non', 'unclassified'],
  ];
  const combinations = table.flatMap(([S1, s3s, ...given]) => s3s.map((S3) => ({ S1, S3, given })));

  test('has an example here for each of the 30 answers that can be reached', () => {
    expect(combinations).toHaveLength(30);
    const S1 = aiAdoption.questions.get('S1')?.choices.map((option) => option.code) ?? [];
    const S3 = aiAdoption.questions.get('S3')?.choices.map((option) => option.code) ?? [];
    const asksS3 = (code: string) => questionsMet(walkWith(aiAdoption, { S1: code })).includes('S3');
    const reachable = S1.flatMap((code) => (asksS3(code) ? S3.map((plan) => `${code} ${plan}`) : [`${code} null`]));
    expect(combinations.map(({ S1, S3 }) => `${S1} ${S3}`).sort()).toEqual(reachable.sort());
  });

  test.each(combinations)('use "$S1" and plans "$S3" give $given', ({ S1, S3, given }) => {
    const { known, end, next } = walkWith(aiAdoption, { ...ENGLAND, S1, ...(S3 !== null && { S3 }) });
    expect([end, next]).toEqual([undefined, undefined]);
    expect(['stage', 'stage_detail', 'route', 'stage_strict'].map((name) => known.variable(name))).toEqual(given);
  });

  test.each(combinations)('one row fits use "$S1" and plans "$S3", and no other', ({ S1, S3 }) => {
    const rows = aiAdoption.file.stageRule?.rows ?? [];
    const fitting = rows.filter(({ if: { S1: s1, S3: s3 } }) => s1 === S1 && [s3].flat().includes(S3));
    expect(fitting).toHaveLength(1);
  });

  test.each([
    ['no', 'm3', 'future'],
    ['no', 'm12', 'future'],
    ['no', 'later', 'non'],
    ['no', 'looking', 'non'],
    ['stopped', 'looking', 'non'],
    ['informal', 'looking', 'adopter'],
    ['dk', 'later', 'unclassified'],
  ])('with plans within 12 months only, use "%s" and plans "%s" are %s', (S1, S3, expected) => {
    expect(derive({ S1, S3 }, 'stage_soon')).toBe(expected);
  });
});

/*
 * The instrument counts 61 questions, of which Z2 and Z3 are links to another form after the answers are sent: 59
 * are asked here. Its counts for a path leave the links out as well: A 5 + S 2 + O 10 + T 15 + C 1 + V 2 + U 4 + Z 1
 * is 40 for an adopter in England outside health. Health care by O2 adds the 7 of section H and drops O2b: 46. A
 * future adopter has F 5 for T 15: 30; social care drops O2b and adds H1 to H5, having stopped adds S4: 35.
 */
describe('the questions that somebody meets', () => {
  const paths: { who: string; given: Answers; met: number }[] = [
    { who: 'adopter in England, not health', given: { ...ENGLAND, S1: 'agreed' }, met: 40 },
    { who: 'adopter in England, health care', given: { ...ENGLAND, S1: 'agreed', O2: 'health' }, met: 46 },
    { who: 'adopter by informal use, who is asked for plans too', given: { ...ENGLAND, S1: 'informal' }, met: 41 },
    { who: 'future adopter in England', given: { ...ENGLAND, S1: 'no', S3: 'm12' }, met: 30 },
    {
      who: 'future adopter in social care, who stopped',
      given: { ...ENGLAND, S1: 'stopped', S3: 'later', O2: 'socialcare' },
      met: 35,
    },
    { who: 'non-adopter in England', given: { ...ENGLAND, S1: 'no', S3: 'none' }, met: 30 },
    { who: 'non-adopter who wants no support', given: { ...ENGLAND, S1: 'no', S3: 'never', U1: ['none'] }, met: 28 },
    { who: 'non-adopter outside England', given: { ...ENGLAND, A3: 'wales', S1: 'no', S3: 'none' }, met: 29 },
    { who: 'charity by its legal form', given: { ...ENGLAND, O1: 'cio', S1: 'no', S3: 'none' }, met: 29 },
    { who: 'the longest path', given: { ...ENGLAND, S1: 'informal', O2b: 'yes' }, met: 48 },
    {
      who: 'the shortest path',
      given: { ...ENGLAND, A3: 'ni', O1: 'trust', S1: 'no', S3: 'none', U1: ['none'] },
      met: 26,
    },
  ];
  test.each(paths)('$who: $met', ({ given, met }) => {
    expect(questionsMet(walkWith(aiAdoption, given))).toHaveLength(met);
  });

  test('every question is on at least one of eight sample paths', () => {
    const samples: Answers[] = [
      { ...ENGLAND, S1: 'agreed' },
      { A3: 'scotland', S1: 'trial', O2: 'health' },
      { A3: 'wales', S1: 'informal', S3: 'none', O1: 'cio', O2: 'retail', O2b: 'no' },
      { ...ENGLAND, S1: 'no', S3: 'm3' },
      { A3: 'ni', S1: 'stopped', S3: 'looking', O2: 'socialcare' },
      { ...ENGLAND, S1: 'no', S3: 'never', U1: ['none'] },
      { ...ENGLAND, S1: 'dk', S3: 'later' },
      { ...ENGLAND, S1: 'dk', S3: 'dk', O2b: 'yes' },
    ];
    const met = new Set(samples.flatMap((given) => questionsMet(walkWith(aiAdoption, given))));
    expect([...aiAdoption.questions.keys()].filter((code) => !met.has(code))).toEqual([]);
    expect(aiAdoption.questions.size).toBe(59);
  });

  test.each([
    ['A1', 'no', 'declined'],
    ['A2', 'no', 'not-eligible'],
    ['A3', 'outside', 'not-eligible'],
  ])('%s "%s" ends on the page "%s", and nothing would be submitted', (code, answer, end) => {
    const journey = walkWith(aiAdoption, { [code]: answer });
    expect(journey.end).toBe(end);
    expect(submissionOf(journey)).toBeUndefined();
  });

  test.each(['partly', 'dk'])('A2 "%s" goes on', (A2) => {
    expect(walkWith(aiAdoption, { A2 }).end).toBeUndefined();
  });

  test('only what decides who is asked what must be answered: A1, A2, A3, S1 and S3', () => {
    const required = [...aiAdoption.questions.values()].filter((question) => question.required);
    expect(required.map((question) => question.code)).toEqual(['A1', 'A2', 'A3', 'S1', 'S3']);
  });

  test('a blank legal form and a blank area of work rule nothing out, so the follow-up is asked', () => {
    const met = questionsMet(walkWith(aiAdoption, { ...ENGLAND, O1: null, O2: null, O2b: 'yes' }));
    expect(met).toEqual(expect.arrayContaining(['O1b', 'O2b', 'H1']));
  });

  test('changing S1 later takes the old block off the path, and what was said there is not submitted', () => {
    const before = walkWith(aiAdoption, { ...ENGLAND, S1: 'agreed' }).answers;
    const after = walkWith(aiAdoption, { ...before, S1: 'no', S3: 'never' });
    expect(after.answers).not.toHaveProperty('T1');
    expect(after.answers).toHaveProperty('N1');
  });
});

describe('questions that rest on an earlier list', () => {
  const adopter = { ...ENGLAND, S1: 'agreed' };

  test('T3 offers what was ticked at T2, without its text box', () => {
    const journey = walkWith(aiAdoption, { ...adopter, T2: ['cost', 'other'] });
    const t3 = journey.pages.flatMap(({ asked }) => asked).find(({ question }) => question.code === 'T3');
    expect(t3?.offered.map(({ code, other }) => [code, other])).toEqual([
      ['cost', undefined],
      ['other', undefined],
    ]);
  });

  test('T3 is filled in by rule, not asked, when one reason was ticked', () => {
    const journey = walkWith(aiAdoption, { ...adopter, T2: ['cost'] });
    expect(questionsMet(journey)).not.toContain('T3');
    expect(submissionOf(journey)).toMatchObject({ answers: { T3: 'cost' }, filled: ['T3'] });
  });

  test.each([[['dk']], [null]])('T3 is neither asked nor filled in when T2 is %j', (T2) => {
    const journey = walkWith(aiAdoption, { ...adopter, T2 });
    expect(journey.answers).not.toHaveProperty('T3');
    expect(journey.filled).toEqual([]);
  });

  test.each([
    [['cases'], false, true],
    [['cases', 'peers'], true, true],
    [['none'], false, false],
    [['dk'], false, false],
    [null, false, false],
  ])('U1 %j: U2 asked %s, U3 asked %s, and U2 never filled in by rule', (U1, u2, u3) => {
    const journey = walkWith(aiAdoption, { ...adopter, U1 });
    expect(['U2', 'U3'].map((code) => questionsMet(journey).includes(code))).toEqual([u2, u3]);
    expect(journey.filled).toEqual([]);
  });

  test('before S1 and T2 are answered the page of T3 is not reached yet, which is not the same as off the path', () => {
    const answers = { A1: 'yes', A2: 'yes', A3: 'england', A4: null, A4_other: null, A5: null };
    expect(findPlace(aiAdoption, journeyOf(aiAdoption, answers), 't3')).toEqual({ at: 'not reached' });
    const user = { ...answers, S1: 'agreed' };
    expect(findPlace(aiAdoption, journeyOf(aiAdoption, user), 't3')).toEqual({ at: 'not reached' });
    const never = { ...answers, S1: 'no', S3: 'never' };
    expect(findPlace(aiAdoption, journeyOf(aiAdoption, never), 't3')).toEqual({ at: 'off the path' });
  });
});

describe('wording that follows the answers', () => {
  const wordingOf = (code: string, given: Answers) => {
    const journey = walkWith(aiAdoption, { ...ENGLAND, ...given });
    const found = journey.pages.flatMap(({ asked }) => asked).find(({ question }) => question.code === code);
    if (!found) throw new Error(`${code} was not asked`);
    const { question, variant } = found;
    return {
      text: say(aiAdoption, variant?.text ?? question.text, 'en', journey.known),
      labels: question.choices.map((option) => variant?.labels?.[option.code] ?? option.label),
    };
  };

  test.each([
    ['no', 'Does your organisation plan to start using AI?'],
    ['informal', 'Does your organisation plan to agree how AI will be used?'],
    ['stopped', 'Does your organisation plan to use AI again?'],
    ['dk', 'As far as you know, does your organisation plan to use AI?'],
  ])('S3 after S1 "%s" is “%s”', (S1, text) => {
    expect(wordingOf('S3', { S1 }).text).toBe(text);
  });

  const problem = ['Not a problem', 'A small problem', 'A big problem', { en: 'Don’t know' }];
  const worried = ['Not worried', 'A little worried', 'Very worried', { en: 'Don’t know' }];
  test.each([
    [{ S1: 'agreed' }, 'How much of a problem is each of these for you when you use AI?', problem],
    [{ S1: 'no', S3: 'm3' }, 'How worried are you about each of these before you start using AI?', worried],
    [{ S1: 'no', S3: 'none' }, 'If you used AI, how worried would you be about each of these?', worried],
    [{ S1: 'dk', S3: 'm3' }, 'How worried are you about each of these before you start using AI?', worried],
    [{ S1: 'dk', S3: 'dk' }, 'If you used AI, how worried would you be about each of these?', worried],
  ])('C1 after %j is “%s”', (given, text, labels) => {
    expect(wordingOf('C1', given)).toEqual({ text, labels });
  });

  test('the definition of AI stands on the page of S1', () => {
    expect(aiAdoption.pages.filter((page) => page.introduces === 'ai').map((page) => page.code)).toEqual(['s1']);
  });
});

describe('answers that the team should look at', () => {
  test('an adopter who ticks no tool is asked whether that is right; the stage stays, and a flag is set', () => {
    const journey = walkWith(aiAdoption, { ...ENGLAND, S1: 'agreed', T1: ['none'] });
    const page = journey.pages.find(({ page }) => page.code === 't1');
    if (!page) throw new Error('T1 was not asked');
    expect(readPage(page, { T1: ['none'] }, journey.known)).toMatchObject({
      problems: [],
      confirms: [{ question: 'T1', message: 'You said your organisation uses AI. Is that right?' }],
    });
    expect(flagsOf(journey)).toEqual(['STAGE_CHECK']);
    expect(journey.known.variable('stage')).toBe('adopter');
  });

  test('somebody who knows nothing about the digital tools is flagged without being asked', () => {
    expect(flagsOf(walkWith(aiAdoption, { ...ENGLAND, A5: 'none' }))).toEqual(['LOW_KNOWLEDGE']);
    expect(flagsOf(walkWith(aiAdoption, { ...ENGLAND, A5: 'some' }))).toEqual([]);
  });
});

describe('what is worked out', () => {
  test.each(
    [...aiAdoption.file.derived].filter((each) => each.kind === 'groups').map((each) => [each.code, each] as const),
  )('"%s" puts every answer in exactly one group', (_, { of, groups }) => {
    const question = aiAdoption.questions.get(of);
    const all = question ? question.choices : (aiAdoption.derived.get(of)?.categories ?? []);
    const grouped = groups.flatMap((group) => group.options);
    expect(grouped.sort()).toEqual(all.map(({ code }) => code).sort());
  });

  test.each([
    [{ A3: 'england', O5: 'E12000007' }, 'region', 'E12000007'],
    [{ A3: 'england', O5: 'pnts' }, 'region', 'england'],
    [{ A3: 'england', O5: null }, 'region', 'england'],
    [{ A3: 'england', O5: 'E12000007' }, 'nation', 'england'],
    [{ A3: 'ni' }, 'nation', 'ni'],
    [{ S2: 'lt6m' }, 'use_age', 'early'],
    [{ S2: '6to12m' }, 'use_age', 'early'],
    [{ S2: '1to2y' }, 'use_age', 'settled'],
    [{ O3: 's0' }, 'size', 'micro'],
    [{ O3: 's5' }, 'size', 'micro'],
    [{ O3: 's10' }, 'size', 'small'],
    [{ O3: 's50' }, 'size', 'medium'],
    [{ O3: 's250' }, 'size', 'large'],
    [{ O2: 'health' }, 'health_care', 'yes'],
    [{ O2: 'socialcare' }, 'health_care', 'yes'],
    [{ O2: 'arts', O2b: 'yes' }, 'health_care', 'yes'],
    [{ O2: 'arts', O2b: 'dk' }, 'health_care', 'no'],
    [{ T1: ['image', 'code'] }, 't1_content', 'yes'],
    [{ T1: ['code'] }, 't1_content', 'no'],
    [{ T1: null }, 't1_content', undefined],
    [{ C1_privacy: 'some' }, 'c1_raised_privacy', 'yes'],
    [{ C1_privacy: 'dk' }, 'c1_raised_privacy', 'no'],
    [{ C1_privacy: null }, 'c1_raised_privacy', undefined],
    [{ U1: ['tr_data', 'cases'] }, 'u1_training', 'yes'],
    [{ U1: ['cases'] }, 'u1_training', 'no'],
    [{ U1: ['cases'] }, 'u1_any', 'yes'],
    [{ U1: ['none'] }, 'u1_any', 'no'],
    [{ U1: ['dk'] }, 'u1_any', 'no'],
  ])('%j gives %s = %s', (answers: Answers, name, expected) => {
    expect(derive(answers, name)).toBe(expected);
  });

  const rows = [...aiAdoption.file.sections.flatMap(({ pages }) => pages).flatMap(({ questions }) => questions)]
    .flatMap((question) => (question.code === 'C1' && question.type === 'grid' ? question.rows : []))
    .map((row) => `C1_${row.code}`);
  test.each([
    [12, '12'],
    [10, '10'],
    [9, undefined],
  ])('with %i of the 12 rows of C1 answered, all raised, the count is %s', (answered, expected) => {
    const answers = Object.fromEntries(rows.map((field, index) => [field, index < answered ? 'big' : null]));
    expect(rows).toHaveLength(12);
    expect(derive(answers, 'c1_count')).toBe(expected);
  });
});

describe('what may leave', () => {
  const { keys, columns, hierarchies } = aiAdoption.file.disclosure;
  const named = [...keys, ...columns];
  const isOf = (name: string) => variablesOf(aiAdoption).filter((each) => each.name === name || each.question === name);

  test('every name in the lists is a question or a variable of the survey', () => {
    expect([...named, ...Object.keys(hierarchies)].filter((name) => isOf(name).length === 0)).toEqual([]);
    expect(
      Object.values(hierarchies)
        .flat()
        .filter((name) => !aiAdoption.derived.has(name)),
    ).toEqual([]);
  });

  test('a data file carries no more than 8 quasi-identifiers, all of them groups, and the stage is one of them', () => {
    expect(keys).toContain('stage');
    expect(keys.length).toBeLessThanOrEqual(8);
    expect(keys.filter((key) => aiAdoption.questions.has(key))).toEqual([]);
  });

  test.each(['A3', 'A4', 'O1', 'O1b', 'O2', 'O2b', 'O3', 'O4', 'O5', 'O6', 'H1', 'H2', 'H3', 'H4', 'Z1', 'region'])(
    '%s never leaves as it was asked',
    (code) => {
      expect(named).not.toContain(code);
    },
  );

  test('no free text is in the lists, and no quasi-identifier but the keys', () => {
    const roles = columns.flatMap(isOf).filter((each) => each.role === 'quasi' || (each.role === 'text' && !each.part));
    expect(roles).toEqual([]);
  });

  test('every segment of the results is worked out by rule', () => {
    expect(aiAdoption.file.segments.filter((name) => !aiAdoption.derived.has(name))).toEqual([]);
  });
});
