/** The thread that asks the network tier for a page: a respondent never waits while a large file is read. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openAnswers } from '../db/open.ts';
import { tellNetwork } from './network.ts';

const filter = z.record(z.string(), z.array(z.string()));
const { answersPath, releasesPath, survey, wanted } = z
  .object({
    answersPath: z.string(),
    releasesPath: z.string(),
    survey: z.string(),
    wanted: z.array(
      z.object({
        question: z.string(),
        where: filter,
        by: z.string().exactOptional(),
        weighted: z.boolean().exactOptional(),
      }),
    ),
  })
  .parse(workerData);

// Of this thread alone: it is the server's, and whoever answers a survey goes first.
setPriority(constants.priority.PRIORITY_LOW);

const { db, close } = await openAnswers(answersPath, { mustExist: true, leavesLog: true });
try {
  parentPort?.postMessage(await tellNetwork(db, survey, wanted, releasesPath));
} finally {
  await close();
}
