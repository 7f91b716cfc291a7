/** What was measured, in words. */
import type { BesideFigures, Waits } from './beside.ts';
import type { BookingFigures } from './bookings.ts';
import type { BundleFigures } from './bundle.ts';
import type { EngineFigure } from './engine.ts';
import type { ReleaseFigures } from './release.ts';
import type { Compared, SiteFigures } from './site.ts';
import type { StoreFigures } from './store.ts';

export function siteLines(site: SiteFigures): string[] {
  return [
    compared('question page', site.page),
    compared('answer post, synced', site.post),
    `whole response: ${site.responsesPerSecond.toFixed(1)} a second, ${site.requestsInResponse} requests each, one after the other`,
    `start to listening: ${site.startMs} ms; memory ${site.memoryAtRest ?? '?'} MiB, ${site.memoryAfter ?? '?'} MiB after the load`,
  ];
}

export function storeLines(store: StoreFigures): string[] {
  const { responses: n, importSeconds, importMemory, snapshotSeconds, crosstabMs, sqlMs, millionMs } = store;
  const many = n.toLocaleString('en');
  return [
    `import of ${many}: ${importSeconds.toFixed(0)} s, ${importMemory ?? '?'} MiB at most`,
    `snapshot of ${many}: ${snapshotSeconds.toFixed(1)} s`,
    `one question by stage over ${many}: ${crosstabMs.toFixed(1)} ms cold; by SQL ${sqlMs.toFixed(0)} ms, ${(sqlMs / crosstabMs).toFixed(0)} times as long`,
    `the same over 1,000,000, those answers over and over: ${millionMs.toFixed(1)} ms cold`,
  ];
}

export function bundleLines({ ours, bare, ratio }: BundleFigures): string[] {
  return [
    `a CSV of 1,000,000 rows and 10 columns in a zip: ${ours.seconds.toFixed(1)} s, ${ours.memory.toFixed(0)} MiB at most; bare ${bare.seconds.toFixed(1)} s, ${bare.memory.toFixed(0)} MiB; ${ratio.toFixed(1)} times as long`,
  ];
}

export function engineLines(engine: readonly EngineFigure[]): string[] {
  return engine.map(
    ({ k, searchSeconds, withholdSeconds, ratio, choices, counted }) =>
      `best levels of 100,000 rows and 6 keys, k ${k}: ${searchSeconds.toFixed(2)} s, ${ratio.toFixed(1)} plain counts; ${counted} of ${choices.toLocaleString('en')} choices counted; single cells withheld in ${withholdSeconds.toFixed(2)} s`,
  );
}

export function releaseLines({ responses, seconds, memory, memoryOfTenth }: ReleaseFigures): string[] {
  return [
    `data file of ${responses.toLocaleString('en')}: ${seconds.toFixed(0)} s, ${memory ?? '?'} MiB at most; of a tenth of them ${memoryOfTenth ?? '?'} MiB`,
  ];
}

export function besideLines({ responses, middle: { meanwhile, quiet, ratio }, ratios }: BesideFigures): string[] {
  const said = ({ p50, p99, longest, posts }: Waits) =>
    `99 in 100 under ${p99.toFixed(1)} ms, half under ${p50.toFixed(1)}, all under ${longest.toFixed(0)}; ${posts.toLocaleString('en')} posts`;
  return [
    `an answer while a data file of ${responses.toLocaleString('en')} is made: ${said(meanwhile)}`,
    `  while that is halted, every other moment: ${said(quiet)}: ${ratio.toFixed(2)} times the p99; by rounds ${ratios.map((each) => each.toFixed(2)).join(', ')}`,
  ];
}

export function bookingLines({ booking, rush: { people, seats, taken, again, seconds } }: BookingFigures): string[] {
  const many = (n: number) => n.toLocaleString('en');
  return [
    compared('booking, synced', booking),
    `${many(people)} people at two servers for ${many(seats)} seats: ${many(taken)} taken${taken > seats ? ', OVERBOOKED' : ''}, ${many(again)} told to try again, in ${seconds.toFixed(1)} s`,
  ];
}

function compared(what: string, { ours, bare, ratio }: Compared): string {
  return `${what}: ${ours.perSecond} a second, bare ${bare.perSecond}: ${(ratio * 100).toFixed(0)}%; nine in ten under ${ours.p90} ms, bare ${bare.p90} ms`;
}
