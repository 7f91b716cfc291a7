/** The finest levels of several keys on which something fits. */

/**
 * From the tops of all keys they are taken down level by level in turn, as long as it fits. What does not fit once is not
 * tried again: where figures are sums, everything coarser than what fits does too, and in the end no key can be finer
 * with the others as they are.
 * @param floor for each key the finest level that may be
 * @returns undefined where it does not even fit on the tops
 */
export function finestLevels(
  tops: readonly number[],
  floor: readonly number[],
  fits: (levels: readonly number[]) => boolean,
): readonly number[] | undefined {
  if (!fits(tops)) return undefined;
  const levels = [...tops];
  const open = new Set(levels.keys());
  while (open.size > 0) {
    for (const key of [...open]) {
      const finer = levels.map((level, place) => (place === key ? level - 1 : level));
      if ((finer[key] ?? 0) < (floor[key] ?? 0) || !fits(finer)) open.delete(key);
      else levels.splice(key, 1, finer[key] ?? 0);
    }
  }
  return levels;
}
