/** What a respondent waits while a data file of many answers is made, against the moments just before. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { makeTrialAccount, type TrialSignIn } from '../../accounts/trial/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { getSurvey } from '../../questionnaire/parse.ts';
import { findJob, findUnderWay } from '../../release/making/store.ts';
import { trialSecret } from '../secret.ts';
import { CommandFailed } from '../support.ts';
import { inFolder, type Running, runSoundings, startSoundings } from './programs.ts';
import { MAKE } from './release.ts';
import { FLAGSHIP, fillStore, withStore } from './store.ts';
import { answersByTurns, begin, postForm, SURVEY } from './visitor.ts';

/** From a respondent's answer to the disk and back, in milliseconds. */
export interface Waits {
  readonly posts: number;
  readonly p50: number;
  /** The slowest of a hundred. */
  readonly p99: number;
  readonly longest: number;
}

export interface BesideFigures {
  readonly responses: number;
  /** With nothing else going on: of all moments just before one of the others. */
  readonly before: Waits;
  /** While the command makes a data file, and while the server does, asked on its pages. */
  readonly command: Waits;
  readonly server: Waits;
}

const CODE = 'ai-adoption';

/** One post each so many milliseconds: more than a busy survey has, and few enough that nobody waits for another. */
const EVERY = 20;

/** How often each way takes its turn. One file of 100,000 takes half a minute, and gives its p99 some 1,500 posts. */
const ROUNDS = 3;

/** So long nothing is measured: code is compiled, and memory taken. In milliseconds. */
const WARM_UP = 3000;

/** Posts answers at a steady pace all the while. @param seconds before each data file */
export async function measureBeside(responses: number, seconds: number): Promise<BesideFigures> {
  return inFolder(async (folder) => {
    await fillStore(folder, responses);
    const path = join(folder, 'answers.sqlite');
    const secret = trialSecret({ dataDir: folder, secret: undefined });
    const account = await withStore(path, (db) => makeTrialAccount(db, CODE, secret, new Date()));
    const site = await startSoundings(folder, ['serve', '--trial']);
    try {
      const staff = await signIn(site, account);
      const byCommand = () => runSoundings(folder, MAKE);
      // Emptying the log is left to the server, whose visitors would wait for ours.
      return await withStore(
        path,
        async (db) => ({
          responses,
          ...(await takeTurns(site, seconds, byCommand, () => makeOnSite(db, site, staff))),
        }),
        { leavesLog: true },
      );
    } finally {
      await site.stop();
    }
  });
}

async function takeTurns(
  site: Running,
  seconds: number,
  byCommand: () => Promise<unknown>,
  byServer: () => Promise<unknown>,
): Promise<Omit<BesideFigures, 'responses'>> {
  const post = await poster(site);
  const quiet = () => sleep(seconds * 1000);
  const waits = { before: [] as number[], command: [] as number[], server: [] as number[] };
  await timesWhile(post, () => sleep(WARM_UP));
  for (let round = 0; round < ROUNDS; round++) {
    waits.before.push(...(await timesWhile(post, quiet)));
    waits.command.push(...(await timesWhile(post, byCommand)));
    waits.before.push(...(await timesWhile(post, quiet)));
    waits.server.push(...(await timesWhile(post, byServer)));
  }
  return { before: waitsOf(waits.before), command: waitsOf(waits.command), server: waitsOf(waits.server) };
}

/** Somebody who answers one question, now so and now so. */
async function poster(site: Running): Promise<() => Promise<unknown>> {
  const cookie = await begin(site);
  const nextAnswer = answersByTurns();
  return () => postForm(site.url, `${SURVEY}/answer/s1`, nextAnswer(), cookie);
}

/** Posts until the work is done, whether the last was answered or not: a client that waits would leave out whoever comes meanwhile. */
async function timesWhile(post: () => Promise<unknown>, work: () => Promise<unknown>): Promise<number[]> {
  const sent: Promise<number>[] = [];
  const timer = setInterval(() => {
    const began = performance.now();
    sent.push(post().then(() => performance.now() - began));
  }, EVERY);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Promise.all(sent);
}

/** @param times in milliseconds, in any order */
export function waitsOf(times: readonly number[]): Waits {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { posts: sorted.length, p50: at(0.5), p99: at(0.99), longest: at(1) };
}

/** @returns the cookie of somebody who may make releases */
async function signIn({ url }: Running, { email, passphrase, codes }: TrialSignIn): Promise<string> {
  const entrant = await postForm(url, '/staff/sign-in', `${new URLSearchParams({ email, passphrase })}`, '');
  const [code = ''] = codes;
  const signedIn = await postForm(url, entrant.location, `${new URLSearchParams({ code })}`, entrant.cookie);
  return signedIn.cookie;
}

/** Asks for what the command makes on the site's form, and waits for it. @throws CommandFailed where it came to nothing */
async function makeOnSite(db: Kysely<AnswersTables>, { url }: Running, cookie: string): Promise<void> {
  const { keys } = getSurvey(readFileSync(FLAGSHIP, 'utf8')).file.disclosure;
  const form = new URLSearchParams([
    ['holds', 'file'],
    ['keep', 'usual'],
    ['do', 'make'],
    ...keys.map((key): [string, string] => ['keys', key]),
  ]);
  const { location } = await postForm(url, `/staff/surveys/${CODE}/releases/new`, `${form}`, cookie);
  while (await findUnderWay(db, CODE)) await sleep(250);
  const job = await findJob(db, CODE, location.split('/').at(-1) ?? '');
  if (job?.state !== 'done') throw new CommandFailed(`The data file came to nothing: ${job?.reason ?? 'no such work'}`);
}
