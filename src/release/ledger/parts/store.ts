/** What was released, read back as it was: what was changed since is not given out. */
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../../../db/tables.ts';
import { roundIn, roundNamed } from '../../../questionnaire/round.ts';
import { releaseName } from '../../microdata/files.ts';
import { type Released, reopenTables } from '../../released.ts';
import type { ProtectedTables } from '../../tables/protected-tables.ts';
import { type EarlierTables, workingSchema } from '../../tables/protection/working.ts';
import { type DataContent, dataContentOf } from '../data-content.ts';
import { type Ledger, type Part, standingsOf } from '../ledger.ts';
import { readLedger } from '../store.ts';

type Db = Kysely<AnswersTables>;

const settingsSchema = z.looseObject({ synthetic: z.boolean().default(false) });
const madeSchema = z.looseObject({ hashes: z.record(z.string(), z.string()) });

export interface TablesRelease {
  readonly id: string;
  readonly number: number;
  readonly madeOn: string;
  /** SHA-256 of the content, in hex. */
  readonly hash: string;
  readonly tables: Released<ProtectedTables>;
}

/** A release never changes, so what was read of the newest is kept; one for each survey. */
const newest = new Map<string, TablesRelease>();

/**
 * The newest approved tables of a survey.
 * @throws when their content is not what was released: a changed figure must not be shown as published
 */
export async function findLatestTables(db: Db, survey: string): Promise<TablesRelease | undefined> {
  const entry = await db
    .selectFrom('releases')
    .innerJoin('release_events', (join) =>
      join
        .onRef('release_events.survey', '=', 'releases.survey')
        .onRef('release_events.number', '=', 'releases.number'),
    )
    .select(['releases.id', 'releases.number', 'releases.hash'])
    .where('releases.survey', '=', survey)
    .where('kind', '=', 'tables')
    .where('event', '=', 'approved')
    .where('releases.number', 'not in', (select) =>
      select
        .selectFrom('release_events')
        .select('number')
        .where('survey', '=', survey)
        .where('event', '=', 'withdrawn'),
    )
    .orderBy('releases.number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!entry) return undefined;
  const known = newest.get(survey);
  if (known?.id === entry.id && known.hash === entry.hash) return known;
  const release = await getTables(db, entry.id);
  newest.set(survey, release);
  return release;
}

/** The tables of one release, approved or not. @param id of the part @throws when they were changed after they were made */
export async function getTables(db: Db, id: string): Promise<TablesRelease> {
  const { number, made_on, hash, content } = await getUnchanged(db, id);
  return { id, number, madeOn: made_on, hash, tables: reopenTables(content) };
}

/** The parts whose content is not what their hash stands for, or not what the ledger wrote down when they were made. */
export async function findChanged(db: Db, survey: string): Promise<Pick<Part, 'id' | 'number' | 'kind'>[]> {
  const made = await db
    .selectFrom('release_events')
    .select(['number', 'about'])
    .where('survey', '=', survey)
    .where('event', '=', 'made')
    .execute();
  const written = new Map(made.map(({ number, about }) => [number, madeSchema.parse(JSON.parse(about)).hashes]));
  const { parts } = await readLedger(db, survey);
  const changed: Part[] = [];
  // One after the other: a part can be large.
  for (const part of parts) {
    const { content } = await db
      .selectFrom('releases')
      .select('content')
      .where('id', '=', part.id)
      .executeTakeFirstOrThrow();
    const hash = hashOf(content);
    if (hash !== part.hash || (written.get(part.number)?.[part.kind] ?? hash) !== hash) changed.push(part);
  }
  return changed;
}

/** What is kept of a data file. @throws when it was changed after it was made */
export async function getData(db: Db, id: string): Promise<DataContent> {
  return dataContentOf((await getUnchanged(db, id)).content);
}

async function getUnchanged(db: Db, id: string) {
  const row = await db
    .selectFrom('releases')
    .select(['survey', 'number', 'made_on', 'hash', 'content', 'working'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (hashOf(row.content) !== row.hash)
    throw new Error(`release ${row.number} of ${row.survey} was changed after it was made`);
  return row;
}

/** The names of the zips that releases of all surveys have, in the folder of releases. */
export async function listZips(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('releases')
    .select(['survey', 'number', 'settings'])
    .where('kind', '=', 'microdata')
    .execute();
  return rows.map(({ survey, number, settings }) => {
    const { synthetic } = settingsSchema.parse(JSON.parse(settings));
    return `${releaseName(survey, number, synthetic)}.zip`;
  });
}

/**
 * Every data file of a round that was out, whatever became of it since, the first first; one after the other: a record can
 * be large. Files of the oldest kind say no round and are taken for one of any.
 */
export async function* filesOut(
  db: Db,
  ledger: Ledger,
  round: string,
): AsyncGenerator<{ readonly number: number; readonly data: DataContent }> {
  for (const { number, approved, parts } of standingsOf(ledger)) {
    const part = parts.find(({ kind }) => kind === 'microdata');
    if (!approved || !part) continue;
    const data = await getData(db, part.id);
    if ('files' in data || roundNamed(data.outline.about.wave) === round) yield { number, data };
  }
}

/**
 * Every release of a round's tables that the public has seen, whatever became of it since, the first first. Those made
 * before anything was kept for this are not among them.
 */
export async function readEarlierTables(db: Db, ledger: Ledger, round: string): Promise<EarlierTables[]> {
  const parts = standingsOf(ledger)
    .filter(({ approved }) => approved)
    .flatMap((standing) => standing.parts.filter(({ kind }) => kind === 'tables'));
  const all = await Promise.all(
    parts.map(async ({ id }) => {
      const { number, made_on: madeOn, content, working } = await getUnchanged(db, id);
      const tables = reopenTables(content).content;
      return working === null || roundIn(tables) !== round
        ? []
        : [{ number, madeOn, tables, working: workingSchema.parse(JSON.parse(working)) }];
    }),
  );
  return all.flat();
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
