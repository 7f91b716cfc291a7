/** Which passphrases are taken (NIST SP 800-63B 5.1.1.2): long ones, of any characters, that nobody tries first. */
import { COMMON } from './common-passphrases.ts';

const SHORTEST = 12;
const LONGEST = 200;

/** The rule in one sentence, for the page. */
export const PASSPHRASE_RULE = `At least ${SHORTEST} characters, such as four or five words that do not belong together. Spaces and all letters and signs are welcome.`;

/** The same text typed on two keyboards can be different bytes. */
export const plainPassphrase = (typed: string): string => typed.normalize('NFKC');

/** Why a new passphrase is refused, as a sentence; undefined if it is good. */
export function findPassphraseProblem(
  typed: string,
  { email, name }: { readonly email: string; readonly name: string },
): string | undefined {
  const length = [...plainPassphrase(typed)].length;
  if (length === 0) return 'Enter a passphrase';
  if (length < SHORTEST) return `The passphrase must have at least ${SHORTEST} characters`;
  if (length > LONGEST) return `The passphrase must have at most ${LONGEST} characters`;
  const bare = bareOf(typed);
  if (holdsAny(bare, [email, email.split('@')[0] ?? '', ...name.split(/\s+/), name, 'soundings'])) {
    return 'The passphrase must not hold your name, your e-mail address or the word “soundings”';
  }
  if (isCommon(bare)) return 'That passphrase is one of the first that somebody would try: choose another';
  return undefined;
}

/** Only what is heard of it: capitals, spaces, signs and accents make a guess no harder. */
function bareOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Words of two or three letters stand in other words too. */
function holdsAny(bare: string, parts: readonly string[]): boolean {
  return parts.map(bareOf).some((part) => part.length >= 4 && bare.includes(part));
}

function isCommon(bare: string): boolean {
  // "aaaa…", "abcabcabc…" and "1234 1234 1234" are short ones said again.
  const repeated = /^(.{1,6}?)\1+.{0,5}$/u.test(bare);
  return repeated || isRun(bare) || COMMON.has(bare) || COMMON.has(bare.replace(/\d{1,4}$/, ''));
}

/** Keys and letters in their order, forwards or backwards. */
function isRun(bare: string): boolean {
  const rows = [
    'abcdefghijklmnopqrstuvwxyz',
    '0123456789'.repeat(4),
    'qwertyuiopasdfghjklzxcvbnm',
    'qwertzuiopasdfghjklyxcvbnm',
  ];
  return rows.some((row) => row.includes(bare) || [...row].reverse().join('').includes(bare));
}
