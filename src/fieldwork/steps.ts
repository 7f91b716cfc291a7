/** How many, as the site tells staff while answers come in. */

/** From this many on, in steps of so many. */
const STEPS = [
  [1000, 100],
  [100, 50],
  [10, 10],
] as const;

/** The step that a number is in: the smallest number there, nought under ten, and how many there are. */
export function stepOf(n: number): { readonly from: number; readonly width: number } {
  const [, width] = STEPS.find(([from]) => n >= from) ?? [];
  return width === undefined ? { from: 0, width: 10 } : { from: Math.floor(n / width) * width, width };
}

/**
 * A number of people in words, rounded down in steps. Whoever looks again and again must not see one of them arrive:
 * no time finer than a week is kept of a respondent, and a count that moves by one would tell it to the minute.
 */
export function inSteps(n: number): string {
  const { from } = stepOf(n);
  return from === 0 ? 'fewer than 10' : `at least ${from.toLocaleString('en')}`;
}
