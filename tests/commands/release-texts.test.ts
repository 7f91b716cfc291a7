import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { readZipEntry } from '../../src/commands/bundle/unzip.ts';
import { openAnswers } from '../../src/db/open.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { CHOIRS, choirs, madeUp } from '../release/choirs.ts';
import { addAnswers, HABITS } from '../release/published.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';

type Db = Awaited<ReturnType<typeof openAnswers>>['db'];

/** The choirs' file with these questions listed. */
function listing(...texts: string[]): string {
  const file = JSON.parse(CHOIRS);
  return JSON.stringify({ ...file, disclosure: { ...file.disclosure, texts } });
}

/** Made-up answers, the first of which say these things at Z1 and the others nothing. */
function saying(texts: readonly string[], seed = 1, n = 60): Answers[] {
  return madeUp(choirs, n, seed, HABITS).map((each, index) => ({ ...each, Z1: texts[index] ?? null }));
}

async function choirsWith(answers: readonly Answers[], source = listing('Z1', 'U1_other')) {
  const folder = testFolder();
  const inStore = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
    const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
    try {
      return await work(db);
    } finally {
      await close();
    }
  };
  await inStore((db) => addAnswers(db, answers, source));
  const release = (...words: string[]) => runCommand(['release', ...words], folder);
  const out = join(folder, 'review.csv');
  const write = (question = 'Z1', to = out) => release('texts', 'choirs', '--question', question, '--out', to);
  const make = (...words: string[]) =>
    release('make', 'choirs', '--by', 'Ada Byron', '--reviewed-by', 'Rhian Reader', '--texts', out, ...words);
  /** Decides about each row as a person would, in place. */
  const decide = (decision: (text: string) => string) => {
    const [header = [], ...rows] = parse(readFileSync(out, 'utf8'), { bom: true });
    const quoted = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
    const decided = rows.map((row) => [decision(row[1] ?? ''), ...row.slice(1)]);
    writeFileSync(out, `${[header, ...decided].map(quoted).join('\n')}\n`);
  };
  return { folder, out, inStore, release, write, make, decide };
}

const SAID = [
  'We sing better since we listen to ourselves',
  'Write to ada@example.org',
  'Ring 0161 496 0000, or come to LS6 3HN',
  '=SUM(1)\nand more',
  'Nobody minds',
  'Nobody minds',
  'Ŵyth o bobl',
] as const;
const MASKED = [
  'Nobody minds',
  'Nobody minds',
  'Ring [phone number], or come to [postcode]',
  'We sing better since we listen to ourselves',
  'Write to [e-mail]',
  "'=SUM(1) and more",
  'Ŵyth o bobl',
].sort();

