/** Letting whoever answers a survey go first. */
import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

const { PRIORITY_LOW } = constants.priority;

/**
 * Gives the calling thread the lowest priority, and the threads that compile and collect garbage for it: Linux has a
 * priority for each thread, and those that V8 began before would still go before a respondent. The main thread is left
 * as it is.
 */
export function stepBack(): void {
  setPriority(PRIORITY_LOW);
  for (const thread of otherThreads()) {
    try {
      setPriority(thread, PRIORITY_LOW);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/**
 * Gives the calling thread alone the lowest priority. In a server the others are the server's: they squeeze respondents'
 * pages too, and no thread of an ordinary user ever rises again. Where a process has one priority it is left as it is.
 */
export function stepBackAlone(): void {
  if (process.platform === 'linux') setPriority(PRIORITY_LOW);
}

function otherThreads(): number[] {
  try {
    return readdirSync('/proc/self/task')
      .map(Number)
      .filter((thread) => thread !== process.pid);
  } catch {
    // Another system than Linux, where a process has one priority.
    return [];
  }
}
