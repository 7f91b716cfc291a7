/** What a respondent waits while a data file of many answers is made, against the moments in which its process is halted. */
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
import { middleOf } from './load.ts';
import { inFolder, type Running, startSoundings } from './programs.ts';
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

/** One data file: what was waited while it was made, and while that was halted. */
interface Beside {
  readonly meanwhile: Waits;
  readonly quiet: Waits;
  /** How many times as long the slowest of a hundred waits meanwhile. */
  readonly ratio: number;
}

export interface BesideFigures {
  readonly responses: number;
  /** The round with the middle ratio. */
  readonly middle: Beside;
  /** Of all rounds, in their order. */
  readonly ratios: readonly number[];
}

const CODE = 'ai-adoption';

/** One post each so many milliseconds: more than a busy survey has, and few enough that nobody waits for another. */
const EVERY = 20;

/** How many data files are made: one of 100,000 takes half a minute, and gives either p99 some 1,500 posts. */
const ROUNDS = 7;

/**
 * So long it is made, and so long it is halted, by turns. In milliseconds. On a machine that others share, what the disk
 * takes changes tenfold from one minute to the next: quiet just before and after gave ratios from 0.6 to 7.
 */
const TURN = 2000;

/** So long after each change nothing is counted: what was under way ends. In milliseconds. */
const SETTLE = 300;

/** So long nothing is measured: code is compiled, and memory taken. In milliseconds. */
const WARM_UP = 10_000;

/** Posts answers at a steady pace all the while. @throws CommandFailed on another system than Linux */
export async function measureBeside(responses: number): Promise<BesideFigures> {
  if (process.platform !== 'linux') throw new CommandFailed('This can be measured on Linux alone.');
  return inFolder(async (folder) => {
    await fillStore(folder, responses);
    const path = join(folder, 'answers.sqlite');
    const secret = trialSecret({ dataDir: folder, secret: undefined });
    const account = await withStore(path, (db) => makeTrialAccount(db, CODE, secret, new Date()));
    const site = await startSoundings(folder, ['serve', '--trial']);
    try {
      const staff = await signIn(site, account);
      const post = await poster(site);
      await timesWhile(post, sleep(WARM_UP));
      const rounds: Beside[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        // Emptying the log is left to the server, whose visitors would wait for ours.
        rounds.push(
          await withStore(path, (db) => measureFile(site, post, makeOnSite(db, site, staff)), { leavesLog: true }),
        );
      }
      return { responses, middle: middleOf(rounds), ratios: rounds.map(({ ratio }) => ratio) };
    } finally {
      await site.stop();
    }
  });
}

/** What is waited while a file is made. The process that makes it is halted every other moment. */
async function measureFile(site: Running, post: () => Promise<unknown>, work: Promise<unknown>): Promise<Beside> {
  const times = { made: [] as number[], halted: [] as number[] };
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  const turn = async (of: 'made' | 'halted') => {
    await timesWhile(post, Promise.race([done, sleep(SETTLE)]));
    times[of].push(...(await timesWhile(post, Promise.race([done, sleep(TURN)]))));
  };
  while (!isDone) {
    await turn('made');
    const halted = site.started();
    if (halted.length === 0) continue;
    for (const id of halted) signal(id, 'SIGSTOP');
    try {
      await turn('halted');
    } finally {
      for (const id of halted) signal(id, 'SIGCONT');
    }
  }
  await done;
  const waits = { meanwhile: waitsOf(times.made), quiet: waitsOf(times.halted) };
  return { ...waits, ratio: waits.meanwhile.p99 / waits.quiet.p99 };
}

/** Whoever has ended meanwhile needs none. */
function signal(id: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(id, name);
  } catch {
    // It has ended.
  }
}

/** Somebody who answers one question, now so and now so. */
async function poster(site: Running): Promise<() => Promise<unknown>> {
  const cookie = await begin(site);
  const nextAnswer = answersByTurns();
  return () => postForm(site.url, `${SURVEY}/answer/s1`, nextAnswer(), cookie);
}

/** Posts until the work is done, whether the last was answered or not: a client that waits would leave out whoever comes meanwhile. */
async function timesWhile(post: () => Promise<unknown>, work: Promise<unknown>): Promise<number[]> {
  const sent: Promise<number>[] = [];
  const timer = setInterval(() => {
    const began = performance.now();
    sent.push(post().then(() => performance.now() - began));
  }, EVERY);
  try {
    await work;
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

/** Asks for a data file on the site's form, as a researcher does, and waits for it. @throws CommandFailed where it came to nothing */
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
