/** The ledger as it is stored: lines are added and never changed, and what was released stays as it was (rule R1). */
import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { ProtectedTables } from '../protected-tables.ts';
import { type EarlierTables, workingSchema } from '../protection/working.ts';
import { type ProtectedRelease, type Released, reopenTables } from '../released.ts';
import { type DataContent, dataContentOf } from './data-content.ts';
import {
  type Audience,
  type Decision,
  type Ledger,
  type LedgerLine,
  NotDecided,
  type Part,
  standingsOf,
} from './ledger.ts';

type Db = Kysely<AnswersTables>;

const settingsSchema = z.looseObject({ audience: z.string().optional() });

const madeSchema = z.looseObject({ hashes: z.record(z.string(), z.string()) });

/** All lines of a survey's ledger and what they are about, without what was released itself. */
export async function readLedger(db: Db, survey: string): Promise<Ledger> {
  const lines = await db
    .selectFrom('release_events')
    .selectAll()
    .where('survey', '=', survey)
    .orderBy('line')
    .execute();
  const rows = await db
    .selectFrom('releases')
    .select(['id', 'number', 'kind', 'settings', 'made_on', 'hash'])
    .where('survey', '=', survey)
    .orderBy('number')
    .orderBy('kind')
    .execute();
  return {
    survey,
    lines: lines.map(lineOf),
    parts: rows.map(({ id, number, kind, settings, made_on, hash }): Part => {
      const { audience } = settingsSchema.parse(JSON.parse(settings));
      return { id, number, kind, audience: audienceOf(kind, audience), madeOn: made_on, hash };
    }),
  };
}

/** Tables are for everybody; a data file only where its settings say so in that word. */
function audienceOf(kind: Part['kind'], said: string | undefined): Audience {
  return kind === 'tables' || said === 'public' ? 'public' : 'network';
}

function lineOf(row: {
  line: number;
  number: number | null;
  event: LedgerLine['event'];
  person: string;
  happened_on: string;
  reason: string;
}): LedgerLine {
  const { line, number, event, person, happened_on: on, reason } = row;
  return { line, number: number ?? undefined, event, person, on, reason };
}

/**
 * The ledger's seal after each of its lines: a hash over that line and the seal before it. Whoever kept one can tell
 * later whether anything up to there was changed, taken out or put in between.
 */
export async function sealsOf(db: Db, survey: string): Promise<string[]> {
  const rows = await db.selectFrom('release_events').selectAll().where('survey', '=', survey).orderBy('line').execute();
  const seals: string[] = [];
  for (const { line, number, event, person, happened_on, reason, about } of rows) {
    const text = JSON.stringify([seals.at(-1) ?? '', survey, line, number, event, person, happened_on, reason, about]);
    seals.push(hashOf(text));
  }
  return seals;
}

/** The number that the survey's next release will have. */
export async function nextNumber(db: Db, survey: string): Promise<number> {
  const row = await db
    .selectFrom('releases')
    .select((select) => select.fn.max('number').as('last'))
    .where('survey', '=', survey)
    .executeTakeFirst();
  return Number(row?.last ?? 0) + 1;
}

/** A release that has been made and is not in the ledger yet. */
export interface NewRelease {
  readonly survey: string;
  readonly number: number;
  readonly person: string;
  readonly madeOn: string;
  /** The id of the snapshot. */
  readonly snapshot: string;
  /** Thresholds, k, keys, the seed: whatever it was made with. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly tables?: ProtectedRelease;
  readonly data?: DataContent;
}

/**
 * Puts a release into the ledger, and its file where it belongs, or neither.
 * @param place moves the file to its place; what it throws leaves the ledger as it was
 * @throws NotDecided when another release has taken the number meanwhile
 */
export async function recordRelease(db: Db, release: NewRelease, place: () => void): Promise<void> {
  const { survey, number, tables, data } = release;
  const settings = JSON.stringify(release.settings);
  const parts = [
    ...(tables
      ? [
          {
            kind: 'tables' as const,
            content: JSON.stringify(tables.tables.content),
            working: JSON.stringify(tables.working),
          },
        ]
      : []),
    ...(data ? [{ kind: 'microdata' as const, content: JSON.stringify(data), working: null }] : []),
  ].map((part) => ({ ...part, hash: hashOf(part.content) }));
  await inTransaction(db, async (trx) => {
    if ((await nextNumber(trx, survey)) !== number) {
      throw new NotDecided(
        `Another release of ${survey} was made meanwhile, and this one was not checked beside it. Make it again.`,
      );
    }
    for (const part of parts) {
      const id = randomBytes(16).toString('hex');
      const row = { id, survey, number, snapshot: release.snapshot, made_on: release.madeOn, settings };
      await trx
        .insertInto('releases')
        .values({ ...row, ...part })
        .execute();
    }
    const hashes = Object.fromEntries(parts.map(({ kind, hash }) => [kind, hash]));
    await addLine(trx, survey, {
      number,
      event: 'made',
      person: release.person,
      on: release.madeOn,
      reason: release.reason,
      about: { snapshot: release.snapshot, settings: release.settings, hashes },
    });
    place();
  });
}

/** Writes down an attempt that came to nothing: what was wanted, and why there is no release. */
export async function recordAttempt(
  db: Db,
  survey: string,
  attempt: Pick<LedgerLine, 'person' | 'on' | 'reason'> & {
    readonly event: 'failed' | 'cancelled';
    readonly about: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await inTransaction(db, (trx) => addLine(trx, survey, { ...attempt, number: undefined }));
}

/** Decides on what the ledger says at that moment, and writes the decision down. @throws what `decide` throws */
export async function recordDecision(
  db: Db,
  survey: string,
  today: string,
  decide: (ledger: Ledger) => Decision,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await addLine(trx, survey, { ...decide(await readLedger(trx, survey)), on: today, about: {} });
  });
}

async function addLine(
  trx: Db,
  survey: string,
  { number, event, person, on, reason, about }: Omit<LedgerLine, 'line'> & { readonly about: object },
): Promise<void> {
  const last = await trx
    .selectFrom('release_events')
    .select((select) => select.fn.max('line').as('line'))
    .where('survey', '=', survey)
    .executeTakeFirst();
  const line = Number(last?.line ?? 0) + 1;
  const row = { survey, line, number: number ?? null, event, person, happened_on: on, reason };
  await trx
    .insertInto('release_events')
    .values({ ...row, about: JSON.stringify(about) })
    .execute();
}

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

/**
 * Every release of tables that the public has seen, whatever became of it since, the first first. Those made before
 * anything was kept for this are not among them.
 */
export async function readEarlierTables(db: Db, ledger: Ledger): Promise<EarlierTables[]> {
  const parts = standingsOf(ledger)
    .filter(({ approved }) => approved)
    .flatMap((standing) => standing.parts.filter(({ kind }) => kind === 'tables'));
  const all = await Promise.all(
    parts.map(async ({ id }) => {
      const { number, made_on: madeOn, content, working } = await getUnchanged(db, id);
      const tables = reopenTables(content).content;
      return working === null ? [] : [{ number, madeOn, tables, working: workingSchema.parse(JSON.parse(working)) }];
    }),
  );
  return all.flat();
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
