/** What holds for the whole command line: exit codes, help, JSON. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, Option } from 'commander';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addAccount } from '../../src/accounts/people/store.ts';
import { programOf } from '../../src/commands/program.ts';
import { SURVEYS } from '../../src/commands/support.ts';
import { openAnswers } from '../../src/db/open.ts';
import { choirs, madeUp } from '../release/choirs.ts';
import { addAnswers, HABITS } from '../release/published.ts';
import { testFolder } from '../support/folder.ts';
import { makeTables, publishTables } from '../support/release.ts';
import { runCommand } from '../support/run-command.ts';

const SURVEY = new URL('../surveys/engine/shown-by-stage.json', import.meta.url).pathname;
const WRONG = new URL('../surveys/wrong/unknown-key.json', import.meta.url).pathname;
const MAIN = new URL('../../dist/main.js', import.meta.url).pathname;
const CODE = 'shown-by-stage';
const BO = 'bo@example.org';
/** A table of made-up members, and what its columns are. */
const MEMBERS = new URL('../release/microdata/plain-table/members-synthetic.csv', import.meta.url).pathname;
const MEMBERS_SPEC = MEMBERS.replace('.csv', '.json');
/** The survey whose answers may leave in a file. */
const FLAGSHIP = 'ai-adoption';

let model: string;
let folder: string;

/** Two surveys, one with its made-up answers, and rows to import. Each test works on a copy. */
beforeAll(async () => {
  model = mkdtempSync(join(tmpdir(), 'soundings-'));
  await runCommand(['init'], model);
  await runCommand(['publish', SURVEY], model);
  await runCommand(['simulate', SURVEY, '--n', '9', '--csv', join(model, 'rows.csv')], model);
  await runCommand(['publish', join(SURVEYS, FLAGSHIP, '1.0.json')], model);
  await runCommand(['import', join(SURVEYS, FLAGSHIP, 'pilot92.csv'), '--survey', FLAGSHIP, '--synthetic'], model);
  await releaseChoirs();
});

/** Of the choirs the first release is out, and the second waits; Bo has an account. */
async function releaseChoirs(): Promise<void> {
  const { db, close } = await openAnswers(join(model, 'answers.sqlite'));
  await addAnswers(db, madeUp(choirs, 60, 1, HABITS));
  await publishTables(db, 'choirs', '2027-05-01');
  await addAnswers(db, madeUp(choirs, 30, 2, HABITS));
  await makeTables(db, 'choirs', '2027-06-01');
  const bo = { email: BO, name: 'Bo', admin: false, roles: [] };
  await addAccount(db, bo, { id: null, name: 'root' }, new Date('2027-06-01'));
  await close();
}
afterAll(() => rmSync(model, { recursive: true }));

beforeEach(() => {
  folder = testFolder();
  cpSync(model, folder, { recursive: true });
});

/** The commands of the program, and of those that have commands of their own. */
const commands = (await programOf()).commands.flatMap((command) => [command, ...command.commands]);

/** "release make" is the command "make" of "release". */
const nameOf = (command: Command): string =>
  command.parent?.parent ? `${command.parent.name()} ${command.name()}` : command.name();
const names = commands.map(nameOf);

