import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { measureBeside } from './bench/beside.ts';
import { measureBookings } from './bench/bookings.ts';
import { measureBundle } from './bench/bundle.ts';
import { measureEngine } from './bench/engine.ts';
import { measureRelease } from './bench/release.ts';
import { measureSite } from './bench/site.ts';
import { measureStore } from './bench/store.ts';
import { againLines, measureAgain, measureTables, tablesLines } from './bench/tables.ts';
import {
  besideLines,
  bookingLines,
  bundleLines,
  engineLines,
  releaseLines,
  siteLines,
  storeLines,
} from './bench/words.ts';
import { command, note, parseWith, print, printJson } from './support.ts';

const seconds = z.coerce
  .number('a number of seconds')
  .int('a whole number')
  .min(1, 'at least 1')
  .max(600, 'at most 600');
const responses = z.coerce
  .number('a number')
  .int('a whole number')
  .min(2000, 'at least 2000')
  .max(5_000_000, 'at most 5000000');

/** `soundings bench`: speed, as ratios against a bare server on the same machine in the same run. */
export function benchCommand(): Command {
  return command(
    'bench',
    'Measure speed on this machine',
    'Sends pages and posts to this program and to a bare Express server side by side, and counts against plain SQL. Takes some minutes, and means little on a busy machine.',
  )
    .option('--seconds <n>', 'how long each kind of request is sent', parseWith(seconds), 10)
    .option('--responses <n>', 'how many responses to import and count', parseWith(responses), 100_000)
    .option('--only <parts>', `by commas, of ${Object.keys(PARTS).join(', ')}; left out, all but again`, partsIn)
    .option('--json', 'as JSON, for scripts')
    .action(async (options: Options & { only?: readonly Part[]; json?: true }) => {
      const figures: Record<string, unknown> = { node: process.version };
      if (!options.json) print(`Node ${process.version}`);
      for (const part of options.only ?? USUAL) {
        note(`Measuring ${part} …`);
        const { found, lines } = await PARTS[part](options);
        figures[part] = found;
        if (!options.json) for (const line of lines) print(line);
      }
      if (options.json) printJson(figures);
    });
}

interface Options {
  readonly seconds: number;
  readonly responses: number;
}

/** What was measured, as it is and in words. */
interface Measured {
  readonly found: unknown;
  readonly lines: readonly string[];
}

const measured = <T>(found: T, say: (found: T) => readonly string[]): Measured => ({ found, lines: say(found) });

/** Each part by itself, in the order of the work. */
const PARTS = {
  site: async ({ seconds }: Options) => measured(await measureSite(seconds), siteLines),
  bookings: async ({ seconds }: Options) => measured(await measureBookings(seconds), bookingLines),
  store: async ({ responses }: Options) => measured(await measureStore(responses), storeLines),
  bundle: async () => measured(await measureBundle(), bundleLines),
  tables: async () => measured(await measureTables(), tablesLines),
  again: async () => measured(await measureAgain(), againLines),
  engine: async () => measured(measureEngine(), engineLines),
  release: async ({ responses }: Options) => measured(await measureRelease(responses), releaseLines),
  beside: async ({ responses }: Options) => measured(await measureBeside(responses), besideLines),
} as const satisfies Readonly<Record<string, (options: Options) => Promise<Measured>>>;

type Part = keyof typeof PARTS;

/** Second releases alone take a quarter of an hour. */
const USUAL = [
  'site',
  'bookings',
  'store',
  'bundle',
  'tables',
  'engine',
  'release',
  'beside',
] as const satisfies readonly Part[];

const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name);

function partsIn(value: string): Part[] {
  const names = value.split(',').map((name) => name.trim());
  const parts = names.filter(isPart);
  if (parts.length === names.length) return parts;
  throw new InvalidArgumentError(`It must be some of ${Object.keys(PARTS).join(', ')}.`);
}
