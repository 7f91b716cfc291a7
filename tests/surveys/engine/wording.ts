import { expect } from 'vitest';
import type { Survey } from '../../../src/questionnaire/survey.ts';
import { inLanguage, say } from '../../../src/questionnaire/text.ts';
import { type Response, respond } from '../../support/respond.ts';
import type { Rules } from './rule.ts';

/** The wording of a question as this respondent meets it. */
function wording(survey: Survey, response: Response, code: string, language = 'en'): string {
  const asked = response.journey.pages.flatMap((page) => page.asked).find(({ question }) => question.code === code);
  const text = asked?.variant?.text ?? asked?.question.text;
  return text === undefined ? '' : say(survey, text, language, response.journey.known);
}

export const wordings: Rules = {
  'wording-variant': (survey) => {
    const worded = (Q1: string) => wording(survey, respond(survey, { A1: 'yes', Q1 }), 'Q2');
    expect(worded('yes')).toBe('Will you go on?');
    expect(worded('no')).toBe('Will you begin?');
    expect(worded('')).toBe('Will you start?');
  },

  'scale-labels': (survey) => {
    const labels = (Q1: string) =>
      respond(survey, { A1: 'yes', Q1 })
        .journey.pages.flatMap((page) => page.asked)
        .at(-1)?.variant?.labels;
    expect(labels('no')).toEqual({ no: 'Not worried', big: 'Very worried' });
    expect(labels('yes')).toBeUndefined();
    expect(respond(survey, { A1: 'yes', Q1: 'no', Q2_cost: 'big' }).answers.Q2_cost).toBe('big');
  },

  piping: (survey) => {
    const worded = (form: Record<string, string | string[]>) =>
      wording(survey, respond(survey, { A1: 'yes', ...form }), 'Q4');
    expect(worded({ Q1: ['ink', 'pen', 'chalk'], Q2: '3', Q3: 'a <b>shop</b> {{Q1}}' })).toBe(
      'You said Pen, Chalk and Ink, 3 of them, from a <b>shop</b> {{Q1}}. Is that right?',
    );
    expect(worded({ Q2: 'dk' })).toBe('You said no tool, Don’t know of them, from someone. Is that right?');
    expect(worded({})).toBe('You said no tool, some of them, from someone. Is that right?');
  },

  languages: (survey) => {
    const response = respond(survey, { A1: 'yes', Q1: ['a', 'b'] });
    expect(wording(survey, response, 'Q1', 'cy')).toBe('Pa un?');
    expect(wording(survey, response, 'Q1', 'fr')).toBe('Which?');
    expect(wording(survey, response, 'Q2', 'cy')).toBe('Only in English, Un a Dau?');
    const marked = survey.questions.get('Q1')?.choices.find((option) => option.code === 'dk');
    expect(marked && inLanguage(marked.label, 'cy', 'en')).toBe('Ddim yn gwybod');
  },

  definitions: (survey) => {
    expect(survey.pages.map((page) => page.introduces)).toEqual([undefined, 'ai']);
    expect(survey.file.definitions.map((each) => each.code)).toEqual(['ai']);
  },
};
