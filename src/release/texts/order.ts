/** An order from chance: where an answer stands tells nothing of whose it is. */

export const BYTES_AN_ITEM = 8;

/**
 * The items in another order.
 * @param random `BYTES_AN_ITEM` bytes for each: whoever holds them could tell the order that there was before
 * @throws when they are too few or not random
 */
export function shuffle<Item>(items: readonly Item[], random: Uint8Array): Item[] {
  const placed = items.map((item, index) => {
    const bytes = random.subarray(index * BYTES_AN_ITEM, (index + 1) * BYTES_AN_ITEM);
    return { item, place: Buffer.from(bytes).toString('hex') };
  });
  if (random.length < items.length * BYTES_AN_ITEM || new Set(placed.map(({ place }) => place)).size < items.length) {
    throw new Error('two items would have the same place: the random bytes are too few or not random');
  }
  return placed.sort((one, other) => (one.place < other.place ? -1 : 1)).map(({ item }) => item);
}