/** Each command asked rightly, asked for what cannot be done, and asked wrongly. `FOLDER` stands for the data folder. */
const EXITS: Record<string, { done?: string[]; failed?: string[]; wrong: string[] }> = {
  // These two run on; tests of their own start and stop them.
  serve: { failed: [], wrong: ['--port', '80'] },
  bench: { wrong: ['--seconds', 'many'] },
  init: { done: [], wrong: ['here'] },
  check: { done: [SURVEY], failed: [WRONG], wrong: ['FOLDER/none.json'] },
  paths: { done: [SURVEY], failed: [WRONG], wrong: [SURVEY, '--stage', 'nobody'] },
  publish: { done: [SURVEY], failed: [WRONG], wrong: [] },
  fieldwork: { done: [CODE], failed: ['nobody'], wrong: [CODE, '--shut'] },
  simulate: { done: [SURVEY, '--n', '3'], failed: [WRONG], wrong: [SURVEY, '--n', 'many'] },
  import: {
    done: ['FOLDER/rows.csv', '--survey', CODE, '--synthetic'],
    failed: ['FOLDER/none.csv', '--survey', CODE],
    wrong: ['FOLDER/rows.csv'],
  },
  results: { done: [FLAGSHIP, '--preview'], failed: [FLAGSHIP], wrong: [] },
  release: { failed: ['nobody'], wrong: [FLAGSHIP, '--k', '0'] },
  'release make': { done: [FLAGSHIP, '--dry-run'], failed: ['nobody'], wrong: [FLAGSHIP, '--audience', 'all'] },
  'release approve': { done: ['choirs', '2', '--by', 'Bo'], failed: ['choirs', '1'], wrong: ['choirs', 'two'] },
  'release refuse': {
    done: ['choirs', '2', '--reason', 'a test'],
    failed: ['choirs', '9', '--reason', 'a test'],
    wrong: ['choirs', '2'],
  },
  'release withdraw': {
    done: ['choirs', '1', '--reason', 'a test'],
    failed: ['choirs', '2', '--reason', 'a test'],
    wrong: ['choirs', '1'],
  },
  'release list': { done: ['choirs'], failed: ['nobody'], wrong: [] },
  'release show': { done: ['choirs', '2'], failed: ['choirs', '3'], wrong: ['choirs'] },
  // Its survey has to list a question: tests/commands/release-texts.test.ts has one.
  'release texts': { failed: ['choirs', '--question', 'Z1', '--out', 'FOLDER/review.csv'], wrong: ['choirs'] },
  'release bundle': { failed: ['choirs', '1'], wrong: ['choirs', '1', '--format', 'doc'] },
  'release verify': { done: ['choirs'], failed: ['nobody'], wrong: ['choirs', '--seal', 'x'] },
  anonymise: {
    done: [MEMBERS, '--spec', MEMBERS_SPEC, '--out', 'FOLDER/out'],
    failed: ['FOLDER/none.csv', '--spec', MEMBERS_SPEC, '--dry-run'],
    wrong: [MEMBERS, '--spec', MEMBERS_SPEC],
  },
  account: { wrong: ['nobody'] },
  // These two need SECRET: tests/commands/account.test.ts has it.
  'account add': { failed: ['cy@example.org', '--name', 'Cy'], wrong: ['cy@example.org'] },
  'account reset': { failed: [BO], wrong: [] },
  'account list': { done: [], wrong: ['everybody'] },
  'account role': { done: [BO, '--admin'], failed: ['cy@example.org', '--admin'], wrong: [BO] },
  'account disable': { done: [BO], failed: ['cy@example.org'], wrong: ['Bo'] },
  'account enable': { done: [BO], failed: ['cy@example.org'], wrong: ['Bo'] },
  routes: { done: [], wrong: ['--everything'] },
};

/** Each command that has --json, asked for it. */
const JSON_OF: Record<string, string[]> = {
  check: [SURVEY, WRONG],
  paths: [SURVEY],
  fieldwork: [CODE],
  simulate: [SURVEY, '--n', '3'],
  import: ['FOLDER/rows.csv', '--survey', CODE, '--synthetic'],
  results: [FLAGSHIP, '--preview'],
  'release make': [FLAGSHIP, '--dry-run'],
  'release approve': ['choirs', '2', '--by', 'Bo'],
  'release refuse': ['choirs', '2', '--reason', 'a test'],
  'release withdraw': ['choirs', '1', '--reason', 'a test'],
  'release list': ['choirs'],
  'release show': ['choirs', '2'],
  'release verify': ['choirs'],
  anonymise: [MEMBERS, '--spec', MEMBERS_SPEC, '--dry-run'],
  'account list': [],
  routes: [],
};

const inFolder = (words: readonly string[]) => words.map((word) => word.replace('FOLDER', folder));

