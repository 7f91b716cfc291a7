/** The chi-square distribution. */

/**
 * The probability of a value of x or more with so many degrees of freedom, as `pchisq(x, df, lower.tail = FALSE)` in R.
 * By the recurrence over degrees of freedom (Abramowitz and Stegun 1964, 26.4.4 and 26.4.5), which for whole degrees is
 * a finite sum.
 * @param degrees 1 or more
 */
export function upperChiSquare(x: number, degrees: number): number {
  if (x <= 0) return 1;
  const odd = degrees % 2 === 1;
  // Each term is the one before times x over the next degree, from the density's own beginning.
  let term = odd ? Math.sqrt((2 * x) / Math.PI) * Math.exp(-x / 2) : Math.exp(-x / 2);
  let total = odd ? upperNormal(Math.sqrt(x)) * 2 : 0;
  for (let degree = odd ? 3 : 2; degree <= degrees; degree += 2) {
    total += term;
    term *= x / degree;
  }
  return Math.min(1, total);
}

/** The upper tail of the normal distribution: a series near the middle, a continued fraction (26.2.14) further out. */
function upperNormal(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let series = z;
    for (let k = 1; Math.abs(term) > 1e-17 * series && k < 200; k++) {
      term *= (z * z) / (2 * k + 1);
      series += term;
    }
    return 0.5 - density * series;
  }
  let fraction = z;
  for (let k = 80; k > 0; k--) fraction = z + k / fraction;
  return density / fraction;
}
