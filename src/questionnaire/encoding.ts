/** Files that were saved in another encoding than UTF-8: their letters are lost, and nobody should meet the holes. */

interface EncodingFault {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly message: string;
}

/** In characters, as it is shown. */
const LONGEST_WORD = 40;

/** What a reader of UTF-8 puts where it found something else. */
const UNREADABLE = '\uFFFD';

/** Where a text was not UTF-8 before it was read as if it were; undefined where all of it could be read. Pure. */
export function findEncodingFault(text: string): EncodingFault | undefined {
  // The byte order mark of UTF-16 is two bytes that UTF-8 never has; then every other byte of plain letters is 0.
  if (/^\uFFFD\uFFFD(.\0|\0.)/s.test(text)) return { line: 1, message: 'The file is saved as UTF-16.' };
  const place = text.indexOf(UNREADABLE);
  if (place === -1) return undefined;
  const word = /[^\s"]*$/.exec(text.slice(Math.max(0, place - LONGEST_WORD), place))?.[0] ?? '';
  const rest = /^[^\s"]*/.exec(text.slice(place, place + LONGEST_WORD))?.[0] ?? '';
  return {
    line: text.slice(0, place).split('\n').length,
    message: `The file is not saved as UTF-8: in “${`${word}${rest}`.slice(0, LONGEST_WORD)}” a letter cannot be read.`,
  };
}

/** What to do about it. */
export const SAVE_AS_UTF8 = 'Save the file as UTF-8.';
