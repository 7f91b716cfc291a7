/** The thread that asks the network tier for pages: a respondent never waits while a large file is read. */
import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openAnswers } from '../../db/open.ts';
import { tellNetwork } from '../results/network.ts';
import { rememberTiers } from '../results/network-tiers.ts';
import { answerTasks } from './standing-thread.ts';

const places = z.object({ answersPath: z.string(), releasesPath: z.string() }).parse(workerData);
const filter = z.record(z.string(), z.array(z.string()));
const taskSchema = z.object({
  survey: z.string(),
  wanted: z.array(
    z.object({
      question: z.string(),
      where: filter,
      by: z.string().exactOptional(),
      weighted: z.boolean().exactOptional(),
    }),
  ),
});

const openTiers = rememberTiers();

answerTasks(async (task) => {
  const { survey, wanted } = taskSchema.parse(task);
  const { db, close } = await openAnswers(places.answersPath, { mustExist: true, leavesLog: true });
  try {
    return await tellNetwork(db, survey, wanted, places.releasesPath, openTiers);
  } finally {
    await close();
  }
});
