import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { insertResponses } from '../../src/responses/store.ts';
import { club, clubsSource, other, times } from '../release/microdata/clubs.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';

let folder: string;
let out: string;
beforeEach(async () => {
  folder = testFolder();
  out = join(folder, 'out');
});

/** Opens the folder's store for one piece of work. */
async function inStore<T>(work: (db: Awaited<ReturnType<typeof openAnswers>>['db']) => Promise<T>): Promise<T> {
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  try {
    return await work(db);
  } finally {
    await close();
  }
}

/** Publishes the clubs' survey, and puts these answers into it. */
async function fill(answers: readonly Answers[], source = clubsSource()): Promise<void> {
  await inStore(async (db) => {
    const { hash } = await publishVersion(db, source, '2027-03-01');
    const common = { survey: 'clubs', versionHash: hash, informationVersion: '1', consentVersion: '1', language: 'en' };
    await insertResponses(
      db,
      answers.map((each) => ({
        ...common,
        submission: { answers: each, filled: [] },
        withdrawalHash: null,
        week: '2027-W10',
        origin: 'import' as const,
      })),
    );
  });
}

/** Of each stage and size enough, and in the town alone. */
const CLUBS = [...times(6, club()), ...times(4, club({ H1: 'yes' })), ...times(7, other({ P2: 's10', V1: 'yes' }))];

const release = (...words: string[]) => runCommand(['release', 'clubs', ...words], folder);
const ledger = () => inStore((db) => db.selectFrom('releases').selectAll().execute());
const snapshots = () => inStore((db) => db.selectFrom('snapshots').selectAll().execute());
const read = (name: string, from = out) => readFileSync(join(from, name), 'utf8');
const today = () => new Date().toISOString().slice(0, 10);

describe('soundings release', () => {
  test('writes the files and the ledger’s line, and says what is withheld', async () => {
    await fill([...CLUBS, ...CLUBS, ...times(5, club({ P1: 'farm' })), club({ P1: 'village' })]);
    const ran = await release('--out', out, '--keys', 'all');
    expect(ran).toEqual({
      exit: 0,
      out: [
        `Release 1 of clubs: 34 rows and 16 columns in ${out}`,
        'At least 5 rows look alike on stage, p1, size.',
        'Withheld: 6 rows. The files say “at least 5”; keep the number to yourself.',
        'For the research network, under agreement; not for the public.',
        '',
      ].join('\n'),
      err: '',
    });
    expect(readdirSync(out).sort()).toEqual([
      'README.txt',
      'SHA256SUMS',
      'clubs-1.csv',
      'codebook.html',
      'codebook.json',
    ]);
    expect(read('clubs-1.csv').split('\r\n')).toHaveLength(36);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    const [line, ...more] = await ledger();
    expect(more).toEqual([]);
    expect(line).toMatchObject({ survey: 'clubs', number: 1, kind: 'microdata', made_on: today() });
    expect(JSON.parse(line?.settings ?? '')).toEqual({
      k: 5,
      keys: ['stage', 'p1', 'size'],
      audience: 'the research network, under agreement; not for the public',
      synthetic: false,
    });
    const content: Record<string, string> = JSON.parse(line?.content ?? '');
    for (const [name, text] of Object.entries(content)) expect(read(name)).toBe(text);
    expect((await snapshots()).map(({ id }) => id)).toEqual([line?.snapshot]);
  });

  test('nobody else on this computer can read the files, and their times say the day and no more', async () => {
    await fill(CLUBS);
    await release('--out', out);
    for (const path of [out, ...readdirSync(out).map((name) => join(out, name))]) {
      expect(statSync(path).mode & 0o077).toBe(0);
      expect(statSync(path).mtime.toISOString()).toBe(`${today()}T00:00:00.000Z`);
    }
  });

  test('the sums are those of the files', async () => {
    await fill(CLUBS);
    await release('--out', out);
    for (const line of read('SHA256SUMS').trimEnd().split('\n')) {
      const [sum, name = ''] = line.split('  ');
      expect(createHash('sha256').update(read(name)).digest('hex')).toBe(sum);
    }
  });

  test('says the same for a script, and calls the folder after the release', async () => {
    await fill(CLUBS);
    const before = process.cwd();
    process.chdir(folder);
    try {
      const ran = await release('--json', '--keys', 'size_wide,stage', '--k', '6');
      expect(JSON.parse(ran.out)).toEqual({
        survey: 'clubs',
        release: 1,
        folder: 'clubs-1',
        rows: 17,
        withheld: 0,
        columns: 14,
        k: 6,
        keys: ['stage', 'size_wide'],
        synthetic: false,
      });
      expect(existsSync('clubs-1/clubs-1.csv')).toBe(true);
    } finally {
      process.chdir(before);
    }
  });

  test('two releases of the same answers have no row name in common', async () => {
    await fill(CLUBS);
    await release('--out', join(folder, 'a'));
    await release('--out', join(folder, 'b'));
    const names = (from: string, file: string): readonly string[] =>
      read(file, join(folder, from)).match(/^r[0-9a-f]{20}/gm) ?? [];
    const [one, two] = [names('a', 'clubs-1.csv'), names('b', 'clubs-2.csv')];
    expect([one.length, two.length]).toEqual([17, 17]);
    expect(one.filter((name) => two.includes(name))).toEqual([]);
  });

  test('an earlier release is written again, the same byte for byte', async () => {
    await fill(CLUBS);
    await release('--out', out);
    await fill(times(9, club()));
    const again = join(folder, 'again');
    const ran = await release('--again', '1', '--out', again);
    expect([ran.exit, ran.out]).toEqual([0, `Release 1 of clubs, made on ${today()}, is in ${again}\n`]);
    expect(readdirSync(again)).toEqual(readdirSync(out));
    for (const name of readdirSync(out)) expect(read(name, again)).toBe(read(name));
    expect(await ledger()).toHaveLength(1);
  });

  test('made-up answers are called so', async () => {
    await fill(CLUBS, clubsSource({}, { synthetic: true }));
    const ran = await release('--out', out);
    expect(ran.out).toMatch(/^Release 1 of clubs of made-up answers: /);
    expect(readdirSync(out)).toContain('clubs-1-synthetic.csv');
    expect(read('README.txt')).toMatch(/^SYNTHETIC DATA\./);
  });

  test('a survey whose columns all tell a key is released with it', async () => {
    await fill([...CLUBS, club({ P2: 's100' })], clubsSource({ keys: ['stage', 'size'], columns: ['S1'] }));
    expect((await release('--out', out)).out).toMatch(
      /At least 5 rows look alike on stage, size\.\n|At least 5 rows look alike on stage\.\n/,
    );
  });

  test('a survey without keys has everybody in one class', async () => {
    await fill(CLUBS, clubsSource({ keys: [], columns: ['C1'], hierarchies: {} }));
    const ran = await release('--out', out);
    expect(ran.out).toMatch(/: 17 rows and 3 columns in .*\nIt has no keys\.\n/);
  });
});

