import type { Command } from 'commander';
import { z } from 'zod';
import { type BundleFigures, measureBundle } from './bench/bundle.ts';
import { type Compared, measureSite, type SiteFigures } from './bench/site.ts';
import { measureStore, type StoreFigures } from './bench/store.ts';
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
    .option('--json', 'as JSON, for scripts')
    .action(async (options: { seconds: number; responses: number; json?: true }) => {
      note('Measuring the site …');
      const site = await measureSite(options.seconds);
      note('Measuring the store …');
      const store = await measureStore(options.responses);
      note('Measuring a release’s file …');
      const bundle = await measureBundle();
      if (options.json) printJson({ node: process.version, site, store, bundle });
      else show(site, store, bundle);
    });
}

function show(site: SiteFigures, store: StoreFigures, bundle: BundleFigures): void {
  print(`Node ${process.version}`);
  print(compared('question page', site.page));
  print(compared('answer post, synced', site.post));
  print(
    `whole response: ${site.responsesPerSecond.toFixed(1)} a second, ${site.requestsInResponse} requests each, one after the other`,
  );
  print(
    `start to listening: ${site.startMs} ms; memory ${site.memoryAtRest ?? '?'} MiB, ${site.memoryAfter ?? '?'} MiB after the load`,
  );
  const { responses: n, importSeconds, importMemory, snapshotSeconds, crosstabMs, sqlMs, millionMs } = store;
  const many = n.toLocaleString('en');
  print(`import of ${many}: ${importSeconds.toFixed(0)} s, ${importMemory ?? '?'} MiB at most`);
  print(`snapshot of ${many}: ${snapshotSeconds.toFixed(1)} s`);
  print(
    `one question by stage over ${many}: ${crosstabMs.toFixed(1)} ms cold; by SQL ${sqlMs.toFixed(0)} ms, ${(sqlMs / crosstabMs).toFixed(0)} times as long`,
  );
  print(`the same over 1,000,000, those answers over and over: ${millionMs.toFixed(1)} ms cold`);
  const { ours, bare, ratio } = bundle;
  print(
    `a CSV of 1,000,000 rows and 10 columns in a zip: ${ours.seconds.toFixed(1)} s, ${ours.memory.toFixed(0)} MiB at most; bare ${bare.seconds.toFixed(1)} s, ${bare.memory.toFixed(0)} MiB; ${ratio.toFixed(1)} times as long`,
  );
}

function compared(what: string, { ours, bare, ratio }: Compared): string {
  return `${what}: ${ours.perSecond} a second, bare ${bare.perSecond}: ${(ratio * 100).toFixed(0)}%; nine in ten under ${ours.p90} ms, bare ${bare.p90} ms`;
}
