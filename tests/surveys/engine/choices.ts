import { expect } from 'vitest';
import type { AskedQuestion } from '../../../src/questionnaire/journey.ts';
import { type Response, readVariable, respond } from '../../support/respond.ts';
import type { Rules } from './rule.ts';

function asked(response: Response, code: string): AskedQuestion | undefined {
  return response.journey.pages.flatMap((page) => page.asked).find(({ question }) => question.code === code);
}

const offered = (response: Response, code: string) => asked(response, code)?.offered.map((option) => option.code);

export const choices: Rules = {
  'other-box': (survey) => {
    const { answers } = respond(survey, { A1: 'yes', Q1: 'other', Q1_other: 'teal' });
    expect(answers).toEqual({ A1: 'yes', Q1: ['other'], Q1_other: 'teal' });
    expect(readVariable(survey, answers, 'q1_other_text')).toBe('teal');
    expect(respond(survey, { A1: 'yes', Q1: 'other' }).submission?.answers.Q1_other).toBeNull();
    expect(respond(survey, { A1: 'yes', Q1: 'other', Q1_other: 'orange' }).problems).toEqual([
      'Q1_other: error.too_long',
    ]);
    // What somebody typed is never thrown away unseen: they are asked to tick the option or empty the box.
    expect(respond(survey, { A1: 'yes', Q1: 'red', Q1_other: 'teal' }).problems).toEqual([
      'Q1_other: error.other_needed',
    ]);
  },

  'dont-know': (survey) => {
    const codes = { Q1: 'dk', Q2: 'dk', Q3_x: 'dk', Q4: 'dk', Q5: 'dk', Q6: 'dk', Q7: 'dk', Q8: 'dk' };
    const { answers, blanks } = respond(survey, { A1: 'yes', ...codes });
    expect(answers).toEqual({ A1: 'yes', ...codes, Q2: ['dk'], Q8: ['dk'] });
    expect(blanks).toEqual([]);
    for (const name of ['q1', 'q3_x', 'q4', 'q5', 'q6', 'q7', 'q8_a'])
      expect(readVariable(survey, answers, name), name).toBe('dk');
    expect(readVariable(survey, answers, 'q2_dk')).toBe('yes');
    expect(respond(survey, { A1: 'yes', Q2: ['a', 'dk'] }).problems).toEqual(['Q2: error.exclusive']);
    expect(respond(survey, { A1: 'yes', Q4: ['12', 'dk'] }).problems).toEqual(['Q4: error.number_and_mark']);
  },

  'prefer-not-to-say': (survey) => {
    expect(respond(survey, { A1: 'yes', Q1: 'pnts', Q2: 'pnts' }).answers).toMatchObject({ Q1: 'pnts', Q2: ['pnts'] });
    expect(respond(survey, { A1: 'yes', Q2: ['a', 'pnts'] }).problems).toEqual(['Q2: error.exclusive']);
    expect(respond(survey, { A1: 'yes', Q1: 'dk' }).problems).toEqual(['Q1: error.unknown_option']);
  },

  'options-from': (survey) => {
    const two = respond(survey, { A1: 'yes', Q1: ['speed', 'other'], Q1_other: 'fun', Q2: 'other' });
    expect(offered(two, 'Q2')).toEqual(['speed', 'other', 'dk']);
    expect(two.submission?.answers).toMatchObject({ Q2: 'other' });
    expect(respond(survey, { A1: 'yes', Q1: ['speed', 'other'], Q2: 'dk' }).answers.Q2).toBe('dk');
    expect(respond(survey, { A1: 'yes', Q1: ['speed', 'other'], Q2: 'cost' }).problems).toEqual([
      'Q2: error.unknown_option',
    ]);
    for (const Q1 of [[], ['dk']]) {
      const none = respond(survey, { A1: 'yes', Q1, Q2: 'cost' });
      expect(none.met).not.toContain('Q2');
      expect(readVariable(survey, none.answers, 'q2')).toBe('[notAsked]');
    }
  },

  'options-from-except': (survey) => {
    expect(offered(respond(survey, { A1: 'yes', Q1: ['cost', 'speed', 'other'] }), 'Q2')).toEqual(['cost', 'speed']);
    expect(respond(survey, { A1: 'yes', Q1: ['cost', 'other'] }).journey.filled).toEqual(['Q2']);
  },

  'filled-by-rule': (survey) => {
    const one = respond(survey, { A1: 'yes', Q1: ['cost'], Q2: 'speed', Q3: 'yes' });
    expect(one.met).toEqual(['A1', 'Q1', 'Q3']);
    expect(one.submission).toEqual({
      answers: { A1: 'yes', Q1: ['cost'], Q1_other: null, Q2: 'cost', Q3: 'yes' },
      filled: ['Q2'],
    });
    expect(respond(survey, { A1: 'yes', Q1: ['cost', 'speed'], Q2: 'speed' }).submission?.filled).toEqual([]);
  },

  'filled-when': (survey) => {
    expect(respond(survey, { A1: 'yes', Q1: ['cost'], Q2: 'yes' }).submission?.filled).toEqual(['Q3']);
    const off = respond(survey, { A1: 'yes', Q1: ['cost'], Q2: 'no' });
    expect(off.submission?.filled).toEqual([]);
    expect(off.answers).not.toHaveProperty('Q3');
  },
};
