import type { Command } from 'commander';
import { z } from 'zod';
import { measureSite } from '../bench/site.ts';
import { command, parseWith, print, printJson } from './support.ts';

const seconds = z.coerce.number('a number of seconds').int().min(1, 'at least 1').max(600, 'at most 600');

/** `soundings bench`: speed, as ratios against a bare server on the same machine in the same run. */
export function benchCommand(): Command {
  return command('bench', 'Measure speed against a bare server, side by side on this machine. Takes a few minutes.')
    .option('--seconds <n>', 'how long each kind of request is sent', parseWith(seconds), 10)
    .option('--json', 'as JSON, for scripts')
    .action(async (options: { seconds: number; json?: true }) => {
      const site = await measureSite(options.seconds);
      if (options.json) return printJson({ site });
      print(JSON.stringify(site, null, 1));
    });
}
