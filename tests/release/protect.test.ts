import { beforeAll, describe, expect, test } from 'vitest';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import type { Survey } from '../../src/questionnaire/survey.ts';
import { TooFewResponses } from '../../src/release/tables/protect.ts';
import type { ProtectedTables } from '../../src/release/tables/protected-tables.ts';
import { countsIn } from '../../src/release/tables/protection/counts.ts';
import { resultsLines } from '../../src/release/tables/results-file.ts';
import type { Family } from '../../src/results/tables.ts';
import { nameOf, narrow, type PublishedLine, recover } from './attacker.ts';
import { CHOIRS, choirs, countAnswers, madeUp, protectAnswers, protectedChoirs } from './choirs.ts';
import { HABITS } from './published.ts';

const SEEDS = Array.from({ length: 24 }, (_, seed) => ({ seed, n: [14, 30, 61, 92, 150, 400][seed % 6] ?? 50 }));

interface Published {
  readonly family: Family;
  readonly lines: PublishedLine[];
  readonly content: ProtectedTables;
}

async function published(n: number, seed: number): Promise<Published> {
  const answers = madeUp(choirs, n, seed, HABITS);
  const family = countAnswers(choirs, answers);
  const { tables: released } = await protectAnswers(choirs, answers);
  return { family, lines: resultsLines(released), content: released.content };
}

const questionOf = ({ question }: PublishedLine) => choirs.questions.get(String(question));

describe.each(SEEDS)('$n made-up choirs (seed $seed)', ({ seed, n }) => {
  let lines: PublishedLine[];
  let shown: PublishedLine[];
  beforeAll(async () => {
    ({ lines } = await published(n, seed));
    shown = lines.filter(({ state, measure }) => state === 'shown' && measure !== 'mean');
  });

  test('T2, T3, T5: no base under 10 and no count from 1 to 4 is shown, nor one that the base leaves over', () => {
    for (const line of shown) {
      const [count, base] = [Number(line.n), Number(line.base)];
      expect(base).toBeGreaterThanOrEqual(10);
      expect(count >= 1 && count < 5, nameOf(line)).toBe(false);
      const twoSided = questionOf(line)?.type === 'multiple' || line.measure === 'net';
      const left = base - count;
      if (twoSided) expect(left >= 1 && left < 5, nameOf(line)).toBe(false);
      if (questionOf(line)?.role === 'sensitive') expect(count === 0 || left < 5, nameOf(line)).toBe(false);
    }
  });

  test('T7: nobody finds a small count by adding and subtracting', () => {
    const found = [...recover(lines, choirs)].filter(([, value]) => value >= 1 && value < 5);
    expect(found).toEqual([]);
  });

  test('T6: hidden and withheld lines hold no figure', () => {
    for (const line of lines.filter(({ state }) => state !== 'shown')) {
      expect(Object.keys(line).filter((key) => ['n', 'percent', 'low', 'high'].includes(key))).toEqual([]);
    }
  });
});

test('T7, planted: with a single cover shown again, small counts are found', async () => {
  const { family, lines } = await published(92, 3);
  const caught = lines
    .filter(({ state, measure, base }) => state === 'hidden' && measure === 'option' && typeof base === 'number')
    .filter(({ segment, segment_value }) => segment === '' || isSingleValue(family, segment, segment_value))
    .map((line) => {
      const planted = lines.map((each) =>
        each === line ? { ...line, state: 'shown', n: trueCount(family, line) } : each,
      );
      return [...recover(planted, choirs)].filter(([, value]) => value >= 1 && value < 5).length > 0;
    });
  expect(caught.filter(Boolean).length).toBeGreaterThan(caught.length / 3);
});

test('T2: a row of a grid that few of a merged group answered is not left over by the bases of the others', async () => {
  const plain = { A1: 'yes', S1: 'often' } as const;
  const choir = (size: string, rights: string | null): Answers => ({
    ...plain,
    O1: size,
    C1_cost: 'no',
    C1_rights: rights,
  });
  const repeat = (times: number, answers: Answers) => Array.from({ length: times }, () => answers);
  const large = repeat(60, choir('n50', 'no'));
  const bySize = async (answers: readonly Answers[]) => {
    const { content } = (await protectAnswers(choirs, answers)).tables;
    const grid = content.tables.find(({ name }) => name === 'C1');
    return grid?.views.find(({ segment }) => segment === 'size');
  };
  // Of those up to 5 nobody answered on rights, of those up to 20 only five did: together they are twenty, and still five.
  const few = [...repeat(10, choir('n5', null)), ...repeat(5, choir('n20', 'no')), ...repeat(5, choir('n20', null))];
  expect(await bySize([...large, ...few])).toBeUndefined();
  const enough = [...repeat(10, choir('n5', null)), ...repeat(10, choir('n20', 'no'))];
  expect(await bySize([...large, ...enough])).toBeDefined();
});

