/** What is made of an answer of the network tier, by examples. */
import { describe, expect, test } from 'vitest';
import { widthOf, wrap } from '../../../src/questionnaire/picture/wrap.ts';
import type { Answer } from '../../../src/release/network/told.ts';
import { tableOfTold } from '../../../src/release/network/told-table.ts';
import { EVERYTHING, queryOf, readSelection } from '../../../src/release/research/selection.ts';
import { showAnswer } from '../../../src/release/research/shown.ts';

const POLICY = { base: 10, cell: 5 };

type Row = Answer['table']['groups'][number]['rows'][number];

const shown = (n: number, base: number) => ({ state: 'shown' as const, n, base });

/** A row of a question with these counts. */
function rowOf(name: string, ...counts: number[]): Row {
  const base = counts.reduce((sum, n) => sum + n, 0);
  return {
    name,
    label: name,
    base,
    ...(base === 0 && { none: 'not asked' as const }),
    figures: counts.map((n) => shown(n, base)),
  };
}

function answerOf(
  kind: Answer['about']['kind'],
  codes: readonly string[],
  groups: readonly { code?: string; rows: readonly Row[]; nets?: Answer['table']['groups'][number]['nets'] }[],
  nets: readonly string[] = [],
): Answer {
  return {
    release: 2,
    madeOn: '2027-05-01',
    synthetic: true,
    about: {
      kind,
      label: 'A question',
      section: 'All',
      makes: [],
      put: [{ language: 'en', wordings: ['A question?'], options: [], rows: [] }],
    },
    table: {
      question: 'Q1',
      label: 'A question',
      collapsed: false,
      answers: codes.map((code) => ({ code, label: code })),
      nets: nets.map((code) => ({ code, label: code, dontKnow: false })),
      people: 100,
      groups: groups.map(({ code = '', rows, nets: own = [] }) => ({
        code,
        label: code,
        people: 50,
        rows: [...rows],
        nets: [...own],
      })),
    },
  };
}

describe('a told table', () => {
  test('has a line for each option of a tick list, where all have one base', () => {
    const answer = answerOf('list', ['no', 'yes'], [{ rows: [rowOf('q1_a', 30, 20), rowOf('q1_b', 45, 5)] }]);
    const { kind, rows, options, overall } = tableOfTold(answer, undefined);
    expect([kind, rows.length, options.map(({ code }) => code)]).toEqual(['list', 1, ['a', 'b']]);
    expect(overall?.rows).toEqual([{ base: 50, counts: [20, 5], nets: [] }]);
  });

  test('has a row for each option, where one is known of fewer', () => {
    const answer = answerOf('list', ['no', 'yes'], [{ rows: [rowOf('q1_a', 30, 20), rowOf('q1_b', 35, 5)] }]);
    const { kind, rows, overall } = tableOfTold(answer, undefined);
    expect([kind, rows.map(({ variable }) => variable)]).toEqual(['grid', ['q1_a', 'q1_b']]);
    expect(overall?.rows.map(({ base }) => base)).toEqual([50, 40]);
  });

  test('hides what is taken together where it is told on another base (T6)', () => {
    const told = (base: number) =>
      tableOfTold(
        answerOf('list', ['no', 'yes'], [{ rows: [rowOf('q1_a', 30, 20)], nets: [[shown(20, base)]] }], ['any']),
        undefined,
      ).overall?.rows[0]?.nets;
    expect(told(50)).toEqual([20]);
    expect(told(49)).toEqual([null]);
  });
});

describe('leaving out "don’t know"', () => {
  const out = { ...EVERYTHING, dontKnowOut: true };
  const codes = ['yes', 'no', 'dk'];

  test('takes it out of the base', () => {
    const { dontKnow, groups, table } = showAnswer(
      answerOf('choice', codes, [{ rows: [rowOf('q1', 20, 20, 10)] }]),
      out,
      POLICY,
    );
    expect([dontKnow, groups[0]?.rows[0]?.base, table.options.length]).toEqual(['out', 40, 2]);
  });

  test('is not done where that leaves too few in one of the groups', () => {
    const groups = [
      { code: 'north', rows: [rowOf('q1', 20, 20, 10)] },
      { code: 'south', rows: [rowOf('q1', 5, 0, 45)] },
    ];
    const kept = showAnswer(answerOf('choice', codes, groups), { ...out, by: 'k1' }, POLICY);
    expect([kept.dontKnow, kept.groups.map(({ rows }) => rows[0]?.base)]).toEqual(['few', [50, 50]]);
  });

  test('does not stop at a group in which nobody was asked', () => {
    const groups = [
      { code: 'north', rows: [rowOf('q1', 20, 20, 10)] },
      { code: 'south', rows: [rowOf('q1', 0, 0, 0)] },
    ];
    const left = showAnswer(answerOf('choice', codes, groups), { ...out, by: 'k1' }, POLICY);
    expect([left.dontKnow, left.groups.map(({ code }) => code)]).toEqual(['out', ['north']]);
    expect(left.silent).toEqual(['south: none of them was asked this.']);
  });

  test('is nothing to choose where it is no answer', () => {
    const answer = answerOf('choice', ['yes', 'no'], [{ rows: [rowOf('q1', 20, 20)] }]);
    expect(showAnswer(answer, out, POLICY).dontKnow).toBe('none');
  });
});

describe('an address', () => {
  test.each([
    ['', EVERYTHING],
    ['?by=k1', { ...EVERYTHING, by: 'k1' }],
    ['?where_size=micro&where_size=small', { ...EVERYTHING, where: { size: ['micro', 'small'] } }],
    [
      '?by=k1&dontknow=out&weights=off&sort=north&order=up',
      { where: {}, by: 'k1', dontKnowOut: true, weightsOff: true, sort: { by: 'north', up: true } },
    ],
  ])('%s is read as it is written', (query, selection) => {
    expect(queryOf(selection)).toBe(query);
    const given: Record<string, string | string[]> = {};
    for (const [name, value] of new URLSearchParams(query)) {
      const before = given[name];
      given[name] = before === undefined ? value : [...[before].flat(), value];
    }
    expect(readSelection(given)).toEqual(selection);
  });

  test.each([{ by: ['k1', 'k2'] }, { dontknow: 'maybe' }, { where_: 'x' }, { where_size: [] }, { order: 'sideways' }])(
    '%j is none that a page makes',
    (query) => expect(readSelection(query)).toBeUndefined(),
  );
});

describe('words in a picture', () => {
  test('break into lines that fit, whatever stands in them', () => {
    const text = 'Knowing whether it is worth the time – and-a-word-that-is-much-too-long-for-any-line-of-this-picture';
    const lines = wrap(text, 15, 200);
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(widthOf(line, 15)).toBeLessThanOrEqual(200);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });
});
