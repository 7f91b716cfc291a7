/** What may be asked for at all (rule M10). */
import { findNearest } from '../../questionnaire/checks/nearest.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { isOpen, type Override } from '../overrides.ts';
import { NotReleasable, type Versions } from './survey/columns.ts';

/** The smallest k there is, whatever a survey's file says. */
export const LEAST_K = 3;
const LEAST_PUBLIC_K = 10;
export const LEAST_PUBLIC_ROWS = 200;

export type Audience = 'public' | 'network';

/** The smallest k that a file for this audience may have. */
export function leastK([{ file }]: Versions, audience: Audience): number {
  return Math.max(LEAST_K, file.disclosure.k, audience === 'public' ? LEAST_PUBLIC_K : 0);
}

/** What a file is wanted to have, as far as it can be judged without a single answer. */
export interface Asked {
  readonly audience: Audience;
  readonly k: number;
  readonly keyNames: readonly string[];
}

/** @param live the survey's live version: what its file lists counts @throws NotReleasable, with what to do instead */
export function checkAsked(live: Survey, { audience, k, keyNames }: Asked): void {
  const least = leastK([live], audience);
  if (k < LEAST_K) throw new NotReleasable(`k is ${k}, and under ${LEAST_K} people could be recognised.`);
  if (k < least)
    throw new NotReleasable(
      audience === 'public' && least === LEAST_PUBLIC_K
        ? `k is ${k}, and a file for the public has at least ${LEAST_PUBLIC_K} rows alike. Raise it, or make the file for the research network.`
        : `k is ${k}, and the survey promises that at least ${least} rows look alike. Raise it.`,
    );
  const declared = live.file.disclosure.keys;
  const unknown = keyNames.find((name) => !declared.includes(name));
  if (unknown === undefined) return;
  // What is in the survey is not misspelt: somebody took it for a key.
  const isThere = live.questions.has(unknown) || live.derived.has(unknown);
  const nearest = isThere ? undefined : findNearest(unknown, declared);
  const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const has = declared.length === 0 ? 'Its file declares none.' : `Its keys: ${declared.join(', ')}.`;
  throw new NotReleasable(`"${unknown}" is not a key of this survey.${meant} ${has}`);
}

/** @throws NotReleasable, with what to do instead */
export function checkWanted(
  versions: Versions,
  responses: number,
  { overrides, ...asked }: Asked & { readonly overrides?: readonly Override[] | undefined },
): void {
  checkAsked(versions[0], asked);
  const { audience, k } = asked;
  if (audience === 'public' && responses < LEAST_PUBLIC_ROWS && !isOpen('few', overrides))
    throw new NotReleasable(
      `There are ${responses} responses, and a file for the public needs ${LEAST_PUBLIC_ROWS}: among fewer, people are too easy to find. Make it for the research network, or let a named person take it on themselves with --override few=WHY: it stands on the record.`,
    );
  if (responses < k)
    throw new NotReleasable(
      `There are ${responses} responses, and nobody can be hidden among ${k}. Wait for more, or none of it can leave.`,
    );
}
