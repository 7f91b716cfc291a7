/** The ledger: every release as it was made, never changed and never taken out (rule R1). */
import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';
import type { ProtectedTables } from './protected-tables.ts';
import { type Released, reopenTables } from './released.ts';

type Db = Kysely<AnswersTables>;

/** What a release is called by, and how anybody can tell that it is the same one. */
export interface Entry {
  readonly id: string;
  /** 1 for the first of its kind for a survey. */
  readonly number: number;
  readonly madeOn: string;
  /** SHA-256 of the content, in hex. */
  readonly hash: string;
}

export interface TablesRelease extends Entry {
  readonly tables: Released<ProtectedTables>;
}

const tablesSettings = z.strictObject({ cell: z.int(), base: z.int(), synthetic: z.boolean() });

/** Publishes protected tables as the survey's next release. @param snapshot the id of the snapshot they were made from */
export async function publishTables(db: Db, { content }: Released<ProtectedTables>, snapshot: string): Promise<Entry> {
  const settings = tablesSettings.parse({ ...content.policy, synthetic: content.synthetic });
  return append(db, {
    survey: content.survey,
    kind: 'tables',
    snapshot,
    madeOn: content.madeOn,
    settings: JSON.stringify(settings),
    content: JSON.stringify(content),
  });
}

interface NewEntry {
  readonly survey: string;
  readonly kind: 'tables' | 'microdata';
  readonly snapshot: string;
  readonly madeOn: string;
  readonly settings: string;
  readonly content: string;
}

async function append(db: Db, { survey, kind, snapshot, madeOn, settings, content }: NewEntry): Promise<Entry> {
  const id = randomBytes(16).toString('hex');
  const hash = hashOf(content);
  return inTransaction(db, async (trx) => {
    const last = await trx
      .selectFrom('releases')
      .select((select) => select.fn.max('number').as('number'))
      .where('survey', '=', survey)
      .where('kind', '=', kind)
      .executeTakeFirst();
    const number = Number(last?.number ?? 0) + 1;
    await trx
      .insertInto('releases')
      .values({ id, survey, number, kind, snapshot, made_on: madeOn, settings, content, hash })
      .execute();
    return { id, number, madeOn, hash };
  });
}

/** A release never changes, so what was read of the newest is kept; one for each survey. */
const newest = new Map<string, TablesRelease>();

/**
 * The newest tables of a survey.
 * @throws when their content is not what was released: a changed figure must not be shown as published
 */
export async function findLatestTables(db: Db, survey: string): Promise<TablesRelease | undefined> {
  const latest = db
    .selectFrom('releases')
    .where('survey', '=', survey)
    .where('kind', '=', 'tables')
    .orderBy('number', 'desc')
    .limit(1);
  const entry = await latest.select(['id', 'hash']).executeTakeFirst();
  if (!entry) return undefined;
  const known = newest.get(survey);
  if (known?.id === entry.id && known.hash === entry.hash) return known;
  const row = await latest.select(['id', 'number', 'made_on', 'hash', 'content']).executeTakeFirstOrThrow();
  if (hashOf(row.content) !== row.hash)
    throw new Error(`release ${row.number} of ${survey} was changed after it was made`);
  const release: TablesRelease = {
    id: row.id,
    number: row.number,
    madeOn: row.made_on,
    hash: row.hash,
    tables: reopenTables(row.content),
  };
  newest.set(survey, release);
  return release;
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
