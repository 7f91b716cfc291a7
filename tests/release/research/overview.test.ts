/** What researchers are told of each question before they open it. */
import { expect, test } from 'vitest';
import type { Offer } from '../../../src/release/network/told.ts';
import { listQuestions } from '../../../src/release/research/overview.ts';

const key = (name: string) => ({ name, label: name, telling: 'key' as const });

const offer: Offer = {
  ...{ release: 1, madeOn: '2027-05-01', synthetic: true, k: 5, respondents: 100, groups: 2, rest: 0 },
  policy: { base: 10, cell: 5 },
  dimensions: [{ name: 'size_wide', label: 'Size', key: 'size', values: [] }],
  ...{ questions: [], refused: [], kept: [] },
  sections: [{ title: 'About you', questions: [key('SIZE'), key('nation')] }],
};

test('a key that no filter of the release is made of is not offered as one', () => {
  const [section] = listQuestions({ offers: [offer], answers: [] });
  expect(section?.questions.map(({ name, state }) => `${name}: ${state}`)).toEqual([
    'SIZE: How many there are of each. The other questions are filtered and shown side by side by it.',
    'nation: Withheld in this release: with it, groups would have too few people, or it is not known of too many.',
  ]);
});
