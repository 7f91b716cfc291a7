/** Many responses: importing them, a snapshot, and one question by another against plain SQL. */

import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { openAnswers } from '../../db/open.ts';
import type { AnswersTables } from '../../db/tables.ts';
import type { Column } from '../../results/columns.ts';
import type { Snapshot } from '../../results/snapshot.ts';
import { keepSnapshot, takeSnapshot } from '../../results/store.ts';
import { SURVEYS } from '../support.ts';
import { askProgram, inFolder, runSoundings } from './programs.ts';

export interface StoreFigures {
  readonly responses: number;
  readonly importSeconds: number;
  /** The most memory the import used, in MiB; undefined where the system does not say. */
  readonly importMemory: number | undefined;
  readonly snapshotSeconds: number;
  /** Milliseconds: two columns read from the store and counted, the median of tries in a fresh process each. */
  readonly crosstabMs: number;
  /** Milliseconds: the same counts by SQL from the stored answers. */
  readonly sqlMs: number;
  /** Milliseconds: as `crosstabMs`, over a million responses: those of the snapshot over and over. */
  readonly millionMs: number;
}

export const FLAGSHIP = join(SURVEYS, 'ai-adoption', '1.0.json');
const DISTINCT = 2000;
const TRIES = 9;
const MILLION = 1_000_000;

/** Simulates some thousand respondents, repeats them up to `responses`, imports them and counts. */
export async function measureStore(responses: number): Promise<StoreFigures> {
  return inFolder(async (folder) => {
    const imported = await fillStore(folder, responses);
    const path = join(folder, 'answers.sqlite');
    const began = performance.now();
    const { id, snapshot } = await withStore(path, (db) => takeSnapshot(db, 'ai-adoption', '2027-03-01'));
    const snapshotSeconds = (performance.now() - began) / 1000;
    const million = await withStore(path, (db) => keepSnapshot(db, repeated(snapshot, MILLION)));
    return {
      responses,
      importSeconds: imported.seconds,
      importMemory: imported.memory,
      snapshotSeconds,
      crosstabMs: await median(TRIES, () => askProgram('cold', [path, id])),
      sqlMs: await median(3, () => withStore(path, timed(countBySql))),
      millionMs: await median(TRIES, () => askProgram('cold', [path, million])),
    };
  });
}

/** A store with so many responses, those of some thousand simulated respondents over and over. @returns what importing them took */
export async function fillStore(folder: string, responses: number): ReturnType<typeof runSoundings> {
  const few = join(folder, 'few.csv');
  const many = join(folder, 'many.csv');
  await runSoundings(folder, ['simulate', FLAGSHIP, '--n', String(DISTINCT), '--seed', '1', '--csv', few]);
  await repeat(few, many, responses);
  await runSoundings(folder, ['init']);
  await runSoundings(folder, ['publish', FLAGSHIP]);
  return runSoundings(folder, ['import', many, '--survey', 'ai-adoption', '--synthetic']);
}

/** A snapshot of more responses: its own, over and over. */
function repeated(snapshot: Snapshot, responses: number): Snapshot {
  const columns = [...snapshot.columns].map(([name, { codes, values }]) => {
    const more: Column = {
      codes: codes instanceof Uint8Array ? new Uint8Array(responses) : new Uint16Array(responses),
      ...(values && { values: new Float64Array(responses) }),
    };
    for (let row = 0; row < responses; row++) {
      more.codes[row] = codes[row % codes.length] ?? 0;
      if (more.values) more.values[row] = values?.[row % codes.length] ?? Number.NaN;
    }
    return [name, more] as const;
  });
  return { ...snapshot, responses, columns: new Map(columns) };
}

/** By S1, which decides most of the stage: SQL cannot work out the stage itself. */
async function countBySql(db: Kysely<AnswersTables>): Promise<void> {
  await sql`select json_extract(answers, '$.O3') as o3, json_extract(answers, '$.S1') as s1, count(*) as n
    from responses where survey = 'ai-adoption' group by 1, 2`.execute(db);
}

/** Makes work tell how long it took, in milliseconds. */
function timed(work: (db: Kysely<AnswersTables>) => Promise<void>): (db: Kysely<AnswersTables>) => Promise<number> {
  return async (db) => {
    const began = performance.now();
    await work(db);
    return performance.now() - began;
  };
}

async function median(tries: number, measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < tries; index++) times.push(await measure());
  return times.sort((a, b) => a - b)[Math.floor(tries / 2)] ?? 0;
}

/** Opens a store for one piece of work. */
export async function withStore<T>(
  path: string,
  work: (db: Kysely<AnswersTables>) => Promise<T>,
  options: { readonly leavesLog?: boolean } = {},
): Promise<T> {
  const store = await openAnswers(path, { ...options, mustExist: true });
  try {
    return await work(store.db);
  } finally {
    await store.close();
  }
}

/** The rows of a table over and over, to so many rows. */
async function repeat(from: string, to: string, rows: number): Promise<void> {
  const [header = '', ...lines] = readFileSync(from, 'utf8').trimEnd().split(/\r?\n/);
  const out = createWriteStream(to);
  out.write(`${header}\n`);
  for (let row = 0; row < rows; row++) {
    if (!out.write(`${lines[row % lines.length]}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
