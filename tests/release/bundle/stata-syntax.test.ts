/** No Stata stands where these tests run: its reading of quotes and macros is done here after its own description. */
import { expect, test } from 'vitest';
import { cutToCharacters } from '../../../src/release/bundle/bytes.ts';
import { STATA_MISSING } from '../../../src/release/bundle/missing-codes.ts';
import { stataSyntax } from '../../../src/release/bundle/stata-syntax.ts';
import type { DataFile } from '../../../src/release/microdata/data-file.ts';
import { EXAMPLE } from './example.ts';
import { randomFile } from './random-file.ts';

/** What Stata is left with after it has looked for macros. @throws where it would find one */
function afterMacros(line: string): string {
  return line.replaceAll(/\\([\\`$])|`(?!")|\$/g, (found, escaped: string | undefined) => {
    if (escaped === undefined) throw new Error(`a macro begins at ${found} in ${line}`);
    // Kept apart from a quote that Stata would see.
    return escaped === '`' ? '\u0001' : escaped;
  });
}

/** The text between compound quotes and what follows it. A pair that came from text would count too. */
function readCompound(line: string): { text: string; rest: string } {
  const said = afterMacros(line).replaceAll('\u0001', '`');
  const start = said.indexOf('`"') + 2;
  let depth = 1;
  for (let at = start; at < said.length; at += 1) {
    const pair = said.slice(at, at + 2);
    if (pair === '`"') depth += 1;
    if (pair === `"'`) depth -= 1;
    if (depth === 0) return { text: said.slice(start, at), rest: said.slice(at + 2) };
  }
  throw new Error(`a quote does not end in ${line}`);
}

/** The text of a sum of plain strings and characters in Mata. */
function readSum(sum: string): string {
  return sum
    .split(' + ')
    .map((part) => {
      const character = /^char\((\d+)\)$/.exec(part);
      if (character) return String.fromCharCode(Number(character[1]));
      const plain = /^"([^"`$\\/']*)"$/.exec(part);
      if (!plain) throw new Error(`Mata cannot read ${part}`);
      return plain[1];
    })
    .join('');
}

function labelsIn(syntax: string): Map<string, string> {
  const labels = new Map<string, string>();
  for (const line of syntax.split('\n')) {
    const plain = /^label (define \S+ \S+|variable \S+) `"/.exec(line);
    const mata = /^mata: st_(varlabel|vlmodify)\("(\w+)", (?:(\S+), )?(.*)\)$/.exec(line);
    if (plain) {
      const { text, rest } = readCompound(line);
      expect(rest).toBe(plain[1]?.startsWith('define') ? ', modify' : '');
      labels.set(plain[1] ?? '', text);
    } else if (mata) {
      const [, command, name, value, sum = ''] = mata;
      labels.set(command === 'varlabel' ? `variable ${name}` : `define ${name} ${value}`, readSum(sum));
    }
  }
  return labels;
}

function labelsOf({ variables }: DataFile): Map<string, string> {
  const labels = new Map<string, string>();
  for (const { name, kind, label, categories } of variables) {
    labels.set(`variable ${name}`, cutToCharacters(label, 80));
    if (kind === 'name') continue;
    for (const category of categories) labels.set(`define ${name} ${category.value}`, category.label);
    for (const { stata, label } of STATA_MISSING) labels.set(`define ${name} ${stata}`, label);
  }
  return labels;
}

const PAIRS = ['"', "'", '`', '$', '\\', '/', '*', 'x', ' '].flatMap((one, _, all) => all.map((two) => one + two));
const [FIRST, SECOND] = EXAMPLE.variables;
const EVERY_PAIR: DataFile = {
  ...EXAMPLE,
  variables:
    FIRST && SECOND
      ? [FIRST, { ...SECOND, categories: PAIRS.map((pair, value) => ({ value, label: `a${pair}` })) }]
      : [],
};

test.each([
  ['the awkward file', EXAMPLE],
  ['a large file', randomFile(3, 200, 7)],
  ['every pair of characters that could mean something', EVERY_PAIR],
])('every label is shown as it stands: %s', (_, file) => {
  const labels = labelsIn(stataSyntax(file));
  expect(labels).toEqual(labelsOf(file));
  expect(labels.size).toBeGreaterThan(50);
});

test('no label begins or ends a remark, or breaks its line', () => {
  for (const file of [EXAMPLE, EVERY_PAIR, randomFile(3, 200, 7)]) {
    for (const line of stataSyntax(file).split('\n')) {
      if (line.startsWith('label') || line.startsWith('mata')) expect(line).not.toMatch(/\/\/|\/\*|\*\//);
    }
  }
});

test('F8: missing codes become letters by their place in the alphabet, and every number column is recoded', () => {
  const syntax = stataSyntax(EXAMPLE);
  expect(syntax).toContain(', mv(-1=.a \\ -2=.b \\ -5=.e \\ -6=.f \\ -7=.g \\ -8=.h \\ -9=.i)\n');
  const recoded = /quietly mvdecode \/\/\/\n([\s\S]*?), mv/.exec(syntax)?.[1]?.match(/\w+/g);
  expect(recoded).toEqual(EXAMPLE.variables.slice(1).map(({ name }) => name));
  expect(syntax).toContain('\nassert _N == 12 & c(k) == 13\n');
});
