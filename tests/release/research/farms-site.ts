/** A site on a data folder with the survey of farms, and a researcher of it. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { networkAsker } from '../../../src/commands/network-asker.ts';
import { tellNetwork } from '../../../src/commands/network.ts';
import { pictureDrawer } from '../../../src/commands/picture/drawer.ts';
import { openAnswers } from '../../../src/db/open.ts';
import type { Wanted } from '../../../src/release/network/ask.ts';
import { openStaffSite } from '../../support/staff.ts';
import { folderWith } from '../network/farms-folder.ts';

export const HOME = '/staff/surveys/farms/results';

/** @param threads false: the file is read in this thread, where a test asks hundreds of times */
export async function openFarms(how: Parameters<typeof folderWith>, { threads = true }: { threads?: boolean } = {}) {
  const folder = await folderWith(...how);
  const [answersPath, releasesPath] = [join(folder, 'answers.sqlite'), join(folder, 'releases')];
  const { db, close } = await openAnswers(answersPath);
  onTestFinished(close);
  const site = await openStaffSite({ releasesPath }, [], {
    db,
    askNetwork: threads
      ? networkAsker({ answersPath, releasesPath })
      : (survey, wanted) => tellNetwork(db, survey, wanted as readonly Wanted[], releasesPath),
    drawPicture: pictureDrawer(),
  });
  const ida = await site.signIn(await site.add('Ida', { roles: [{ survey: 'farms', role: 'researcher' }] }));
  return { site, ida };
}
