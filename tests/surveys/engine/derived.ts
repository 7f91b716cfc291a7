import { expect } from 'vitest';
import type { Form } from '../../../src/questionnaire/read-page.ts';
import type { Survey } from '../../../src/questionnaire/survey.ts';
import { variablesOf } from '../../../src/questionnaire/variables.ts';
import { readVariable, respond } from '../../support/respond.ts';
import type { Rules } from './rule.ts';

/** The survey's derived variables, in the file's order, for somebody who answers so. */
function derived(survey: Survey, form: Form): string {
  const { answers } = respond(survey, { A1: 'yes', ...form });
  return [...survey.derived.keys()].map((name) => readVariable(survey, answers, name)).join(' ');
}

export const derivedVariables: Rules = {
  'derived-groups': (survey) => {
    expect(derived(survey, { Q1: 's1' })).toBe('micro known');
    expect(derived(survey, { Q1: 's50' })).toBe('larger known');
    expect(derived(survey, { Q1: 'dk' })).toBe('unknown unknown');
    expect(derived(survey, {})).toBe('[blank] [blank]');
  },

  'derived-bands': (survey) => {
    expect(derived(survey, { Q1: '9.9' })).toBe('low');
    expect(derived(survey, { Q1: '10' })).toBe('middle');
    expect(derived(survey, { Q1: '19.9' })).toBe('middle');
    expect(derived(survey, { Q1: '20' })).toBe('high');
    expect(derived(survey, { Q1: 'dk' })).toBe('dk');
    expect(derived(survey, {})).toBe('[blank]');
  },

  'derived-net': (survey) => {
    expect(derived(survey, { Q1: ['guide', 'money'] })).toBe('yes yes');
    expect(derived(survey, { Q1: 'money' })).toBe('no yes');
    expect(derived(survey, { Q1: 'none' })).toBe('no no');
    expect(derived(survey, { Q1: 'dk' })).toBe('no no');
    expect(derived(survey, {})).toBe('[blank] [blank]');
  },

  'derived-net-grid': (survey) => {
    expect([...survey.derived.keys()]).toEqual(['q1_raised_cost', 'q1_raised_law', 'q1_raised_time']);
    expect(derived(survey, { Q1_cost: 'big', Q1_law: 'no' })).toBe('yes no [blank]');
    const net = variablesOf(survey).find(({ name }) => name === 'q1_raised_law');
    expect(net).toMatchObject({ question: 'Q1', label: 'Law', derived: true });
  },

  'derived-count': (survey) => {
    expect(derived(survey, { Q1_cost: 'big', Q1_law: 'some', Q1_time: 'no', Q2: ['course', 'money'] })).toBe('2 2');
    expect(derived(survey, { Q1_cost: 'big', Q1_law: 'dk', Q2: 'none' })).toBe('1 0');
    expect(derived(survey, { Q1_cost: 'big' })).toBe('[blank] [blank]');
  },

  'derived-when': (survey) => {
    expect(derived(survey, { Q1: ['course', 'money'] })).toBe('yes');
    expect(derived(survey, { Q1: 'course' })).toBe('no');
    expect(derived(survey, {})).toBe('no');
  },

  'derived-cases': (survey) => {
    expect(derived(survey, { Q1: 'yes', Q2: 's1' })).toBe('small_user small_user [blank]');
    expect(derived(survey, { Q1: 'yes', Q2: 's50' })).toBe('user user yes');
    expect(derived(survey, { Q1: 'no' })).toBe('other other [blank]');
    expect(derived(survey, { Q2: 's1' })).toBe('other unknown [blank]');
  },
};
