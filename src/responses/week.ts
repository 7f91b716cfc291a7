/** Weeks: the finest time that is ever kept about a person. */

/** The ISO 8601 week of a moment, in UTC: `2026-W47`. */
export function weekOf(moment: Date): string {
  const day = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()));
  // A week belongs to the year of its Thursday.
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const firstDay = Date.UTC(day.getUTCFullYear(), 0, 1);
  const week = Math.floor((day.getTime() - firstDay) / 86_400_000 / 7) + 1;
  return `${day.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

/** The week that a number of days after a moment falls in. */
export function weekAfter(moment: Date, days: number): string {
  return weekOf(new Date(moment.getTime() + days * 86_400_000));
}

/** The Sunday that ends an ISO week: `2026-11-22` for `2026-W47`. */
export function lastDayOfWeek(week: string): string {
  const [year = 0, number = 0] = week.split('-W').map(Number);
  // 4 January is always in the first week.
  const fourth = new Date(Date.UTC(year, 0, 4));
  const sunday = fourth.getUTCDate() - (fourth.getUTCDay() || 7) + 7 * number;
  return new Date(Date.UTC(year, 0, sunday)).toISOString().slice(0, 10);
}

/** Every week from one to another, both among them. */
export function weeksBetween(first: string, last: string): string[] {
  const weeks = [first];
  for (let week = first; week < last; weeks.push(week)) week = weekAfter(new Date(lastDayOfWeek(week)), 1);
  return weeks;
}
