import { expect, test } from 'vitest';
import { safeCell } from '../../src/release/cells.ts';

test.each([
  ['Yes', 'Yes'],
  ['=1+1', "'=1+1"],
  ['+44 20', "'+44 20"],
  ['-9', "'-9"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1+1', "' =1+1"],
  ['\n=1+1', "' =1+1"],
  ['\t=1+1', "'\t=1+1"],
  ['\u{feff}=1+1', "'\u{feff}=1+1"],
  ['\u{200b}=1+1', "'\u{200b}=1+1"],
  ['\u{ad}=1+1', "'\u{ad}=1+1"],
  ['\u{202e}\u{0}=1+1', "'\u{202e}\u{0}=1+1"],
  ['＝1+1', "'＝1+1"],
  ['a = b', 'a = b'],
  ['two\r\nlines\u{2028}here', 'two lines here'],
])('%j is written as %j', (text, cell) => {
  expect(safeCell(text)).toBe(cell);
});
