/** Accounts by command: the first admin, and the way back in for whoever keeps the server. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import { describe, expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import { type Child, startChild } from '../support/child.ts';
import { testFolder } from '../support/folder.ts';
import { Respondent } from '../support/respondent.ts';
import { type Ran, runCommand } from '../support/run-command.ts';
import { auditOf } from '../support/staff.ts';

const SECRET = 'a made-up secret of the tests, long enough';
const PUBLIC_URL = 'https://surveys.example.org';
const ADA = ['add', 'Ada@example.org', '--name', 'Ada Example', '--admin'];

/** A store, and `soundings account` on it. */
async function openStore(settings: Readonly<Record<string, string>> = {}) {
  const folder = testFolder();
  const all = { DATA_DIR: folder, SECRET, PUBLIC_URL, ...settings };
  await runCommand(['init'], folder);
  const account = (...words: readonly string[]): Promise<Ran> => runCommand(['account', ...words], all);
  const audit = async () => {
    const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
    const lines = await auditOf(db);
    await close();
    return lines;
  };
  return { folder, account, audit };
}

test('the first admin is made with a link to come in by', async () => {
  const { account, audit } = await openStore();
  expect((await account('list')).out).toBe(
    'There are no accounts yet. Make one with: npx soundings account add EMAIL --name NAME --admin\n',
  );
  const { exit, out, err } = await account(...ADA, '--role', 'approver:choirs');
  expect([exit, err]).toEqual([0, 'No survey called "choirs" has been published here yet.\n']);
  expect(out).toMatch(
    /^Made an account for Ada Example \(ada@example\.org\)\.\nPass this link on, by a way that only they read\. It works once, until \d+ \w+ \d{4} at \d\d:\d\d UTC:\nhttps:\/\/surveys\.example\.org\/staff\/invitations\/[\w-]{43}\n$/,
  );
  expect((await account('list')).out).toBe('ada@example.org  Ada Example (invited)\n  admin, approver of choirs\n');
  expect(JSON.parse((await account('list', '--json')).out)).toEqual([
    { email: 'ada@example.org', name: 'Ada Example', standing: 'invited', admin: true, roles: ['approver:choirs'] },
  ]);
  const lines = await audit();
  expect(lines.map((line) => line.replace(/^\S+ at the command line: /, ''))).toEqual([
    'account_added Ada Example',
    'role_given Ada Example approver:choirs',
    'admin_given Ada Example',
  ]);
});

test('without PUBLIC_URL it prints the end of the link, and says so', async () => {
  const { account } = await openStore({ PUBLIC_URL: '' });
  const { out, err } = await account(...ADA);
  expect(out.trim().split('\n').at(-1)).toMatch(/^\/staff\/invitations\/[\w-]{43}$/);
  expect(err).toContain('PUBLIC_URL is not set, so this is only the end of the link');
});

test('roles are given and taken, and accounts closed, opened and reset', async () => {
  const { account, audit } = await openStore();
  await account('add', 'bo@example.org', '--name', 'Bo');
  expect(
    (await account('role', 'bo@example.org', '--give', 'researcher:a', '--give', 'approver:b', '--admin')).out,
  ).toBe('Bo (bo@example.org): admin, researcher of a, approver of b\n');
  expect((await account('role', 'bo@example.org', '--take', 'approver:b', '--not-admin')).out).toBe(
    'Bo (bo@example.org): researcher of a\n',
  );
  expect((await account('disable', 'bo@example.org')).out).toBe('The account of Bo (bo@example.org) is deactivated.\n');
  expect(await account('reset', 'bo@example.org')).toEqual({
    exit: 1,
    out: '',
    err: 'The account of Bo is deactivated. Reactivate it first.\n',
  });
  expect((await account('enable', 'bo@example.org')).out).toBe('The account of Bo (bo@example.org) is active again.\n');
  expect((await account('reset', 'bo@example.org', '--second-factor')).out).toMatch(
    /^A new link for Bo[\s\S]*\/staff\/invitations\/[\w-]{43}\n$/,
  );
  expect((await audit()).map((line) => line.split(': ')[1])).toEqual([
    'account_added Bo',
    'role_given Bo researcher:a',
    'role_given Bo approver:b',
    'admin_given Bo',
    'role_taken Bo approver:b',
    'admin_taken Bo',
    'account_deactivated Bo',
    'account_reactivated Bo',
    'link_made Bo',
    'second_factor_reset Bo',
  ]);
});

