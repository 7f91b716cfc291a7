import { expect, test } from 'vitest';
import { readsAsDate } from '../../../src/questionnaire/checks/date-like.ts';

test.each([
  '1-5',
  '6-25',
  '3/4',
  '10-49',
  '25/12',
  '1/2/2027',
  '2027-05-01',
  'May 2024',
  '5 May',
  'may-24',
  'Sept 1',
  'mar1',
  '1e3',
  '9:30',
])('a spreadsheet changes “%s”', (words) => {
  expect(readsAsDate(words)).toBe(true);
});

test.each([
  '1 to 5',
  '1–5',
  '100-500',
  '50-249',
  '24/7 cover',
  'May',
  'March on',
  '13-14',
  'm12',
  'e3',
  's1',
  'In May 2024',
  'Maybe 3',
])('and leaves “%s” alone', (words) => {
  expect(readsAsDate(words)).toBe(false);
});
