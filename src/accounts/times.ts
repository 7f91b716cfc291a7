/** A moment for a page: in words, to the second, and for programs. In UTC, which the words say. */
export interface ShownMoment {
  readonly words: string;
  readonly exact: string;
  readonly iso: string;
}

const FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

export function showMoment(moment: Date): ShownMoment {
  const iso = moment.toISOString();
  return { words: `${FORMAT.format(moment)} UTC`, exact: `${iso.slice(0, 19).replace('T', ' ')} UTC`, iso };
}