describe('what was asked in a wrong way, or cannot be done, is told in a sentence', () => {
  test.each<[words: string[], exit: number, sentence: RegExp]>([
    [['add', 'ada', '--name', 'Ada'], 2, /must be an e-mail address, such as ada@example\.org/],
    [['add', 'ada@example.org'], 2, /Required option '--name <name>' not specified/],
    [['add', 'ada@example.org', '--name', '<b>'], 2, /must be a name: letters first/],
    [
      ['add', 'ada@example.org', '--name', 'Ada', '--role', 'boss:x'],
      2,
      /must be a role and a survey, such as researcher:ai-adoption/,
    ],
    [['add', 'bo@example.org', '--name', 'Bo'], 1, /^There is an account for bo@example\.org already\.\n$/],
    [['role', 'bo@example.org'], 2, /^Say what changes, with --give, --take, --admin or --not-admin\.\n$/],
    [['role', 'bo@example.org', '--admin', '--not-admin'], 2, /cannot be used with/],
    [
      ['reset', 'cy@example.org'],
      1,
      /^There is no account for cy@example\.org\. Those there are: npx soundings account list\n$/,
    ],
    [['nonsense'], 2, /nonsense/],
  ])('%j', async (words, exit, sentence) => {
    const { account } = await openStore();
    await account('add', 'bo@example.org', '--name', 'Bo');
    const ran = await account(...words);
    expect([ran.exit, ran.out]).toEqual([exit, '']);
    expect(ran.err).toMatch(sentence);
  });

  test('an account without SECRET, which could not sign in', async () => {
    const { account } = await openStore({ SECRET: '' });
    expect(await account(...ADA)).toEqual({
      exit: 1,
      out: '',
      err: 'The setting SECRET is missing: staff could not sign in without it. "openssl rand -hex 32" makes one; keep it where the data folder and its backups are not.\n',
    });
  });
});

/** Reads what the server prints until it is ready. */
async function startedWith(server: Child, last: RegExp): Promise<string> {
  let said = '';
  for await (const line of server.lines) {
    said += `${line}\n`;
    if (last.test(line)) break;
  }
  return said;
}

describe('a server', () => {
  test('does not start without the SECRET of its accounts', async () => {
    const { folder, account } = await openStore();
    await account(...ADA);
    const settings = { DATA_DIR: folder, PUBLIC_URL, PORT: '0' };
    const without = await runCommand(['serve'], { ...settings, SECRET: '' });
    expect([without.exit, without.out]).toEqual([1, '']);
    expect(without.err).toMatch(/^The setting SECRET is missing: there are staff accounts, which need it\. .*\n$/);
  });

  test('of a trial prints a sign-in once, which works, and keeps a secret that is nobody else’s to read', async () => {
    const folder = join(testFolder(), 'data');
    const env = { DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1', PUBLIC_URL: '', SECRET: '' };
    const server = startChild('../../dist/main.js', ['serve', '--trial'], { env });
    const said = await startedWith(server, /^A trial with synthetic data/);
    const url = /running at (\S+)/.exec(said)?.[1] ?? '';
    const told = (what: RegExp) => what.exec(said)?.[1] ?? '';
    const email = told(/e-mail address {2}(\S+)/);
    const passphrase = told(/passphrase {6}(\S+)/);
    const key = told(/with this key: ([A-Z2-7 ]+)\n/).replaceAll(' ', '');
    expect(passphrase).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/);

    const browser = await new Respondent(url).open('/staff');
    await browser.answer({ email, passphrase });
    await browser.answer({ code: generateSync({ secret: key }) });
    expect([browser.address, browser.heading]).toEqual(['/staff', 'Staff']);
    expect(browser.words).toContain('You are its approver.');
    await browser.open('/staff/accounts');
    await browser.press('Make the link', { email: 'bo@example.org', name: 'Bo' });
    expect(browser.code).toMatch(`${url}/staff/invitations/`);
    const other = await new Respondent(url).open('/staff');
    await other.answer({ email, passphrase });
    await other.answer({ code: told(/each once: ([A-Z2-7 ]+),/) });
    expect(other.address).toBe('/staff');

    const file = join(folder, 'trial-secret');
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    server.process.kill('SIGTERM');
    await server.ended;

    const again = startChild('../../dist/main.js', ['serve', '--trial'], { env });
    const saidAgain = await startedWith(again, /^A trial with synthetic data/);
    expect(saidAgain).toContain(`/staff/sign-in as the first start said.`);
    expect(saidAgain).not.toContain(passphrase);
    again.process.kill('SIGTERM');
    await again.ended;

    // With another secret nothing could be unsealed: better not to start.
    const wrong = await runCommand(['serve', '--trial'], { ...env, SECRET });
    expect([wrong.exit, wrong.err.includes('SECRET is another than the one')]).toEqual([1, true]);
    // The command finds the trial's own.
    expect((await runCommand(['account', 'reset', email], { ...env })).exit).toBe(0);
  });

  test('without accounts starts without SECRET, and makes no account', async () => {
    const { folder } = await openStore({ SECRET: '' });
    const env = { DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1', PUBLIC_URL, SECRET: '' };
    const server = startChild('../../dist/main.js', ['serve'], { env });
    await startedWith(server, /^People reach it/);
    server.process.kill('SIGTERM');
    await server.ended;
    expect(existsSync(join(folder, 'trial-secret'))).toBe(false);
    expect((await runCommand(['account', 'list', '--json'], env)).out).toBe('[]\n');
  });
});
