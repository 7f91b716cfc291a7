import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { choirs, madeUp } from '../release/choirs.ts';
import { addAnswers, HABITS } from '../release/published.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';

type Db = Awaited<ReturnType<typeof openAnswers>>['db'];

/** The command on a data folder of the choirs' survey. */
function choirsIn(folder: string) {
  const inStore = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
    const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
    try {
      return await work(db);
    } finally {
      await close();
    }
  };
  const add = (more: readonly Answers[]) => inStore((db) => addAnswers(db, more));
  const release = (...words: string[]) => runCommand(['release', ...words], folder);
  const make = (...words: string[]) =>
    release('make', 'choirs', '--audience', 'public', '--tables', '--by', 'Ada Byron', ...words);
  return { folder, inStore, add, release, make };
}

/** The same with these answers. */
async function choirsWith(answers: readonly Answers[]) {
  const choirs = choirsIn(testFolder());
  await choirs.add(answers);
  return choirs;
}

/** The same with release 1 of some answers, made by the command: it takes seconds, and each test works on a copy. */
function choirsReleased() {
  const folder = testFolder();
  cpSync(model, folder, { recursive: true });
  return choirsIn(folder);
}

let model: string;
beforeAll(async () => {
  model = mkdtempSync(join(tmpdir(), 'soundings-'));
  const { add, make } = choirsIn(model);
  await add(SOME);
  await make();
});
afterAll(() => rmSync(model, { recursive: true }));

const TODAY = new Date().toISOString().slice(0, 10);
const SOME = madeUp(choirs, 60, 1, HABITS);
const MORE = madeUp(choirs, 30, 2, HABITS);

