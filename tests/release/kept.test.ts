/** R3: where too little changed since the last release, a table keeps its numbers, and says so wherever it stands. */
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { choirs, madeUp } from './choirs.ts';
import { addAnswers, HABITS, openChoirs, publishChoirs } from './published.ts';

test('R3: kept figures are those of the earlier release to the letter, on the page, in CSV and in JSON', async () => {
  const { db, results } = await openChoirs(92);
  const linesOf = async (): Promise<Record<string, string>[]> =>
    parse(await (await fetch(`${results}.csv`)).text(), { columns: true });
  const before = await linesOf();
  expect(Object.keys(before[0] ?? {})).not.toContain('from_release');
  await addAnswers(db, madeUp(choirs, 14, 8, HABITS));
  await publishChoirs(db, '2027-06-01');

  const after = await linesOf();
  expect(Object.keys(after[0] ?? {}).at(-1)).toBe('from_release');
  const kept = after.filter((line) => line.from_release === '1');
  expect(kept.length).toBeGreaterThan(0);
  const nameOf = (line: Record<string, string>) =>
    ['variable', 'measure', 'option', 'segment', 'segment_value'].map((column) => line[column]).join('|');
  const old = new Map(before.map((line) => [nameOf(line), line]));
  for (const { from_release: _, ...line } of kept) expect(line).toEqual(old.get(nameOf(line)));

  const { figures } = JSON.parse(await (await fetch(`${results}.json`)).text());
  expect(figures.filter((line: { from_release?: number }) => line.from_release === 1)).toHaveLength(kept.length);
  const sections = ['views', 'start'];
  const pages = await Promise.all(
    sections.flatMap((section) =>
      ['', '&by=stage', '&by=size'].map((by) => fetch(`${results}?section=${section}${by}`)),
    ),
  );
  const texts = await Promise.all(pages.map((page) => page.text()));
  expect(texts.join('')).toContain(
    'These are the figures of release 1, of 1 May 2027. Too few answers have changed since: new figures beside those would tell them.',
  );
});
