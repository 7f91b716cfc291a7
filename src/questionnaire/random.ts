/** A repeatable source of random numbers: the same seed gives the same numbers on every machine. Never for secrets. */

/**
 * Numbers from 0 up to, not including, 1, in steps of 2⁻³². The generator is sfc32, seeded as in its source (Chris
 * Doty-Humphrey, PractRand 0.94, `sfc.cpp`).
 * @param seed a whole number from 0 to 2⁵³ − 1
 */
export function randomFrom(seed: number): () => number {
  let a = 0;
  let b = seed | 0;
  let c = Math.floor(seed / 2 ** 32) | 0;
  let counter = 1;
  const next = () => {
    const word = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return (word >>> 0) / 2 ** 32;
  };
  for (let skipped = 0; skipped < 12; skipped++) next();
  return next;
}
