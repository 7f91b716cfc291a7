/** What everybody may read of a disclosure report: nothing that tells how few were unlike the others. */
import type { DisclosureReport } from './report.ts';

/** Distances are said in steps of this, upwards: exact ones could be turned back into withheld answers. */
const STEP = 0.05;

/**
 * The report without raw uniques, the sizes of classes before, exact counts of withheld cells under k, and shares of
 * answers as they were before: in a small survey each of these is somebody.
 */
export function publicReport(report: DisclosureReport) {
  const { before, search, keys, columns, sensitive, largestChange: change, settings, withheldRows, ...open } = report;
  const { k } = settings;
  const counted = (n: number): number | string => (n === 0 || n >= k ? n : `fewer than ${k}`);
  const distances = columns.flatMap(({ distance }) => (distance === undefined ? [] : [distance]));
  return {
    ...open,
    settings: {
      ...settings,
      override: settings.override && { by: settings.override.by, reason: settings.override.reason },
    },
    before: { rows: before.rows },
    search: { choices: search.choices, counted: search.counted },
    keys: keys.map(({ loss, ...key }) => ({ ...key, loss: stepUp(loss), withheld: counted(key.withheld) })),
    score: stepUp(report.score),
    withheldRows: counted(withheldRows),
    sensitive: sensitive.map(({ name, label, withheld, after }) => ({
      name,
      label,
      withheld: counted(withheld),
      after: after && { distinct: after.distinct },
    })),
    columns: columns.map(({ name, label, role, withheld }) => ({ name, label, role, withheld: counted(withheld) })),
    largestDistance: distances.length === 0 ? undefined : stepUp(Math.max(...distances)),
    largestChange: change && { atMost: stepUp(Math.abs(change.after - change.before)) },
  };
}

/** The next step above, so that 0 stays 0. */
function stepUp(share: number): number {
  return Math.ceil(Math.round((share / STEP) * 1e9) / 1e9) / Math.round(1 / STEP);
}
