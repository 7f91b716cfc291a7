import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Condition } from '../../src/questionnaire/definition.ts';
import {
  describeCondition,
  describeUniverse,
  shortCondition,
  shortUniverse,
} from '../../src/questionnaire/describe.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';

const survey = getSurvey(readFileSync(join(import.meta.dirname, '../surveys/right.json'), 'utf8'));

const table: readonly [Condition, string, string][] = [
  [{ question: 'D1', is: 'often' }, 'D1 is often', 'the answer to “Do you drink tea?” is “Often”'],
  [
    { question: 'D1', isAnyOf: ['often', 'tried', 'dk'] },
    'D1 is often, tried or dk',
    'the answer to “Do you drink tea?” is “Often”, “I have tried it” or “Don’t know”',
  ],
  [
    { question: 'D1', isNot: 'never' },
    'D1 is answered and is not never',
    '“Do you drink tea?” is answered, and not with “Never”',
  ],
  [
    { question: 'D1', isNoneOf: ['never', 'dk'], ifBlank: true },
    'D1 is not never or dk',
    'the answer to “Do you drink tea?” is not “Never” or “Don’t know”',
  ],
  [
    { question: 'D1', is: 'never', ifBlank: true },
    'D1 is never or D1 has no answer',
    'the answer to “Do you drink tea?” is “Never” or “Do you drink tea?” has no answer',
  ],
  [
    { question: 'D2', includes: 'coffee' },
    'D2 includes coffee',
    'the answer to “What else do you drink?” includes “Coffee”',
  ],
  [
    { question: 'D2', includesAllOf: ['coffee', 'water'] },
    'D2 includes coffee and water',
    'the answer to “What else do you drink?” includes “Coffee” and “Water”',
  ],
  [
    { question: 'D2', includesNoneOf: ['coffee'] },
    'D2 is answered and does not include coffee',
    '“What else do you drink?” is answered, without “Coffee”',
  ],
  [
    { question: 'D2', count: { atLeast: 2, except: ['none'] } },
    'the number ticked at D2, without none, is 2 or more',
    'the number of answers ticked at “What else do you drink?” (“None of these” not counted) is 2 or more',
  ],
  [
    { question: 'D2', count: { atLeast: 1, atMost: 3 } },
    'the number ticked at D2 is 1 or more and 3 or less',
    'the number of answers ticked at “What else do you drink?” is 1 or more and 3 or less',
  ],
  [
    { question: 'O3', compare: { moreThan: '2.5' } },
    'O3 is more than 2.5',
    'the answer to “How many hours a week are for tea?” is more than 2.5',
  ],
  [
    { question: 'O4', compare: { lessThan: { question: 'O3' } } },
    'O4 is less than O3',
    'the answer to “How many hours a week are for other drinks?” is less than “How many hours a week are for tea?”',
  ],
  [{ question: 'D4', answered: true }, 'D4 is answered', '“You like …. Do you drink it hot?” is answered'],
  [{ question: 'D1', answered: false }, 'D1 has no answer', '“Do you drink tea?” has no answer'],
  [
    { question: 'T1_milk', is: 'yes' },
    'T1_milk is yes',
    'the answer to “How do you like your tea?”, “With milk”, is “I like it”',
  ],
  [{ variable: 'stage', is: 'drinker' }, 'stage is drinker', '“Stage” is “Drinks tea”'],
  [{ question: 'D3', is: 'water' }, 'D3 is water', 'the answer to “Which one most?” is “Water”'],
  [{ question: 'gone', is: 'away' }, 'gone is away', 'the answer to gone is away'],
  [
    {
      all: [
        { question: 'D1', is: 'often' },
        {
          any: [
            { question: 'D2', includes: 'water' },
            { question: 'O1', is: 'bath' },
          ],
        },
      ],
    },
    'D1 is often and (D2 includes water or O1 is bath)',
    'the answer to “Do you drink tea?” is “Often” and (the answer to “What else do you drink?” includes “Water” or the answer to “Where is your team?” is “Bath”)',
  ],
  [{ not: { question: 'D1', is: 'never' } }, 'not (D1 is never)', 'not (the answer to “Do you drink tea?” is “Never”)'],
];

describe('a condition in words', () => {
  test.each(table)('%j', (condition, short, long) => {
    expect(shortCondition(condition)).toBe(short);
    expect(describeCondition(survey, condition, 'en')).toBe(long);
  });

  test('has Welsh between the names, and the survey’s own words where it has no Welsh', () => {
    expect(describeCondition(survey, { question: 'D1', is: 'dk' }, 'cy')).toBe(
      'yr ateb i “Do you drink tea?” yw “Don’t know”',
    );
  });

  test('a group of one says no more than what is in it', () => {
    expect(shortCondition({ all: [{ any: [{ question: 'D1', is: 'often' }] }] })).toBe('D1 is often');
  });

  test('keeps a blank apart from what else has to hold', () => {
    const condition: Condition = {
      all: [
        { question: 'D1', is: 'often', ifBlank: true },
        { question: 'O1', is: 'bath' },
      ],
    };
    expect(shortCondition(condition)).toBe('(D1 is often or D1 has no answer) and O1 is bath');
  });
});

describe('who is asked', () => {
  test('is every condition on the way, together', () => {
    const universe = survey.questions.get('T2')?.universe ?? [];
    expect(shortUniverse(universe)).toBe('stage is drinker and T1_milk is not no');
    expect(describeUniverse(survey, universe, 'en')).toBe(
      '“Stage” is “Drinks tea” and the answer to “How do you like your tea?”, “With milk”, is not “I do not”',
    );
  });

  test.each([
    ['T1', 'the answer to “Use of AI today” is “We use AI, and the organisation has agreed to it”, “We are trying'],
    ['F1', 'the answer to “Use of AI today” is “We used AI before, but we have stopped”, “We do not use AI” or'],
    ['F1', 'and the answer to “Plans for AI” is “Yes, in the next 3 months”, '],
    ['H1', 'the answer to “Main area of work” is “Health care” or “Social care” or the answer to “Also provides'],
  ])('%s is said by the answers that decide it: %s…', (question, words) => {
    const ai = getSurvey(readFileSync(join(import.meta.dirname, '../../surveys/ai-adoption/1.0.json'), 'utf8'));
    const said = describeUniverse(ai, ai.questions.get(question)?.universe ?? [], 'en');
    expect(said).toContain(words);
    expect(said).not.toContain('Block of questions');
  });

  test('is not said where everyone is', () => {
    expect(describeUniverse(survey, [], 'en')).toBeUndefined();
    expect(shortUniverse([])).toBe('always');
  });
});
