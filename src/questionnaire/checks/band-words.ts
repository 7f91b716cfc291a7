/** Reads labels such as "£10,000 to £49,999", "Under 5 years" and "250 or more" as bands. English only. */

export interface Band {
  readonly low: number;
  readonly lowIn: boolean;
  readonly high: number;
  readonly highIn: boolean;
  /** What is counted; "" when the label does not say. */
  readonly unit: string;
  /** The distance to the next number that can be written like these: 1, or 0.1 with one decimal. */
  readonly step: number;
}

const NUMBER = String.raw`[£$€]?\s?(\d[\d,]*(?:\.\d+)?)\s?(%|k\b|thousand|million|m\b)?`;
const UNIT = String.raw`((?:\s[a-z]+){0,3})`;
const FORMS: readonly { form: RegExp; read(low: number, high: number): Omit<Band, 'unit' | 'step'> }[] = [
  {
    form: whole(
      `(?:more than|over|above)\\s${NUMBER}${UNIT}\\s?(?:and|but)?\\s?(?:up to|to|no more than)\\s${NUMBER}${UNIT}`,
    ),
    read: (low, high) => ({ low, lowIn: false, high, highIn: true }),
  },
  {
    form: whole(`(?:from\\s|between\\s)?${NUMBER}${UNIT}\\s?(?:to|and|-|–|—|up to)\\s?${NUMBER}${UNIT}`),
    read: (low, high) => ({ low, lowIn: true, high, highIn: true }),
  },
  {
    form: whole(`(?:under|less than|fewer than|below)\\s${NUMBER}${UNIT}`),
    read: (high) => ({ low: Number.NEGATIVE_INFINITY, lowIn: true, high, highIn: false }),
  },
  {
    form: whole(`(?:up to|at most|no more than)\\s${NUMBER}${UNIT}`),
    read: (high) => ({ low: Number.NEGATIVE_INFINITY, lowIn: true, high, highIn: true }),
  },
  {
    form: whole(`(?:more than|over|above)\\s${NUMBER}${UNIT}`),
    read: (low) => ({ low, lowIn: false, high: Number.POSITIVE_INFINITY, highIn: true }),
  },
  {
    form: whole(`(?:at least\\s)?${NUMBER}${UNIT}\\s?(?:or more|and more|or over|and over|and above|\\+)${UNIT}`),
    read: (low) => ({ low, lowIn: true, high: Number.POSITIVE_INFINITY, highIn: true }),
  },
];

function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`, 'i');
}

/** The band that a label says as a whole; undefined for anything else. */
export function findBand(label: string): Band | undefined {
  for (const { form, read } of FORMS) {
    const match = form.exec(label.trim());
    if (!match) continue;
    const [first, ...rest] = numbersIn(match);
    const high = rest[0];
    if (!first || (high && high.value < first.value)) return undefined;
    const unit = high?.unit || first.unit;
    return { ...read(first.value, high?.value ?? 0), unit, step: Math.max(first.step, high?.step ?? first.step) };
  }
  return undefined;
}

const SCALE: Record<string, number> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 };

/** Each number of a match: its digits, its multiplier or percent sign, and the words after it. */
function numbersIn(match: RegExpExecArray): { value: number; unit: string; step: number }[] {
  const [, ...groups] = match;
  const numbers: { value: number; unit: string; step: number }[] = [];
  for (let index = 0; index + 1 < groups.length; index += 3) {
    const [digits, scale = '', words = ''] = groups.slice(index, index + 3);
    if (digits === undefined) continue;
    const decimals = digits.split('.')[1]?.length ?? 0;
    numbers.push({
      value: Number(digits.replaceAll(',', '')) * (SCALE[scale.toLowerCase()] ?? 1),
      unit: scale === '%' ? '%' : words.trim().toLowerCase().replace(/s$/, ''),
      step: 10 ** -decimals,
    });
  }
  return numbers;
}
