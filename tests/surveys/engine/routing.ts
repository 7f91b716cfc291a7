import { expect } from 'vitest';
import { findPlace, journeyOf } from '../../../src/questionnaire/journey.ts';
import { readVariable, respond } from '../../support/respond.ts';
import type { Rules } from './rule.ts';

export const routing: Rules = {
  'question-when': (survey) => {
    expect(respond(survey, { A1: 'yes', Q1: 'yes' }).met).toEqual(['A1', 'Q1', 'Q2', 'Q3']);
    const no = respond(survey, { A1: 'yes', Q1: 'no', Q2: 'yes' });
    expect(no.met).toEqual(['A1', 'Q1', 'Q3']);
    expect(no.answers).not.toHaveProperty('Q2');
    expect(readVariable(survey, no.answers, 'q2')).toBe('[notAsked]');
  },

  'page-when': (survey) => {
    expect(respond(survey, { A1: 'yes', Q1: 'yes' }).met).toEqual(['A1', 'Q1', 'Q2']);
    expect(respond(survey, { A1: 'yes', Q1: 'no' }).met).toEqual(['A1', 'Q1']);
    const place = (draft: Record<string, string | null>) => findPlace(survey, journeyOf(survey, draft), 'q2').at;
    expect(place({ A1: 'yes' })).toBe('not reached');
    expect(place({ A1: 'yes', Q1: 'no' })).toBe('off the path');
    expect(place({ A1: 'yes', Q1: 'yes' })).toBe('here');
  },

  'section-when': (survey) => {
    expect(respond(survey, { A1: 'yes', Q1: 'no', Q2: 'yes' }).met).toEqual(['A1', 'Q1']);
    expect(respond(survey, { A1: 'yes', Q1: 'yes' }).met).toEqual(['A1', 'Q1', 'Q2']);
    expect(respond(survey, { A1: 'yes', Q1: 'yes', Q2: 'no' }).met).toEqual(['A1', 'Q1', 'Q2', 'Q3']);
    const place = (draft: Record<string, string | null>) => findPlace(survey, journeyOf(survey, draft), 'q3').at;
    expect(place({ A1: 'yes', Q1: 'yes' })).toBe('not reached');
    expect(place({ A1: 'yes', Q1: 'no' })).toBe('off the path');
  },

  'section-intro': (survey) => {
    const opening = (Q1: string) =>
      respond(survey, { A1: 'yes', Q1 })
        .journey.pages.filter(({ opens }) => opens)
        .map(({ page }) => page.code);
    expect(opening('yes')).toEqual(['a1', 'q1', 'q2']);
    expect(opening('no')).toEqual(['a1', 'q1', 'q3']);
  },

  'condition-on-blank': (survey) => {
    expect(respond(survey, { A1: 'yes', Q1: 'yes' }).met).toEqual(['A1', 'Q1']);
    expect(respond(survey, { A1: 'yes', Q1: 'no' }).met).toEqual(['A1', 'Q1', 'Q2', 'Q3', 'Q4']);
    expect(respond(survey, { A1: 'yes' }).met).toEqual(['A1', 'Q1', 'Q3', 'Q4', 'Q5']);
  },

  'stage-rule': (survey) => {
    const stage = (Q1: string, Q2?: string) => {
      const { answers } = respond(survey, { A1: 'yes', Q1, Q2 });
      return `${readVariable(survey, answers, 'stage')} ${readVariable(survey, answers, 'stage_detail')}`;
    };
    expect(stage('yes')).toBe('adopter uses');
    expect(stage('yes', 'never')).toBe('adopter uses');
    expect(stage('no', 'soon')).toBe('future plans');
    expect(stage('no', 'later')).toBe('future plans');
    expect(stage('no', 'never')).toBe('non undecided');
    expect(stage('no')).toBe('non unknown');
    expect(readVariable(survey, { A1: 'yes' }, 'stage')).toBe('[notAsked]');
  },

  'shown-by-stage': (survey) => {
    expect(respond(survey, { A1: 'yes', Q1: 'yes' }).met).toContain('Q3');
    expect(respond(survey, { A1: 'yes', Q1: 'no', Q2: 'soon' }).met).toContain('Q3');
    expect(respond(survey, { A1: 'yes', Q1: 'no', Q2: 'never' }).met).not.toContain('Q3');
  },

  ends: (survey) => {
    const ended = respond(survey, { A1: 'yes', Q1: 'elsewhere', Q2: 'yes' });
    expect(ended.journey.end).toBe('not-eligible');
    expect(ended.met).toEqual(['A1', 'Q1']);
    expect(ended.submission).toBeUndefined();
    expect(respond(survey, { A1: 'no' }).journey.end).toBe('declined');
    expect(respond(survey, { A1: 'yes', Q1: 'here' }).submission).toBeDefined();
  },

  'repeat-page': (survey) => {
    expect(survey.pages.map((page) => page.code)).toEqual(['a1', 'q1', 'q2-pen', 'q2-chalk']);
    const response = respond(survey, { A1: 'yes', Q1: ['chalk', 'ink'], Q2_pen: '9', Q2_chalk: '3', Q3_chalk: '1' });
    expect(response.met).toEqual(['A1', 'Q1', 'Q2_chalk', 'Q3_chalk']);
    expect(response.answers).toEqual({ A1: 'yes', Q1: ['chalk', 'ink'], Q2_chalk: '3', Q3_chalk: '1' });
    expect(survey.questions.get('Q2_chalk')?.text).toBe('How many of Chalk?');
    expect(survey.pages[3]?.title).toBe('About Chalk');
    const broken = respond(survey, { A1: 'yes', Q1: ['pen'], Q2_pen: '3', Q3_pen: '4' });
    expect(broken.problems).toEqual(['Q3_pen: error.rule']);
    expect(respond(survey, { A1: 'yes', Q1: 'none' }).met).toEqual(['A1', 'Q1']);
  },
};
