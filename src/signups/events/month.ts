/** A month as a calendar shows it: weeks from Monday, with what is on each day. */

/** What is on, by its day and time on the wall. */
interface OnADay {
  readonly day: string;
  readonly time: string;
  readonly title: string;
  readonly address: string;
}

const DAY = 86_400_000;
const at = (day: string): Date => new Date(`${day}T00:00:00Z`);
const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** The month asked for (`2027-03`), or the one of today. */
export function monthOf(asked: unknown, today: string): string {
  return typeof asked === 'string' && /^20\d{2}-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7);
}

export function monthAround(month: string, times: readonly OnADay[]) {
  const first = at(`${month}-01`);
  const monday = new Date(first.getTime() - ((first.getUTCDay() + 6) % 7) * DAY);
  const weekdayName = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
  const name = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const beside = (months: number) => {
    const other = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + months, 1));
    return { month: dayOf(other).slice(0, 7), name: name.format(other) };
  };
  const weeks = Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_each, weekday) => {
      const day = dayOf(new Date(monday.getTime() + (week * 7 + weekday) * DAY));
      const on = times.filter((time) => time.day === day).toSorted((one, other) => (one.time < other.time ? -1 : 1));
      return {
        day,
        weekday: weekdayName.format(at(day)),
        number: Number(day.slice(8)),
        inMonth: day.startsWith(month),
        on,
      };
    }),
  ).filter((week) => week.some(({ inMonth }) => inMonth));
  return {
    name: name.format(first),
    before: beside(-1),
    after: beside(1),
    weeks,
    any: weeks.flat().some(({ on }) => on.length > 0),
  };
}
