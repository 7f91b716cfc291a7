/** Days, as programs and as people write them. */

/** The day of a moment, in UTC: `2026-11-22`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** The day before a day: 2027-02-28 before 2027-03-01. */
export function dayBefore(day: string): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000));
}

/** By language: making what writes a day takes longer than writing it. */
const made = new Map<string, Intl.DateTimeFormat>();

/** 2027-03-31 as "31 March 2027", or as it is written in another language. @param language BCP 47 */
export function showDay(day: string, language = 'en'): string {
  const locale = language === 'en' ? 'en-GB' : language;
  const format = made.get(locale) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  made.set(locale, format);
  return format.format(new Date(`${day}T00:00:00Z`));
}
