/** Dates as people read them. */

/** 2027-03-31 as "31 March 2027". */
export function showDate(iso: string, language: string): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${iso}T00:00:00Z`),
  );
}

/** "31 March 2027", for a date the survey may not have. */
export function showDateIfAny(iso: string | undefined, language: string): string | undefined {
  return iso === undefined ? undefined : showDate(iso, language);
}
