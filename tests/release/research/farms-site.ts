/** A site on a data folder with the survey of farms, and a researcher of it. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { tellNetwork } from '../../../src/commands/results/network.ts';
import { pictureDrawer } from '../../../src/commands/threads/drawer.ts';
import { networkAsker } from '../../../src/commands/threads/network-asker.ts';
import { openAnswers } from '../../../src/db/open.ts';
import type { Context } from '../../../src/web/context.ts';
import { openStaffSite } from '../../support/staff.ts';
import { folderWith } from '../network/farms-folder.ts';

export const HOME = '/staff/surveys/farms/results';

const filter = z.record(z.string(), z.array(z.string()));
const wantedSchema = z.array(
  z.object({ question: z.string(), where: filter, by: z.string().exactOptional(), weighted: z.boolean() }),
);

interface Options {
  /** True: files are read in threads, as the server does, which takes much longer to start. */
  readonly threads?: true;
  /** Something that goes wrong between the network tier and the pages. */
  readonly fault?: (told: string, wanted: z.infer<typeof wantedSchema>) => string;
}

export async function openFarms(how: Parameters<typeof folderWith>, { threads, fault = (told) => told }: Options = {}) {
  const folder = await folderWith(...how);
  const [answersPath, releasesPath] = [join(folder, 'answers.sqlite'), join(folder, 'releases')];
  const { db, close } = await openAnswers(answersPath);
  onTestFinished(close);
  const askHere: Context['askNetwork'] = async (survey, given) => {
    const wanted = wantedSchema.parse(given);
    return fault(await tellNetwork(db, survey, wanted, releasesPath), wanted);
  };
  const site = await openStaffSite({ releasesPath }, [], {
    db,
    askNetwork: threads ? networkAsker({ answersPath, releasesPath }) : askHere,
    drawPicture: pictureDrawer(),
  });
  const ida = await site.signIn(await site.add('Ida', { roles: [{ survey: 'farms', role: 'researcher' }] }));
  /** A file as she gets it. */
  const get = async (address: string) => {
    const reply = await fetch(site.url + HOME + address, { headers: { cookie: ida.cookies }, redirect: 'manual' });
    return { status: reply.status, headers: reply.headers, bytes: Buffer.from(await reply.arrayBuffer()) };
  };
  return { site, ida, get };
}
