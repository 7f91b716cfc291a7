/**
 * load.do: reads data.csv into Stata 14 or later, with labels, and missing codes as Stata's own missing values.
 * Source of what stands for itself between Stata's quotes: StataCorp, "Backslashes and macros"
 * (stata.com/support/faqs/programming/backslashes-and-macros).
 */
import type { DataFile, DataVariable } from '../microdata/data-file.ts';
import { cutToCharacters } from './bytes.ts';
import { LABEL_CHARACTERS } from './dta.ts';
import { titleOf } from './file-title.ts';
import { STATA_MISSING } from './missing-codes.ts';

/** Would end or begin a text, or begin or end a remark, inside of quotes too: Mata spells these out. */
const NOT_IN_QUOTES = /(^|")'|`("|$)|\/[/*]|\*\//;
const TO_SPELL_OUT = /(["'`$\\/])/;

/** The text of the file. */
export function stataSyntax({ about, rows, variables }: DataFile): string {
  const texts = variables.flatMap(({ kind }, index) => (kind === 'name' ? [index + 1] : []));
  const numbers = variables.filter(({ kind }) => kind !== 'name');
  const recodes = STATA_MISSING.map(({ value, stata }) => `${value}=${stata}`);
  return [
    `* Reads data.csv, which stands in the same folder: ${rows} rows, ${variables.length} variables.`,
    '* Run it from that folder (cd "folder"). Every missing code becomes a missing value of Stata:',
    ...STATA_MISSING.map(({ value, stata, label }) => `*   ${value} is ${stata}  ${label}`),
    'version 14',
    'clear',
    'import delimited using "data.csv", delimiters(",") varnames(1) case(preserve) encoding("UTF-8") ///',
    `    bindquotes(strict) stripquotes(yes) asdouble stringcols(${texts.join(' ')})`,
    `assert _N == ${rows} & c(k) == ${variables.length}`,
    '',
    'quietly mvdecode ///',
    ...numbers.map(({ name }) => `    ${name} ///`),
    `    , mv(${recodes.join(' \\ ')})`,
    'quietly compress',
    '',
    `label data ${quoted(titleWithout(titleOf(about)))}`,
    ...variables.map(({ name, label }) => variableLabel(name, cutToCharacters(label, LABEL_CHARACTERS))),
    ...numbers.flatMap(valueLabels),
    '',
    'save "data-from-csv.dta", replace',
    '',
  ].join('\n');
}

function variableLabel(name: string, label: string): string {
  return NOT_IN_QUOTES.test(label)
    ? `mata: st_varlabel("${name}", ${spelt(label)})`
    : `label variable ${name} ${quoted(label)}`;
}

function valueLabels({ name, categories }: DataVariable): string[] {
  const labels = [...categories, ...STATA_MISSING.map(({ stata, label }) => ({ value: stata, label }))];
  return [
    '',
    ...labels.map(({ value, label }) =>
      NOT_IN_QUOTES.test(label)
        ? `mata: st_vlmodify("${name}", ${value}, ${spelt(label)})`
        : `label define ${name} ${value} ${quoted(label)}, modify`,
    ),
    `label values ${name} ${name}`,
  ];
}

/** Between compound quotes, where a backslash takes the meaning from what would begin a macro. */
function quoted(text: string): string {
  return `\`"${text.replaceAll(/[\\`$]/g, '\\$&')}"'`;
}

/** As a sum in Mata, each character that could mean something by its number. */
function spelt(text: string): string {
  return text
    .split(TO_SPELL_OUT)
    .filter((piece) => piece !== '')
    .map((piece) => (TO_SPELL_OUT.test(piece) ? `char(${piece.charCodeAt(0)})` : `"${piece}"`))
    .join(' + ');
}

/** Mata cannot label a whole file, so its title does without what quotes cannot hold. */
function titleWithout(title: string): string {
  return cutToCharacters(title.replaceAll('"', '').replaceAll(/[*/](?=[*/])/g, '$& '), LABEL_CHARACTERS);
}
