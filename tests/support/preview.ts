/** Previews of a survey's live version in tests. */
import { findLiveSurvey, publishVersion } from '../../src/fieldwork/store.ts';
import { type SurveyName, sourceOf } from './fieldwork.ts';
import type { Respondent } from './respondent.ts';
import { openStaffSite, type StaffSite } from './staff.ts';

/** A site with the survey on it, and a researcher of it who is signed in. */
export async function openPreviewSite(survey: SurveyName): Promise<StaffSite & { entry: string; ada: Respondent }> {
  const site = await openStaffSite();
  await publishVersion(site.db, sourceOf(survey), '2027-03-01');
  const entry = await entryOf(site, survey);
  const ada = await site.signIn(await site.add('Ada', { roles: [{ survey, role: 'researcher' }] }));
  return { ...site, entry, ada };
}

/** Where previews of the live version begin. */
export async function entryOf({ db }: StaffSite, survey: string): Promise<string> {
  const live = await findLiveSurvey(db, survey);
  if (!live) throw new Error(`There is no survey ${survey}.`);
  return `/staff/surveys/${survey}/versions/${live.hash}/preview`;
}

/** The part of a preview's address that all its pages begin with, the language too. */
export function homeOf({ address }: Pick<Respondent, 'address'>): string {
  const [home] = /^.*\/preview\/[^/]+\/[^/?]+/.exec(address) ?? [];
  if (home === undefined) throw new Error(`${address} is no page of a preview.`);
  return home;
}
