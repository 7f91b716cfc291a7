import { expect, test } from 'vitest';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { gapsIn } from '../../src/release/making/gaps.ts';
import { surveyText } from '../surveys/walks.ts';

const fileWith = (runBy: string, contact: string, citation?: object) => {
  const file = JSON.parse(surveyText('ai-adoption/1.0.json'));
  return getSurvey(JSON.stringify({ ...file, information: { ...file.information, runBy, contact }, citation })).file;
};

test('a survey whose gaps are filled has nothing to say before a release', () => {
  expect(gapsIn(fileWith('The training team', 'Extension 4120'))).toEqual([]);
});

test('each gap that a release would carry is told, with its place', () => {
  expect(gapsIn(fileWith('[name of the team]', 'TBC'))).toEqual([
    'It is cited as by “[name of the team]”, a gap that is still to be filled: "information.runBy" in the survey’s file.',
    'Its README says of who runs the study “[name of the team]”, a gap that is still to be filled: "information.runBy" in the survey’s file.',
    'Its README says of where to ask “TBC”, a gap that is still to be filled: "information.contact" in the survey’s file.',
  ]);
  const citation = { author: 'TBC', publisher: 'TBD' };
  expect(gapsIn(fileWith('The team', 'Extension 4120', citation))).toEqual([
    'It is cited as by “TBC”, a gap that is still to be filled: "citation.author" in the survey’s file.',
    'It is cited as published by “TBD”, a gap that is still to be filled: "citation.publisher" in the survey’s file.',
  ]);
});

test('the flagship has a name to be cited by, and the gaps that its team will fill', () => {
  const { file } = getSurvey(surveyText('ai-adoption/1.0.json'));
  expect(gapsIn(file).map((gap) => gap.slice(0, 12))).toEqual(['Its README s', 'Its README s']);
});
