/** A made-up data file with a tick list, a grid and a ranking: questions that have several columns each. */
import type { DataFile, DataVariable } from '../../../src/release/microdata/data-file.ts';
import { EXAMPLE } from './example.ts';

type Shape = Pick<DataVariable, 'question' | 'categories'>;

function column({ question, categories }: Shape, name: string, label: string, values: readonly number[]): DataVariable {
  return {
    name,
    label,
    role: 'plain',
    kind: 'categories',
    ordered: false,
    ...(question && { question }),
    universe: 'Everyone',
    categories,
    withheldForSome: values.includes(-6),
    values: Int32Array.from(values),
  };
}

const TOOLS: Shape = {
  question: { code: 'T1', text: 'Which tools do you use?' },
  categories: [
    { value: 0, label: 'Not ticked' },
    { value: 1, label: 'Ticked' },
  ],
};

const WORRIES: Shape = {
  question: { code: 'C1', text: 'How much of a problem is each of these for you?' },
  categories: ['Not at all', 'Hardly', 'A little', 'Neither one nor the other', 'Somewhat', 'Very', 'Entirely'].map(
    (label, place) => ({ value: place + 1, label }),
  ),
};

const WISHES: Shape = {
  question: { code: 'U1', text: 'What would help most? Put these in order.' },
  categories: Array.from({ length: 13 }, (_, place) => ({
    value: place,
    label: place === 0 ? 'Not ranked' : `Place ${place}`,
  })),
};

const [row] = EXAMPLE.variables;
if (!row) throw new Error('the example has no columns');

/** Twelve rows; of the grid nobody's answer is shown. */
export const GROUPED: DataFile = {
  about: { ...EXAMPLE.about, language: 'en', title: 'A survey of choirs', wave: 'Autumn 2026' },
  rows: 12,
  variables: [
    row,
    column(TOOLS, 't1_text', 'Writing', [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, -1, -1]),
    column(TOOLS, 't1_sound', 'Sound', [1, 1, 1, 0, 0, 0, 0, 0, -6, -6, -1, -1]),
    column(TOOLS, 't1_none', 'None', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1]),
    column(WORRIES, 'c1_cost', 'The cost', [-1, -2, -5, -6, -7, -8, -9, -9, -9, -9, -9, -9]),
    column(WORRIES, 'c1_law', 'The law', [-1, -1, -5, -6, -7, -8, -8, -9, -9, -9, -9, -9]),
    column(
      WORRIES,
      'c1_people',
      'The trust of the people we sing for',
      [-1, -1, -2, -2, -5, -5, -6, -7, -7, -8, -9, -9],
    ),
    ...Array.from({ length: 12 }, (_, place) =>
      column(
        WISHES,
        `u1_wish_${place + 1}`,
        `A wish that is told at some length, as people tell them, number ${place + 1}`,
        Array.from({ length: 12 }, (_unused, at) => (at === 11 ? -7 - (place % 3) : ((at + place) % 12) + 1)),
      ),
    ),
  ],
};
