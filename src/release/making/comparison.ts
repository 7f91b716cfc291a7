/**
 * Settings of a data file side by side, for a person to choose from. Who compares may do so again after each answer that
 * comes in: what is told is in whole percents, so that nobody is seen to arrive. Exact numbers stand in the report of a
 * file that was made.
 */
import { z } from 'zod';
import type { Setting, Trial } from '../microdata/try-settings.ts';
import type { Wishes } from './wanted.ts';

const names = z.array(z.string());

const comparedSchema = z.object({
  label: z.string(),
  k: z.int(),
  /** As they have to be wished for; undefined where the usual ones are meant. */
  keyNames: names.optional(),
  keep: names.optional(),
  found: z.union([
    z.object({ reason: z.string() }),
    z.object({
      /** The keys as they would be published, and those that would be the same for all. */
      keys: names,
      same: names,
      columns: z.int(),
      /** How many columns would be left out. */
      leftOut: z.int(),
      /** Percent: of what the keys tell, and of all cells. */
      lost: z.int(),
      withheld: z.int(),
      /** Percent: the mean chance of guessing whose row it is. */
      risk: z.int(),
      /** Segments that published tables would tell of every row: such a file needs a named person's word. */
      told: names,
      /** How far the network could ask the file; undefined of what was compared before that was told. */
      reach: z.object({ told: z.int(), filtered: z.int(), questions: z.int(), filters: names }).optional(),
    }),
  ]),
});
export const comparisonSchema = z.array(comparedSchema);

/** A setting and what a file with it would risk and lose, or why there can be none. */
export type Compared = z.infer<typeof comparedSchema>;

/** @param trials of these settings, in their order */
export function compare(trials: readonly Trial[], tried: readonly Setting[], wishes: Wishes): Compared[] {
  return trials.map((trial, place) => {
    const setting = tried[place];
    const [keyNames, keep] = [setting?.keyNames ?? wishes.keyNames, setting?.keep ?? wishes.keep];
    return {
      label: trial.label,
      k: trial.k,
      ...(keyNames && { keyNames: [...keyNames] }),
      ...(keep && { keep: [...keep] }),
      found: findingsOf(trial),
    };
  });
}

const percent = (share: number) => Math.round(100 * share);

function findingsOf(trial: Trial): Compared['found'] {
  if (!trial.possible) return { reason: trial.reason };
  const { keys, columns, leftOut, score, withheldShare, after, toldByTables, reach } = trial;
  const { told, filtered, questions, filters } = reach;
  return {
    keys: keys.flatMap(({ published }) => published ?? []),
    same: keys.flatMap(({ published, name }) => (published === undefined ? [name] : [])),
    columns,
    leftOut: leftOut.length,
    lost: percent(score),
    withheld: percent(withheldShare),
    risk: percent(after.meanRisk),
    told: [...toldByTables],
    // Not how many groups: of few, one more would tell that somebody came.
    reach: { told, filtered, questions, filters: [...filters] },
  };
}
