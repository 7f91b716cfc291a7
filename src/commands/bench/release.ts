/** A release of many answers: how long it takes, and in how much memory. */
import { inFolder, runSoundings } from './programs.ts';
import { fillStore } from './store.ts';

export interface ReleaseFigures {
  readonly responses: number;
  readonly seconds: number;
  /** The most memory that making it used, in MiB; undefined where the system does not say. */
  readonly memory: number | undefined;
  /** The same of a tenth of the answers. */
  readonly memoryOfTenth: number | undefined;
}

/** A part of the answers that is large enough for a release of its own, and small beside all of them. */
const TENTH = 10;

const MAKE = ['release', 'make', 'ai-adoption', '--by', 'Benchmark'];

/** Makes a data file of so many answers, and one of a tenth of them. */
export async function measureRelease(responses: number): Promise<ReleaseFigures> {
  const { memory: memoryOfTenth } = await makeOf(Math.ceil(responses / TENTH));
  return { responses, ...(await makeOf(responses)), memoryOfTenth };
}

const makeOf = (responses: number) =>
  inFolder(async (folder) => {
    await fillStore(folder, responses);
    return runSoundings(folder, MAKE);
  });
