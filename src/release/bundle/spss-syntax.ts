/** load.sps: reads data.csv into SPSS or PSPP, with labels and missing codes. */
import type { DataFile, DataVariable } from '../microdata/data-file.ts';
import { MISSING_WORDS } from '../microdata/missing.ts';
import { cutToBytes } from './bytes.ts';
import { titleOf } from './file-title.ts';
import { MISSING_RANGE } from './missing-codes.ts';
import { TITLE_BYTES, VALUE_LABEL_BYTES, VARIABLE_LABEL_BYTES } from './sav-dictionary.ts';
import { type Level, levelOf, numberFormat, textWidth } from './spss-variable.ts';

/** Older versions read no more than 256 bytes of a line. */
const LINE_BYTES = 160;
/** Without it SPSS may take the file for one of the machine's own language. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The text of the file: lines after a command's first begin with a space, so it may also be read as a batch. */
export function spssSyntax(file: DataFile): string {
  const { about, rows, variables } = file;
  const numbers = variables.filter(({ kind }) => kind !== 'name');
  const names = numbers.map(({ name }) => name);
  const commands = [
    `* Reads data.csv, which stands in the same folder: ${rows} rows, ${variables.length} variables.`,
    '* Run it from that folder (CD "folder".). At its end it shows the number of rows read: it must be the one above.',
    command('GET DATA', [
      " /TYPE=TXT /FILE='data.csv' /ENCODING='UTF8' /ARRANGEMENT=DELIMITED /DELCASE=LINE /FIRSTCASE=2",
      ` /DELIMITERS=',' /QUALIFIER='"'`,
      ' /VARIABLES=',
      ...variables.map((variable) => `  ${variable.name} ${formatOf(variable)}`),
    ]),
    command('FILE LABEL', quoted(cutToBytes(titleOf(about), TITLE_BYTES))),
    command(
      'VARIABLE LABELS',
      apart(variables.map(({ name, label }) => [` ${name}`, ...quoted(cutToBytes(label, VARIABLE_LABEL_BYTES))])),
    ),
    command('VALUE LABELS', apart(numbers.map(valueLabels))),
    command('MISSING VALUES', [...listed(names), ` (${MISSING_RANGE.lowest} THRU ${MISSING_RANGE.highest})`]),
    command('FORMATS', apart(numbers.map((variable) => [` ${variable.name} (${formatOf(variable)})`]))),
    ...(['nominal', 'ordinal', 'scale'] satisfies Level[]).flatMap((level) => {
      const those = variables.filter((variable) => levelOf(variable) === level).map(({ name }) => name);
      return those.length === 0 ? [] : [command('VARIABLE LEVEL', [...listed(those), ` (${level.toUpperCase()})`])];
    }),
    "SAVE OUTFILE='data-from-csv.sav'.",
    'SHOW N.',
  ];
  return `${BYTE_ORDER_MARK}${commands.join('\n\n')}\n`;
}

function command(name: string, lines: readonly string[]): string {
  return `${name}\n${lines.join('\n')}.`;
}

function formatOf(variable: DataVariable): string {
  if (variable.kind === 'name') return `A${textWidth(variable)}`;
  const { width, decimals } = numberFormat(variable);
  return `F${width}.${decimals}`;
}

function valueLabels({ name, categories }: DataVariable): string[] {
  const labels = [...MISSING_WORDS, ...categories].toSorted((one, other) => one.value - other.value);
  return [
    ` ${name}`,
    ...labels.flatMap(({ value, label }) => {
      const [first = '', ...others] = quoted(cutToBytes(label, VALUE_LABEL_BYTES));
      return [`  ${value}${first}`, ...others];
    }),
  ];
}

/** Text between apostrophes, an apostrophe in it twice: nothing else means anything. In pieces, a line each. */
function quoted(text: string): string[] {
  const pieces = [''];
  for (const character of text) {
    const last = pieces.at(-1) ?? '';
    const said = character === "'" ? "''" : character;
    if (Buffer.byteLength(last + said) > LINE_BYTES) pieces.push(said);
    else pieces[pieces.length - 1] = last + said;
  }
  return pieces.map((piece, index) => `${index > 0 ? '  +' : ''} '${piece}'`);
}

/** What is said of each variable, with what SPSS wants between one and the next. */
function apart(parts: readonly (readonly string[])[]): string[] {
  return parts.flatMap((lines, index) => (index === 0 ? lines : [' /', ...lines]));
}

function listed(names: readonly string[]): string[] {
  return names.map((name) => ` ${name}`);
}
