/** How guessing is slowed: a few tries at once, then longer and longer waits. Nobody is ever shut out. */

/** Wrong tries that cost nothing: people mistype. */
export const FREE_TRIES = 5;
/** In milliseconds. */
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 15 * 60_000;
const FORGOTTEN_AFTER = 86_400_000;

/** What is known of the wrong tries so far. */
export interface Guesses {
  readonly failures: number;
  readonly lastAt: Date;
}

/** From when the next try is taken: the wait doubles with each wrong try after the free ones, up to 15 minutes. */
export function nextTryAt({ failures, lastAt }: Guesses): Date {
  if (failures < FREE_TRIES) return lastAt;
  const wait = Math.min(FIRST_WAIT * 2 ** (failures - FREE_TRIES), LONGEST_WAIT);
  return new Date(lastAt.getTime() + wait);
}

/** Wrong tries that count no more: a day without one. Those last made before the moment that this gives. */
export function forgottenBefore(now: Date): Date {
  return new Date(now.getTime() - FORGOTTEN_AFTER);
}

/** A wait in words: "about 30 seconds", "about 4 minutes". */
export function waitInWords(until: Date, now: Date): string {
  const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
  if (seconds <= 90) return `${seconds} second${seconds === 1 ? '' : 's'}`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
