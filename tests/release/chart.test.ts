import { expect, test } from 'vitest';
import { drawChart } from '../../src/release/page/chart.ts';
import { figureOf } from '../../src/release/tables/figures.ts';

const say = (figure: ReturnType<typeof figureOf>) =>
  figure.state === 'shown' ? `${figure.n} of ${figure.base}` : 'hidden';
const draw = (n: number | null, base = 54) => {
  const { groups } = drawChart(
    { id: 'c', title: 'C' },
    [{ lines: [{ label: 'Yes', figure: figureOf(n, base) }] }],
    say,
  );
  return groups[0]?.bars[0];
};

test('a bar is as long as its share, with its interval under it', () => {
  expect(draw(45)).toEqual({
    label: 'Yes',
    firstNet: false,
    value: '45 of 54',
    mark: 'bar',
    width: '83.3%',
    interval: { from: '71.3%', to: '91%' },
  });
});

test('nobody has no bar and no interval: neither may look like a small share', () => {
  expect(draw(0)).toEqual({ label: 'Yes', firstNet: false, value: '0 of 54', mark: 'nobody' });
});

test('what is hidden is drawn as something else than nobody, and has no length', () => {
  expect(draw(null)).toEqual({ label: 'Yes', firstNet: false, value: 'hidden', mark: 'hidden' });
});

test('a count on a base too small for a percentage stands in words', () => {
  expect(draw(4, 8)).toEqual({ label: 'Yes', firstNet: false, value: '4 of 8', mark: 'words' });
});

test('fewer than one in two hundred is still a bar', () => {
  expect(draw(5, 2000)).toMatchObject({ mark: 'bar', width: '0.3%' });
});

test('groups keep their headings', () => {
  const lines = [{ label: 'Records', figure: figureOf(20, 54) }];
  const { groups, ticks } = drawChart(
    { id: 'c', title: 'C' },
    [
      { heading: 'Yes', lines },
      { heading: 'No', lines },
    ],
    say,
  );
  expect(groups.map(({ heading, bars }) => [heading, bars.length])).toEqual([
    ['Yes', 1],
    ['No', 1],
  ]);
  expect(ticks.map(({ label }) => label)).toEqual(['0%', '50%', '100%']);
});

test('answers taken together stand apart from those that they are made of, once', () => {
  const line = (label: string, net: boolean) => ({ label, net, figure: figureOf(20, 54) });
  const { groups } = drawChart(
    { id: 'c', title: 'C' },
    [{ lines: [line('Yes', false), line('Together: any', true), line('Together: most', true)] }],
    say,
  );
  expect(groups[0]?.bars.map(({ firstNet }) => firstNet)).toEqual([false, true, false]);
});

test('by groups the rule stands over the first heading of answers taken together', () => {
  const lines = [{ label: 'Records', figure: figureOf(20, 54) }];
  const { groups } = drawChart(
    { id: 'c', title: 'C' },
    [
      { heading: 'Yes', lines },
      { heading: 'Together: any', net: true, lines },
      { heading: 'Together: most', net: true, lines },
    ],
    say,
  );
  expect(groups.map(({ firstNet }) => firstNet)).toEqual([false, true, false]);
});
