import { describe, expect, test } from 'vitest';
import { findBand } from '../../../src/questionnaire/checks/band-words.ts';

const { POSITIVE_INFINITY: MOST, NEGATIVE_INFINITY: LEAST } = Number;

describe('a label that is a band is read as one', () => {
  test.each([
    ['1 to 4', [1, 4, true, true, '']],
    ['100–500', [100, 500, true, true, '']],
    ['100 - 500', [100, 500, true, true, '']],
    ['£10,000 to £49,999', [10_000, 49_999, true, true, '']],
    ['£1 million to £4,999,999', [1e6, 4_999_999, true, true, '']],
    ['£10k to £50k', [10_000, 50_000, true, true, '']],
    ['1% to 25%', [1, 25, true, true, '%']],
    ['3 to 5 years', [3, 5, true, true, 'year']],
    ['1.5 to 2.5 hours', [1.5, 2.5, true, true, 'hour']],
    ['Under £10,000', [LEAST, 10_000, true, false, '']],
    ['Less than 6 months', [LEAST, 6, true, false, 'month']],
    ['Up to 20', [LEAST, 20, true, true, '']],
    ['More than 20 years', [20, MOST, false, true, 'year']],
    ['250 or more', [250, MOST, true, true, '']],
    ['250 staff or more', [250, MOST, true, true, 'staff']],
    ['250+', [250, MOST, true, true, '']],
    ['£5 million or more', [5e6, MOST, true, true, '']],
    ['More than 1 year and up to 2 years', [1, 2, false, true, 'year']],
  ])('%s', (label, expected) => {
    const band = findBand(label);
    expect(band && [band.low, band.high, band.lowIn, band.highIn, band.unit]).toEqual(expected);
  });

  test.each([
    'Yes, in 4 to 12 months',
    'None',
    'We have not had a full year yet',
    'Only one person',
    'About half',
    'Windows 10 or later',
    '10 to 5',
    '3',
  ])('but “%s” is none', (label) => {
    expect(findBand(label)).toBeUndefined();
  });
});
