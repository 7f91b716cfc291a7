/** A small made-up survey of clubs, with every kind of column that a data file can be asked for. */

import type { Answers } from '../../../src/questionnaire/answers.ts';
import { getSurvey } from '../../../src/questionnaire/parse.ts';
import type { Survey } from '../../../src/questionnaire/survey.ts';

import { type Snapshot, writeSnapshot } from '../../../src/results/snapshot.ts';

const options = (...codes: string[]) => codes.map((code) => ({ code, label: code[0]?.toUpperCase() + code.slice(1) }));
const single = (code: string, role: string, ...codes: string[]) => ({
  type: 'single',
  code,
  text: `Question ${code}?`,
  role,
  options: options(...codes),
});
const users = { variable: 'stage', is: 'user' };

const CLUBS = {
  survey: 'clubs',
  version: '1.0',
  title: 'A survey of clubs',
  wave: 'Spring 2027',
  information: { version: '1', summary: 'A test.', text: 'A test.', minutes: '1', runBy: 'Test', contact: 'Test' },
  consent: { version: '1', question: 'A1', agree: 'yes' },
  dates: { deleteAfter: '2099-12-31' },
  sections: [
    {
      code: 'all',
      title: 'All',
      pages: [
        {
          questions: [
            {
              ...single('A1', 'plain'),
              options: [
                { code: 'yes', label: 'Yes' },
                { code: 'no', label: 'No', end: 'declined' },
              ],
            },
          ],
        },
        { questions: [single('S1', 'plain', 'yes', 'trial', 'no')] },
        { questions: [single('P1', 'quasi', 'town', 'village', 'farm')] },
        { questions: [single('P2', 'quasi', 's1', 's10', 's100')] },
        {
          questions: [
            {
              type: 'multiple',
              code: 'T1',
              text: 'Which tools, {{S1|if any}}?',
              short: 'Tools',
              role: 'plain',
              when: users,
              options: [...options('text', 'pictures'), { code: 'other', label: 'Other', other: true }],
              dontKnow: true,
            },
          ],
        },
        { questions: [{ ...single('H1', 'sensitive', 'yes', 'no'), preferNotToSay: true }] },
        { questions: [{ ...single('H2', 'plain', 'often', 'seldom'), when: { question: 'H1', is: 'yes' } }] },
        { questions: [{ ...single('V1', 'plain', 'yes', 'no'), when: { question: 'P2', isNot: 's1' } }] },
        {
          questions: [
            {
              type: 'grid',
              code: 'C1',
              text: 'Worries?',
              role: 'plain',
              rows: options('cost', 'law'),
              options: options('none', 'some', 'big'),
            },
          ],
        },
        { questions: [{ type: 'number', code: 'N1', text: 'Members?', role: 'plain', atLeast: 0 }] },
        { questions: [{ type: 'date', code: 'D1', text: 'Since?', role: 'plain' }] },
        { questions: [{ type: 'number', code: 'W1', text: 'Weight?', role: 'weight', atLeast: 0 }] },
        { questions: [single('X1', 'technical', 'yes', 'no')] },
        { questions: [{ type: 'text', code: 'Z1', text: 'Else?', role: 'text', limit: 100 }] },
      ],
    },
  ],
  ends: { declined: { title: 'Thank you', text: 'Nothing was kept.' } },
  stageRule: {
    name: 'rule-1',
    from: ['S1'],
    gives: [{ code: 'stage', label: 'Stage', role: 'quasi', values: options('user', 'other') }],
    rows: [
      { if: { S1: ['yes', 'trial'] }, give: { stage: 'user' } },
      { if: { S1: 'no' }, give: { stage: 'other' } },
      { if: { S1: null }, give: { stage: 'other' } },
    ],
  },
  derived: [
    {
      kind: 'groups',
      code: 'size',
      label: 'Size',
      role: 'quasi',
      of: 'P2',
      groups: [
        { code: 'small', label: 'Small', options: ['s1'] },
        { code: 'middle', label: 'Middle', options: ['s10'] },
        { code: 'large', label: 'Large', options: ['s100'] },
      ],
    },
    {
      kind: 'groups',
      code: 'size_wide',
      label: 'Size, wide',
      role: 'quasi',
      of: 'size',
      groups: [
        { code: 'small', label: 'Small', options: ['small'] },
        { code: 'larger', label: 'Larger', options: ['middle', 'large'] },
      ],
    },
    { kind: 'net', code: 't1_any', label: 'Any tool', role: 'plain', of: 'T1', options: ['text', 'pictures', 'other'] },
    { kind: 'net', code: 'c1_raised', label: 'Raised', role: 'plain', of: 'C1', options: ['some', 'big'] },
    { kind: 'count', code: 'worries', label: 'Worries', role: 'plain', of: 'C1', options: ['some', 'big'] },
  ],
  segments: ['stage', 'size'],
  disclosure: {
    anonymous: true,
    keys: ['stage', 'P1', 'size'],
    columns: ['S1', 'T1', 'H1', 'H2', 'V1', 'C1', 't1_any', 'worries'],
    hierarchies: { size: ['size_wide'] },
  },
};

type Disclosure = Partial<{
  k: number;
  population: number;
  keys: string[];
  columns: string[];
  hierarchies: Record<string, string[]>;
}>;

/** The survey's file as text. */
export function clubsSource(disclosure: Disclosure = {}, more: object = {}): string {
  return JSON.stringify({ ...CLUBS, ...more, disclosure: { ...CLUBS.disclosure, ...disclosure } });
}

export function clubs(disclosure: Disclosure = {}, more: object = {}): Survey {
  return getSurvey(clubsSource(disclosure, more));
}

/** A snapshot of these answers, all of one version. */
export function snapshotOf(survey: Survey, answers: readonly Answers[]): Snapshot {
  const about = { survey: 'clubs', madeOn: '2027-04-01', responses: answers.length };
  const writer = writeSnapshot(new Map([['v', survey]]), about);
  for (const each of answers) writer.add('v', each);
  return writer.finish();
}

/** A user of the town, small, and what else is said. */
export function club(answers: Answers = {}): Answers {
  return {
    A1: 'yes',
    S1: 'yes',
    P1: 'town',
    P2: 's1',
    T1: ['text'],
    H1: 'no',
    C1_cost: 'some',
    C1_law: 'none',
    ...answers,
  };
}

/** Somebody who uses nothing is not asked about tools. */
export function other(answers: Answers = {}): Answers {
  const { T1: _, ...rest } = club({ S1: 'no', ...answers });
  return rest;
}

/** The same so many times. */
export function times<T>(n: number, value: T): T[] {
  return Array.from({ length: n }, () => value);
}

/** Bytes that are as good as random and always the same. */
export function bytes(length: number, seed = 1): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (state * 48271) % 0x7fffffff;
    return state >> 8;
  });
}

/** The survey's sections without a question, as an older version had them. */
export function withoutQuestion(code: string) {
  return CLUBS.sections.map((section) => ({
    ...section,
    pages: section.pages.filter(({ questions }) => questions.every((question) => question.code !== code)),
  }));
}

/** The survey's pages with these questions on two more at the end, and more that is worked out. */
export function clubsPages(first: readonly object[], second: readonly object[], derived: readonly object[] = []) {
  const more = [first, second].flatMap((questions) => (questions.length > 0 ? [{ questions }] : []));
  return {
    sections: CLUBS.sections.map((section) => ({ ...section, pages: [...section.pages, ...more] })),
    derived: [
      ...CLUBS.derived.filter(({ code }) => !derived.some((own) => 'code' in own && own.code === code)),
      ...derived,
    ],
  };
}
