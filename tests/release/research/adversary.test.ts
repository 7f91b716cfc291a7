/**
 * Adversary (c) on what leaves: random filters, groups and switches against rule T9, reading nothing but the pages and
 * the CSV files that a researcher gets.
 */
import { describe, expect, test } from 'vitest';
import { csvLines } from '../../../src/release/csv-lines.ts';
import type { Row } from '../network/farms.ts';
import { known, madeUp } from '../network/made-up-farms.ts';
import { type Asking, attack, chance, type Known, type Service } from '../network/researcher.ts';
import { HOME, openFarms } from './farms-site.ts';
import { countIn, tablesIn } from './figures-in.ts';

const POLICY = { cell: 5, base: 10 };
const DIMENSIONS = {
  k1: ['north', 'south'],
  size: ['micro', 'small', 'middle', 'large'],
  size_wide: ['smaller', 'larger'],
  k3: ['own', 'rented'],
};
const QUESTIONS = ['Q1', 'Q2', 'Q3'];

type Site = Awaited<ReturnType<typeof openFarms>>;

/** The values that are not these: a page takes only what is wanted. */
function queryFor({ where, whereNot }: Asking): string {
  const query = new URLSearchParams();
  const add = (name: string, values: readonly string[]) => {
    for (const value of values) query.append(`where_${name}`, value);
  };
  for (const [name, values] of Object.entries(where)) add(name, values);
  for (const [name, values] of Object.entries(whereNot)) {
    const left = valuesOf(name).filter((value) => !values.includes(value));
    // Nobody has none of the values: no page asks for that.
    if (left.length === 0) return 'nobody';
    add(name, left);
  }
  return query.toString();
}

const valuesOf = (name: string): readonly string[] =>
  new Map<string, readonly string[]>(Object.entries(DIMENSIONS)).get(name) ?? [];

/** What a page tells: how many are selected, and every count and base in its table. */
function readPage(html: string) {
  const [, selected = '0'] = /those who answered of (\d+) selected/.exec(html) ?? [];
  const cells = tablesIn(html).flatMap(({ rows }) => rows.flatMap(([, figure = '']) => Object.values(countIn(figure))));
  return { people: Number(selected), cells };
}

function readCsv(text: string) {
  const [head, ...lines] = csvLines(text).map(({ cells }) => cells);
  const column = (name: string) => lines.map((line) => Number(line[head?.indexOf(name) ?? -1] || Number.NaN));
  const [people = 0] = column('selected');
  const [counts, bases] = [column('n'), column('base')];
  return { people, cells: counts.flatMap((n, place) => [n, bases[place] ?? Number.NaN]) };
}

/** What can be asked for, as the form of each page offers it; and each address asked for once. */
async function serviceOf(site: Site, ending: '' | '.csv') {
  const heard = new Map<string, ReturnType<typeof readPage> | undefined>();
  const questions: { name: string; dimensions: { name: string; values: string[] }[] }[] = [];
  for (const name of QUESTIONS) {
    const { ida } = site;
    await ida.open(`${HOME}/${name}`);
    if (tablesIn(ida.html).length === 0) continue;
    const offered = Object.entries(DIMENSIONS).filter(([each]) => ida.html.includes(`name="where_${each}"`));
    questions.push({ name, dimensions: offered.map(([each, values]) => ({ name: each, values })) });
  }
  const hear = async (question: string, query: string) => {
    const { status, bytes } = await site.get(`/${question}${ending}?${query}`);
    const text = bytes.toString('utf8');
    if (status !== 200) return undefined;
    return ending === '' ? readPage(text) : readCsv(text);
  };
  return { questions, heard, hear };
}

/** The attacker asks at once and pages answer later, so it is run until it has asked for nothing new. */
async function attackPages(site: Site, ending: '' | '.csv', people: readonly (Known | undefined)[], tries: number) {
  const { questions, heard, hear } = await serviceOf(site, ending);
  for (;;) {
    const open = new Set<string>();
    const service: Service = {
      questions,
      ask: (question, asking) => {
        const query = queryFor(asking);
        if (query === 'nobody') return undefined;
        const address = `${question} ${query}`;
        if (!heard.has(address)) open.add(address);
        return heard.get(address);
      },
    };
    const breaches = attack(service, people, POLICY, 7, tries);
    if (open.size === 0) return { breaches, asked: heard.size, questions };
    for (const address of open) {
      const [question = '', query = ''] = address.split(' ');
      heard.set(address, await hear(question, query));
    }
  }
}

