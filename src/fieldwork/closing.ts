/** When a survey takes no more answers, and when nobody new may begin. */
import type { LiveSurvey } from './store.ts';

/** Put away in the archive, closed by the team, past its last day, or none of these. @param today the day, YYYY-MM-DD */
export function closedBy(live: LiveSurvey, today: string): 'archive' | 'team' | 'date' | undefined {
  if (live.archivedOn !== null) return 'archive';
  if (live.status === 'closed') return 'team';
  const last = lastDayOf(live);
  return last !== undefined && today > last ? 'date' : undefined;
}

/** The last day on which people can answer: the file's or the team's, whichever comes first. */
export function lastDayOf({ survey, lastDay }: Pick<LiveSurvey, 'survey' | 'lastDay'>): string | undefined {
  const days = [survey.file.dates.closes, lastDay].flatMap((day) => day ?? []);
  return days.sort()[0];
}

/** The last day on which somebody new may begin, where whoever has begun may send for longer. */
export function lastBeginOf(live: Pick<LiveSurvey, 'survey' | 'lastDay' | 'lastBegin'>): string | undefined {
  const last = lastDayOf(live);
  return live.lastBegin !== null && last !== undefined && live.lastBegin < last ? live.lastBegin : undefined;
}

/** Whether only those who have begun may still answer. @param today the day, YYYY-MM-DD */
export function isOnlyForBegun(live: LiveSurvey, today: string): boolean {
  const lastBegin = lastBeginOf(live);
  return closedBy(live, today) === undefined && lastBegin !== undefined && today > lastBegin;
}
