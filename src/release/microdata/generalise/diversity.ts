/** How much a class gives away about its rows' answers to a sensitive question (rule M11). */
import type { Reading } from '../whole-numbers.ts';

/** Over all classes in which the column is told. */
export interface Diversity {
  /** The fewest different answers in a class. */
  readonly distinct: number;
  /** The lowest entropy-l: e to the entropy of a class's answers (Machanavajjhala and others, 2007). */
  readonly entropy: number;
  /** The furthest that a class's answers are from all answers (Li and others, 2007): by kind, */
  readonly equal: number;
  /** and by how far apart they stand in the order in which they are declared. */
  readonly ordered: number;
}

/**
 * @param answers for each row its answer from 0, or a number under 0 where there is none or it is withheld
 * @param span how many answers there could be
 * @returns undefined where no class tells any answer
 */
export function diversityOf(of: Int32Array, answers: Reading, span: number): Diversity | undefined {
  const all = new Float64Array(span);
  const byClass = new Map<number, Float64Array>();
  of.forEach((group, row) => {
    const answer = answers(row);
    if (answer < 0) return;
    const own = byClass.get(group) ?? new Float64Array(span);
    byClass.set(group, own);
    own[answer] = (own[answer] ?? 0) + 1;
    all[answer] = (all[answer] ?? 0) + 1;
  });
  if (byClass.size === 0) return undefined;
  const everybody = sharesOf(all);
  const found = [...byClass.values()].map((counts) => {
    const shares = sharesOf(counts);
    const apart = shares.map((share, answer) => share - (everybody[answer] ?? 0));
    let running = 0;
    const moved = apart.reduce((sum, difference) => {
      running += difference;
      return sum + Math.abs(running);
    }, 0);
    return {
      distinct: counts.reduce((sum, n) => (n > 0 ? sum + 1 : sum), 0),
      entropy: Math.exp(-shares.reduce((sum, share) => (share > 0 ? sum + share * Math.log(share) : sum), 0)),
      equal: apart.reduce((sum, difference) => sum + Math.abs(difference), 0) / 2,
      ordered: moved / Math.max(span - 1, 1),
    };
  });
  return {
    distinct: Math.min(...found.map(({ distinct }) => distinct)),
    entropy: Math.min(...found.map(({ entropy }) => entropy)),
    equal: Math.max(...found.map(({ equal }) => equal)),
    ordered: Math.max(...found.map(({ ordered }) => ordered)),
  };
}

function sharesOf(counts: Float64Array): Float64Array {
  const sum = counts.reduce((total, n) => total + n, 0);
  return counts.map((n) => n / sum);
}
