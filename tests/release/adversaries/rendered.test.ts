/** What readers of the pages, the CSV and the JSON can work out, and that these tests would notice if they could. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../src/app.ts';
import type { Answers } from '../../../src/questionnaire/answers.ts';
import { countResponses } from '../../../src/responses/store.ts';
import { testContext } from '../../support/site.ts';
import { nameOf, narrow, type PublishedLine, recover } from '../attacker.ts';
import { choirs, countAnswers, madeUp } from '../choirs.ts';
import { addAnswers, HABITS, publishChoirs } from '../published.ts';
import { foundOut, isSmall, nestedDifferences } from './figures.ts';
import { readCsv, readEveryPage, readJson, readPages, textOf } from './rendered.ts';
import { figuresWith, truthOf } from './truth.ts';

const answers: readonly Answers[] = madeUp(choirs, 92, 3, HABITS);
const family = countAnswers(choirs, answers);

const context = await testContext();
let server: Server;
let results: string;
let json: PublishedLine[];
let truth: Map<string, number>;

beforeAll(async () => {
  await addAnswers(context.db, answers);
  await publishChoirs(context.db);
  server = createApp(context).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the site has no port');
  results = `http://127.0.0.1:${address.port}/surveys/choirs/results`;
  json = await readJson(results);
  truth = truthOf(family, json);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const readings: readonly [string, () => Promise<PublishedLine[]>][] = [
  ['the JSON', async () => json],
  ['the CSV', () => readCsv(results)],
  ['the pages', () => readPages(results, json)],
];

/** What is hidden for the sake of others. */
const coversIn = (lines: readonly PublishedLine[]) =>
  lines.filter((line) => line.state === 'hidden' && (truth.get(nameOf(line)) ?? 0) >= 5);

/** The lines, with one that is hidden shown as it is. */
const shownAgain = (lines: readonly PublishedLine[], hidden: PublishedLine): PublishedLine[] =>
  lines.map((line) => (line === hidden ? { ...line, state: 'shown', n: truth.get(nameOf(line)) ?? 0 } : line));

describe.each(readings)('adversary (a), T8: a linear program on %s', (_, read) => {
  test('every figure read is the true one, and most that are shown are read', async () => {
    const lines = await read();
    const figures = lines.filter(({ n }) => typeof n === 'number');
    for (const line of figures) expect(truth.get(nameOf(line)) ?? line.n, nameOf(line)).toBe(line.n);
    // Rankings and the readings of the stage stand in tables of another shape.
    expect(figures.length).toBeGreaterThan(0.7 * json.filter(({ n }) => typeof n === 'number').length);
  });

  test('no small count can be narrowed to fewer than five', async () => {
    const lines = await read();
    expect(foundOut(await narrow(lines, choirs), truth)).toEqual([]);
    expect([...recover(lines, choirs)].filter(([, value]) => isSmall(value))).toEqual([]);
  });

  test('planted: one cover shown again is noticed', async () => {
    const lines = await read();
    const covers = coversIn(lines).filter(({ segment }) => segment === 'stage');
    expect(covers.length).toBeGreaterThan(0);
    const noticed = await Promise.all(
      covers
        .slice(0, 8)
        .map(async (cover) => foundOut(await narrow(shownAgain(lines, cover), choirs), truth).length > 0),
    );
    expect(noticed).toContain(true);
  });
});

describe('adversary (e), T8: with one respondent known', () => {
  const small = () => new Set([...truth].flatMap(([name, count]) => (isSmall(count) ? [name] : [])));

  test('no respondent narrows a small count of others to fewer than five', async () => {
    const found = new Set<string>();
    for (const each of answers) {
      const own = figuresWith(choirs, each, json);
      for (const name of foundOut(await narrow(json, choirs, own, small()), truth, own)) found.add(name);
    }
    expect([...found]).toEqual([]);
  }, 240_000);

  test('planted: covers shown again that tell strangers nothing tell a respondent, and are noticed', async () => {
    const ranges = async (cover: PublishedLine, own?: ReadonlySet<string>) =>
      narrow(shownAgain(json, cover), choirs, own, small());
    const known = answers.slice(0, 20).map((each) => figuresWith(choirs, each, json));
    let noticed = 0;
    for (const cover of coversIn(json)) {
      if (foundOut(await ranges(cover), truth).length > 0) continue;
      for (const own of known) noticed += foundOut(await ranges(cover, own), truth, own).length;
    }
    expect(noticed).toBeGreaterThan(0);
  }, 240_000);
});

