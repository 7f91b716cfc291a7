/** How many, as the site tells staff while answers come in. */

/** From this many on, in steps of so many. */
const STEPS = [
  [1000, 100],
  [100, 50],
  [10, 10],
] as const;

/**
 * A number of people in words, rounded down in steps. Whoever looks again and again must not see one of them arrive:
 * no time finer than a week is kept of a respondent, and a count that moves by one would tell it to the minute.
 */
export function inSteps(n: number): string {
  const [, step] = STEPS.find(([from]) => n >= from) ?? [];
  if (step === undefined) return 'fewer than 10';
  return `at least ${(Math.floor(n / step) * step).toLocaleString('en')}`;
}
