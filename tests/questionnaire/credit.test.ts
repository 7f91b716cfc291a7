import { expect, test } from 'vitest';
import { creditOf } from '../../src/questionnaire/credit.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { surveyText } from '../surveys/walks.ts';

/** The flagship, run by and cited as this. */
function creditWith(runBy: unknown, citation?: object, languages = ['en']) {
  const file = JSON.parse(surveyText('ai-adoption/1.0.json'));
  const information = { ...file.information, runBy };
  const { file: parsed } = getSurvey(JSON.stringify({ ...file, information, citation, languages }));
  return creditOf(parsed, languages[0] ?? 'en');
}

test('a survey is cited as its file says', () => {
  const citation = { author: 'The choir office.', publisher: 'The press' };
  expect(creditWith('A paragraph. And more.', citation)).toEqual({
    author: 'The choir office',
    publisher: 'The press',
  });
});

test.each([
  ['The training team', 'The training team'],
  ['The training team.', 'The training team'],
  ['The training team. It will put its address here.', 'The training team'],
  ['People of St. Mary’s Ltd. and friends. More.', 'People of St. Mary’s Ltd. and friends'],
  ['Who asks?\nThe team.', 'Who asks?'],
])('without, by the first sentence of who runs it: %s', (runBy, author) => {
  expect(creditWith(runBy)).toEqual({ author, publisher: undefined });
});

test('in the language of the file', () => {
  const citation = { author: { cy: 'Y tîm', en: 'The team' } };
  expect(creditWith('x', citation, ['cy', 'en']).author).toBe('Y tîm');
});
