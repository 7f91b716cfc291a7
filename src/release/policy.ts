/** How far results are protected: the thresholds of a survey, and those that hold for all. */
import type { SurveyFile } from '../questionnaire/definition.ts';

export interface Policy {
  /** t: counts from 1 to below this are hidden. */
  readonly cell: number;
  /** b: nothing is shown for fewer people than this. */
  readonly base: number;
  /** w: what is known of a hidden count must leave open at least this much. */
  readonly width: number;
  /** For a segment, its coarser versions, finest first: variables. */
  readonly hierarchies: Readonly<Record<string, readonly string[]>>;
}

/** A percentage of fewer people than this is not printed, and one of fewer than the other comes with a warning. */
export const PERCENT_BASE = 10;
export const WARN_BASE = 30;

/** The policy that a survey's file sets. */
export function policyOf({ disclosure }: SurveyFile): Policy {
  const hierarchies = Object.entries(disclosure.hierarchies).map(([name, levels]) => [name.toLowerCase(), levels]);
  return {
    cell: disclosure.cell,
    base: disclosure.base,
    width: disclosure.width,
    hierarchies: Object.fromEntries(hierarchies),
  };
}
