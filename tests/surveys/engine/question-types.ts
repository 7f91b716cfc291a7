import { expect } from 'vitest';
import type { Survey } from '../../../src/questionnaire/survey.ts';
import { readVariable, respond } from '../../support/respond.ts';
import type { Rules } from './rule.ts';

/** What is kept when Q1 is answered so: the answer, or the problems it met. */
function kept(survey: Survey, Q1: string | readonly string[]): unknown {
  const { answers, problems } = respond(survey, { A1: 'yes', Q1 });
  return problems.length > 0 ? problems.join() : answers.Q1;
}

export const questionTypes: Rules = {
  single: (survey) => {
    expect(kept(survey, 'red')).toBe('red');
    expect(kept(survey, '')).toBeNull();
    expect(kept(survey, 'purple')).toBe('Q1: error.unknown_option');
    expect(kept(survey, ['red', 'blue'])).toBe('Q1: error.one_value');
  },

  multiple: (survey) => {
    expect(kept(survey, ['green', 'red', 'red'])).toEqual(['red', 'green']);
    expect(kept(survey, 'blue')).toEqual(['blue']);
    expect(kept(survey, [])).toBeNull();
    expect(kept(survey, ['red', 'purple'])).toBe('Q1: error.unknown_option');
    const { answers } = respond(survey, { A1: 'yes', Q1: ['green'] });
    expect(['q1_red', 'q1_blue', 'q1_green'].map((name) => readVariable(survey, answers, name))).toEqual([
      'no',
      'no',
      'yes',
    ]);
  },

  exclusive: (survey) => {
    expect(kept(survey, 'none')).toEqual(['none']);
    expect(kept(survey, ['red', 'none'])).toBe('Q1: error.exclusive');
  },

  'at-most': (survey) => {
    expect(kept(survey, ['red', 'green'])).toEqual(['red', 'green']);
    expect(kept(survey, ['red', 'blue', 'green'])).toBe('Q1: error.at_most');
  },

  grid: (survey) => {
    const { answers, submission } = respond(survey, { A1: 'yes', Q1_tea: 'lot' });
    expect(answers).toEqual({ A1: 'yes', Q1_tea: 'lot', Q1_milk: null });
    expect(readVariable(survey, answers, 'q1_tea')).toBe('lot');
    expect(readVariable(survey, answers, 'q1_milk')).toBe('[blank]');
    expect(submission).toBeDefined();
    expect(respond(survey, { A1: 'yes', Q1_tea: 'huge' }).problems).toEqual(['Q1_tea: error.unknown_option']);
  },

  'number-whole': (survey) => {
    expect(kept(survey, ' 1,250 ')).toBe('1250');
    expect(kept(survey, '007')).toBe('7');
    expect(kept(survey, '-3')).toBe('Q1: error.at_least');
    expect(kept(survey, '+3')).toBe('3');
    expect(kept(survey, '1 250 000')).toBe('1250000');
    expect(kept(survey, '2.5')).toBe('Q1: error.whole_number');
    expect(kept(survey, '2.0')).toBe('2');
    for (const typed of ['twelve', '1e3', '0x10', '--1', '1,5', '12,34,567', '1 2', 'Infinity', '9'.repeat(19)]) {
      expect(kept(survey, typed), typed).toBe('Q1: error.not_number');
    }
  },

  'number-decimal': (survey) => {
    expect(kept(survey, '£1,250.50')).toBe('1250.5');
    expect(kept(survey, '.5')).toBe('0.5');
    expect(kept(survey, '-0')).toBe('0');
    expect(kept(survey, '1.500')).toBe('1.5');
    expect(kept(survey, '1.505')).toBe('Q1: error.decimals');
  },

  'number-range': (survey) => {
    expect([1, 10].map((number) => kept(survey, String(number)))).toEqual(['1', '10']);
    expect(kept(survey, '0')).toBe('Q1: error.at_least');
    expect(kept(survey, '11')).toBe('Q1: error.at_most_number');
  },

  'number-exact': (survey) => {
    const exact = respond(survey, { A1: 'yes', Q1: '0.1', Q2: '0.2' });
    expect(exact.problems).toEqual([]);
    expect(exact.met).toContain('Q3');
    expect(respond(survey, { A1: 'yes', Q1: '0.2', Q2: '0.1' }).met).not.toContain('Q3');
    expect(respond(survey, { A1: 'yes', Q1: '0.1', Q2: '0.3' }).problems).toEqual(['Q2: error.rule']);
  },

  'text-limit': (survey) => {
    expect(kept(survey, 'hello')).toBe('hello');
    expect(kept(survey, '😀😀😀😀😀')).toBe('😀😀😀😀😀');
    expect(kept(survey, 'a\r\nb\r\nc')).toBe('a\r\nb\r\nc');
    expect(kept(survey, 'hello!')).toBe('Q1: error.too_long');
    expect(kept(survey, '   ')).toBeNull();
    expect(kept(survey, 'a\u0000b')).toBe('Q1: error.bad_text');
    expect(kept(survey, 'a\uD800b')).toBe('Q1: error.bad_text');
  },

  date: (survey) => {
    const typed = (day: string, month: string, year: string) =>
      respond(survey, { A1: 'yes', Q1_day: day, Q1_month: month, Q1_year: year });
    expect(typed('3', '2', '2026').answers.Q1).toBe('2026-02-03');
    expect(typed(' 29 ', '02', '2028').answers.Q1).toBe('2028-02-29');
    expect(typed('', '', '').answers.Q1).toBeNull();
    expect(kept(survey, '2026-12-31')).toBe('2026-12-31');
    expect(kept(survey, 'dk')).toBe('dk');
    for (const [day, month, year] of [
      ['29', '2', '2026'],
      ['29', '2', '2100'],
      ['31', '4', '2026'],
      ['0', '1', '2026'],
      ['1', '13', '2026'],
      ['1', '1', '26'],
      ['1', '', '2026'],
    ] as const) {
      expect(typed(day, month, year).problems, `${day} ${month} ${year}`).toEqual(['Q1: error.not_date']);
    }
    expect(respond(survey, { A1: 'yes', Q1: 'dk', Q1_day: '3' }).problems).toEqual(['Q1: error.number_and_mark']);
    expect(kept(survey, ['2026-12-31', '2026-12-30'])).toBe('Q1: error.one_value');
  },

  'date-range': (survey) => {
    expect(['2026-01-31', '2026-12-31'].map((day) => kept(survey, day))).toEqual(['2026-01-31', '2026-12-31']);
    expect(kept(survey, '2026-01-30')).toBe('Q1: error.date_at_least');
    expect(kept(survey, '2027-01-01')).toBe('Q1: error.date_at_most');
  },

  scale: (survey) => {
    expect(['0', '10', 'dk'].map((point) => kept(survey, point))).toEqual(['0', '10', 'dk']);
    for (const point of ['-1', '11', '5.0', '05']) expect(kept(survey, point), point).toBe('Q1: error.unknown_option');
  },

  dropdown: (survey) => {
    expect(kept(survey, 'c')).toBe('c');
    expect(kept(survey, 'e')).toBe('Q1: error.unknown_option');
  },

  ranking: (survey) => {
    const ranks = (cost: string, speed: string, trust: string) =>
      respond(survey, { A1: 'yes', Q1_cost: cost, Q1_speed: speed, Q1_trust: trust });
    const { answers } = ranks('2', '3', '1');
    expect(answers.Q1).toEqual(['trust', 'cost', 'speed']);
    expect(['q1_cost', 'q1_speed', 'q1_trust'].map((name) => readVariable(survey, answers, name))).toEqual([
      '2',
      '3',
      '1',
    ]);
    expect(ranks('', '1', '').answers.Q1).toEqual(['speed']);
    expect(readVariable(survey, ranks('', '1', '').answers, 'q1_cost')).toBe('unranked');
    expect(kept(survey, ['speed', 'cost'])).toEqual(['speed', 'cost']);
    expect(kept(survey, ['speed', 'speed'])).toBe('Q1: error.rank_twice');
    expect(ranks('1', '1', '').problems).toEqual(['Q1: error.rank_twice']);
    for (const [cost, speed] of [
      ['1', '3'],
      ['0', '1'],
      ['first', '2'],
    ] as const)
      expect(ranks(cost, speed, '').problems).toEqual(['Q1: error.rank_range']);
    expect(kept(survey, ['dk', 'cost'])).toBe('Q1: error.exclusive');
    expect(respond(survey, { A1: 'yes', Q1: 'dk', Q1_cost: '1' }).problems).toEqual(['Q1: error.number_and_mark']);
    expect(respond(survey, { A1: 'yes', Q1_dk: '1' }).answers.Q1).toBeNull();
  },

  'ranking-at-most': (survey) => {
    expect(kept(survey, ['trust', 'cost'])).toEqual(['trust', 'cost']);
    expect(kept(survey, ['trust', 'cost', 'speed'])).toBe('Q1: error.at_most');
  },
};
