import { expect, test } from 'vitest';
import { goTo } from '../support/every-type.ts';
import { openFieldwork } from '../support/fieldwork.ts';

test('a scale says once beside its first and its last point what they mean', async () => {
  const { begin } = await openFieldwork('every-type');
  const respondent = await goTo(await begin(), 'scale');
  const labels = [...respondent.html.matchAll(/<label[^>]*sn-scale__label[^>]*>(.*?)<\/label>/g)].map(
    ([, label = '']) => label.replaceAll(/<[^>]*>/g, ''),
  );
  expect(labels).toEqual(['0 – not at all', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10 – very much']);
  // Beside the points stands the line of a wide screen, and nothing else.
  expect(respondent.words.match(/very much/g)).toHaveLength(2);
});
