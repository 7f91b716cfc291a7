/** A data file by hand, as awkward as one may be: what every format and every program that reads it is tried with. */
import type { DataFile, DataVariable } from '../../../src/release/microdata/data-file.ts';

const ROWS = 12;

/** Text that means something to some program, and must be shown by all of them as it stands. */
export const AWKWARD = [
  `It’s "quoted" and 'quoted' and ''twice''`,
  'Cost of £1,000; or 50% & <b>more</b>',
  'Ŵyth o bobl Ŷnys Môn – tŷ, gŵr, siŵr',
  'A choir 🎶 of 👩‍👩‍👧 and 🏴󠁧󠁢󠁷󠁬󠁳󠁿',
  `A \`name' of a $macro and a \${hole} and \\$both and \\\`both'`,
  'A path C:\\new\\table\\',
  '{bf:bold} {c -(} } <script>alert(1)</script> &amp; ]]> <!--',
  '=HYPERLINK("https://example.org") // not a remark /* nor this */ # nor this * nor this.',
  '%s %1$s \\n \\u0041 !name @name #name ~ | ^ ; , .',
  '   led and followed by spaces   ',
] as const;

const LONG_LABEL = `${'Grŵp cymunedol â chyfansoddiad, cyfrif banc a phwyllgor sy’n cyfarfod bob mis '.repeat(2)}– pob un ohonynt`;
const LONG_QUESTION = `Thinking of the last 12 months, and of everybody who takes part in your group – members, volunteers, \
trustees and anybody else – “which” of these 'reasons' has made it hardest to keep going? Please choose the one that fits \
best, even if more than one of them is true, and leave out whatever was over by the time of the last meeting. (Cofiwch: \
does dim ateb cywir nac anghywir, ac ni fydd neb yn gwybod pwy ydych chi.) \`$x\` <b>\\`;

const ROW_NAME: DataVariable = {
  name: 'row_id',
  label: 'A random name for the row, made for this file only',
  role: 'row name',
  kind: 'name',
  ordered: false,
  categories: [],
  withheldForSome: false,
  values: Array.from({ length: ROWS }, (_, row) => `r${(0xabcdef + row * 7919).toString(16).padStart(20, '0')}`),
};

function categorical(
  name: string,
  label: string,
  labels: readonly string[],
  values: readonly number[],
  more: Partial<DataVariable> = {},
): DataVariable {
  return {
    name,
    label,
    role: 'plain',
    kind: 'categories',
    ordered: false,
    question: { code: name.toUpperCase().slice(0, 3), text: label },
    universe: 'Everyone',
    categories: labels.map((text, index) => ({ value: index + 1, label: text })),
    withheldForSome: values.includes(-6),
    values: Int32Array.from(values),
    ...more,
  };
}

/** Made up; holds each missing code, categories out of order and in order, large counts and a weight. */
export const EXAMPLE: DataFile = {
  about: {
    survey: 'choirs',
    version: '2.1.0',
    title: `Choirs & “community” groups – Côr pawb: it's £5, <b>"$all"</b> \`in' 🎶 \\`,
    wave: 'Hydref 2026',
    language: 'cy',
    release: 3,
    madeOn: '2026-11-05',
    synthetic: true,
    audience: 'network',
    k: 5,
    withheldRows: 'at least 5',
    leftOut: [
      { name: 'postcode', reason: 'says where one group is' },
      { name: 'comments', reason: 'is in the group’s own "words" & <i>may</i> name people' },
    ],
  },
  rows: ROWS,
  variables: [
    ROW_NAME,
    categorical(
      'region',
      'Where the group meets',
      ['North', 'South', 'Ynys Môn'],
      [1, 1, 1, 1, 2, 2, 2, 2, -6, -6, -6, -6],
      {
        role: 'key',
        workedOutFrom: ['R1', 'R2'],
      },
    ),
    categorical('reason', `Hardest: ${AWKWARD[4]}`, [...AWKWARD, LONG_LABEL], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -9], {
      question: { code: 'C1', text: LONG_QUESTION },
      universe: `Where “region” is not "South" & <b>size</b> < 5`,
    }),
    // Equal in their first eight letters, and one of them a short name that a program might make up for another.
    categorical(
      'barriers_money',
      'Money is a barrier',
      ['Not chosen', 'Chosen'],
      [0, 1, 1, 0, -1, -2, -5, -6, -7, -8, -9, 1],
      {
        categories: [
          { value: 0, label: 'Not chosen' },
          { value: 1, label: 'Chosen' },
        ],
      },
    ),
    categorical(
      'barriers_time',
      LONG_LABEL.repeat(2),
      ['Not chosen', 'Chosen'],
      [1, 0, 0, 0, -1, -2, -5, -6, -7, -8, -9, 0],
      {
        categories: [
          { value: 0, label: 'Not chosen' },
          { value: 1, label: 'Chosen' },
        ],
      },
    ),
    categorical('v1', 'A name that is short', ['Same words', 'Same words'], [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, -1, -1]),
    categorical(
      'confidence_in_the_coming_year_32',
      'How confident are you about the coming year?',
      ['Not at all', 'A little', 'Neither', 'Quite', 'Very'],
      [5, 4, 3, 2, 1, -7, -8, -9, 5, 4, 3, 2],
      { ordered: true },
    ),
    categorical(
      'district',
      'District',
      Array.from({ length: 40 }, (_, index) => `District ${index + 1} – Ardal ${index + 1}`),
      [40, 39, 1, 2, 10, 20, 30, -1, -2, -5, -6, 7],
    ),
    categorical('far_codes', 'Codes far apart', [], [1, 100, 101, 152, 32740, 32741, 1000000, -1, 1, 1, 1, 1], {
      categories: [1, 100, 101, 152, 32740, 32741, 1000000].map((value) => ({ value, label: `Code ${value}` })),
    }),
    categorical(
      'income',
      'Income in the last year, in £',
      [],
      [0, 1, 151, 152, 99999, 1234567890, 2147483620, 2147483621, 2147483647, -8, -9, 250],
      { kind: 'count' },
    ),
    categorical('members', 'Members', [], [0, 1, 2, 3, 100, 99, 12, 50, -1, -2, -7, 60], {
      kind: 'count',
      role: 'sensitive',
    }),
    categorical(
      'nobody_asked',
      'Nobody was asked this',
      ['Yes', 'No'],
      Array.from({ length: ROWS }, () => -1),
    ),
    {
      name: 'weight',
      label: 'Weight',
      role: 'weight',
      kind: 'weight',
      ordered: false,
      workedOutFrom: ['R1'],
      categories: [],
      withheldForSome: false,
      values: Float64Array.from([1, 0.5, 1.25, 0.333333, 12.000001, 1.1, 0.1, 2, 3.75, 0.0625, 1.005, 0.7]),
    },
  ],
};
