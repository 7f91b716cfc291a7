/** Data files from the command line: made, looked at, approved, given out and checked. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { readZipEntry } from '../../src/commands/bundle/unzip.ts';
import { openAnswers } from '../../src/db/open.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { insertResponses } from '../../src/responses/store.ts';
import { club, clubsSource, other, times } from '../release/microdata/clubs.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';

let folder: string;
beforeEach(() => {
  folder = testFolder();
});

/** Publishes the clubs' survey, and puts these answers into it. */
async function fill(answers: readonly Answers[], source = clubsSource()): Promise<void> {
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  const { hash } = await publishVersion(db, source, '2027-03-01');
  const common = { survey: 'clubs', versionHash: hash, informationVersion: '1', consentVersion: '1', language: 'en' };
  const rows = answers.map((each) => ({
    ...common,
    submission: { answers: each, filled: [] },
    withdrawalHash: null,
    week: '2027-W10',
    origin: 'import' as const,
  }));
  await insertResponses(db, rows);
  await close();
}

/** Of each stage and size enough, and in the town alone. */
const CLUBS = [...times(16, club()), ...times(14, club({ H1: 'yes' })), ...times(17, other({ P2: 's10', V1: 'yes' }))];

const FEW = ['--override', 'few=the town asked'];
const BESIDE = ['--override', 'beside=they signed'];
const SEEN = ['--override', 'seen=we look away'];

const release = (...words: string[]) => runCommand(['release', ...words], folder);
const today = () => new Date().toISOString().slice(0, 10);

