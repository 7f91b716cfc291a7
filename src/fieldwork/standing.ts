/** Where a survey stands, in words for staff. */
import { closedBy } from './closing.ts';
import { showDay } from './days.ts';
import type { LiveSurvey } from './store.ts';

/** Whether it takes answers, and the sentence that says so. @param today the day, YYYY-MM-DD */
export function standingOf(live: LiveSurvey, today: string): { readonly open: boolean; readonly words: string } {
  const { closes } = live.survey.file.dates;
  const by = closedBy(live, today);
  if (by === 'team') return { open: false, words: 'Closed by the team' };
  if (by === 'date' && closes !== undefined)
    return { open: false, words: `Closed: its last day was ${showDay(closes)}` };
  return { open: true, words: closes === undefined ? 'Open' : `Open until the end of ${showDay(closes)}` };
}