test('keys may be written as the survey’s file says them or as the data file does', async () => {
  await fill(CLUBS);
  const keysFor = async (names: string) =>
    JSON.parse((await release('--preview', '--json', '--keys', names)).out).keys.map(
      (key: { name: string }) => key.name,
    );
  const expected = await keysFor('stage,P1');
  expect(expected).toHaveLength(2);
  expect(await keysFor('Stage,p1')).toEqual(expected);
});

describe('soundings release without --keys', () => {
  const keysOf = async () => JSON.parse((await release('--out', out, '--json')).out).keys;

  test('takes all keys where they cost hardly any rows', async () => {
    await fill(CLUBS);
    expect(await keysOf()).toEqual(['stage', 'p1', 'size']);
  });

  test('else the choice that keeps most of the data, and says so', async () => {
    await fill([...CLUBS, ...times(2, club({ P1: 'farm' })), ...times(2, other({ P2: 's100', V1: 'yes' }))]);
    const ran = await release('--out', out);
    expect(ran.out.split('\n').slice(1, 3)).toEqual([
      'All keys of the survey’s file together would withhold 14 of 21 rows. Choose others with --keys.',
      'At least 5 rows look alike on stage, size_wide.',
    ]);
    expect(read('README.txt')).toContain('P1: is a key that was not chosen.');
  });
});

describe('soundings release --preview', () => {
  test('shows what a file would hold and lose, and writes nothing', async () => {
    await fill([...CLUBS, ...times(2, club({ P1: 'farm' }))]);
    const ran = await release('--preview', '--keys', 'all');
    expect(ran.exit).toBe(0);
    await expect(ran.out).toMatchFileSnapshot('expected/release-preview.txt');
    expect([await ledger(), await snapshots(), readdirSync(folder)]).toEqual([[], [], ['answers.sqlite']]);
  });

  test('as JSON has the same', async () => {
    await fill(CLUBS);
    const shown = JSON.parse((await release('--preview', '--json', '--keys', 'none')).out);
    expect(shown).toMatchObject({ survey: 'clubs', release: 1, k: 5, responses: 17, rows: 17, withheld: 0, keys: [] });
  });
});

