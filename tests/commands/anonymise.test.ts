import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';

const MEMBERS = new URL('../release/microdata/plain-table/members-synthetic.csv', import.meta.url).pathname;
const SPEC = MEMBERS.replace('.csv', '.json');

let folder: string;
let out: string;
beforeEach(() => {
  folder = testFolder();
  out = join(folder, 'out');
});

const anonymise = (...words: string[]) => runCommand(['anonymise', ...words]);
const read = (name: string, from = out) => readFileSync(join(from, name), 'utf8');

/** A file in the folder. */
function written(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('soundings anonymise', () => {
  test('writes the file and its report, and says what it cost', async () => {
    const ran = await anonymise(MEMBERS, '--spec', SPEC, '--out', out);
    expect([ran.exit, ran.err]).toEqual([0, '']);
    expect(ran.out.replace(out, 'OUT')).toBe(readFileSync(new URL('expected/anonymise.txt', import.meta.url), 'utf8'));
    expect(readdirSync(out).sort()).toEqual(['SHA256SUMS', 'data.csv', 'report.json']);
    expect(readdirSync(folder)).toEqual(['out']);
    const lines = read('data.csv').split('\r\n');
    expect([lines.length, lines[0]]).toEqual([122, 'row_id,age,place,sector,trust,trust_why']);
  });

  test('the report has both sides, and none of the rows or the seed', async () => {
    const ran = await anonymise(MEMBERS, '--spec', SPEC, '--out', out, '--seed', '4711', '--json');
    const report = JSON.parse(read('report.json'));
    expect(JSON.parse(ran.out)).toEqual(report);
    expect(report).toMatchObject({
      synthetic: true,
      settings: { k: 3, budget: 0.05, rowNames: 'from a seed' },
      before: { rows: 120, uniques: 26, under3: 60, under5: 115, highestRisk: 1 },
      after: { rows: 120, uniques: 0, under3: 0 },
      lastLook: { smallestClass: 3, fewestCompatible: 3 },
      sensitive: [{ name: 'trust', classes: { distinct: 2 } }],
    });
    expect(read('report.json')).not.toMatch(/4711|P17/);
    expect(read('SHA256SUMS')).toContain(`${report.sha256.data}  data.csv`);
  });

  test('nobody else on this computer can read the files, and their times say the day and no more', async () => {
    await anonymise(MEMBERS, '--spec', SPEC, '--out', out);
    for (const path of [out, ...readdirSync(out).map((name) => join(out, name))]) {
      expect(statSync(path).mode & 0o077).toBe(0);
      expect(statSync(path).mtime.toISOString()).toMatch(/T00:00:00\.000Z$/);
    }
  });

  test('rows have names from chance, or the same ones from a seed', async () => {
    const places = ['a', 'b', 'c', 'd'].map((name) => join(folder, name));
    for (const [place, seed] of places.map((path, index) => [path, index < 2 ? [] : ['--seed', '7']] as const))
      await anonymise(MEMBERS, '--spec', SPEC, '--out', place, ...seed);
    const [a, b, c, d] = places.map((place) => read('data.csv', place));
    expect([a === b, c === d]).toEqual([false, true]);
  });

  test('a larger k can be asked for', async () => {
    await anonymise(MEMBERS, '--spec', SPEC, '--out', out, '--k', '10');
    expect(JSON.parse(read('report.json'))).toMatchObject({ settings: { k: 10 }, after: { under5: 0, under10: 0 } });
  });

  test('files that are there are replaced only when told so, and other things never', async () => {
    await anonymise(MEMBERS, '--spec', SPEC, '--out', out);
    const before = read('data.csv');
    expect((await anonymise(MEMBERS, '--spec', SPEC, '--out', out)).exit).toBe(1);
    expect(read('data.csv')).toBe(before);
    expect((await anonymise(MEMBERS, '--spec', SPEC, '--out', out, '--force')).exit).toBe(0);
    expect(read('data.csv')).not.toBe(before);
    const own = join(folder, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'thesis.doc'), '');
    expect((await anonymise(MEMBERS, '--spec', SPEC, '--out', own, '--force')).exit).toBe(1);
    expect(readdirSync(own)).toEqual(['thesis.doc']);
  });
});