describe('soundings release', () => {
  test('R5: what one makes waits until another approves it, and then stands on the public page', async () => {
    const { folder, release, make } = await choirsWith(SOME);
    const made = await make();
    expect(made.exit, made.err).toBe(0);
    expect(made.out).toBe(
      [
        'Release 1 of choirs is made of 60 responses (synthetic data), for the public.',
        'It waits for approval by another person, and nobody outside sees it yet.',
        '  Look at it:  npx soundings release show choirs 1',
        '  Approve it:  npx soundings release approve choirs 1 --by NAME',
        '',
      ].join('\n'),
    );
    const before = await runCommand(['results', 'choirs'], folder);
    expect([before.exit, before.err]).toEqual([
      1,
      'Nothing is published of choirs at the moment. Release 1 waits to be approved: npx soundings release approve choirs 1 --by NAME\n',
    ]);
    const same = await release('approve', 'choirs', '1', '--by', 'byron, ada');
    expect([same.exit, same.err]).toEqual([1, expect.stringContaining('a release is approved by another person')]);
    const approved = await release('approve', 'choirs', '1', '--by', 'Bo Checker');
    expect([approved.exit, approved.out]).toEqual([
      0,
      'Release 1 of choirs is approved, by Bo Checker.\nAt /surveys/choirs/results stands release 1 now.\n',
    ]);
    const after = await runCommand(['results', 'choirs'], folder);
    expect(after.out).toContain(`Release 1, made on ${TODAY}; published at /surveys/choirs/results`);
  });

  test('R5: the only member of staff approves alone, and the reason is on the record', async () => {
    const { release } = choirsReleased();
    const alone = await release('approve', 'choirs', '1', '--by', 'Ada Byron', '--alone', 'I am the only one here');
    expect(alone.exit, alone.err).toBe(0);
    const list = await release('list', 'choirs');
    expect(list.out).toContain(`approved on ${TODAY} by Ada Byron: I am the only one here`);
  });

  test('R5: one that waits beside another that was decided on says why it cannot be approved, and what to do', async () => {
    const { folder, release, make } = choirsReleased();
    await make();
    const open = await release('show', 'choirs', '2');
    expect(open.out).toContain('Approve it:    npx soundings release approve choirs 2 --by NAME');
    await release('approve', 'choirs', '1', '--by', 'Bo');
    const why = 'Release 1 was approved after release 2 was made, so release 2 was not checked beside it.';
    const show = await release('show', 'choirs', '2');
    expect(show.out).toContain(`  2  waits, and can no longer be approved\n`);
    expect(show.out).toContain(why);
    expect(show.out).not.toContain('release approve');
    expect(show.out).toContain(
      'Make it again: npx soundings release make choirs --audience public --tables --by NAME\nRefuse it:     npx soundings release refuse choirs 2 --reason WHY\n',
    );
    expect((await release('list', 'choirs')).out).toContain(`     ${why} Make it again.\n  1  approved`);
    const { releases } = JSON.parse((await release('list', 'choirs', '--json')).out);
    expect(releases.map((each: { cannotBeApproved?: string }) => each.cannotBeApproved)).toEqual([undefined, why]);
    expect(await release('approve', 'choirs', '2', '--by', 'Bo')).toMatchObject({
      exit: 1,
      err: expect.stringContaining(why),
    });
    await release('withdraw', 'choirs', '1', '--by', 'Bo', '--reason', 'a wrong label');
    const results = await runCommand(['results', 'choirs'], folder);
    expect(results.err).not.toContain('release approve');
  });

  test('R1: the list shows every release, every attempt that came to nothing, and a seal', async () => {
    const { add, release, make } = choirsReleased();
    await release('approve', 'choirs', '1', '--by', 'Bo');
    await add(MORE.slice(0, 1));
    expect((await make()).exit).toBe(1);
    await add(MORE.slice(1));
    await make();
    await release('refuse', 'choirs', '2', '--by', 'Bo', '--reason', 'a wrong label');
    const { out } = await release('list', 'choirs');
    expect(out.split('\n').slice(0, -2)).toEqual([
      '  2  refused',
      `     tables for the public, made on ${TODAY} by Ada Byron`,
      `     refused on ${TODAY} by Bo: a wrong label`,
      '  1  approved',
      `     tables for the public, made on ${TODAY} by Ada Byron`,
      `     approved on ${TODAY} by Bo`,
      expect.stringMatching(/^ {2}- {2}failed on .+, by Ada Byron: Fewer than 10 answers came or went since release 1/),
      '',
    ]);
    const json = JSON.parse((await release('list', 'choirs', '--json')).out);
    expect(json.lines.map(({ event }: { event: string }) => event)).toEqual([
      'made',
      'approved',
      'failed',
      'made',
      'refused',
    ]);
    expect(out).toContain(`Seal after line 5: ${json.lines[4].seal}`);
  });

  test('R2: staff do not read in two releases that only they see what the few who came between answered', async () => {
    const { add, release, make } = choirsReleased();
    await add(MORE.slice(0, 1));
    expect(await make()).toMatchObject({
      exit: 1,
      err: expect.stringContaining('Fewer than 10 answers came or went since release 1, which nobody outside has seen'),
    });
    const other = await make('--override', 'few=the town asked', '--override', 'beside=they signed');
    expect([other.exit, other.err.match(/--override .*?=WHY/g)]).toEqual([1, ['--override seen=WHY']]);
    const made = await make('--override', 'seen=a label was wrong');
    expect(made.exit, made.err).toBe(0);
    expect((await release('show', 'choirs', '2')).out).toContain(
      `made on ${TODAY} by Ada Byron: a label was wrong (tables soon after others that only staff have seen)\n`,
    );
  });

  test('a failed attempt leaves its line and nothing else', async () => {
    const { folder, inStore, make } = await choirsWith(madeUp(choirs, 9, 1));
    const { exit, err } = await make();
    expect([exit, err]).toEqual([1, expect.stringContaining('Results are published from 10 responses on')]);
    await inStore(async (db) => {
      expect(await db.selectFrom('releases').select('id').execute()).toEqual([]);
      expect(await db.selectFrom('snapshots').select('id').execute()).toEqual([]);
      expect(await db.selectFrom('release_events').select(['event', 'number']).execute()).toEqual([
        { event: 'failed', number: null },
      ]);
    });
    expect(readdirSync(join(folder, 'releases'))).toEqual([]);
  });

  test('R1: a changed figure, a changed line and a lost release are found', async () => {
    const { inStore, release } = choirsReleased();
    const { lines } = JSON.parse((await release('list', 'choirs', '--json')).out);
    await release('approve', 'choirs', '1', '--by', 'Bo');
    const verify = (...words: string[]) => release('verify', 'choirs', ...words);
    const { seal } = lines[0];
    expect(await verify('--seal', seal)).toMatchObject({
      exit: 0,
      out: '1 release of choirs and 2 lines of its ledger are as they were made, and the ledger has had this seal.\n',
    });
    const change = (column: 'person', value: string) =>
      inStore((db) =>
        db
          .updateTable('release_events')
          .set({ [column]: value })
          .where('line', '=', 1)
          .execute(),
      );
    await change('person', 'Somebody Else');
    expect((await verify('--seal', seal)).err).toContain('The ledger never had this seal');
    await change('person', 'Ada Byron');
    expect((await verify('--seal', seal)).exit).toBe(0);
    // Whoever changes a figure can change its hash too; the ledger has it once more, under the seal.
    const { content } = await inStore((db) => db.selectFrom('releases').select('content').executeTakeFirstOrThrow());
    const changed = content.replace('"responses":60', '"responses":61');
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256').update(changed).digest('hex');
    await inStore((db) => db.updateTable('releases').set({ content: changed, hash }).execute());
    expect((await verify()).err).toBe('Release 1: its tables were changed after it was made.\n');
    await inStore((db) => db.deleteFrom('releases').execute());
    expect((await verify()).err).toBe('Release 1 was taken out of the store. Restore it from a backup.\n');
  });

  test.each([
    ['a survey that is not there', ['make', 'choir'], 1, 'There is no survey called "choir"'],
    ['a release that is not there', ['approve', 'choirs', '4', '--by', 'Bo'], 1, 'There is no release 4 of choirs.'],
    ['no number', ['approve', 'choirs', 'four'], 2, 'It must be a number'],
    ['a name that is none', ['approve', 'choirs', '1', '--by', '123'], 2, 'It must be a name'],
    ['tables for the network', ['make', 'choirs', '--tables'], 2, 'The network’s tables are worked out from its data'],
    [
      'settings of a file that is left out',
      ['make', 'choirs', '--audience', 'public', '--tables', '--k', '12'],
      2,
      'are about the data file, and --tables leaves it out',
    ],
    ['no reason', ['withdraw', 'choirs', '1'], 2, '--reason'],
    ['an empty reason', ['refuse', 'choirs', '1', '--reason', '  '], 2, 'It must be a reason in words'],
    ['an audience that is none', ['make', 'choirs', '--audience', 'all'], 2, 'Allowed choices are public, network'],
    ['a seal that is none', ['verify', 'choirs', '--seal', 'abc'], 2, 'a seal as "release list" prints it'],
    ['a data file of a release without', ['bundle', 'choirs', '1', '--unapproved'], 1, 'holds tables and no data file'],
    ['a report on no data file', ['show', 'choirs', '1', '--report', 'report.html'], 1, 'Leave --report out'],
    ['the files of one that waits', ['bundle', 'choirs', '1'], 1, 'waits for approval. To look at its files before'],
  ])('refuses %s in a sentence', async (_, words, exit, sentence) => {
    const { release } = choirsReleased();
    const ran = await release(...words);
    expect([ran.exit, ran.err]).toEqual([exit, expect.stringContaining(sentence)]);
  });

  test('shows whoever has to approve the figures, as they would stand', async () => {
    const { release } = choirsReleased();
    const { out } = await release('show', 'choirs', '1');
    expect(out).toMatch(/\n\nChoirs and recording \(synthetic\): 60 responses/);
    expect(out).toMatch(/figures in \d+ tables, \d+ of them hidden to protect people\./);
    expect(out).toContain('Every figure:  npx soundings release show choirs 1 --json');
    const { results } = JSON.parse((await release('show', 'choirs', '1', '--json')).out);
    expect(results.release.number).toBe(1);
    expect(results.figures.length).toBeGreaterThan(10);
  });

  test('"release SURVEY" is "release make SURVEY"', async () => {
    const { release } = await choirsWith(SOME);
    const ran = await release('choirs', '--audience', 'public', '--tables', '--by', 'Ada');
    expect(ran.out).toMatch(/^Release 1 of choirs is made/);
  });
});

