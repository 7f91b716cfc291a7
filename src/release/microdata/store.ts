/** Data releases in the ledger: made once, never changed, given again byte for byte. */
import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { getVersion, type LiveSurvey } from '../../fieldwork/store.ts';
import { type Released, reopenFiles } from '../released.ts';
import { BYTES_A_ROW } from './anonymise.ts';
import type { Versions } from './columns.ts';
import type { ReleaseFiles } from './files.ts';

type Db = Kysely<AnswersTables>;

/** How a release was made. */
export interface Settings {
  readonly k: number;
  readonly keys: readonly string[];
  readonly audience: string;
  readonly synthetic: boolean;
}

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

/** The files of an earlier release with the day it was made. @throws when the ledger's text was changed */
export async function findRelease(
  db: Db,
  survey: string,
  number: number,
): Promise<{ readonly files: Released<ReleaseFiles>; readonly madeOn: string } | undefined> {
  const row = await db
    .selectFrom('releases')
    .select(['content', 'hash', 'made_on'])
    .where('survey', '=', survey)
    .where('kind', '=', 'microdata')
    .where('number', '=', number)
    .executeTakeFirst();
  if (!row) return undefined;
  if (createHash('sha256').update(row.content).digest('hex') !== row.hash) {
    throw new Error(`release ${number} of ${survey} is not what was put into the ledger: its hash differs`);
  }
  return { files: reopenFiles(row.content), madeOn: row.made_on };
}