describe('the seven rows of ARX, each of them twice, come out at k 4 as ARX has them at k 2', () => {
  const rows = ['34,male,81667', '45,female,81675', '66,male,81925', '70,female,81931', '34,female,81931'];
  const seven = [...rows, '70,male,81931', '45,male,81931'];
  const upTo = (n: number) => Array.from({ length: n }, (_, place) => place);
  const strip = (code: string, digits: number) => code.slice(0, -digits).padEnd(5, '*');
  const columns = {
    age: {
      role: 'quasi',
      hierarchy: Object.fromEntries(upTo(100).map((age) => [age + 1, [age < 49 ? '<50' : '>=50']])),
    },
    gender: { role: 'quasi', values: ['male', 'female'] },
    zipcode: {
      role: 'quasi',
      hierarchy: Object.fromEntries(
        upTo(10_000).map((code) => [80_000 + code, [1, 2, 3, 4].map((digits) => strip(String(80_000 + code), digits))]),
      ),
    },
  };

  test.each([
    { budget: 0, levels: [2, 0, 3], leftOver: 0, score: 0.3666366636333333, classes: [6, 8] },
    // ARX drops the row that is left over; here all its keys are withheld, with those of the smallest class (M9).
    { budget: 0.3, levels: [1, 0, 3], leftOver: 2, score: 0.3118549949666667, classes: [4, 4, 6] },
  ])('with $budget of the rows to spare', async ({ budget, levels, leftOver, score, classes }) => {
    const table = written('seven.csv', ['age,gender,zipcode', ...seven, ...seven, ''].join('\n'));
    const spec = written('seven.json', JSON.stringify({ k: 4, budget, columns }));
    const ran = await anonymise(table, '--spec', spec, '--out', out);
    expect([ran.exit, ran.err]).toEqual([0, '']);
    const { search, after } = JSON.parse(read('report.json'));
    expect(search).toMatchObject({ levels, leftOver });
    expect(search.score).toBeCloseTo(score, 9);
    const sizes = after.histogram.flatMap((each: { size: number; classes: number }) =>
      Array(each.classes).fill(each.size),
    );
    expect(sizes).toEqual(classes);
  });
});

describe('soundings anonymise --dry-run', () => {
  test('shows risk and loss for several k side by side, and writes nothing', async () => {
    const ran = await anonymise(MEMBERS, '--spec', SPEC, '--dry-run', '--k', '15', '--out', out);
    expect([ran.exit, ran.err, existsSync(out)]).toEqual([0, '', false]);
    expect(ran.out.replace(MEMBERS, 'members.csv')).toBe(
      readFileSync(new URL('expected/anonymise-dry-run.txt', import.meta.url), 'utf8'),
    );
  });

  test('and for a script', async () => {
    const ran = await anonymise(MEMBERS, '--spec', SPEC, '--dry-run', '--json');
    const { trials, ...rest } = JSON.parse(ran.out);
    expect(rest).toEqual({ rows: 120, synthetic: true });
    expect(trials.map(({ k }: { k: number }) => k)).toEqual([3, 5, 10, 20]);
    expect(trials[0]).toMatchObject({ possible: true, after: { uniques: 0 }, withheldRows: 0 });
  });

  test('says which k there are too few rows for', async () => {
    const few = written('few.csv', 'town\nLeeds\nLeeds\nYork\nYork\n');
    const spec = written('spec.json', '{"columns": {"town": {"role": "quasi", "values": ["Leeds", "York"]}}}');
    const ran = await anonymise(few, '--spec', spec, '--dry-run');
    expect(ran.out).toContain('Too few rows for k 5, k 10, k 20.\n');
    expect(JSON.parse((await anonymise(few, '--spec', spec, '--dry-run', '--json')).out).trials[1]).toEqual({
      k: 5,
      possible: false,
    });
  });
});

test('a search that can take long says so, and one that would take too long is refused', async () => {
  const bands = (levels: number) =>
    Array.from({ length: levels }, (_, level) =>
      Array.from({ length: 2 ** (levels - level) - 1 }, (_, at) => (at + 1) * 2 ** level),
    );
  const keys = (n: number, levels: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, key) => [`key${key}`, { role: 'quasi', bands: bands(levels) }]));
  const table = (n: number) => {
    const header = Array.from({ length: n }, (_, key) => `key${key}`).join();
    return written(`${n}.csv`, `${header}\n${`${Array(n).fill('0').join()}\n`.repeat(6)}`);
  };
  const spec = (n: number, levels: number) => written(`${n}.json`, JSON.stringify({ columns: keys(n, levels) }));
  const long = await anonymise(table(7), '--spec', spec(7, 4), '--out', out);
  expect([long.exit, long.err]).toEqual([0, 'Searching 78,125 choices of levels; this can take minutes.\n']);
  const never = await anonymise(table(8), '--spec', spec(8, 6), '--out', join(folder, 'never'));
  expect([never.exit, existsSync(join(folder, 'never'))]).toEqual([1, false]);
  expect(never.err).toContain(
    'The hierarchies have 5,764,801 choices of levels together; 2,000,000 at most are searched.',
  );
});

