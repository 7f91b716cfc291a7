/** What a new release would tell beside the last one. */

import type { Released } from '../released.ts';
import type { ProtectedTables } from './protected-tables.ts';

/**
 * Whether so few answers came or went since the last release that the two together would tell them (rule R3, for the
 * number of responses: what changes within a group between two releases is not looked at here).
 * @returns how many, if they are too few; undefined if the release may be made
 */
export function tooFewSince(
  { content: last }: Released<ProtectedTables>,
  { content: next }: Released<ProtectedTables>,
): number | undefined {
  const change = Math.abs(next.responses - last.responses);
  return change > 0 && change < next.policy.base ? change : undefined;
}