const ROWS = madeUp(3000, 4);

/** Everybody but those in the rest, found by asking: nobody counts them, whatever is asked for. */
async function countedOf(site: Site, rows: readonly Row[]): Promise<(Known | undefined)[]> {
  const told = new Map<string, boolean>();
  const isCounted = async ({ k1, size, k3 }: Known) => {
    if (k1 === undefined || size === undefined || k3 === undefined) return false;
    const query = new URLSearchParams({ where_k1: k1, where_size: size, where_k3: k3 }).toString();
    if (!told.has(query)) {
      const reply = await site.get(`/Q2.csv?${query}`);
      told.set(query, reply.status === 200 && readCsv(reply.bytes.toString('utf8')).people > 0);
    }
    return told.get(query) === true;
  };
  const all: (Known | undefined)[] = [];
  for (const row of rows) all.push((await isCounted(known(row))) ? known(row) : undefined);
  return all;
}

describe('adversary (c) on rendered pages and files', { timeout: 300_000 }, () => {
  test.each(['', '.csv'] as const)(
    'T9: random filters learn of nobody in fewer than b, and of no figure under t (%s)',
    async (ending) => {
      const site = await openFarms(['approved', ROWS]);
      const people = await countedOf(site, ROWS);
      const { breaches, asked, questions } = await attackPages(site, ending, people, 20);
      expect(questions.some(({ dimensions }) => dimensions.length > 1)).toBe(true);
      expect(asked).toBeGreaterThan(40);
      expect(breaches).toEqual([]);
    },
  );

  test('T9: a rest that everybody together counts, and no filter does, is found', async () => {
    const fault = (told: string, [wanted]: readonly { where: object }[]) =>
      wanted && Object.keys(wanted.where).length === 0 ? countingThree(told) : told;
    const site = await openFarms(['approved', ROWS], { fault });
    const people = await countedOf(site, ROWS);
    const { breaches } = await attackPages(site, '.csv', people, 20);
    expect(breaches.join()).toMatch(/a group of 3|a figure of 3|equations tell a (group|figure) of 3/);
  });

  test('T9: side by side, with filters and every switch, each figure is 0 or at least t and each base 0 or at least b', async () => {
    const site = await openFarms(['approved', ROWS.map((row) => ({ ...row, weight: row.size === 1 ? 0.7 : 1.6 }))]);
    const random = chance(3);
    const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T;
    let seen = 0;
    for (let tries = 0; tries < 60; tries++) {
      const query = new URLSearchParams();
      const names = Object.keys(DIMENSIONS);
      if (random() < 0.8) query.set('by', pick(names));
      for (const name of names.filter(() => random() < 0.3))
        for (const value of valuesOf(name).filter(() => random() < 0.6)) query.append(`where_${name}`, value);
      if (random() < 0.3) query.set('dontknow', 'out');
      if (random() < 0.5) query.set('weights', 'off');
      if (random() < 0.3) query.set('sort', 'answer');
      const { status, bytes } = await site.get(`/${pick(QUESTIONS)}?${query}`);
      expect([200, 422]).toContain(status);
      const html = bytes.toString('utf8');
      for (const cell of tablesIn(html).flatMap(({ rows }) => rows.flatMap(([, ...cells]) => cells))) {
        if (!cell.includes(' of ')) continue;
        const { n, base } = countIn(cell);
        seen += 1;
        expect(n === 0 || n >= POLICY.cell, `${query}: ${cell}`).toBe(true);
        expect(base === 0 || base >= POLICY.base, `${query}: ${cell}`).toBe(true);
        // Rule T11: nobody's weights can be worked back from percentages of people of one's own choice.
        if (query.toString().includes('where_')) expect(cell).not.toMatch(/% \(/);
      }
    }
    expect(seen).toBeGreaterThan(100);
  });
});

/** The planted fault: three more of the first answer, as if those in no group were counted by everybody together. */
function countingThree(told: string): string {
  const content = JSON.parse(told);
  for (const { table } of content.answers) {
    for (const group of table?.groups ?? []) {
      group.people += 3;
      for (const row of group.rows) {
        row.base += 3;
        row.figures[0].n += 3;
        for (const figure of row.figures) figure.base += 3;
      }
      group.nets = group.nets.map((rows: unknown[]) => rows.map(() => ({ state: 'hidden' })));
    }
  }
  return JSON.stringify(content);
}
