/** Rule T4: answers are taken together before any figure is hidden, where the questionnaire says how. */
import { describe, expect, test } from 'vitest';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import type { ProtectedTable } from '../../src/release/tables/protected-tables.ts';
import { resultsLines } from '../../src/release/tables/results-file.ts';
import { recover } from './attacker.ts';
import { CHOIRS, choirs, madeUp, protectAnswers } from './choirs.ts';
import { openChoirs } from './published.ts';

/** The choirs, with their scale of five to be made one of three. */
const FOLDED = CHOIRS.replace(
  '"code": "K1",',
  '"code": "K1", "collapse": [{ "code": "low", "label": "Bad", "options": ["1", "2"] }, { "code": "high", "label": "Good", "options": ["4", "5"] }],',
);
const folded = getSurvey(FOLDED);

/** Few at either end of the scale. */
const MIDDLING = { K1: { 1: 1, 2: 4, 3: 6, 4: 4, 5: 1 } };
const tableOf = async (survey: typeof choirs, n: number, seed: number): Promise<ProtectedTable> => {
  const { content } = (await protectAnswers(survey, madeUp(survey, n, seed, MIDDLING))).tables;
  const table = content.tables.find(({ name }) => name === 'K1');
  if (!table) throw new Error('there is no table K1');
  return table;
};
const codesOf = ({ options }: ProtectedTable) => options.map(({ code }) => code);
const total = (figures: readonly (number | null)[]) => figures.reduce<number>((sum, each) => sum + (each ?? 0), 0);

test('T4: a scale of five is shown as one of three where a group is small', async () => {
  const plain = await tableOf(choirs, 61, 1);
  const table = await tableOf(folded, 61, 1);
  expect(codesOf(plain)).toEqual(['1', '2', '3', '4', '5']);
  expect(codesOf(table)).toEqual(['low', '3', 'high']);
  expect(table.options[0]?.label).toBe('Bad');
  const [row] = table.overall?.rows ?? [];
  expect(row?.counts.length).toBe(3);
  expect(row?.counts).not.toContain(null);
  expect(total(row?.counts ?? [])).toBe(row?.base);
});

test('more figures of it are shown than without, and none of what was taken together', async () => {
  const shown = ({ overall, views }: ProtectedTable) =>
    [overall, ...views.flatMap(({ groups }) => groups)]
      .flatMap((group) => group?.rows.flatMap(({ counts }) => counts) ?? [])
      .map((count) => count !== null);
  const share = (flags: boolean[]) => flags.filter(Boolean).length / flags.length;
  expect(share(shown(await tableOf(folded, 61, 1)))).toBeGreaterThan(share(shown(await tableOf(choirs, 61, 1))));
  const lines = resultsLines((await protectAnswers(folded, madeUp(folded, 61, 1, MIDDLING))).tables).filter(
    ({ question }) => question === 'K1',
  );
  expect([...new Set(lines.map(({ option }) => option))].sort()).toEqual(['3', 'high', 'low']);
});

test('the page says that some answers are shown together', async () => {
  const note = 'Some answers are shown together, so that fewer figures have to be hidden.';
  const page = async (source: string) => {
    const { results } = await openChoirs(92, 3, (file) => Object.assign(file, JSON.parse(source)));
    return (await fetch(`${results}?section=views`)).text();
  };
  expect(await page(FOLDED)).toContain(note);
  expect(await page(CHOIRS)).not.toContain(note);
});

test('where nothing would be hidden, every point of the scale is shown', async () => {
  const table = await tableOf(folded, 4000, 2);
  expect(codesOf(table)).toEqual(['1', '2', '3', '4', '5']);
});

describe.each([1, 2, 3, 4, 5, 6])('with answers taken together (seed %i)', (seed) => {
  test.each([30, 61, 92])('nobody finds a small count among %i choirs by adding and subtracting', async (n) => {
    const lines = resultsLines((await protectAnswers(folded, madeUp(folded, n, seed))).tables);
    const found = [...recover(lines, folded)].filter(([, value]) => value >= 1 && value < 5);
    expect(found).toEqual([]);
  });
});
