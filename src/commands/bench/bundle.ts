/** Writing a million rows for a release, against the least that any program would have to do. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { askNumbers, inFolder } from './programs.ts';

interface Written {
  readonly seconds: number;
  /** The most memory of the process, in MiB; some 85 of it are the rows themselves and Node. */
  readonly memory: number;
}

export interface BundleFigures {
  readonly ours: Written;
  readonly bare: Written;
  /** How many times as long ours takes. */
  readonly ratio: number;
}

const TRIES = 3;

/** The best of some tries of each, one after the other, each in a process of its own. */
export async function measureBundle(): Promise<BundleFigures> {
  return inFolder(async (folder) => {
    const tries: { ours: Written; bare: Written }[] = [];
    for (let index = 0; index < TRIES; index++) {
      tries.push({ bare: await write(folder, 'bare'), ours: await write(folder, 'ours') });
    }
    const [ours, bare] = [best(tries.map((each) => each.ours)), best(tries.map((each) => each.bare))];
    return { ours, bare, ratio: ours.seconds / bare.seconds };
  });
}

async function write(folder: string, which: 'ours' | 'bare'): Promise<Written> {
  const path = join(folder, which);
  const [seconds = Number.NaN, memory = Number.NaN] = await askNumbers('million-rows', [which, path]);
  rmSync(path);
  return { seconds, memory };
}

function best(tries: readonly Written[]): Written {
  return {
    seconds: Math.min(...tries.map(({ seconds }) => seconds)),
    memory: Math.max(...tries.map(({ memory }) => memory)),
  };
}
