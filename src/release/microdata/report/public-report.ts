/** What everybody may read of a disclosure report: nothing that tells how few were unlike the others. */
import type { DisclosureReport } from './report.ts';

/** Losses are said in steps of this, upwards. */
const STEP = 0.05;

/**
 * The report without raw uniques, the sizes of classes before, exact counts of withheld cells under k, and anything
 * that would be another number if withheld answers were others: in a small survey each of these is somebody.
 */
export function publicReport(report: DisclosureReport) {
  const { before, look, search, keys, columns, sensitive, largestChange: _, settings, withheldRows, ...open } = report;
  const { k } = settings;
  const counted = (n: number): number | string => (n === 0 || n >= k ? n : `fewer than ${k}`);
  const shifts = columns.map(shiftOf);
  return {
    ...open,
    settings: {
      ...settings,
      overrides: settings.overrides?.map(({ gate, by, reason }) => ({ gate, by, reason })),
    },
    before: { rows: before.rows },
    // How many fit a respondent, and how far the search had to look, rest on keys that are withheld.
    look: { smallestClass: look.smallestClass },
    search: { choices: search.choices },
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
    largestChange: shifts.length === 0 ? undefined : { atMost: Math.max(...shifts) },
  };
}

/**
 * The most by which withheld cells can have changed an answer's share, whatever stands in them: anybody who holds the
 * file can reckon it. What they did change it by would tell what they hold, however far it were rounded.
 */
function shiftOf({ withheld, answers }: DisclosureReport['columns'][number]): number {
  return withheld === 0 || answers === 0 ? 0 : withheld / (withheld + answers);
}

/** The next step above, so that 0 stays 0. */
function stepUp(share: number): number {
  return Math.ceil(Math.round((share / STEP) * 1e9) / 1e9) / Math.round(1 / STEP);
}
