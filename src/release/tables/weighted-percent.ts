/** Weighted percentages, rounded so that nobody can be told by what their answer weighs. */

/** Points that a percentage is rounded to, the finest first. */
const STEPS = [1, 2, 5, 10] as const;

/** The lightest and the heaviest answer, and how many respondents have to stay open. */
export interface Spread {
  readonly least: number;
  readonly most: number;
  readonly open: number;
}

/** Somebody's guess at the weights behind a figure has to stay open by as much as this. */
const openWeight = ({ least, most, open }: Spread) => (open + 1) * (most - least);

/** The finest rounding that leaves enough open on a base of this weight; undefined where none does. */
export function findStep(base: number, spread: Spread): number | undefined {
  return STEPS.find((step) => (step / 100) * base >= openWeight(spread));
}

/** A share of a base: of how many people, and what they weigh together. */
export interface WeighedShare {
  readonly n: number;
  readonly weight: number;
  readonly base: number;
  readonly baseWeight: number;
}

/**
 * A share in percent of the base's weight, to a multiple of `step`.
 *
 * Whoever knows how many gave an answer knows between which bounds their weight lies, and learns from the percentage
 * where between them: with a handful of weights that is how many of each kind of respondent they are. So a percentage
 * stands for all weights that round to it, and near the bounds, where few do, for those beyond it as well: what is left
 * open is everything between the bounds or at least as much as `open` respondents make by being the lightest or the heaviest.
 */
export function weightedPercent({ n, weight, base, baseWeight }: WeighedShare, spread: Spread, step: number): number {
  const { least, most } = spread;
  const rest = base - n;
  const low = Math.max(n * least, baseWeight - rest * most);
  const high = Math.min(n * most, baseWeight - rest * least);
  const size = (step / 100) * baseWeight;
  const overlap = (place: number) => Math.min(high, (place + 0.5) * size) - Math.max(low, (place - 0.5) * size);
  const places = Array.from({ length: 100 / step + 1 }, (_, place) => place);
  const wide = places.filter((place) => overlap(place) >= openWeight(spread));
  const [first] = wide;
  const last = wide.at(-1);
  if (first === undefined || last === undefined) return Math.round((low + high) / 2 / size) * step;
  return Math.min(last, Math.max(first, Math.round(weight / size))) * step;
}