test('the preview, the release and the file have the same number of columns', async () => {
  await fill(CLUBS);
  const preview = JSON.parse((await release('--preview', '--json', '--keys', 'stage')).out);
  const made = JSON.parse((await release('--json', '--keys', 'stage', '--out', out)).out);
  const [data = ''] = readdirSync(out).filter((name) => name.endsWith('.csv') && !name.includes('label'));
  const [header = ''] = readFileSync(join(out, data), 'utf8').split('\n');
  const columns = header.split(',').length;
  expect([preview.columns, made.columns]).toEqual([columns, columns]);
  expect(preview.best.find(({ keyNames }: { keyNames: string[] }) => keyNames.join() === 'stage').columns).toBe(
    columns,
  );
});

describe('soundings release refuses, and writes nothing', () => {
  /** Nothing may be left: no line, no folder, nothing beside it. */
  const nothing = async () => {
    expect(await ledger()).toEqual([]);
    expect(readdirSync(folder)).toEqual(['answers.sqlite']);
  };

  test.each([
    ['a survey that is not there', ['nowhere'], 1, /^There is no survey called "nowhere"\. Published here: clubs\.\n$/],
    [
      'a key that is not there',
      ['clubs', '--keys', 'stag'],
      2,
      /^"stag" is not a key of this survey\. Did you mean "stage"\?\n$/,
    ],
    [
      'a question that is no key',
      ['clubs', '--keys', 'C1'],
      2,
      /^"C1" is not a key of this survey\. (Did|Its keys: stage, P1, size, size_wide)/,
    ],
    [
      'a k under the survey’s',
      ['clubs', '--k', '4'],
      2,
      /^The survey promises that at least 5 rows look alike; --k can be more, not 4\.\n$/,
    ],
    ['a k under 3', ['clubs', '--k', '2'], 2, /at least 3: with fewer, people could be recognised/],
    ['a preview with a folder', ['clubs', '--preview', '--out', 'x'], 2, /cannot be used with/],
    ['a release that was never made', ['clubs', '--again', '3'], 1, /^There is no data release 3 of clubs\.\n$/],
  ])('%s', async (_, words, exit, err) => {
    await fill(CLUBS);
    const ran = await runCommand(['release', ...words], folder);
    expect([ran.exit, ran.out]).toEqual([exit, '']);
    expect(ran.err).toMatch(err);
    await nothing();
  });

  test('a survey that nobody has answered', async () => {
    await fill([]);
    expect(await release()).toEqual({
      exit: 1,
      out: '',
      err: 'Nobody has answered clubs yet: there is nothing to release.\n',
    });
    await nothing();
  });

  test('a survey that lists nothing', async () => {
    await fill(CLUBS, clubsSource({ keys: [], columns: [], hierarchies: {} }));
    const ran = await release('--out', out);
    expect([ran.exit, ran.err]).toEqual([1, expect.stringMatching(/^Nothing in the survey may leave in a data file/)]);
    await nothing();
  });

  test('keys that would withhold most, and says which would keep more', async () => {
    const places = ['town', 'village', 'farm'];
    await fill(places.flatMap((P1) => [...times(3, club({ P1 })), ...times(3, other({ P1 }))]));
    const ran = await release('--out', out, '--keys', 'all');
    expect([ran.exit, ran.out]).toEqual([1, '']);
    await expect(ran.err).toMatchFileSnapshot('expected/release-advice.txt');
    await nothing();
  });

  test('where no choice of keys would do', async () => {
    await fill(times(4, club()));
    const ran = await release('--out', out);
    expect(ran.err).toBe(
      'With these keys and k = 5, 0 of 4 rows could stay; a file has at least half of them. Nothing was written.\n' +
        'No choice of keys would do. Wait for more responses, or make the groups of the keys wider in the survey’s file.\n',
    );
    await nothing();
  });

  test('a folder under a file', async () => {
    await fill(CLUBS);
    const ran = await release('--out', join(folder, 'answers.sqlite', 'out'));
    expect([ran.exit, ran.err]).toEqual([
      1,
      expect.stringMatching(/^(Nothing was released|The folder|.* is not a folder)/),
    ]);
    await nothing();
  });
});

