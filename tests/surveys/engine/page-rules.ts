import { expect } from 'vitest';
import { flagsOf } from '../../../src/questionnaire/journey.ts';
import { respond } from '../../support/respond.ts';
import type { Rules } from './rule.ts';

export const pageRules: Rules = {
  required: (survey) => {
    expect(respond(survey, { A1: 'yes', Q3_y: 'a', Q4: '  ' }).problems).toEqual([
      'Q1: error.required_single',
      'Q2: error.required_multiple',
      'Q3_x: error.required_grid_row',
      'Q4: error.required',
    ]);
    expect(respond(survey, { A1: 'yes', Q1: 'no', Q2: 'a', Q3_x: 'b', Q3_y: 'a', Q4: 'x' }).submission).toBeDefined();
    expect(respond(survey, {}).problems).toEqual(['A1: error.required_single']);
  },

  'soft-prompt': (survey) => {
    const response = respond(survey, { A1: 'yes', Q2_x: 'a', Q3: 'yes' });
    expect(response.blanks).toEqual(['Q1', 'Q2_y']);
    expect(response.submission?.answers).toEqual({ A1: 'yes', Q1: null, Q2_x: 'a', Q2_y: null, Q3: 'yes' });
  },

  confirm: (survey) => {
    const unlikely = respond(survey, { A1: 'yes', Q1: 'yes', Q2: 'none' });
    expect(unlikely.confirms).toEqual(['Q2']);
    expect(unlikely.submission?.answers.Q2).toEqual(['none']);
    expect(flagsOf(unlikely.journey)).toEqual(['USE_CHECK']);
    for (const [Q1, Q2] of [
      ['no', 'none'],
      ['yes', 'pen'],
    ] as const) {
      const likely = respond(survey, { A1: 'yes', Q1, Q2 });
      expect([likely.confirms, flagsOf(likely.journey)]).toEqual([[], []]);
    }
  },

  flags: (survey) => {
    const flagged = respond(survey, { A1: 'yes', Q1: 'none' });
    expect([flagged.confirms, flagsOf(flagged.journey)]).toEqual([[], ['KNOWS_LITTLE']]);
    expect(flagsOf(respond(survey, { A1: 'yes', Q1: 'lot' }).journey)).toEqual([]);
  },

  'sum-rule': (survey) => {
    const problems = (Q1: string, Q2: string, Q3: string) => respond(survey, { A1: 'yes', Q1, Q2, Q3 }).problems;
    expect(problems('10', '6', '4')).toEqual([]);
    expect(problems('10', '6', '5')).toEqual(['Q3: error.rule']);
    // With a part blank or not known there is nothing to add up, and with no total nothing to compare with.
    expect(problems('10', '', '5')).toEqual([]);
    expect(problems('10', 'dk', '5')).toEqual([]);
    expect(problems('', '6', '5')).toEqual([]);
  },

  'refuse-rule': (survey) => {
    const problems = (Q1: string, Q2: string) => respond(survey, { A1: 'yes', Q1, Q2 }).problems;
    expect(problems('2026-03-01', '2026-02-28')).toEqual(['Q2: error.rule']);
    expect(problems('2026-03-01', '2026-03-01')).toEqual([]);
    expect(problems('2026-03-01', '')).toEqual([]);
    // The page's own fields come first: a rule across answers is looked at when each answer can be read.
    expect(problems('2026-03-01', '2026-02-30')).toEqual(['Q2: error.not_date']);
  },

  'rule-rests': (survey) => {
    expect(respond(survey, { A1: 'yes', Q1: ['cost', 'speed'], Q2: 'cost' }).problems).toEqual(['Q2: error.rule']);
    expect(respond(survey, { A1: 'yes', Q1: ['cost'] }).submission?.filled).toEqual(['Q2']);
  },
};