describe('adversary (b): nested sets', () => {
  const inside = (one: PublishedLine, other: PublishedLine) => {
    const twoSided = choirs.questions.get(String(one.question))?.type === 'multiple' || one.measure === 'net';
    if (one === other) return twoSided;
    if (isInNet(one, other)) return true;
    return one.variable === other.variable && one.option === other.option && one.segment !== '' && other.segment === '';
  };
  /** An option, or a NET, of which everybody is in the other NET of the same column and group. */
  const isInNet = (one: PublishedLine, other: PublishedLine) => {
    const netOf = ({ measure, question, option }: PublishedLine) =>
      measure === 'net'
        ? choirs.file.derived.find((each) => each.kind === 'net' && each.of === question && each.code === option)
        : undefined;
    const optionsOf = (line: PublishedLine): string[] => {
      const net = netOf(line);
      if (net?.kind !== 'net') return line.measure === 'option' ? [String(line.option)] : [];
      const all = json.filter(
        ({ measure, variable, segment }) => measure === 'option' && variable === line.variable && segment === '',
      );
      return net.options ?? all.map(({ option }) => String(option)).filter((option) => !net.anyBut?.includes(option));
    };
    if (one.variable !== other.variable || one.segment !== other.segment || one.segment_value !== other.segment_value)
      return false;
    const whole = netOf(other) ? optionsOf(other) : [];
    const part = optionsOf(one);
    return part.length > 0 && part.every((option) => whole.includes(option));
  };

  test('no two printed counts of which one holds the other differ by one to four', () => {
    expect(nestedDifferences(json, inside)).toEqual([]);
  });

  test('planted: a count beside its whole is noticed', () => {
    const whole = json.find(({ n, segment, option }) => typeof n === 'number' && segment === '' && option === 'user');
    const part = { ...whole, segment: 'size', segment_value: 'tiny', n: Number(whole?.n) - 2 };
    expect(nestedDifferences([...json, part], inside).length).toBeGreaterThan(0);
  });

  test('planted: an option of a tick list beside its NET is noticed, by everybody and by a segment', () => {
    const nets = json.filter(
      ({ n, measure, question }) => typeof n === 'number' && measure === 'net' && question === 'U1',
    );
    expect(nets.map(({ segment }) => segment)).toEqual(expect.arrayContaining(['', 'stage']));
    for (const net of nets) {
      const lines = json.filter(
        ({ variable, option, segment, segment_value }) =>
          variable !== net.variable ||
          option !== 'mic' ||
          segment !== net.segment ||
          segment_value !== net.segment_value,
      );
      const part = { ...net, measure: 'option', option: 'mic', n: Number(net.n) - 3 };
      expect(nestedDifferences([...lines, part], inside)).toContainEqual(expect.stringContaining('u1|u1_any'));
    }
  });
});

describe('adversary (d), R2: whoever watches while answers arrive', () => {
  const everything = async (address: string) => {
    const pages = [...(await readEveryPage(address)).values()];
    const files = await Promise.all(['.csv', '.json'].map((end) => textOf(address + end)));
    return [...pages, ...files].map((text) => text.replaceAll(/nonce="[^"]*"/g, ''));
  };

  test('sees nothing change with an answer, and planted, a live count is noticed', async () => {
    const live = async () => [
      ...(await everything(results)),
      String((await countResponses(context.db, 'choirs')).total),
    ];
    const [before, planted] = [await everything(results), await live()];
    await addAnswers(context.db, madeUp(choirs, 1, 77, HABITS));
    expect(await everything(results)).toEqual(before);
    expect(await live()).not.toEqual(planted);
  });
});