async function unzip(folder: string, release: number, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  const zip = join(folder, 'releases', `choirs-${release}-synthetic.zip`);
  for await (const chunk of readZipEntry(zip, name)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

describe('M16: soundings release texts', () => {
  test('writes masked answers for a person to decide about, with nothing to join them by', async () => {
    const { out, write } = await choirsWith(saying([...SAID, '   ']));
    const { exit, err, out: told } = await write();
    expect(exit, err).toBe(0);
    expect(told).toContain(`7 answers to Z1 of choirs, in an order from chance, in ${out}`);
    expect(told).toContain('Fewer than 5 cannot be released to the network, and fewer than 10 not to the public.');
    expect(told).toMatch(/names of people.+names of places, organisations.+a story that others would know/s);
    const [header, ...rows] = parse(readFileSync(out, 'utf8'), { bom: true });
    expect(header).toEqual(['release', 'text: choirs Z1, Spring 2027', 'instead']);
    expect(rows.map((row: string[]) => row[1]).sort()).toEqual(MASKED);
    expect(rows.every((row: string[]) => row[0] === '' && row[2] === '')).toBe(true);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  test('writes the words of “other” boxes', async () => {
    const others = Array.from({ length: 6 }, (_, index) => ({ U1: ['other'], U1_other: `A piano ${index}` }));
    const { out, write } = await choirsWith(madeUp(choirs, 6, 1).map((each, index) => ({ ...each, ...others[index] })));
    const { exit, err } = await write('U1_other');
    expect(exit, err).toBe(0);
    expect(
      readFileSync(out, 'utf8')
        .match(/A piano \d/g)
        ?.sort(),
    ).toEqual(others.map(({ U1_other }) => U1_other));
  });

  test('--json is one JSON value without anybody’s words', async () => {
    const { out, release } = await choirsWith(saying(SAID));
    const ran = await release('texts', 'choirs', '--question', 'Z1', '--out', out, '--json');
    expect(JSON.parse(ran.out)).toEqual({
      survey: 'choirs',
      question: 'Z1',
      answers: 7,
      atLeast: { network: 5, public: 10 },
      file: out,
    });
  });

  test('leaves alone what was answered before the survey listed the question', async () => {
    const { inStore, write } = await choirsWith(saying(SAID), CHOIRS);
    const later = listing('Z1').replace('"version":"1.0"', '"version":"1.1"');
    await inStore((db) => addAnswers(db, saying(['New']), later));
    const { exit, err } = await write();
    expect([exit, err]).toEqual([
      1,
      expect.stringMatching(/^1 answer to Z1 may be released, and at least 5 are or none/),
    ]);
  });

  test.each([
    ['a question that is not listed', 'V1', /does not let out what people type at V1\. Its file lists: Z1, U1_other\./],
    ['too few answers', 'U1_other', /^\d answers? to U1_other may be released, and at least 5 are or none/],
  ])('refuses %s', async (_, question, message) => {
    const { out, write } = await choirsWith(saying(SAID, 1, 8));
    const { exit, err } = await write(question);
    expect([exit, err]).toEqual([1, expect.stringMatching(message)]);
    expect(existsSync(out)).toBe(false);
  });

  test('refuses a survey that promises that words stay, and never writes over somebody’s work', async () => {
    const promising = await choirsWith(saying(SAID), CHOIRS);
    expect((await promising.write()).err).toMatch(/What people type in choirs stays/);
    const { out, write } = await choirsWith(saying(SAID));
    writeFileSync(out, 'mine');
    chmodSync(out, 0o600);
    expect([(await write()).err, readFileSync(out, 'utf8')]).toEqual([
      `${out} is there already. Name another with --out.\n`,
      'mine',
    ]);
  });
});

describe('M16: soundings release make --texts', () => {
  test('puts approved items into a file of their own, and says so but not who read them', async () => {
    const { folder, write, decide, make, release } = await choirsWith(saying(SAID));
    await write();
    decide((text) => (text === 'Nobody minds' ? 'NO' : ' Yes '));
    const made = await make();
    expect(made.exit, made.err).toBe(0);
    const [header, ...lines] = (await unzip(folder, 1, 'texts-Z1.csv')).trimEnd().split('\r\n');
    expect(header).toBe('text');
    expect(lines.map((line) => parse(line)[0]?.[0]).sort()).toEqual(MASKED.filter((text) => text !== 'Nobody minds'));
    const readme = await unzip(folder, 1, 'README.txt');
    expect(readme).toMatch(/texts-Z1\.csv +what people typed at Z1: 5 items, read by a person first/);
    const report = await unzip(folder, 1, 'disclosure-report.json');
    expect(JSON.parse(report).texts).toEqual([{ question: 'Z1', items: 5 }]);
    const page = await unzip(folder, 1, 'disclosure-report.html');
    expect(page).toContain('What people typed at Z1');
    for (const text of [readme, report, page]) expect(text).not.toContain('Rhian');
    expect(await unzip(folder, 1, 'SHA256SUMS')).toContain('  texts-Z1.csv\n');
    const kept = JSON.parse((await release('show', 'choirs', '1', '--json')).out);
    expect(kept.report.texts).toEqual([{ question: 'Z1', items: 5, reviewedBy: 'Rhian Reader' }]);
    expect((await release('show', 'choirs', '1')).out).toContain(
      'Beside it, what people typed at Z1: 5 items, read by Rhian Reader.',
    );
    expect((await release('verify', 'choirs')).exit).toBe(0);
  });

  test('a release without texts has no such file', async () => {
    const { folder, release } = await choirsWith(saying(SAID));
    expect((await release('make', 'choirs', '--by', 'Ada')).exit).toBe(0);
    await expect(unzip(folder, 1, 'texts-Z1.csv')).rejects.toThrow('there is no texts-Z1.csv');
    expect(await unzip(folder, 1, 'README.txt')).toContain('What people typed, when they answered');
  });

  test('R4: what was taken back after it was written for review does not leave', async () => {
    const { inStore, write, decide, make } = await choirsWith(saying(SAID));
    await write();
    decide(() => 'yes');
    await inStore((db) => db.deleteFrom('responses').where('answers', 'like', '%Ŵyth%').execute());
    const { exit, err } = await make();
    expect([exit, err]).toEqual([
      1,
      expect.stringMatching(/Not among the answers to Z1: line \d\. The answer was taken back/),
    ]);
    decide((text) => (text === 'Ŵyth o bobl' ? 'no' : 'yes'));
    expect((await make()).exit).toBe(0);
  });

  test('R3: few more words are not told by two releases side by side', async () => {
    const { folder, release, write, decide, make } = await choirsWith(saying(SAID));
    await write();
    const withoutOne = (text: string) => (text === 'Ŵyth o bobl' ? 'no' : 'yes');
    decide(withoutOne);
    expect((await make()).exit).toBe(0);
    await release('approve', 'choirs', '1', '--by', 'Bo');
    decide(() => 'yes');
    const { exit, err } = await make();
    expect([exit, err]).toEqual([
      1,
      expect.stringContaining('Release 1 holds all of the approved answers to Z1 but 1'),
    ]);
    decide(withoutOne);
    const same = await make();
    expect(same.exit, same.err).toBe(0);
    expect((await unzip(folder, 2, 'texts-Z1.csv')).split('\r\n').sort()).toEqual(
      (await unzip(folder, 1, 'texts-Z1.csv')).split('\r\n').sort(),
    );
  });

  test.each([
    [
      'a row undecided',
      (text: string) => (text === 'Ŵyth o bobl' ? '' : 'yes'),
      /Line \d: there is neither "yes" nor "no"/,
    ],
    ['a word that decides nothing', () => 'perhaps', /Line 2: there is neither "yes" nor "no"/],
    [
      'fewer than k',
      (text: string) => (text === 'Nobody minds' ? 'yes' : 'no'),
      /2 of the answers to Z1 may leave, and at least 5/,
    ],
  ])('refuses %s, and keeps nobody’s words', async (_, decision, message) => {
    const { inStore, write, decide, make } = await choirsWith(saying(SAID));
    await write();
    decide(decision);
    const { exit, err } = await make();
    expect([exit, err]).toEqual([1, expect.stringMatching(message)]);
    const ledger = await inStore((db) => db.selectFrom('release_events').selectAll().execute());
    expect(JSON.stringify(ledger)).not.toMatch(/sing better|Nobody minds/);
  });

  test.each([
    ['nobody who read it', ['--texts', 'x.csv'], 'Say who read what people typed'],
    ['nothing that was read', ['--reviewed-by', 'Ada'], 'name a review file with --texts'],
    [
      'tables alone',
      ['--audience', 'public', '--tables', '--texts', 'x.csv', '--reviewed-by', 'Ada'],
      'Leave --tables or --texts out',
    ],
    ['a reader without a name', ['--texts', 'x.csv', '--reviewed-by', '7'], 'a name: letters first'],
  ])('is not told with %s', async (_, words, message) => {
    const { release } = await choirsWith(saying(SAID, 1, 8));
    const { exit, err } = await release('make', 'choirs', '--by', 'Ada', ...words);
    expect([exit, err]).toEqual([2, expect.stringContaining(message)]);
  });

  test('two files of one question are refused', async () => {
    const { out, write, decide, make } = await choirsWith(saying(SAID));
    await write();
    decide(() => 'yes');
    expect((await make('--texts', out)).err).toContain('Two review files are of Z1');
  });
});
