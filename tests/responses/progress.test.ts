/** Where saving and Back lead, and what is asked about before a page is kept. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { journeyOf } from '../../src/questionnaire/journey.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { type Form, readPage } from '../../src/questionnaire/read-page.ts';
import {
  addressAfter,
  addressBefore,
  keptForLater,
  knownBefore,
  nextAddress,
  pauseOver,
  problemsIn,
  progressOf,
} from '../../src/responses/progress.ts';

const survey = getSurvey(readFileSync(new URL('../../surveys/ai-adoption/1.0.json', import.meta.url), 'utf8'));
const HOME = '/surveys/ai-adoption';

const opening: Answers = { A1: 'yes', A2: 'yes', A3: 'wales', A4: null, A4_other: null, A5: 'lot' };
const atS1 = journeyOf(survey, opening);

function stopAt(draft: Answers, code: string) {
  const journey = journeyOf(survey, draft);
  const page = journey.pages.find((each) => each.page.code === code);
  if (!page) throw new Error(`${code} is not on the path`);
  return { journey, page, read: (form: Form) => readPage(page, form, knownBefore(survey, journey, page)) };
}

describe('where to go', () => {
  test.each([
    ['nothing answered', {}, HOME],
    ['consent given', { A1: 'yes' }, `${HOME}/answer/a2`],
    ['up to the stage question', opening, `${HOME}/answer/s1`],
    ['an end', { A1: 'yes', A2: 'no' }, `${HOME}/check`],
  ])('%s', (_, draft, address) => {
    expect(nextAddress(survey, journeyOf(survey, draft))).toBe(address);
  });

  test.each([
    ['the first page on, one by one, though they were answered', 'a2', false, `${HOME}/answer/a3`],
    ['the last answered page leads to the open one', 'a4', false, `${HOME}/answer/s1`],
    ['from the check the open page comes first', 'a2', true, `${HOME}/answer/s1?from=check`],
  ])('%s', (_, code, fromCheck, address) => {
    expect(addressAfter(survey, atS1, code, fromCheck)).toBe(address);
  });

  test('from the check, with nothing open, back to the check', () => {
    const ended = journeyOf(survey, { A1: 'yes', A2: 'no' });
    expect(addressAfter(survey, ended, 'a2', true)).toBe(`${HOME}/check`);
    expect(addressBefore(survey, ended, undefined, true)).toBe(`${HOME}/check`);
  });

  test('Back leads to the page before, and from the first page to the information', () => {
    const [first, second] = atS1.pages;
    expect(addressBefore(survey, atS1, second, false)).toBe(`${HOME}/answer/a2`);
    expect(addressBefore(survey, atS1, second, true)).toBe(`${HOME}/answer/a2?from=check`);
    expect(addressBefore(survey, atS1, first, true)).toBe(HOME);
  });

  test('progress counts the sections on the path as it looks now', () => {
    const { journey, page } = stopAt(opening, 's1');
    expect(progressOf(journey, page)).toEqual({ n: 2, total: 7 });
    const adopter = stopAt({ ...opening, S1: 'agreed', S2: 'lt6m' }, 'o1');
    expect(progressOf(adopter.journey, adopter.page)).toEqual({ n: 3, total: 8 });
  });
});

describe('what is asked about', () => {
  const { page, read } = stopAt({ A1: 'yes', A2: 'yes', A3: 'wales' }, 'a4');

  test.each<[string, Form, Answers, string[]]>([
    ['both, when both are blank for the first time', {}, {}, ['A4', 'A5']],
    ['only what is blank', { A4: 'board' }, {}, ['A5']],
    ['nothing, when all is answered', { A4: 'board', A5: 'lot' }, {}, []],
    ['nothing, when it was left blank before', {}, { A4: null, A5: null }, []],
    ['what was answered before and is blank now', {}, { A4: 'board', A5: null }, ['A4']],
  ])('%s', (_, form, draft, blanks) => {
    expect(pauseOver(page, read(form), draft)?.blanks.map(({ field }) => field) ?? []).toEqual(blanks);
  });

  test('an odd answer, until it has been kept once', () => {
    const t1 = stopAt({ ...opening, ...adopterUpToT1() }, 't1');
    const none = t1.read({ T1: 'none' });
    expect(pauseOver(t1.page, none, {})?.confirms).toHaveLength(1);
    expect(pauseOver(t1.page, none, { T1: ['text'] })?.confirms).toHaveLength(1);
    expect(pauseOver(t1.page, none, { T1: ['none'] })).toBeUndefined();
  });
});

/** Answers of an adopter outside health and care, from the stage question up to the first page about tools. */
function adopterUpToT1(): Answers {
  const blank = Object.fromEntries(
    ['O1_other', 'O2_other', 'O3', 'O4', 'O6', 'O7', 'O8'].map((field) => [field, null]),
  );
  return { S1: 'agreed', S2: null, O1: 'cic', O1b: 'no', O2: 'arts', O2b: 'no', ...blank };
}

describe('save and come back later', () => {
  const { read } = stopAt({ A1: 'yes', A2: 'yes', A3: 'wales' }, 'a4');

  test.each<[string, Form, Answers, Answers]>([
    ['keeps what is filled in', { A4: 'other', A4_other: 'Chair' }, {}, { A4: 'other', A4_other: 'Chair' }],
    ['keeps nothing of an untouched page', {}, {}, {}],
    ['takes out what was emptied', { A5: 'lot' }, { A4: 'board', A4_other: null, A5: 'some' }, { A4: null, A5: 'lot' }],
    ['leaves a blank that was left before', {}, { A4: null, A4_other: null, A5: null }, {}],
  ])('%s', (_, form, draft, kept) => {
    expect(keptForLater(read(form), draft)).toEqual(kept);
  });

  test('does not ask for what is missing, but for what cannot be kept', () => {
    const s1 = stopAt(opening, 's1');
    expect(problemsIn(s1.read({}), false)).toHaveLength(1);
    expect(problemsIn(s1.read({}), true)).toEqual([]);
    expect(problemsIn(s1.read({ S1: 'nonsense' }), true)).toHaveLength(1);
  });
});
