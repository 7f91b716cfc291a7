/** A release of many answers while people answer: how long it takes, and what they notice of it. */
import { type Hit, type Load, pacedLoad } from './load.ts';
import { inFolder, runSoundings, startSoundings } from './programs.ts';
import { ANSWERS, begin, SURVEY } from './site.ts';
import { fillStore } from './store.ts';

export interface ReleaseFigures {
  readonly responses: number;
  readonly seconds: number;
  /** The most memory that making it used, in MiB; undefined where the system does not say. */
  readonly memory: number | undefined;
  /** The same of a tenth of the answers. */
  readonly memoryOfTenth: number | undefined;
  /** An answer's way from a respondent to the disk and back, with nothing else going on, and during the release. */
  readonly before: Load;
  readonly during: Load;
}

/** Requests a second: more than a busy survey has, and few enough that nobody waits for another. */
const RATE = 50;

const MAKE = ['release', 'make', 'ai-adoption', '--by', 'Benchmark'];

/** A part of the answers that is large enough for a release of its own, and small beside all of them. */
const TENTH = 10;

/** Makes a data file of so many answers, with people answering at a steady pace before and meanwhile. */
export async function measureRelease(responses: number, seconds: number): Promise<ReleaseFigures> {
  const { memory: memoryOfTenth } = await inFolder(async (folder) => {
    await fillStore(folder, Math.ceil(responses / TENTH));
    return runSoundings(folder, MAKE);
  });
  return inFolder(async (folder) => {
    await fillStore(folder, responses);
    const site = await startSoundings(folder, ['serve', '--trial']);
    try {
      const cookie = await begin(site);
      const hits: Hit[] = [{ method: 'POST', path: `${SURVEY}/answer/s1`, cookie, form: ANSWERS }];
      const before = await pacedLoad(site.url, hits, seconds, 303, RATE);
      const making = runSoundings(folder, MAKE);
      let done = false;
      const made = making.finally(() => {
        done = true;
      });
      const loads: Load[] = [];
      while (!done) loads.push(await pacedLoad(site.url, hits, seconds, 303, RATE));
      const { seconds: took, memory } = await made;
      return { responses, seconds: took, memory, memoryOfTenth, before, during: worst(loads) };
    } finally {
      await site.stop();
    }
  });
}

/** The load in which people waited longest. */
function worst(loads: readonly Load[]): Load {
  return loads.reduce((slowest, each) => (each.p99 > slowest.p99 ? each : slowest));
}