describe('stopping', () => {
  test('Ctrl-C leaves a line that says so, and nothing else', async () => {
    // Some hundred answers take long enough to protect that the signal comes in the middle of it.
    const { folder, inStore } = await choirsWith(madeUp(choirs, 400, 5, HABITS));
    const words = ['dist/main.js', 'release', 'make', 'choirs', '--audience', 'public', '--tables'];
    const child = spawn(process.execPath, words, { env: { ...process.env, DATA_DIR: folder } });
    let said = '';
    let stopped = false;
    child.stderr.on('data', (text) => {
      said += text;
      if (!stopped && said.includes('Answers read: ')) {
        stopped = true;
        child.kill('SIGINT');
      }
    });
    const exit = await new Promise((resolve) => child.on('exit', resolve));
    expect([exit, said]).toEqual([1, expect.stringContaining('Stopped: nothing was released.')]);
    await inStore(async (db) => {
      expect(await db.selectFrom('release_events').select('event').execute()).toEqual([{ event: 'cancelled' }]);
      expect(await db.selectFrom('releases').select('id').execute()).toEqual([]);
      expect(await db.selectFrom('snapshots').select('id').execute()).toEqual([]);
    });
    expect(existsSync(join(folder, 'releases')) ? readdirSync(join(folder, 'releases')) : []).toEqual([]);
  });
});
