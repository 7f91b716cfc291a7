/**
 * The file of a release on its way to its place. It is written aside, and gets its place as a second name of the same
 * file: while it has both, a release was being recorded, and what is cut off there can be told from what belongs there.
 */
import { linkSync, readdirSync, rmSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Kysely } from 'kysely';
import { syncFolder } from '../../db/access.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { listZips } from '../../release/ledger/parts/store.ts';
import { CommandFailed } from '../support.ts';

/** What nobody has written to for so long, in milliseconds, nobody is writing: making a release takes minutes. */
const GIVEN_UP = 86_400_000;

/** @param id letters and digits by which nobody else writes there */
export function asideIn(releasesPath: string, id: string): string {
  return join(releasesPath, `.${id}.part`);
}

/**
 * Gives it its place, on the disk: the ledger must not name a file that a power cut takes away.
 * @throws CommandFailed where another lies there; what was released is never written over
 */
export function giveItsPlace(aside: string, place: string): void {
  try {
    linkSync(aside, place);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new CommandFailed(
      `${basename(place)} lies in ${dirname(place)} already, and no release of the ledger has that file. Where an older store was restored, it is what was released later: keep it elsewhere, and make the release again.`,
    );
  }
  syncFolder(dirname(place));
}

/** Takes away what has no place; what has one is left to `clearAway`, which asks the ledger. */
export function dropAside(aside: string): void {
  if (lookAt(aside)?.nlink === 1) rmSync(aside, { force: true });
}

/**
 * Takes away what was cut off on its way: a file in its place that no release has, and what has long been given up. With
 * the right to write, without which nobody gives a file its place.
 * @param own what the caller has written aside and needs no more
 */
export async function clearAway(db: Kysely<AnswersTables>, releasesPath: string, own?: string): Promise<void> {
  if (!listNames(releasesPath).some(isAside)) return;
  await inTransaction(db, async (trx) => {
    const listed = new Set(await listZips(trx));
    const names = listNames(releasesPath);
    for (const aside of names.filter(isAside).map((name) => join(releasesPath, name))) {
      const file = lookAt(aside);
      if (!file) continue;
      const place = names.find((name) => isZip(name) && isSameFile(lookAt(join(releasesPath, name)), file));
      if (place !== undefined && !listed.has(place)) rmSync(join(releasesPath, place));
      const isGivenUp = Date.now() - file.mtimeMs > GIVEN_UP;
      if (place !== undefined || aside === own || isGivenUp) rmSync(aside);
    }
  });
}

/** The zips in the folder that no release of any survey has; with the right to write, as above. */
export async function findUnlisted(db: Kysely<AnswersTables>, releasesPath: string): Promise<string[]> {
  return inTransaction(db, async (trx) => {
    const listed = new Set(await listZips(trx));
    return listNames(releasesPath).filter((name) => isZip(name) && !listed.has(name));
  });
}

const isAside = (name: string) => /^\.\w+\.part$/.test(name);
const isZip = (name: string) => name.endsWith('.zip');

function isSameFile(one: Stats | undefined, other: Stats): boolean {
  return one?.ino === other.ino && one.dev === other.dev;
}

const lookAt = (path: string) => statSync(path, { throwIfNoEntry: false });

/** Before the first data file there is no folder. */
function listNames(folder: string): string[] {
  return lookAt(folder) ? readdirSync(folder).sort() : [];
}
