import { expect, test } from 'vitest';
import { optionCode, placeCode, questionCode, variableCode } from '../../src/questionnaire/definition/codes.ts';

test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])('%s is no code: every object has one', (code) => {
  for (const schema of [questionCode, optionCode, placeCode, variableCode])
    expect(schema.safeParse(code).success).toBe(false);
});

test('codes of one word are codes', () => {
  expect(questionCode.parse('Q1')).toBe('Q1');
  expect(optionCode.parse('E12000001')).toBe('E12000001');
  expect(placeCode.parse('taking-part')).toBe('taking-part');
  expect(variableCode.parse('stage_detail')).toBe('stage_detail');
});
