/** Data releases in the ledger: made once, never changed, given again byte for byte. */
import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { getVersion, type LiveSurvey } from '../../fieldwork/store.ts';
import { type Released, reopenFiles } from '../released.ts';
import type { Versions } from './columns.ts';
import { type HeldFile, heldFile } from './earlier.ts';
import type { ReleaseFiles } from './files.ts';
import { BYTES_A_ROW } from './row-names.ts';

type Db = Kysely<AnswersTables>;

/** How a release was made. */
const settingsSchema = z.strictObject({
  k: z.int(),
  /** The names of the key columns. */
  keys: z.array(z.string()),
  audience: z.string(),
  synthetic: z.boolean(),
});
type Settings = z.infer<typeof settingsSchema>;

/** The live version and the others that were answered. */
export async function getVersions(db: Db, live: LiveSurvey): Promise<Versions> {
  const rows = await db
    .selectFrom('responses')
    .select('version_hash as hash')
    .distinct()
    .where('survey', '=', live.survey.file.survey)
    .where('version_hash', '!=', live.hash)
    .execute();
  const others = await Promise.all(rows.map(({ hash }) => getVersion(db, hash)));
  return [live.survey, ...others];
}

/** Fresh chance for the names of rows; it is kept nowhere. */
export function randomForRows(responses: number): Uint8Array {
  return randomBytes(responses * BYTES_A_ROW);
}

/** The number that the survey's next data release will have. */
export async function nextNumber(db: Db, survey: string): Promise<number> {
  const row = await db
    .selectFrom('releases')
    .select((select) => select.fn.max('number').as('last'))
    .where('survey', '=', survey)
    .where('kind', '=', 'microdata')
    .executeTakeFirst();
  return Number(row?.last ?? 0) + 1;
}

/**
 * Puts a release into the ledger, and its files where they belong, or neither.
 * @param place moves the files to their place; what it throws leaves the ledger as it was
 * @throws when another release has taken the number meanwhile
 */
export async function appendRelease(
  db: Db,
  about: {
    readonly survey: string;
    readonly number: number;
    readonly snapshot: string;
    readonly madeOn: string;
    readonly settings: Settings;
  },
  files: Released<ReleaseFiles>,
  place: () => void,
): Promise<void> {
  const content = JSON.stringify(files.content);
  const row = {
    id: randomBytes(16).toString('hex'),
    survey: about.survey,
    number: about.number,
    kind: 'microdata' as const,
    snapshot: about.snapshot,
    made_on: about.madeOn,
    settings: JSON.stringify(about.settings),
    content,
    hash: createHash('sha256').update(content).digest('hex'),
  };
  await inTransaction(db, async (trx) => {
    await trx.insertInto('releases').values(row).execute();
    place();
  });
}

interface StoredRelease {
  readonly files: Released<ReleaseFiles>;
  readonly settings: Settings;
  readonly madeOn: string;
}

/** An earlier release. @throws when the ledger's text is not what was put into it */
export async function findRelease(db: Db, survey: string, number: number): Promise<StoredRelease | undefined> {
  const row = await db
    .selectFrom('releases')
    .select(['content', 'hash', 'settings', 'made_on'])
    .where('survey', '=', survey)
    .where('kind', '=', 'microdata')
    .where('number', '=', number)
    .executeTakeFirst();
  if (!row) return undefined;
  if (createHash('sha256').update(row.content).digest('hex') !== row.hash) {
    throw new Error(`data release ${number} of ${survey} was changed after it was made`);
  }
  return {
    files: reopenFiles(row.content),
    settings: settingsSchema.parse(JSON.parse(row.settings)),
    madeOn: row.made_on,
  };
}

/** Every earlier release as who holds it sees it, one after the other: they are large. */
export async function* heldReleases(
  db: Db,
  survey: string,
): AsyncGenerator<{ number: number; k: number; file: HeldFile }> {
  const next = await nextNumber(db, survey);
  for (let number = 1; number < next; number++) {
    const release = await findRelease(db, survey, number);
    const [, csv = ''] = Object.entries(release?.files.content ?? {}).find(([name]) => name.endsWith('.csv')) ?? [];
    if (release) yield { number, k: release.settings.k, file: heldFile(csv, release.settings.keys) };
  }
}
