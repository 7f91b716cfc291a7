/** A data file has its place where the ledger names it, and nowhere else, wherever the making of it is cut off. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { openWorkshop } from '../../src/commands/release/workshop.ts';
import { openAnswers } from '../../src/db/open.ts';
import { choirs, madeUp } from '../release/choirs.ts';
import { addAnswers, HABITS } from '../release/published.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';

const ZIP = 'choirs-1-synthetic.zip';
const PART = expect.stringMatching(/^\.[0-9a-f]{16}\.part$/);
const KILLER = new URL('../support/killed-at.cjs', import.meta.url).pathname;

let folder: string;
beforeEach(async () => {
  folder = testFolder();
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  await addAnswers(db, madeUp(choirs, 60, 3, HABITS));
  await close();
});

const release = (...words: string[]) => runCommand(['release', ...words], folder);
const files = () => readdirSync(join(folder, 'releases')).sort();

/** Makes a data file in a process that is killed in the middle of putting it on the record. */
async function makeKilled(at: 'linked' | 'recorded'): Promise<void> {
  const words = ['--require', KILLER, 'dist/main.js', 'release', 'make', 'choirs', '--by', 'Ada'];
  const child = spawn(process.execPath, words, { env: { ...process.env, DATA_DIR: folder, KILLED_AT: at } });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
}

async function linesOfLedger(): Promise<number> {
  return JSON.parse((await release('list', 'choirs', '--json')).out).lines.length;
}

/** Starts the work of a server, which has nothing to do, and stops it. */
async function startServer(): Promise<void> {
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  const places = { answersPath: join(folder, 'answers.sqlite'), releasesPath: join(folder, 'releases') };
  const workshop = await openWorkshop({ db, log: pino({ level: 'silent' }), now: () => new Date() }, places);
  await workshop.close();
  await close();
}

test('R1: killed when the file has its place and the ledger no line yet, the file goes when the next is made', async () => {
  await makeKilled('linked');
  expect([files(), await linesOfLedger()]).toEqual([[PART, ZIP], 0]);
  expect(await release('verify', 'choirs')).toMatchObject({ exit: 1, err: expect.stringContaining(`${ZIP} lies`) });
  const made = await release('make', 'choirs', '--audience', 'public', '--tables', '--by', 'Ada');
  expect([made.exit, made.err]).toEqual([0, expect.any(String)]);
  expect(files()).toEqual([]);
  expect((await release('verify', 'choirs')).exit).toBe(0);
});

test('R1: killed there, the file goes when the server starts', async () => {
  await makeKilled('linked');
  await startServer();
  expect([files(), await linesOfLedger()]).toEqual([[], 0]);
});

test('R1: killed when the ledger has its line, the release stands with its file', async () => {
  await makeKilled('recorded');
  expect([files(), await linesOfLedger()]).toEqual([[PART, ZIP], 1]);
  await startServer();
  expect(files()).toEqual([ZIP]);
  expect((await release('verify', 'choirs')).exit).toBe(0);
});

test('R1: a file that no release has is never written over, and verify names it', async () => {
  mkdirSync(join(folder, 'releases'));
  const later = join(folder, 'releases', ZIP);
  writeFileSync(later, 'what a newer store released');
  const refused = { exit: 1, err: expect.stringContaining(`${ZIP} lies`) };
  expect(await release('verify', 'choirs')).toMatchObject(refused);
  expect(await release('make', 'choirs', '--by', 'Ada')).toMatchObject(refused);
  expect([files(), await linesOfLedger(), readFileSync(later, 'utf8')]).toEqual([
    [ZIP],
    1,
    'what a newer store released',
  ]);
});

test('what somebody is still writing stays, and goes when it was given up a day ago', async () => {
  mkdirSync(join(folder, 'releases'));
  const aside = join(folder, 'releases', '.0123456789abcdef.part');
  writeFileSync(aside, 'half a file');
  await startServer();
  expect(files()).toEqual(['.0123456789abcdef.part']);
  const dayAgo = Date.now() / 1000 - 86_500;
  utimesSync(aside, dayAgo, dayAgo);
  await startServer();
  expect(files()).toEqual([]);
});