/** The files of a zip as text, by name. */
async function textIn(zip: string, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readZipEntry(zip, name)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const sum = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('a data file', () => {
  test('R1: is made, approved and given out, the same byte for byte each time', async () => {
    await fill(CLUBS);
    const made = await release('make', 'clubs', '--by', 'Ada');
    expect(made.exit, made.err).toBe(0);
    expect(made.out).toMatch(
      /^Release 1 of clubs is made of 47 responses, for the network\.\nIts data file has 47 rows and \d+ columns\. At least 5 rows look alike on /,
    );
    const releases = join(folder, 'releases');
    expect(readdirSync(releases)).toEqual(['clubs-1.zip']);
    expect(statSync(join(releases, 'clubs-1.zip')).mode & 0o077).toBe(0);
    const early = await release('bundle', 'clubs', '1', '--out', join(folder, 'early.zip'));
    expect([early.exit, early.err]).toEqual([1, expect.stringContaining('add --unapproved')]);
    await release('approve', 'clubs', '1', '--by', 'Bo');
    const [one, two] = [join(folder, 'one.zip'), join(folder, 'two.zip')];
    expect((await release('bundle', 'clubs', '1', '--out', one)).exit).toBe(0);
    await fill(times(9, club()));
    expect((await release('bundle', 'clubs', '1', '--out', two)).exit).toBe(0);
    expect(sum(one)).toBe(sum(two));
    expect((await release('verify', 'clubs')).exit).toBe(0);
    const again = await release('bundle', 'clubs', '1', '--out', one);
    expect([again.exit, again.err]).toEqual([1, expect.stringContaining('is there already. Add --force')]);
    const nowhere = await release('bundle', 'clubs', '1', '--out', join(folder, 'none', 'one.zip'));
    expect(nowhere).toMatchObject({
      exit: 1,
      err: `There is no folder ${join(folder, 'none')}. Make it first, or name a file in another.\n`,
    });
    const inFolder = await release('bundle', 'clubs', '1', '--out', folder, '--force');
    expect(inFolder).toMatchObject({ exit: 1, err: `${folder} is a folder. Name a file in it with --out.\n` });
    const page = await release('show', 'clubs', '1', '--report', folder);
    expect(page).toMatchObject({ exit: 1, err: `${folder} is a folder. Name a file in it.\n` });
  });

  test('F1, M3: holds its files in order, with the day of the release for their only time', async () => {
    await fill(CLUBS);
    await release('make', 'clubs', '--by', 'Ada');
    const zip = join(folder, 'releases', 'clubs-1.zip');
    const sums = await textIn(zip, 'SHA256SUMS');
    expect(sums.match(/\S+$/gm)).toEqual([
      'data.csv',
      'datapackage.json',
      'ddi-codebook.xml',
      'load.sps',
      'load.do',
      'load.R',
      'data.sav',
      'data.dta',
      'codebook.html',
      'questionnaire.json',
      'README.txt',
      'disclosure-report.html',
      'disclosure-report.json',
    ]);
    expect(await textIn(zip, 'questionnaire.json')).toBe(clubsSource());
    const all = await Promise.all((sums.match(/\S+$/gm) ?? []).map((name) => textIn(zip, name)));
    const days = new Set(all.flatMap((text) => text.match(/\b20\d\d-\d\d-\d\d\b/g) ?? []));
    // The survey's own dates stand in its file.
    const own = new Set(clubsSource().match(/\b20\d\d-\d\d-\d\d\b/g));
    expect([...days].filter((day) => !own.has(day) && day !== '2012-01-17')).toEqual([today()]);
  });

  test('M2: two files of the same answers have no row name in common', async () => {
    await fill(CLUBS);
    const names = async (number: number): Promise<readonly string[]> => {
      await release('make', 'clubs', '--by', 'Ada');
      return (
        (await textIn(join(folder, 'releases', `clubs-${number}.zip`), 'data.csv')).match(/^r[0-9a-f]{20}/gm) ?? []
      );
    };
    const [one, two] = [await names(1), await names(2)];
    expect([one.length, two.length]).toEqual([47, 47]);
    expect(one.filter((name) => two.includes(name))).toEqual([]);
  });

  test('says what it hides to staff, and never in the zip', async () => {
    await fill([...CLUBS, club({ P1: 'village', P2: 's100' })]);
    await release('make', 'clubs', '--by', 'Ada');
    const page = join(folder, 'report.html');
    const shown = await release('show', 'clubs', '1', '--report', page);
    expect(shown.out).toContain('Data file clubs-1.zip');
    expect(readFileSync(page, 'utf8')).toContain('For staff only');
    expect(readFileSync(page, 'utf8')).toContain('Release 1 waits for approval and is not published.');
    const look = join(folder, 'look');
    expect((await release('show', 'clubs', '1', '--page', look)).exit).toBe(0);
    const read = (name: string) => readFileSync(join(look, name), 'utf8');
    expect(read('disclosure-report-for-staff.html')).toContain('For staff only');
    for (const name of ['codebook.html', 'disclosure-report.html', 'README.txt']) {
      expect(read(name)).toBe(await textIn(join(folder, 'releases', 'clubs-1.zip'), name));
      expect(read('index.html')).toContain(`href="${name}"`);
    }
    expect(read('index.html')).toContain('npx soundings release bundle clubs 1 --unapproved');
    const { report } = JSON.parse((await release('show', 'clubs', '1', '--json')).out);
    expect(report.before.uniques).toBeGreaterThan(0);
    const outward = await textIn(join(folder, 'releases', 'clubs-1.zip'), 'disclosure-report.json');
    expect(JSON.parse(outward).before).not.toHaveProperty('uniques');
  });

  test.each(['xlsx', 'parquet'])('is written as %s when somebody asks', async (format) => {
    await fill(CLUBS);
    await release('make', 'clubs', '--by', 'Ada');
    const out = join(folder, `clubs.${format}`);
    const ran = await release('bundle', 'clubs', '1', '--unapproved', '--format', format, '--out', out, '--json');
    expect(JSON.parse(ran.out)).toEqual({ survey: 'clubs', release: 1, file: out });
    expect(statSync(out).size).toBeGreaterThan(1000);
  });

  test('that was changed or lost is found, and named', async () => {
    await fill(CLUBS);
    await release('make', 'clubs', '--by', 'Ada');
    const zip = join(folder, 'releases', 'clubs-1.zip');
    appendFileSync(zip, 'x');
    expect((await release('verify', 'clubs')).err).toContain('Release 1, clubs-1.zip: it is not as it was made.');
    rmSync(zip);
    expect((await release('verify', 'clubs')).err).toContain('Release 1, clubs-1.zip: the file is not there.');
    expect((await release('bundle', 'clubs', '1', '--unapproved')).err).toContain('Restore it from a backup.');
  });

  test('R1: that was changed after it was approved is given out in no format, and nothing is made beside it', async () => {
    await fill(CLUBS);
    await release('make', 'clubs', '--by', 'Ada');
    await release('approve', 'clubs', '1', '--by', 'Bo');
    appendFileSync(join(folder, 'releases', 'clubs-1.zip'), 'x');
    for (const format of ['zip', 'xlsx', 'parquet']) {
      const out = join(folder, `out.${format}`);
      const ran = await release('bundle', 'clubs', '1', '--format', format, '--out', out);
      expect([ran.exit, ran.err]).toEqual([1, expect.stringContaining('clubs-1.zip is not as it was made')]);
      expect(existsSync(out)).toBe(false);
    }
    const beside = await release('make', 'clubs', '--by', 'Ada');
    expect([beside.exit, beside.err]).toEqual([1, expect.stringContaining('clubs-1.zip is not as it was made')]);
  });

  test('made-up answers are called so, in every name', async () => {
    await fill(CLUBS, clubsSource({}, { synthetic: true }));
    const made = await release('make', 'clubs', '--by', 'Ada');
    expect(made.out).toContain('47 responses (synthetic data)');
    expect(readdirSync(join(folder, 'releases'))).toEqual(['clubs-1-synthetic.zip']);
    const readme = await textIn(join(folder, 'releases', 'clubs-1-synthetic.zip'), 'README.txt');
    expect(readme).toMatch(/^SYNTHETIC DATA\./);
  });
});

describe('M10: refused, with why and what to do', () => {
  test.each([
    [
      'fewer than 200 for the public',
      ['--audience', 'public'],
      1,
      'There are 47 responses, and a file for the public needs 200',
    ],
    [
      'k under what the public needs',
      ['--audience', 'public', '--k', '5', '--override', 'few=we are sure'],
      2,
      'a file for the public has at least 10 rows alike',
    ],
    ['k under what the survey promises', ['--k', '4'], 2, 'the survey promises that at least 5 rows look alike'],
    ['k under the floor', ['--k', '2'], 2, 'at least 3: with fewer, people could be recognised'],
    [
      'a key to keep that is left out',
      ['--keys', 'stage', '--keep', 'size'],
      2,
      '--keep names "size", and --keys leaves',
    ],
    ['an unknown key', ['--keys', 'colour'], 2, '"colour" is not a key of this survey. Its keys: '],
    ['a question that is no key', ['--keys', 'stage,H1'], 2, '"H1" is not a key of this survey. Its keys: '],
    ['a reason for no gate', ['--override', 'we are sure'], 2, 'It must be one of few=WHY (a public data file of few'],
    ['a gate that there is not', ['--override', 'all=we are sure'], 2, 'beside=WHY (tables and a data file that tell'],
    ['a gate without a reason', ['--override', 'few='], 2, 'It must be a reason in words'],
    [
      'two reasons for one gate',
      ['--override', 'few=we are sure', '--override', 'few=we are'],
      2,
      '"few" has a reason already: give one.',
    ],
    ['a misspelt key to keep', ['--keep', 'sizes'], 2, '"sizes" is not a key of this survey. Did you mean "size"? Its'],
  ])('%s', async (_, words, exit, sentence) => {
    await fill(CLUBS);
    const ran = await release('make', 'clubs', '--by', 'Ada', ...words);
    expect([ran.exit, ran.err]).toEqual([exit, expect.stringContaining(sentence)]);
    // Told at once, and not after minutes of other work.
    expect(ran.err).not.toContain('Tables protected');
    expect(readdirSync(folder).includes('releases') ? readdirSync(join(folder, 'releases')) : []).toEqual([]);
  });

  test.each([[], ['--dry-run']])(
    'a misspelt key before any answer is read, and without a trace %s',
    async (...more) => {
      await fill([]);
      const make = (...words: string[]) => release('make', 'clubs', '--by', 'Ada', ...words, ...more);
      const wrong = await make('--keys', 'stge');
      expect([wrong.exit, wrong.err]).toEqual([2, expect.stringContaining('Did you mean "stage"?')]);
      expect(JSON.parse((await release('list', 'clubs', '--json')).out).lines).toEqual([]);
      const right = await make('--keys', 'stage');
      expect([right.exit, right.err]).toEqual([1, expect.stringContaining('Nobody has answered clubs yet')]);
    },
  );

  test('few responses go to the public on a named person’s word, which stands in the report', async () => {
    await fill(CLUBS);
    const words = ['--audience', 'public', '--override', 'few=the town asked for it: x = y', '--by', 'Ada'];
    const made = await release('make', 'clubs', ...words);
    expect(made.exit, made.err).toBe(0);
    const report = await textIn(join(folder, 'releases', 'clubs-1.zip'), 'disclosure-report.json');
    expect(JSON.parse(report).settings.overrides).toEqual([
      { gate: 'few', by: 'Ada', reason: 'the town asked for it: x = y' },
    ]);
  });

  test('R3, M17: a file that would show who came since, with how many more it takes', async () => {
    await fill(CLUBS);
    await release('make', 'clubs', '--by', 'Ada');
    await release('approve', 'clubs', '1', '--by', 'Bo');
    await fill(times(2, club({ H1: 'yes' })));
    const ran = await release('make', 'clubs', '--by', 'Ada');
    expect([ran.exit, ran.err]).toEqual([
      1,
      expect.stringMatching(
        /Beside release 1, this file would show which few respondents are new: of 2 rows, no more than [12] are alike .* At least [34] more like them have to come\. None of the choices/,
      ),
    ]);
  });

  test('R3, M17: a file of too few newcomers on its keys, with fewer keys that pass', async () => {
    await fill([...CLUBS, ...times(10, club({ P2: 's10' })), ...times(10, club({ P2: 's10', H1: 'yes' }))]);
    await release('make', 'clubs', '--by', 'Ada');
    await release('approve', 'clubs', '1', '--by', 'Bo');
    await fill([...times(3, club()), ...times(3, club({ P2: 's10', H1: 'yes' }))]);
    const ran = await release('make', 'clubs', '--by', 'Ada');
    expect([ran.exit, ran.err]).toEqual([1, expect.stringContaining('it would pass with --keys')]);
    const [, keys = ''] = /it would pass with --keys ([\w,]+)[.,]/.exec(ran.err) ?? [];
    const passed = await release('make', 'clubs', '--by', 'Ada', '--keys', keys.replace(/,$/, ''));
    expect(passed.exit, passed.err).toBe(0);
  });
});

test('R3: a file of few newcomers passes, and what its figures would tell of them is still answered from the one before', async () => {
  await fill(CLUBS);
  const make = async (number: string) => {
    const made = await release('make', 'clubs', '--by', 'Ada');
    expect(made.exit, made.err).toBe(0);
    await release('approve', 'clubs', number, '--by', 'Bo');
  };
  const ask = async (...words: string[]) =>
    JSON.parse((await runCommand(['results', 'clubs', '--network', ...words, '--json'], folder)).out);
  await make('1');
  const first = await ask('--question', 'T1');
  expect(first).toMatchObject({ release: 1, insteadOf: null, people: 47 });
  await fill([...times(4, club()), ...times(2, club({ H1: 'yes' }))]);
  await make('2');
  const why = expect.stringContaining('Nothing is told of this file');
  expect(await ask('--question', 'T1')).toEqual({ ...first, insteadOf: { release: 2, why } });
  expect(await ask()).toMatchObject({ release: 1, insteadOf: { release: 2, why } });
  const said = await runCommand(['results', 'clubs', '--network', '--question', 'T1'], folder);
  expect(said.out).toContain('These are the figures of release 1. Of release 2: Nothing is told of this file');
  await fill([...times(6, club()), ...times(4, club({ H1: 'yes' }))]);
  await make('3');
  expect(await ask('--question', 'T1')).toMatchObject({ release: 3, insteadOf: null, people: 63 });
});

test('T12: a file and tables that tell more together than each need a named person’s word, whichever comes second', async () => {
  await fill(CLUBS);
  const tables = (...words: string[]) =>
    release('make', 'clubs', '--audience', 'public', '--tables', '--by', 'Ada', ...words);
  expect((await tables()).exit).toBe(0);
  await release('approve', 'clubs', '1', '--by', 'Bo');
  const file = (...words: string[]) => release('make', 'clubs', '--by', 'Ada', '--keys', 'none', ...words);
  const refused = await file();
  expect([refused.exit, refused.err]).toEqual([
    1,
    expect.stringMatching(/Tables by .*stage.* are published, and the file/),
  ]);
  expect((await release('make', 'clubs', '--keys', 'none', '--dry-run')).out).toContain(
    'refused without --override beside=WHY',
  );
  expect((await file(...FEW, ...SEEN)).err).toBe(refused.err);
  expect((await file('--override', 'beside=they signed the agreement')).exit).toBe(0);
  await release('approve', 'clubs', '2', '--by', 'Bo');
  await fill([...times(16, club()), ...times(17, other({ P2: 's10', V1: 'yes' }))]);
  const later = await tables();
  expect([later.exit, later.err]).toEqual([
    1,
    expect.stringMatching(/The data file of release 2 is out, and it does not show.* --override beside=WHY:/),
  ]);
  expect((await tables(...FEW, ...SEEN)).err).toBe(later.err);
  expect((await tables(...BESIDE)).exit).toBe(0);
});

test('M10, T12: a reason for one gate opens no other, and the record has each with what it is about', async () => {
  await fill(CLUBS);
  const make = (...words: string[]) =>
    release('make', 'clubs', '--audience', 'public', '--keys', 'none', '--by', 'Ada', ...words);
  const few = await make(...BESIDE, ...SEEN);
  expect([few.exit, few.err.match(/--override .*?=WHY/g)]).toEqual([1, ['--override few=WHY']]);
  const beside = await make(...FEW, ...SEEN);
  expect([beside.exit, beside.err.match(/--override .*?=WHY/g)]).toEqual([1, ['--override beside=WHY']]);
  expect(readdirSync(join(folder, 'releases'))).toEqual([]);

  // The last was not needed, and was given all the same.
  const made = await make(...FEW, ...BESIDE, ...SEEN);
  expect(made.exit, made.err).toBe(0);
  const { out } = await release('show', 'clubs', '1');
  expect(out).toContain(
    `made on ${today()} by Ada: the town asked (a public data file of few responses); they signed (tables and a data file that tell more together than each); we look away (tables soon after others that only staff have seen)\n`,
  );
  const overrides = [
    { gate: 'few', by: 'Ada', reason: 'the town asked' },
    { gate: 'beside', by: 'Ada', reason: 'they signed' },
    { gate: 'seen', by: 'Ada', reason: 'we look away' },
  ];
  expect(JSON.parse((await release('show', 'clubs', '1', '--json')).out).report.settings.overrides).toEqual(overrides);
  const zip = join(folder, 'releases', 'clubs-1.zip');
  expect(JSON.parse(await textIn(zip, 'disclosure-report.json')).settings.overrides).toEqual(overrides);
  expect(await textIn(zip, 'disclosure-report.html')).toContain(
    'Ada: they signed (tables and a data file that tell more together than each)',
  );
});

test('a dry run shows risk and loss of several settings, and leaves no line', async () => {
  await fill(CLUBS);
  const ran = await release('make', 'clubs', '--dry-run');
  expect(ran.out).toMatch(/^clubs: 47 responses, for the network\. This is a dry run: nothing is made\./);
  expect(ran.out.match(/^k \d+/gm)?.length).toBeGreaterThan(3);
  expect(ran.out).toContain('\n  flags      --audience network --k 10\n');
  expect(ran.out).toContain('\n  flags      --audience network --keep none\n');
  expect(ran.out).toMatch(
    /\n {2}network {4}\d+ groups? to filter by [\w, ]+; figures of \d+ of \d+ questions, \d+ of them with filters\n/,
  );
  expect(ran.out).toMatch(/\nk 5, without size\n {2}flags {6}--audience network --keys (?!.*size)\S+\n/);
  const { trials } = JSON.parse((await release('make', 'clubs', '--dry-run', '--json')).out);
  expect(trials.find(({ label }: { label: string }) => label === 'k 5')).toMatchObject({ possible: true, k: 5 });
  expect(JSON.parse((await release('list', 'clubs', '--json')).out).lines).toEqual([]);
});
