/** A small made-up survey of farms, and data files of it as a network release would hold them. */
import { getSurvey } from '../../../src/questionnaire/parse.ts';
import type { Survey } from '../../../src/questionnaire/survey.ts';
import { MISSING } from '../../../src/questionnaire/variables.ts';
import type { DataVariable } from '../../../src/release/microdata/data-file.ts';
import type { NetworkFile } from '../../../src/release/network/dimensions.ts';

const options = (...codes: string[]) => codes.map((code) => ({ code, label: code[0]?.toUpperCase() + code.slice(1) }));
const single = (code: string, role: string, ...codes: string[]) => ({
  type: 'single',
  code,
  text: `Question ${code}?`,
  role,
  options: options(...codes),
});

const FARMS = {
  survey: 'farms',
  version: '1.0',
  title: 'A survey of farms',
  wave: 'Spring 2027',
  synthetic: true,
  information: { version: '1', summary: 'A test.', text: 'A test.', minutes: '1', runBy: 'Test', contact: 'Test' },
  consent: { version: '1', question: 'A1', agree: 'yes' },
  dates: { deleteAfter: '2099-12-31' },
  sections: [
    {
      code: 'all',
      title: 'All',
      pages: [
        {
          questions: [
            {
              ...single('A1', 'plain'),
              options: [
                { code: 'yes', label: 'Yes' },
                { code: 'no', label: 'No', end: 'declined' },
              ],
            },
          ],
        },
        { questions: [single('K1', 'quasi', 'north', 'south')] },
        { questions: [single('K2', 'quasi', 's1', 's10', 's100', 's1000')] },
        { questions: [single('K3', 'quasi', 'own', 'rented')] },
        {
          questions: [
            {
              ...single('Q1', 'plain', 'never', 'seldom', 'often', 'always'),
              preferNotToSay: true,
              collapse: [
                { code: 'rarely', label: 'Never or seldom', options: ['never', 'seldom'] },
                { code: 'usually', label: 'Often or always', options: ['often', 'always'] },
              ],
            },
          ],
        },
        {
          questions: [
            {
              type: 'multiple',
              code: 'Q2',
              text: 'Which crops?',
              short: 'Crops',
              role: 'plain',
              options: options('wheat', 'rye', 'none'),
            },
          ],
        },
        { questions: [single('Q3', 'sensitive', 'yes', 'no')] },
        {
          questions: [
            { ...single('Q4', 'plain', 'yes', 'no'), when: { question: 'Q1', isAnyOf: ['often', 'always'] } },
            { ...single('Q5', 'plain', 'yes', 'no'), when: { question: 'Q1', is: 'often' } },
          ],
        },
      ],
    },
  ],
  ends: { declined: { title: 'Thank you', text: 'Nothing was kept.' } },
  derived: [
    {
      kind: 'groups',
      code: 'size',
      label: 'Size',
      role: 'quasi',
      of: 'K2',
      groups: [
        { code: 'micro', label: 'Micro', options: ['s1'] },
        { code: 'small', label: 'Small', options: ['s10'] },
        { code: 'middle', label: 'Middle', options: ['s100'] },
        { code: 'large', label: 'Large', options: ['s1000'] },
      ],
    },
    {
      kind: 'groups',
      code: 'size_wide',
      label: 'Size, wide',
      role: 'quasi',
      of: 'size',
      groups: [
        { code: 'smaller', label: 'Smaller', options: ['micro', 'small'] },
        { code: 'larger', label: 'Larger', options: ['middle', 'large'] },
      ],
    },
    { kind: 'net', code: 'q2_grain', label: 'Any grain', role: 'plain', of: 'Q2', options: ['wheat', 'rye'] },
  ],
  segments: ['K1', 'size'],
  disclosure: {
    anonymous: true,
    keys: ['K1', 'size', 'K3'],
    columns: ['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'q2_grain'],
    hierarchies: { size: ['size_wide'] },
  },
};

/** The survey's file. */
export const FARMS_SOURCE = JSON.stringify(FARMS);

export const farms: Survey = getSurvey(FARMS_SOURCE);

/** One respondent: the numbers of the columns by name; what is left out was asked and not answered. */
export type Row = Readonly<Record<string, number>>;

interface Column extends Pick<DataVariable, 'name' | 'role'> {
  question?: string;
  labels: readonly string[];
  /** In the order of the labels; else counted from 0 for no, and from 1. */
  values?: readonly number[];
}

const COLUMNS: readonly Column[] = [
  { name: 'k1', role: 'key', question: 'K1', labels: ['North', 'South'] },
  { name: 'size', role: 'key', labels: ['Micro', 'Small', 'Middle', 'Large'] },
  { name: 'k3', role: 'key', question: 'K3', labels: ['Own', 'Rented'] },
  { name: 'q1', role: 'plain', question: 'Q1', labels: ['Never', 'Seldom', 'Often', 'Always'] },
  { name: 'q2_wheat', role: 'plain', question: 'Q2', labels: ['Not ticked', 'Ticked'] },
  { name: 'q2_rye', role: 'plain', question: 'Q2', labels: ['Not ticked', 'Ticked'] },
  { name: 'q2_none', role: 'plain', question: 'Q2', labels: ['Not ticked', 'Ticked'] },
  { name: 'q3', role: 'sensitive', question: 'Q3', labels: ['Yes', 'No'] },
  { name: 'q4', role: 'plain', question: 'Q4', labels: ['Yes', 'No'] },
  { name: 'q5', role: 'plain', question: 'Q5', labels: ['Yes', 'No'] },
  // What is worked out has its yes first, unlike what was ticked.
  { name: 'q2_grain', role: 'plain', labels: ['Yes', 'No'], values: [1, 0] },
];

/** A released file of these respondents, in this order; with their weights where they have any. */
export function fileOf(rows: readonly Row[]): NetworkFile {
  const weights: DataVariable = {
    name: 'weight',
    label: 'Weight',
    role: 'weight',
    kind: 'weight',
    ordered: true,
    categories: [],
    withheldForSome: false,
    values: Float64Array.from(rows, ({ weight = 1 }) => weight),
  };
  const columns = COLUMNS.map(({ name, role, question, labels, values = [] }): DataVariable => {
    const from = labels[0] === 'Not ticked' || labels[0] === 'No' ? 0 : 1;
    return {
      name,
      label: name,
      role,
      kind: 'categories',
      ordered: false,
      ...(question !== undefined && { question: { code: question, text: `Question ${question}?` } }),
      categories: labels.map((label, place) => ({ value: values[place] ?? place + from, label })),
      withheldForSome: false,
      values: Int32Array.from(rows, (row) => row[name] ?? MISSING.blank),
    };
  });
  const isWeighted = rows.some(({ weight }) => weight !== undefined);
  return { rows: rows.length, variables: isWeighted ? [...columns, weights] : columns };
}

/** So many respondents alike. */
export function alike(n: number, row: Row): Row[] {
  return Array.from({ length: n }, () => row);
}
