/** Numbers that find somebody: of telephones, companies, charities, accounts. Years, dates and prices are left. */

/** Digits that may be one number: with a blank, a bracket or a mark between them, not with a comma and a blank. */
const DIGITS =
  /(?:(?<![\p{L}\p{N}])|(?<=\p{L})(?=[0+]))(?:\+\s?|\(\+?\s?)?\p{Nd}(?:(?:[\s./()_*•·‐-―-]{1,3}|,)?\p{Nd})*/gu;
/** With letters before or after it: SC123456, NIC 100002, IP12345R, AB 12 34 56 C. */
const PREFIXED =
  /(?<![\p{L}\p{N}])(?:[A-Z]{1,3}[\s.-]?|[a-z]{2,3})(?:\p{Nd}{5,8}|\p{Nd}{2,3}(?:[\s.-]\p{Nd}{2,3}){1,3})(?!\p{Nd})(?:[\s.-]?[A-Z](?![\p{L}\p{N}]))?/gu;
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\p{Nd}{2}(?:\s?[A-Z\p{Nd}]{4}){3,7}(?:\s?[A-Z\p{Nd}]{1,4})?(?![\p{L}\p{N}])/gu;
/** Whatever else has six digits on end after its letters: ref123456x. */
const MIXED = /(?<![\p{L}\p{N}])\p{L}+\p{Nd}{6,}[\p{L}\p{N}]*/gu;
/** "charity number 1234", "account no. 12 34 56". */
const NAMED =
  /(?<![\p{L}])(?:charity|company|registration|registered|reg|vat|account|acc|sort|phone|telephone|tel|mobile|mob|ref|reference|member|membership|passport|licence)\.?(?:\s(?:number|no|num|nr|code|ref|reg)\.?|:|\s?#){1,4}\s*(?:is\s|was\s)?(?:[A-Z]{0,3}\s?)\p{Nd}(?:[\s./-]{0,2}\p{Nd}){3,}/giu;

const MONEY = /^(?:GBP|EUR|USD)\s?\d{1,9}$/;
const CURRENCY = /(?:[£$€]|(?<!\p{L})(?:GBP|EUR|USD))\s?$/u;

/** The text with such numbers masked. */
export function maskNumbers(text: string): string {
  return text
    .replaceAll(NAMED, (found) => (/phone|tel|mob/i.test(found) ? '[phone number]' : '[number]'))
    .replaceAll(IBAN, '[number]')
    .replaceAll(PREFIXED, (found) => (MONEY.test(found) ? found : '[company or charity number]'))
    .replaceAll(MIXED, (found) => (MONEY.test(found) ? found : '[number]'))
    .replaceAll(DIGITS, (found, place: number, whole: string) => {
      const kind = kindOf(found, CURRENCY.test(whole.slice(0, place)));
      return kind === undefined ? found : `[${kind}]`;
    });
}

/** What a run of digits may be the number of; undefined where it is a year, a date, a price or short. */
function kindOf(found: string, money: boolean): string | undefined {
  const digits = found.replaceAll(/\P{Nd}/gu, '').length;
  const unbroken = digits === found.length;
  if (/^\p{Nd}{2}[\s.-]\p{Nd}{2}[\s.-]\p{Nd}{2}$/u.test(found)) return DATE.test(found) ? undefined : 'number';
  if (digits < (unbroken ? 6 : 7)) return undefined;
  if (money && digits <= 9 && AMOUNT.test(found)) return undefined;
  if (READABLE.some((form) => form.test(found)) || isRange(found)) return undefined;
  if (/^(?:\+|\(|0)/.test(found) && digits >= 9) return 'phone number';
  return unbroken && digits <= 8 ? 'company or charity number' : 'number';
}

const AMOUNT = /^\d+(?:\.\d{1,2})?$|^\d{1,3}(?: \d{3})+$/;
const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = String.raw`(?:19|20)\d\d`;
/** With a year of two digits only as 12/3/21 or 12.3.21: 12-03-21 may be a sort code. */
const DATE_FORM = String.raw`(?:${DAY}([/.-])${MONTH}\1${YEAR}|${DAY}/${MONTH}/\d\d|${DAY}\.${MONTH}\.\d\d|${YEAR}-${MONTH}-${DAY})`;
const DATE = new RegExp(`^${DATE_FORM}$`);
const BETWEEN = String.raw`\s?[‐-―-]\s?`;
const READABLE: readonly RegExp[] = [
  DATE,
  new RegExp(`^${DATE_FORM}${BETWEEN}${DATE_FORM.replace('\\1', '\\2')}$`),
  // 10,000 and 1,234,567.89
  /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/,
  // 12345.67
  /^\d{1,5}\.\d{1,2}$/,
  // 2019, 2019-2020, 2019/20 2020/21, and "in 2019 350 came"
  new RegExp(String.raw`^${YEAR}(?:[\s./‐-―-]{1,3}${YEAR}|[/‐-―-]\d\d(?!\d))*(?:[\s.]{1,2}\d{1,3})?$`),
  // 10.30-12.30
  new RegExp(String.raw`^[012]?\d\.[0-5]\d${BETWEEN}[012]?\d\.[0-5]\d$`),
];

/** Two round numbers, the lower first: 500-1000. */
function isRange(found: string): boolean {
  const [, low, high] = /^([1-9]\d*)\s?[‐-―-]\s?([1-9]\d*)$/.exec(found) ?? [];
  const [from, to] = [Number(low), Number(high)];
  return from < to && to < 1_000_000 && from % 50 === 0 && to % 50 === 0;
}
