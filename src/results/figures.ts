/** Shares of a base as people read them. */

/** The 97.5% point of the normal distribution: qnorm(0.975) in R. */
const Z = 1.959963984540054;

/** A share in whole percent, halves up, without a detour over floating point: 33 of 40 is 83. */
export function wholePercent(n: number, base: number): number {
  return Math.floor((200 * n + base) / (2 * base));
}

/**
 * The Wilson score interval at 95% for n of base, as shares from 0 to 1.
 * Wilson, E. B. (1927), JASA 22, 209–212; without continuity correction, as `prop.test(n, base, correct = FALSE)` in R.
 */
export function wilson(n: number, base: number): { readonly low: number; readonly high: number } {
  const share = n / base;
  const shift = (Z * Z) / base;
  const centre = share + shift / 2;
  const spread = Z * Math.sqrt((share * (1 - share)) / base + shift / (4 * base));
  return { low: Math.max(0, (centre - spread) / (1 + shift)), high: Math.min(1, (centre + spread) / (1 + shift)) };
}
