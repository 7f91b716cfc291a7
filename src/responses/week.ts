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
