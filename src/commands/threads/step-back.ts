/** Letting whoever answers a survey go first. */
import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

const { PRIORITY_LOW } = constants.priority;

/**
 * Gives this whole process the lowest priority. Linux has a priority for each thread, and those that V8 began before, to
 * compile and to collect garbage, would still go before a respondent.
 */
export function stepBack(): void {
  setPriority(PRIORITY_LOW);
  for (const thread of threadsHere()) {
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

function threadsHere(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    // Another system than Linux, where a process has one priority.
    return [];
  }
}