describe('exit codes', () => {
  test('are tried for every command', () => {
    expect(Object.keys(EXITS).sort()).toEqual([...names].sort());
  });

  const cases = Object.entries(EXITS).flatMap(([name, { done, failed, wrong }]) =>
    [
      [0, done],
      [1, failed],
      [2, wrong],
    ].flatMap(([exit, words]) =>
      Array.isArray(words) ? [[Number(exit), [...name.split(' '), ...words]] as const] : [],
    ),
  );
  test.each(cases)('%i for soundings %j', async (exit, words) => {
    const ran = await runCommand(inFolder(words), { DATA_DIR: folder, PUBLIC_URL: '' });
    expect([ran.exit, ran.err]).toEqual([exit, expect.any(String)]);
    // Whoever asked wrongly is told why, and in no stack of calls.
    expect(ran.err + ran.out).not.toMatch(/^ +at /m);
    if (exit !== 0) expect(ran.err + ran.out).toMatch(/\S/);
    if (exit === 2) expect(ran.err).toMatch(/^[A-Z].*[^:]\n/);
  });

  test.each<[exit: number, words: string[]]>([
    [0, ['--help']],
    [0, ['--version']],
    [0, ['help', 'serve']],
    [2, []],
    [2, ['serv']],
    [2, ['--json']],
  ])('%i for soundings %j', async (exit, words) => {
    expect((await runCommand(words)).exit).toBe(exit);
  });

  test('are those of the process', () => {
    const ask = (...words: string[]) => {
      try {
        return execFileSync(process.execPath, [MAIN, ...words], { encoding: 'utf8', stdio: 'pipe' });
      } catch (error) {
        return error instanceof Error && 'status' in error ? error.status : error;
      }
    };
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(ask('--version')).toBe(`${version}\n`);
    expect([ask('check', WRONG), ask('check')]).toEqual([1, 2]);
  });
});

describe('--help', () => {
  test('lists every command with what it is for', async () => {
    const { out } = await runCommand(['--help']);
    for (const name of names.filter((each) => !each.includes(' ')))
      expect(out).toMatch(new RegExp(`^  ${name}\\b.*\\S`, 'm'));
    // One line each: the whole fits a small terminal.
    const lines = out.split('\n');
    expect([lines.length < 40, Math.max(...lines.map(({ length }) => length)) <= 80]).toEqual([true, true]);
    expect(out).toMatch(/^Example:\n {2}npx soundings check \S+\n {2}npx soundings publish \S+\n$/m);
  });

  test('lists them in the order of the work', async () => {
    const { out } = await runCommand(['--help']);
    expect(out.match(/^(?!Usage|Surveys|Example)[A-Z][a-z ]+(?=:$)/gm)).toEqual([
      'Options',
      'Start',
      'Prepare',
      'Collect',
      'Results',
      'Look after',
    ]);
    expect(commands.filter((command) => command.description() === '').map((command) => command.name())).toEqual([]);
  });

  test.each(names)('of %s tells what each flag and argument is', async (name) => {
    const { exit, out } = await runCommand([...name.split(' '), '--help']);
    expect(exit).toBe(0);
    const command = commands.find((each) => nameOf(each) === name);
    const flags = command?.options ?? [];
    const given = command?.registeredArguments ?? [];
    const told = [...flags.map(({ flags }) => flags), ...given.map((argument) => argument.name())];
    expect(told.filter((each) => !out.includes(each))).toEqual([]);
    const silent = [...flags, ...given].filter(({ description }) => !description);
    expect(silent).toEqual([]);
  });
});

describe('--json', () => {
  test('is tried for every command that has it', () => {
    const hasJson = (options: readonly Option[]) => options.some(({ long }) => long === '--json');
    const having = commands.filter(({ options }) => hasJson(options)).map(nameOf);
    // The benchmark takes minutes; a bundle needs a data file, which tests/commands/release-data.test.ts has.
    const elsewhere = ['bench', 'release bundle', 'release texts'];
    expect(having.filter((name) => !elsewhere.includes(name)).sort()).toEqual(Object.keys(JSON_OF).sort());
  });

  test.each(Object.entries(JSON_OF))('of %s is one JSON value and nothing else', async (name, words) => {
    const { out } = await runCommand(inFolder([...name.split(' '), ...words, '--json']), folder);
    expect(() => JSON.parse(out)).not.toThrow();
  });
});

test('a command’s own help breaks its lines where the terminal does', () => {
  const narrow = commands.map((command) => command.configureHelp({ helpWidth: 80 }).helpInformation());
  expect(narrow.flatMap((text) => text.split('\n')).filter(({ length }) => length > 80)).toEqual([]);
  const wide = commands.map((command) => command.configureHelp({ helpWidth: 400 }).helpInformation());
  // Given room, no sentence goes on in the next line.
  expect(wide.flatMap((text) => text.match(/[a-z,]\n[a-z]/g) ?? [])).toEqual([]);
});

test('what somebody else named cannot move the cursor of a terminal', async () => {
  const { err } = await runCommand(['check', 'odd\u001b[2J\u0007.json']);
  expect(err).toBe('There is no survey file at odd\uFFFD[2J\uFFFD.json.\n');
});