/** Hidden figures of 1 to 4 that a reader can tell too closely: by less than the width, or never to the threshold. */
async function told(family: Family, lines: readonly PublishedLine[], width = 5): Promise<string[]> {
  const ranges = await narrow(lines, choirs);
  return lines
    .filter(({ state, measure }) => state === 'hidden' && measure === 'option')
    .filter(({ segment, segment_value }) => segment === '' || isSingleValue(family, segment, segment_value))
    .filter((line) => {
      const [range, count] = [ranges.get(nameOf(line)), trueCount(family, line)];
      const open = !range || (range.high - range.low >= width - 1e-6 && range.high >= 5 - 1e-6);
      return count >= 1 && count < 5 && !open;
    })
    .map(nameOf);
}

describe('T8: with a linear program over all published figures', () => {
  test.each([
    [30, 1],
    [61, 2],
    [92, 3],
    [150, 4],
  ])('nobody narrows a small count among %i choirs (seed %i) to fewer than five', async (n, seed) => {
    const { family, lines } = await published(n, seed);
    expect(await told(family, lines)).toEqual([]);
  });

  test('nobody narrows one further than a survey says, where it asks for more', async () => {
    const wide = getSurvey(CHOIRS.replace('"disclosure": {', '"disclosure": { "width": 12,'));
    const answers = madeUp(choirs, 92, 3, HABITS);
    const narrowed = async (survey: Survey) => {
      const { tables } = await protectAnswers(survey, answers);
      return told(countAnswers(survey, answers), resultsLines(tables), 12);
    };
    expect(await narrowed(wide)).toEqual([]);
    expect(await narrowed(choirs)).not.toEqual([]);
  });

  test('a single cover shown again is found out', async () => {
    const { family, lines } = await published(92, 3);
    const covers = lines.filter(
      (line) =>
        line.state === 'hidden' &&
        line.measure === 'option' &&
        line.segment === 'stage' &&
        isSingleValue(family, line.segment, line.segment_value) &&
        trueCount(family, line) >= 5,
    );
    const caught = await Promise.all(
      covers.slice(0, 6).map(async (cover) => {
        const planted = lines.map((line) =>
          line === cover ? { ...line, state: 'shown', n: trueCount(family, line) } : line,
        );
        return (await told(family, planted)).length > 0;
      }),
    );
    expect(caught.filter(Boolean).length).toBeGreaterThan(0);
  });
});

/** Merged groups have names of their own. */
function isSingleValue({ segments }: Family, segment: unknown, value: unknown): boolean {
  return segments.some(({ name, categories }) => name === segment && categories.some(({ code }) => code === value));
}

/** The count behind a line, for everybody or a single value of a segment. */
function trueCount(family: Family, { variable, option, segment, segment_value }: PublishedLine): number {
  const items = [...family.readings, ...family.tables].flatMap(({ items: own }) => own);
  const item =
    items.find((each) => each.variable.name === variable) ??
    items.find((each) => each.variable.question?.toLowerCase() === variable && each.variable.part === option);
  const index = family.segments.findIndex(({ name }) => name === segment);
  const own = family.segments[index];
  if (!item) throw new Error(`no item ${variable}`);
  const place = item.variable.part === option ? 'yes' : option;
  const counts = countsIn(item, own && { segment: index, variable: own, values: [String(segment_value)] });
  return counts.categories[item.variable.categories.findIndex(({ code }) => code === place)] ?? 0;
}

test('the same answers give the same tables', async () => {
  const [one, other] = [await protectedChoirs(92, 5), await protectedChoirs(92, 5)];
  expect(one.content).toEqual(other.content);
});

test('fewer responses than the smallest base are not reported on at all', async () => {
  await expect(protectedChoirs(9, 1)).rejects.toThrow(TooFewResponses);
});

test('who the choirs are is shown by stage, and never by another thing that they are', async () => {
  const { content } = await published(400, 1);
  const views = (name: string) =>
    content.tables.find((table) => table.name === name)?.views.map(({ segment }) => segment);
  expect(views('size')).toEqual(['stage']);
  expect(views('O1')).toEqual(['stage']);
  expect(views('V1')).toEqual(['stage', 'size']);
  expect(views('stage')).toEqual(['size']);
  expect(views('stage_strict')).toEqual([]);
});
