/** What may be asked for at all (rule M10). */
import { NotReleasable, type Versions } from './survey/columns.ts';

/** The smallest k there is, whatever a survey's file says. */
export const LEAST_K = 3;
const LEAST_PUBLIC_K = 10;
const LEAST_PUBLIC_ROWS = 200;

export type Audience = 'public' | 'network';

/** A named person's word that a public file of few responses may be made all the same. It stands in the report. */
export interface Override {
  readonly by: string;
  readonly reason: string;
}

/** The smallest k that a file for this audience may have. */
export function leastK([{ file }]: Versions, audience: Audience): number {
  return Math.max(LEAST_K, file.disclosure.k, audience === 'public' ? LEAST_PUBLIC_K : 0);
}

/** @throws NotReleasable, with what to do instead */
export function checkWanted(
  versions: Versions,
  responses: number,
  wanted: {
    readonly audience: Audience;
    readonly k: number;
    readonly keyNames: readonly string[];
    readonly override?: Override | undefined;
  },
): void {
  const { audience, k, keyNames, override } = wanted;
  const least = leastK(versions, audience);
  if (k < LEAST_K) throw new NotReleasable(`k is ${k}, and under ${LEAST_K} people could be recognised.`);
  if (k < least)
    throw new NotReleasable(
      audience === 'public' && least === LEAST_PUBLIC_K
        ? `k is ${k}, and a file for the public has at least ${LEAST_PUBLIC_K} rows alike. Raise it, or make the file for the research network.`
        : `k is ${k}, and the survey promises that at least ${least} rows look alike. Raise it.`,
    );
  if (audience === 'public' && responses < LEAST_PUBLIC_ROWS && !override)
    throw new NotReleasable(
      `There are ${responses} responses, and a file for the public needs ${LEAST_PUBLIC_ROWS}: among fewer, people are too easy to find. Make it for the research network, or let a named person take it on themselves, with a reason.`,
    );
  if (responses < k)
    throw new NotReleasable(
      `There are ${responses} responses, and nobody can be hidden among ${k}. Wait for more, or none of it can leave.`,
    );
  const declared = versions[0].file.disclosure.keys;
  const unknown = keyNames.find((name) => !declared.includes(name));
  if (unknown !== undefined)
    throw new NotReleasable(`"${unknown}" is not a key of this survey. Its keys: ${declared.join(', ')}.`);
}
