/** The thread that asks the network tier for pages: a respondent never waits while a large file is read. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openAnswers } from '../db/open.ts';
import { tellNetwork } from './network.ts';
import { rememberTiers } from './network-tiers.ts';

const places = z.object({ answersPath: z.string(), releasesPath: z.string() }).parse(workerData);
const filter = z.record(z.string(), z.array(z.string()));
const task = z.object({
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

// Of this thread alone: it is the server's, and whoever answers a survey goes first.
setPriority(constants.priority.PRIORITY_LOW);

const openTiers = rememberTiers();

async function tell(message: unknown): Promise<string> {
  const { survey, wanted } = task.parse(message);
  const { db, close } = await openAnswers(places.answersPath, { mustExist: true, leavesLog: true });
  try {
    return await tellNetwork(db, survey, wanted, places.releasesPath, openTiers);
  } finally {
    await close();
  }
}

parentPort?.on('message', (message) => {
  tell(message).then(
    (told) => parentPort?.postMessage({ told }),
    (error: unknown) =>
      parentPort?.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : '' }),
  );
});
