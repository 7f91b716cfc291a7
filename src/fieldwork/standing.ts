/** Where a survey stands, in words for staff. */
import { closedBy, lastDayOf } from './closing.ts';
import { showDay } from './days.ts';
import type { LiveSurvey } from './store.ts';

/** Whether it takes answers, and the sentence that says so. @param today the day, YYYY-MM-DD */
export function standingOf(live: LiveSurvey, today: string): { readonly open: boolean; readonly words: string } {
  const last = lastDayOf(live);
  const by = closedBy(live, today);
  if (by === 'team') return { open: false, words: 'Closed by the team' };
  if (by === 'date' && last !== undefined) return { open: false, words: `Closed: its last day was ${showDay(last)}` };
  return { open: true, words: last === undefined ? 'Open' : `Open until the end of ${showDay(last)}` };
}

/** Where an admin can bring it from here. @param today the day, YYYY-MM-DD */
export function reachOf(live: LiveSurvey, today: string): { readonly close: boolean; readonly reopen: boolean } {
  const { open } = standingOf(live, today);
  return { close: open, reopen: !open || live.lastDay !== null };
}