describe('a folder that is there', () => {
  test('is used where it is empty', async () => {
    await fill(CLUBS);
    mkdirSync(out);
    expect((await release('--out', out)).exit).toBe(0);
    expect(readdirSync(out)).toHaveLength(5);
  });

  test('with an earlier release is replaced only with --force', async () => {
    await fill(CLUBS);
    await release('--out', out);
    const ran = await release('--out', out);
    expect([ran.exit, ran.err]).toEqual([
      1,
      `${out} is there already. Add --force to replace it, or name another with --out.\n`,
    ]);
    expect(readdirSync(out)).toContain('clubs-1.csv');
    expect((await release('--out', out, '--force')).exit).toBe(0);
    expect(readdirSync(out)).toEqual(['README.txt', 'SHA256SUMS', 'clubs-2.csv', 'codebook.html', 'codebook.json']);
    expect(await ledger()).toHaveLength(2);
  });

  test('with other things in it is never replaced', async () => {
    await fill(CLUBS);
    await release('--out', out);
    writeFileSync(join(out, 'thesis.docx'), 'years of work');
    const ran = await release('--out', out, '--force');
    expect([ran.exit, ran.err]).toEqual([
      1,
      `${out} holds other things than a release. Name a folder of its own with --out.\n`,
    ]);
    expect(readdirSync(out)).toContain('thesis.docx');
    expect(await ledger()).toHaveLength(1);
  });
});

describe('a release beside an earlier one', () => {
  beforeEach(async () => {
    await fill(CLUBS);
    await release('--out', join(folder, 'first'), '--keys', 'stage,P1');
  });

  test('is refused where it would show a newcomer', async () => {
    await fill([club()]);
    const ran = await release('--out', out, '--keys', 'stage,P1');
    expect([ran.exit, ran.err]).toEqual([
      1,
      'Beside release 1, this file would show which few respondents are new, gone or changed: fewer than 5 of them look ' +
        'alike. Wait for more responses. Give release 1 again with --again 1.\n',
    ]);
    expect([existsSync(out), (await ledger()).length]).toEqual([false, 1]);
  });

  test('is refused where the keys of both would come together', async () => {
    const ran = await release('--out', out, '--keys', 'stage,size');
    expect([ran.exit, ran.err]).toEqual([
      1,
      'Release 1 has other keys (stage, p1). Rows of two files can be matched by their answers, and then the keys of both ' +
        'come together. Choose all of its keys, or some. Give release 1 again with --again 1.\n',
    ]);
    expect([existsSync(out), (await ledger()).length]).toEqual([false, 1]);
  });

  test('is made where enough newcomers look alike', async () => {
    await fill(times(5, club()));
    expect((await release('--out', out, '--keys', 'stage')).exit).toBe(0);
  });
});

describe('the made-up answers of the AI adoption pilot', () => {
  const pilot = (...words: string[]) => runCommand(['release', 'ai-adoption', ...words], folder);
  beforeEach(async () => {
    const surveys = join(import.meta.dirname, '../../surveys/ai-adoption');
    await inStore(async (db) => publishVersion(db, readFileSync(join(surveys, '1.0.json'), 'utf8'), '2027-03-01'));
    const words = ['import', join(surveys, 'pilot92.csv'), '--survey', 'ai-adoption', '--synthetic'];
    expect((await runCommand(words, folder)).exit).toBe(0);
  });

  test('are too few for all keys, and the advice holds', async () => {
    const ran = await pilot('--out', out, '--keys', 'all');
    expect([ran.exit, ran.err]).toEqual([
      1,
      expect.stringMatching(/^With these keys and k = 5, 14 of 92 rows could stay;/),
    ]);
    const advised = [...ran.err.matchAll(/^ +(\d+) rows +(\d+) columns {2}--keys (\S+)$/gm)];
    expect(advised.length).toBeGreaterThan(3);
    const [, rows, columns, keys = ''] = advised[0] ?? [];
    const made = JSON.parse((await pilot('--out', out, '--keys', keys, '--json')).out);
    expect(made).toMatchObject({ rows: Number(rows), columns: Number(columns), synthetic: true });
    expect(read('ai-adoption-1-synthetic.csv').split('\r\n')).toHaveLength(Number(rows) + 2);
  });

  test('all leave with the keys that keep most of the data', async () => {
    const made = JSON.parse((await pilot('--out', out, '--json')).out);
    expect(made).toMatchObject({ rows: 92, withheld: 0, keys: ['stage', 'health_care'] });
  });
});
