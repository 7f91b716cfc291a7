/** A site with staff and releases of made-up answers: one that is out, one that waits, and a data file for the network. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../../src/db/tables.ts';
import type { Person } from '../../../src/release/ledger/person.ts';
import { nextNumber, recordRelease } from '../../../src/release/ledger/store.ts';
import { filledDatabase } from '../../support/database.ts';
import { testFolder } from '../../support/folder.ts';
import { makeTables, publishTables, writeFileOf } from '../../support/release.ts';
import { openStaffSite, type StaffSite } from '../../support/staff.ts';
import { choirs, madeUp } from '../choirs.ts';
import { addAnswers, HABITS } from '../published.ts';

export const HOME = '/staff/surveys/choirs/releases';

/** Puts a data file for the network on the record. @returns its number */
export async function recordFile(
  db: Kysely<AnswersTables>,
  survey: string,
  folder: string,
  person: Person = 'Ada Maker',
): Promise<number> {
  const number = await nextNumber(db, survey);
  const made = { survey, number, person, madeOn: '2027-03-01', snapshot: 'none', reason: '' };
  const data = writeFileOf(survey, number, folder);
  await recordRelease(db, { ...made, settings: { audience: 'network' }, data }, () => {});
  return number;
}

export interface TeamSite extends StaffSite {
  readonly folder: string;
}

/** The site with these: release 1 is out, release 2 waits, both tables made by "Ada Maker". */
export async function openReleases(): Promise<TeamSite> {
  const folder = testFolder();
  const db = await filledDatabase('one release of the choirs out, one waiting', async (empty) => {
    await addAnswers(empty, madeUp(choirs, 60, 3, HABITS));
    await publishTables(empty, 'choirs', '2027-02-01');
    await addAnswers(empty, madeUp(choirs, 30, 2, HABITS));
    await makeTables(empty, 'choirs', '2027-02-15');
  });
  const site = await openStaffSite({ releasesPath: folder }, [], { db });
  return { ...site, folder };
}

/** Signs somebody in who has this part in the survey. */
export async function signInAs(site: StaffSite, name: string, role: 'researcher' | 'approver', survey = 'choirs') {
  return site.signIn(await site.add(name, { roles: [{ survey, role }] }));
}
