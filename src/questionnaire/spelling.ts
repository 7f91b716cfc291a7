/** A code, date or version that was written in a way that cannot be taken, put into one that can. */

/**
 * What was probably meant by a code, name, date, version or number that does not fit its pattern: the first rewriting
 * of it that does. @param pattern a regular expression as Zod gives it, between slashes
 * @returns undefined where none fits
 */
export function suggestSpelling(written: string, pattern: string): string | undefined {
  const source = /^\/(.*)\/[a-z]*$/s.exec(pattern)?.[1];
  if (source === undefined) return undefined;
  const form = new RegExp(source);
  return rewritings(written).find((each) => each !== written && form.test(each));
}

function rewritings(written: string): string[] {
  const plain = written.trim().normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const code = plain.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
  const place = plain
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const short = code.slice(0, 24).replace(/_$/, '');
  return [
    plain,
    ...dates(plain),
    ...versions(plain),
    ...(/[A-Za-z]/.test(plain) ? [plain.toLowerCase(), plain.toUpperCase()] : []),
    ...(code === '' ? [] : [short, `q${short}`, short.toLowerCase(), code.toUpperCase(), place.slice(0, 40)]),
    plain.replaceAll(/[,\s£$€%]/g, ''),
    ...(LANGUAGES[plain.toLowerCase()] ?? []),
  ];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Day, month and year in the order of the United Kingdom, or year first; nothing where they are no day. */
function dates(plain: string): string[] {
  const [, year, month = '', day = ''] = /^(\d{4})[./ -](\d{1,2})[./ -](\d{1,2})$/.exec(plain) ?? [];
  if (year !== undefined) return [`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`];
  const [, dayOfMonth = '', name = '', yearAfter] =
    /^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9}),? (\d{4})$/i.exec(plain) ?? [];
  const place = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  if (yearAfter !== undefined && place > 0)
    return [`${yearAfter}-${String(place).padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`];
  const [, first = '', second = '', last] = /^(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})$/.exec(plain) ?? [];
  return last === undefined ? [] : [`${last}-${second.padStart(2, '0')}-${first.padStart(2, '0')}`];
}

/** What the calendar has against a date that is written as it should be; undefined where that is not what is wrong. */
export function findWrongDay(written: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(written)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (month < 1 || month > 12) return 'a year has the months 01 to 12';
  const first = new Date(Date.UTC(year, month - 1, 1));
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const name = first.toLocaleString('en-GB', { month: 'long', timeZone: 'UTC' });
  return day < 1 || day > days ? `${name}${month === 2 ? ` ${year}` : ''} has ${days} days` : undefined;
}

function versions(plain: string): string[] {
  const [, major, minor = '0'] = /^v?(?:ersion )?(\d+)(?:\.(\d+))?(?:\.\d+)*$/i.exec(plain) ?? [];
  return major === undefined ? [] : [`${major}.${minor}`];
}

const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  english: ['en'],
  welsh: ['cy'],
  cymraeg: ['cy'],
};
