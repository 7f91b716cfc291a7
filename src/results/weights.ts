/** The weights of a snapshot's responses, where the survey's file says what its population looks like. */
import type { Weighting } from '../questionnaire/definition.ts';
import type { Survey } from '../questionnaire/survey.ts';
import { placesOf } from './columns.ts';
import { type Margin, type Raking, rake } from './raking.ts';
import { columnOf, type Snapshot } from './snapshot.ts';

/** The answers cannot be weighted as the survey's file says. The message is for the study's own people: it holds counts. */
export class NotWeightable extends Error {
  override readonly name = 'NotWeightable';
}

/** A published share may be this far from the population's: what the file's own shares may be off together. */
const TOLERANCE = 0.005;

/**
 * A weight for each response, in the order of the snapshot's columns, with mean 1; undefined where the survey's file
 * declares none.
 * @throws NotWeightable where a value has no response, or where the margins cannot all be met
 */
export function weightsOf(survey: Survey, snapshot: Snapshot): Float64Array | undefined {
  const { weighting } = survey.file;
  if (!weighting || snapshot.responses === 0) return undefined;
  const margins = weighting.margins.map((margin) => marginOf(snapshot, margin));
  const raking = rake(snapshot.responses, margins, weighting.limits);
  if (raking.gap > TOLERANCE) throw new NotWeightable(sayGap(weighting, raking));
  return raking.weights;
}

function marginOf(snapshot: Snapshot, { by, shares }: Weighting['margins'][number]): Margin {
  const name = by.toLowerCase();
  const variable = snapshot.variables.find((each) => each.name === name);
  if (!variable) throw new NotWeightable(`The answers cannot be weighted by "${by}": the snapshot does not hold it.`);
  const codes = Object.keys(shares);
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
  const positions = placesOf(variable).map((place) => codes.indexOf(variable.categories[place]?.code ?? ''));
  const values = Int32Array.from(columnOf(snapshot, name).codes, (code) => positions[code] ?? -1);
  const present = new Set(values);
  const empty = codes.filter((_, position) => !present.has(position));
  if (empty.length > 0) {
    throw new NotWeightable(
      `Nobody answered for ${empty.map((code) => `"${code}"`).join(', ')} of "${by}", so nobody can stand for that part of the population. ` +
        `Take it together with another value in a "groups" variable and weight by that.`,
    );
  }
  return { values, shares: Object.values(shares).map((share) => share / total) };
}

function sayGap({ margins, limits }: Weighting, { reached, rounds }: Raking): string {
  const gaps = margins.flatMap(({ by, shares }, margin) => {
    const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
    return Object.entries(shares).map(([code, share], value) => {
      const own = reached[margin]?.[value] ?? 0;
      return { by, code, share: share / total, own, gap: Math.abs(own - share / total) };
    });
  });
  const [worst] = gaps.sort((one, other) => other.gap - one.gap);
  const percent = (share: number | undefined) => `${Math.round((share ?? 0) * 1000) / 10}%`;
  return (
    `The answers cannot be weighted to all margins at once: after ${rounds} rounds "${worst?.code}" of "${worst?.by}" makes ${percent(worst?.own)} instead of ${percent(worst?.share)}. ` +
    (limits
      ? 'Widen "limits", or take values together.'
      : 'Take values together, or leave a margin out: some combination of values has nobody in it.')
  );
}

/** What weighting costs: how many equal answers would be as sure as these weighted ones. */
export interface Precision {
  readonly effectiveBase: number;
  readonly designEffect: number;
}

/** The effective base (Σw)²/Σw² and the design effect of weighting, n over that (Kish, L. 1965, Survey Sampling). */
export function precisionOf(weights: Float64Array): Precision {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  const effectiveBase = (sum * sum) / squares;
  return { effectiveBase, designEffect: weights.length / effectiveBase };
}
