/** The ledger as it is stored: lines are added and never changed, and what was released stays as it was (rule R1). */
import { createHash, randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { ProtectedRelease } from '../released.ts';
import type { DataContent } from './data-content.ts';
import { type Audience, type Decision, type Ledger, type LedgerLine, NotDecided, type Part } from './ledger.ts';
import { accountOf, nameOf, type Person } from './person.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

const settingsSchema = z.looseObject({ audience: z.string().optional() });
/** Lines from before there were accounts, and of people who have none, name none. */
const aboutSchema = z.looseObject({ account: z.string().optional() });

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

function lineOf(row: AnswersTables['release_events']): LedgerLine {
  const { line, number, event, person, happened_on: on, reason, about } = row;
  const { account } = aboutSchema.parse(JSON.parse(about));
  return { line, number: number ?? undefined, event, person, ...(account !== undefined && { account }), on, reason };
}

/**
 * The ledger's seal after each of its lines: a hash over that line and the seal before it. Whoever kept one can tell
 * later whether anything up to there was changed, taken out or put in between. A line has a salt in `about`; those of
 * earlier versions of the program have none, and their seals are as they were.
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
  readonly person: Person;
  readonly madeOn: string;
  /** What the snapshot is known by: it is not kept. */
  readonly snapshot: string;
  /** Thresholds, k, keys, the seed: whatever it was made with. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly tables?: ProtectedRelease;
  readonly data?: DataContent;
}

/**
 * Puts a release into the ledger once its file is where it belongs: what the ledger names is there.
 * @param place gives the file its place; what it throws leaves the ledger as it was
 * @param also what stands or falls with it, in the same transaction
 * @throws NotDecided when another release has taken the number meanwhile
 */
export async function recordRelease(
  db: Db,
  release: NewRelease,
  place: () => void,
  also?: (trx: Trx) => Promise<void>,
): Promise<void> {
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
    ...(data
      ? [{ kind: 'microdata' as const, content: JSON.stringify({ ...data, salt: newSalt() }), working: null }]
      : []),
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
    await also?.(trx);
    // Last: whatever is refused before leaves no file.
    place();
  });
}

/** An attempt that came to nothing: what was wanted, and why there is no release. */
export interface Attempt extends Pick<LedgerLine, 'on' | 'reason'> {
  readonly event: 'failed' | 'cancelled';
  readonly person: Person;
  readonly about: Readonly<Record<string, unknown>>;
}

/** Writes such an attempt down, inside the transaction of what it tells of. */
export async function recordAttempt(trx: Trx, survey: string, attempt: Attempt): Promise<void> {
  await addLine(trx, survey, { ...attempt, number: undefined });
}

/**
 * Decides on what the ledger says at that moment, and writes the decision down.
 * @param also what stands or falls with it, in the same transaction
 * @throws what `decide` and `also` throw; nothing is then written
 */
export async function recordDecision(
  db: Db,
  survey: string,
  today: string,
  decide: (ledger: Ledger) => Decision,
  also?: (trx: Trx, decision: Decision) => Promise<void>,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const decision = decide(await readLedger(trx, survey));
    await addLine(trx, survey, { ...decision, on: today, about: {} });
    await also?.(trx, decision);
  });
}

type NewLine = Pick<LedgerLine, 'number' | 'event' | 'on' | 'reason'> & {
  readonly person: Person;
  readonly about: object;
};

async function addLine(trx: Trx, survey: string, { number, event, person, ...rest }: NewLine): Promise<void> {
  const last = await trx
    .selectFrom('release_events')
    .select((select) => select.fn.max('line').as('line'))
    .where('survey', '=', survey)
    .executeTakeFirst();
  const line = Number(last?.line ?? 0) + 1;
  const about = JSON.stringify({ ...rest.about, account: accountOf(person), salt: newSalt() });
  const { on: happened_on, reason } = rest;
  await trx
    .insertInto('release_events')
    .values({ survey, line, number: number ?? null, event, person: nameOf(person), happened_on, reason, about })
    .execute();
}

/**
 * Seals and hashes may be given to anybody. Without a salt, whoever has two seals in a row could try names of people
 * and small counts until one fits the line between them, and whoever has a file and the hash of what the ledger keeps
 * of it, the exact counts that the file's own report leaves out.
 */
function newSalt(): string {
  return randomBytes(16).toString('hex');
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
