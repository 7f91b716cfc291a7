/**
 * What is masked in people's own words before anybody reads them (rule M16): whatever finds a person or an organisation
 * by machine. In doubt it is masked: a reader can live without a number, a respondent cannot take back an address.
 */
import { maskNumbers } from './long-numbers.ts';

/** Endings of web addresses that are no English words. Two letters are countries and fashions. */
const ENDINGS =
  'com|org|net|edu|gov|info|biz|name|coop|museum|church|charity|ngo|foundation|club|community|social|online|site|website|' +
  'shop|store|blog|tech|app|dev|xyz|live|life|link|page|group|team|agency|academy|studio|events|uk|scot|wales|cymru|london|' +
  'ie|eu|je|gg|fr|de|es|nl|ch|se|dk|fi|pl|pt|gr|cz|ro|hu|ca|au|nz|za|jp|cn|br|mx|ru|tv|io|ai|co|ly|gl|fm|cc|ws';
/** Endings that are English words too: taken for an address only in small letters, as in "choir.me". */
const WORDS = 'it|in|is|me|my|so|to|at|be|am|no|as|us|do';
const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?`;
const HOST = String.raw`(?:${LABEL}\.)+(?:(?:${caseless(ENDINGS)})|(?:${WORDS}))(?![\p{L}\p{N}_-])`;
/** "dot", as people write it to hide an address from programs. */
const DOT = String.raw`(?:\s+[Dd][Oo][Tt]\s+|\s*[([{]\s*(?:[Dd][Oo][Tt]|\.)\s*[)\]}]\s*)`;
const AT = String.raw`\s*(?:@|[([{]\s*(?:@|[Aa][Tt])\s*[)\]}])\s*`;
/** Begins where no other can, or a long word without an end would be tried from each of its letters. */
const MAILBOX = String.raw`(?<![\p{L}\p{N}._%+'’-])[\p{L}\p{N}._%+'’-]+`;

const NETWORKS =
  'instagram|insta|twitter|facebook|tiktok|snapchat|linkedin|youtube|bluesky|mastodon|threads|telegram|whatsapp|discord|skype';

type Mask = readonly [what: string, pattern: RegExp];

/** In the order in which they are looked for: an e-mail address has a web address in it. */
const MASKS: readonly Mask[] = [
  ['e-mail', new RegExp(String.raw`(?:@?${MAILBOX}|"[^"\s]*")@[\p{L}\p{N}[][^\s,;<>"()]*`, 'gu')],
  ['e-mail', new RegExp(String.raw`${MAILBOX}${AT}${LABEL}(?:(?:${DOT}|\s?\.\s?)${LABEL})+`, 'gu')],
  ['e-mail', new RegExp(String.raw`${MAILBOX}\s+[Aa][Tt]\s+(?:${HOST}|${LABEL}(?:\s+[Dd][Oo][Tt]\s+${LABEL})+)`, 'gu')],
  ['web address', /(?<![\p{L}\p{N}])(?:https?|ftp)\s?:\s?\/\/\s?[^\s<>"]+/giu],
  ['web address', /(?<![\p{L}\p{N}])www\s?\.\s?[^\s<>"]+/giu],
  ['web address', new RegExp(String.raw`(?<![\p{L}\p{N}_@])${HOST}(?::\p{Nd}+)?(?:[/?#][^\s<>"]*)?`, 'gu')],
  [
    'web address',
    new RegExp(
      String.raw`(?<![\p{L}\p{N}_-])${LABEL}(?:${DOT}${LABEL})*${DOT}(?:${caseless(ENDINGS)})(?![\p{L}\p{N}_-])`,
      'gu',
    ),
  ],
  ['social handle', new RegExp(String.raw`(?<![\p{L}])(?:${NETWORKS})\s*[:=]\s*(?:\[[a-z -]+\]|[^\s,;]+)`, 'giu')],
  ['social handle', /(?<![\p{L}\p{N}])@[\p{L}\p{N}_][\p{L}\p{N}_.-]*/gu],
  [
    'postcode',
    /(?<![\p{L}\p{N}])[A-PR-UWYZ][A-HK-Y]?\p{Nd}[A-HJKMNP-Y\p{Nd}]?[\s.-]{0,2}\p{Nd}[A-BD-HJLN-UW-Z]{2}(?![\p{L}\p{N}])/giu,
  ],
  ['postcode', /(?<![\p{L}\p{N}])(?:GIR\s?0AA|BFPO\s?\p{Nd}{1,4})(?![\p{L}\p{N}])/giu],
];

/**
 * A text on one line and without characters that cannot be seen, with what is looked for in the places of `[e-mail]`,
 * `[web address]`, `[social handle]`, `[postcode]`, `[phone number]`, `[company or charity number]` and `[number]`.
 * Masking it again changes nothing.
 */
export function maskText(text: string): string {
  let masked = plainText(text);
  for (let before = ''; before !== masked; ) {
    before = masked;
    masked = maskOnce(masked);
  }
  return masked;
}

/**
 * One form for what looks the same (NFKC: digits of full width, circled letters), blanks for line breaks, nothing
 * that is not seen: either would hide an address from the masks.
 */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function maskOnce(text: string): string {
  return maskNumbers(MASKS.reduce((masked, [what, pattern]) => masked.replaceAll(pattern, `[${what}]`), text));
}

/** The words in any mixture of capitals and small letters, inside a pattern that is otherwise exact. */
function caseless(words: string): string {
  return words.replaceAll(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