test('the example in the documents is a spec, and is what the text says of it', async () => {
  const docs = readFileSync(new URL('../../docs/files.md', import.meta.url), 'utf8');
  const [, example = ''] = /^```json\n([\s\S]*?)^```/m.exec(docs) ?? [];
  const table = written(
    'members.csv',
    `name,region,staff,charity,debt,lender,note\n${'A,Leeds,12,yes,none,-1,hello\n'.repeat(5)}${'B,Kent,,yes,some,bank,\n'.repeat(5)}`,
  );
  const ran = await anonymise(table, '--spec', written('members.json', example), '--out', out);
  expect([ran.exit, ran.err]).toEqual([0, '']);
  const rows = read('data.csv')
    .split('\r\n')
    .map((line) => line.split(',').slice(1).join());
  expect(new Set(rows)).toEqual(
    new Set(['region,staff,charity,debt,lender', 'Leeds,10 to under 50,yes,-6,-6', 'Kent,-9,yes,-6,-6', '']),
  );
});

describe('what cannot be done is said in a sentence, and nothing is written', () => {
  test.each<[what: string, words: () => string[], exit: number, sentence: string]>([
    [
      'no folder',
      () => [MEMBERS, '--spec', SPEC],
      2,
      'Name the folder to write with --out, or look first with --dry-run.',
    ],
    [
      'a k under the floor',
      () => [MEMBERS, '--spec', SPEC, '--out', out, '--k', '2'],
      2,
      'at least 3: with fewer, people could be recognised',
    ],
    [
      'a k under the spec’s',
      () => [
        MEMBERS,
        '--spec',
        written('spec.json', readFileSync(SPEC, 'utf8').replace('"k": 3', '"k": 7')),
        '--out',
        out,
        '--k',
        '6',
      ],
      2,
      'The spec promises that at least 7 rows look alike; --k can be more, not 6.',
    ],
    ['a folder for a table', () => ['tests', '--spec', SPEC, '--out', out], 1, 'tests is a folder. Name a file in it.'],
    ['no table', () => ['none.csv', '--spec', SPEC, '--out', out], 1, 'none.csv cannot be read. Is the name right?'],
    [
      'no spec',
      () => [MEMBERS, '--spec', 'none.json', '--out', out],
      1,
      'none.json cannot be read. Is the name right?',
    ],
    [
      'a spec that is wrong',
      () => [MEMBERS, '--spec', written('spec.json', '{\n"column": {}}'), '--out', out],
      1,
      'spec.json:2 error [unknown-key] "column" is not something that can be said here. Did you mean "columns"?',
    ],
    [
      'a table in another encoding',
      () => [written('latin.csv', Buffer.from('name,\xe9', 'latin1')), '--spec', SPEC, '--out', out],
      1,
      'is not UTF-8. Save it as CSV in UTF-8',
    ],
    [
      'a column that nobody named',
      () => [
        written(
          'more.csv',
          readFileSync(MEMBERS, 'utf8').replaceAll('\n', ',10.0.0.1\n').replace('note,10.0.0.1', 'note,ip'),
        ),
        '--spec',
        SPEC,
        '--out',
        out,
      ],
      1,
      'Line 1, column 10: the spec does not name "ip".',
    ],
    [
      'too few rows',
      () => [
        written('few.csv', readFileSync(MEMBERS, 'utf8').split('\n').slice(0, 3).join('\n')),
        '--spec',
        SPEC,
        '--out',
        out,
      ],
      1,
      'The table has 2 rows, and nobody can be hidden among 3.',
    ],
    ['a folder that cannot be', () => [MEMBERS, '--spec', SPEC, '--out', join(written('file', ''), 'out')], 1, 'file'],
  ])('%s', async (_, words, exit, sentence) => {
    const ran = await anonymise(...words());
    expect([ran.exit, ran.out]).toEqual([exit, '']);
    expect(ran.err).toContain(sentence);
    expect(ran.err).not.toMatch(/^ +at /m);
    expect(existsSync(out)).toBe(false);
  });
});
