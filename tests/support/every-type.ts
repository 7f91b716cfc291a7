/** Answers to `tests/surveys/every-type.json`, page by page: what fits, and what does not. */
import type { Entries, Respondent } from './respondent.ts';

interface EveryTypePage {
  readonly code: string;
  readonly answer: Entries;
  /** What is refused, as it can be entered on the page; a required page left blank is refused too. */
  readonly wrong?: Entries;
}

/** The pages between "Is this survey for you?" and the check, in order. */
export const PAGES: readonly EveryTypePage[] = [
  { code: 'a2', answer: { A2: 'yes' } },
  {
    code: 'one',
    answer: { B1: 'other', B1_other: 'A purple one' },
    wrong: { B1: 'other', B1_other: 'x'.repeat(101) },
  },
  {
    code: 'many',
    answer: { B2: ['red', 'other'], B2_other: 'A tiny one' },
    wrong: { B2: ['red', 'blue', 'green', 'pink'] },
  },
  { code: 'list', answer: { B3: 'elsewhere', B3_elsewhere: 'In a tree' }, wrong: { B3: 'desk', B3_elsewhere: 'x' } },
  { code: 'grid', answer: { B4_work_time: 'bad', B4_fun: 'fair', B4_peace: 'dk' }, wrong: { B4_fun: 'fair' } },
  { code: 'scale', answer: { B5: '7' } },
  {
    code: 'rank',
    answer: { B6_low_price: '2', B6_size: '1', B6_smell: '3' },
    wrong: { B6_low_price: '1', B6_size: '1' },
  },
  { code: 'number', answer: { W1: '1,250.50' }, wrong: { W1: 'a lot' } },
  {
    code: 'date',
    answer: { W2_day: '29', W2_month: '2', W2_year: '2020' },
    wrong: { W2_day: '30', W2_month: '2', W2_year: '2020' },
  },
  { code: 'words', answer: { W3: 'Bertie', W4: 'Round.\r\nAnd soft.' }, wrong: { W3: 'x'.repeat(61), W4: '\u0007' } },
  { code: 'echo', answer: { E1: 'big' } },
  {
    code: 'together',
    answer: {
      M1: 'fine',
      M2: ['a'],
      M3: 'b',
      M4_r1: 'no',
      M4_r2: 'yes',
      M5: '4',
      M6_a: '2',
      M6_b: '1',
      M7: '3',
      M8_day: '1',
      M8_month: '2',
      M8_year: '2003',
      M9: 'Words',
    },
    wrong: { M1: 'refuse', M3: 'b' },
  },
  { code: 'odd-names', answer: { save: 'Water', carry_on: 'Bags', code: '1234', main: 'Bread', lang: 'Welsh' } },
];

/** Answers the pages before this one. The respondent must have just agreed. */
export async function goTo(respondent: Respondent, code: string): Promise<Respondent> {
  for (const page of PAGES) {
    if (page.code === code) break;
    await respondent.answer(page.answer);
  }
  const address = `/surveys/every-type/${code === 'check' ? 'check' : `answer/${code}`}`;
  if (respondent.address !== address) throw new Error(`${respondent.address} is not ${address}: ${respondent.words}`);
  return respondent;
}
