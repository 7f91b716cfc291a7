/** Days, as programs and as people write them. */

/** The day of a moment, in UTC: `2026-11-22`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** 2027-03-31 as "31 March 2027". */
export function showDay(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}
