import { expect, test } from 'vitest';
import { figureOf } from '../../src/release/figures.ts';
import { drawChart } from '../../src/release/page/chart.ts';

const say = (figure: ReturnType<typeof figureOf>) =>
  figure.state === 'shown' ? `${figure.n} of ${figure.base}` : 'hidden';

test('a bar is as long as its share, with its interval under it', () => {
  const { bars } = drawChart({ id: 'c', title: 'C' }, [{ label: 'Yes', figure: figureOf(45, 54) }], say);
  expect(bars).toEqual([{ y: 21, width: '83%', interval: { y: 38, from: '71.3%', to: '91%' } }]);
});

test('what is hidden has no bar, and the same word in the picture and in its description', () => {
  const lines = [
    { label: 'Yes', figure: figureOf(null, 54) },
    { label: 'No', figure: figureOf(20, 54) },
  ];
  const chart = drawChart({ id: 'c', title: 'C' }, lines, say);
  expect(chart.bars).toHaveLength(1);
  expect(chart.words.map(({ text, value }) => [text, value])).toEqual([
    ['Yes', 'hidden'],
    ['No', '20 of 54'],
  ]);
  expect(chart.description).toBe('Yes: hidden; No: 20 of 54');
});

test('long words are broken into lines that fit a phone, and the figure stays in one piece', () => {
  const label = 'Company limited by guarantee or by shares, and not a community interest company';
  const { words, height } = drawChart({ id: 'c', title: 'C' }, [{ label, figure: figureOf(20, 54) }], say);
  expect(words.every(({ text }) => text.length <= 36)).toBe(true);
  expect(
    words
      .map(({ text }) => text)
      .join(' ')
      .trim(),
  ).toBe(label);
  expect(words.filter(({ value }) => value !== '').map(({ value }) => value)).toEqual(['20 of 54']);
  expect(height).toBeGreaterThan(words.length * 21);
});
