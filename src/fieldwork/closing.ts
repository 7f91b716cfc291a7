/** When a survey takes no more answers. */
import type { LiveSurvey } from './store.ts';

/** Closed by the team, past its last day, or neither. @param today the day, YYYY-MM-DD */
export function closedBy({ status, survey }: LiveSurvey, today: string): 'team' | 'date' | undefined {
  const { closes } = survey.file.dates;
  if (status === 'closed') return 'team';
  return closes !== undefined && today > closes ? 'date' : undefined;
}
