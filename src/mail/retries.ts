/** When to try again with a message that could not be handed over. */

const MINUTE = 60_000;

/** Waits between tries, in minutes: soon at first, then for about two days in all (RFC 5321, 4.5.4.1: four to five days at most). */
const WAITS = [1, 5, 15, 60, 180, 360, 720, 720, 720] as const;

/**
 * The moment of the next try. @param tries how many there were
 * @returns undefined after the last: a person has to look
 */
export function nextTry(tries: number, now: Date): Date | undefined {
  const wait = WAITS[tries - 1];
  return wait === undefined ? undefined : new Date(now.getTime() + wait * MINUTE);
}
