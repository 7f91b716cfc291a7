/** When a survey takes no more answers. */
import type { LiveSurvey } from './store.ts';

/** Closed by the team, past its last day, or neither. @param today the day, YYYY-MM-DD */
export function closedBy(live: LiveSurvey, today: string): 'team' | 'date' | undefined {
  if (live.status === 'closed') return 'team';
  const last = lastDayOf(live);
  return last !== undefined && today > last ? 'date' : undefined;
}

/** The last day on which people can answer: the file's or the team's, whichever comes first. */
export function lastDayOf({ survey, lastDay }: Pick<LiveSurvey, 'survey' | 'lastDay'>): string | undefined {
  const days = [survey.file.dates.closes, lastDay].flatMap((day) => day ?? []);
  return days.sort()[0];
}
