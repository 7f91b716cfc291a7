import { describe, expect, test } from 'vitest';
import { findNearest } from '../../../src/questionnaire/checks/nearest.ts';

describe('of a misspelt name, the one that was probably meant', () => {
  test.each([
    ['cofee', ['tea', 'coffee', 'water'], 'coffee'],
    ['agred', ['agreed', 'trial'], 'agreed'],
    ['wolud', ['would', 'could'], 'would'],
    ['AGREED', ['agreed', 'disagreed'], 'agreed'],
    ['D11', ['A1', 'D1'], 'D1'],
    ['stage_son', ['stage', 'stage_soon'], 'stage_soon'],
  ])('%s', (written, names, meant) => {
    expect(findNearest(written, names)).toBe(meant);
  });

  test.each([
    ['nothing is near', 'sugar', ['tea', 'coffee']],
    ['two are equally near', 'S9', ['S1', 'S2', 'S3']],
    ['there are none', 'tea', []],
  ])('none when %s', (_, written, names) => {
    expect(findNearest(written, names)).toBeUndefined();
  });
});
