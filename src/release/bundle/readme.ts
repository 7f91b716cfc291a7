/** `README.txt`: the first thing to read of a release. */
import { showDay } from '../../questionnaire/days.ts';
import type { DataFile } from '../microdata/data-file.ts';
import { ABOUT_TEXTS, type TextEntry } from '../texts/entries.ts';
import { STATA_MISSING } from './missing-codes.ts';
import { citationOf, conditionsOf, forWhom, nameOf, type StudyFacts, SYNTHETIC, withheldSentence } from './terms.ts';

/** Each file of a release in a line, in the order in which they stand in it (rule F1). */
export const FILE_LINES = [
  ['data.csv', 'the data, and what all other files are made from: numbers for answers, commas, UTF-8, CRLF'],
  ['datapackage.json', 'what the columns hold, for programs (Data Package 2.0)'],
  ['ddi-codebook.xml', 'the same for archives and catalogues (DDI Codebook 2.5)'],
  ['load.sps', 'SPSS or PSPP: reads data.csv, puts the labels on and saves it as data-from-csv.sav'],
  ['load.do', 'Stata: reads data.csv, puts the labels on and saves it as data-from-csv.dta'],
  ['load.R', 'R: reads data.csv as factors, with nothing but what R comes with'],
  ['data.sav', 'the data with all labels, for SPSS and PSPP'],
  ['data.dta', 'the data with all labels, for Stata 14 and later'],
  ['codebook.html', 'what each column holds, to read or print'],
  ['questionnaire.json', 'the questionnaire as it was published'],
  ['README.txt', 'this file'],
  ['disclosure-report.html', 'what was done so that nobody can be recognised, to read'],
  ['disclosure-report.json', 'the same for programs'],
  ['SHA256SUMS', 'to check that the files are as they were made: sha256sum --check SHA256SUMS'],
] as const;

/** More columns than this are not named one by one. */
const NAMED = 12;

/** The text of `README.txt`. @param texts files with what people typed */
export function readme(
  { about, rows, variables }: DataFile,
  study: StudyFacts,
  texts: readonly TextEntry[] = [],
): string {
  const { release, madeOn, k, leftOut, synthetic, survey, version } = about;
  const keys = variables.filter(({ role }) => role === 'key').map(({ name }) => name);
  const some = variables.filter(({ withheldForSome }) => withheldForSome).map(({ name }) => name);
  const paragraphs = [
    ...(synthetic ? [SYNTHETIC] : []),
    [
      nameOf(about),
      `Anonymised responses. Survey ${survey}, version ${version}. Release ${release}, made on ${showDay(madeOn)}.`,
    ],
    [`${rows.toLocaleString('en')} rows, one for each respondent in the file, and ${variables.length} columns.`],
    [study.summary],
    [`${forWhom(about)}.`, ...conditionsOf(about).map((condition) => `- ${condition}`)],
    ['FILES', ...table(filesWith(texts))],
    [
      'HOW TO OPEN IT',
      ...table([
        ['R', 'source("load.R"), in this folder; or haven::read_dta("data.dta")'],
        ['SPSS, PSPP', 'open data.sav; or run load.sps, in this folder'],
        ['Stata', 'use data.dta; or do load.do, in this folder'],
        ['A spreadsheet', 'open data.csv, with codebook.html beside it for what the numbers mean'],
      ]),
    ],
    [
      'WHY THERE IS NO ANSWER',
      'No cell is empty. Numbers under 0 are no answers and must not be counted as if they were:',
      ...table([
        ['data.csv', 'data.sav', 'data.dta', 'meaning'],
        ...STATA_MISSING.map(({ value, stata, label }) => [`${value}`, `${value}, user-missing`, stata, label]),
      ]),
    ],
    [
      'WHO COULD BE RECOGNISED',
      keys.length === 0
        ? 'There is no key: nothing in the file is what others could know about a respondent.'
        : `At least ${k} rows look alike on all keys: ${keys.join(', ')}. Keys are what others could know about a respondent.`,
      'That holds for this file alone. Laid beside tables of the same answers it can tell more: see disclosure-report.html.',
    ],
    ...(texts.length > 0 ? [['WHAT PEOPLE TYPED', `${texts.map(({ name }) => name).join(', ')}. ${ABOUT_TEXTS}`]] : []),
    [
      'WHAT IS NOT IN IT',
      withheldSentence(about),
      ...withheldAnswers(some),
      ...leftOut.map(({ name, reason }) => `${name} ${reason}.`),
      `What people typed${texts.length > 0 ? ' anywhere else' : ''}, when they answered, and everything that the survey’s file does not list.`,
    ],
    ['HOW TO CITE IT', citationOf(about, study)],
    ['WHO RUNS THE STUDY', study.runBy, study.contact],
  ];
  return `${paragraphs.map((lines) => (typeof lines === 'string' ? lines : lines.join('\n'))).join('\n\n')}\n`;
}

/** The lines of all files, those with texts before this one. */
function filesWith(texts: readonly TextEntry[]): (readonly string[])[] {
  const more = texts.map(({ name, line }) => [name, line]);
  return FILE_LINES.flatMap((each): (readonly string[])[] => (each[0] === 'README.txt' ? [...more, each] : [each]));
}

function withheldAnswers(columns: readonly string[]): string[] {
  if (columns.length === 0) return [];
  if (columns.length <= NAMED) return [`Answers of some rows (-6): ${columns.join(', ')}.`];
  return [`Answers of some rows (-6), in ${columns.length} columns: codebook.html marks them.`];
}

/** Lines whose columns stand under each other. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
