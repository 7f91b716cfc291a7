/** Where a survey stands, in words for staff. */

import { showDay } from '../questionnaire/days.ts';
import { closedBy, isOnlyForBegun, lastBeginOf, lastDayOf } from './closing.ts';
import type { LiveSurvey } from './store.ts';

/** Whether it takes answers, and the sentence that says so. @param today the day, YYYY-MM-DD */
export function standingOf(live: LiveSurvey, today: string): { readonly open: boolean; readonly words: string } {
  const by = closedBy(live, today);
  if (by !== undefined) return { open: false, words: closedWords(live, by) };
  const last = lastDayOf(live);
  if (last === undefined) return { open: true, words: 'Open' };
  const lastBegin = lastBeginOf(live);
  const until = `until the end of ${showDay(last)}`;
  if (isOnlyForBegun(live, today))
    return { open: true, words: `Open ${until} for those who have begun, for nobody new` };
  if (lastBegin === undefined) return { open: true, words: `Open ${until}` };
  return { open: true, words: `Open ${until}; nobody new can begin after ${showDay(lastBegin)}` };
}

function closedWords(live: LiveSurvey, by: 'archive' | 'team' | 'date'): string {
  const [since, last] = [live.archivedOn, lastDayOf(live)];
  if (by === 'archive' && since !== null) return `In the archive since ${showDay(since)}`;
  return by === 'date' && last !== undefined ? `Closed: its last day was ${showDay(last)}` : 'Closed by the team';
}

/** What an admin can do with a survey as it stands. */
interface Reach {
  readonly close: boolean;
  readonly reopen: boolean;
  readonly archive: boolean;
  readonly unarchive: boolean;
}

/** Where an admin can bring it from here. @param today the day, YYYY-MM-DD */
export function reachOf(live: LiveSurvey, today: string): Reach {
  const { open } = standingOf(live, today);
  const archived = live.archivedOn !== null;
  return {
    close: open,
    reopen: !archived && (!open || live.lastDay !== null),
    archive: !open && !archived,
    unarchive: archived,
  };
}
