/** Rule F1: every file of a release, read by the programs it is for, says what the CSV says, cell by cell. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutToBytes, cutToCharacters } from '../../../../src/release/bundle/bytes.ts';
import { titleOf } from '../../../../src/release/bundle/file-title.ts';
import { STATA_MISSING } from '../../../../src/release/bundle/missing-codes.ts';
import type { DataFile, DataVariable } from '../../../../src/release/microdata/data-file.ts';
import { MISSING_WORDS } from '../../../../src/release/microdata/missing.ts';
import { EXAMPLE } from '../example.ts';
import { randomFile } from '../random-file.ts';
import {
  areInstalled,
  type HavenFile,
  type PsppSaid,
  readWithR,
  runPspp,
  type WhatRHolds,
  writeFiles,
} from './programs.ts';

const FILES = [
  ['awkward', EXAMPLE],
  ['large', randomFile(2000, 60, 20261122)],
] as const;
const MISSING_CODES = new Set<number>(MISSING_WORDS.map(({ value }) => value));
const WHY = new Map(MISSING_WORDS.map(({ value, label }) => [value, label]));

describe.runIf(areInstalled())('in the programs it is for', () => {
  const above = mkdtempSync(join(tmpdir(), 'soundings-clients-'));
  const folderOf = (name: string) => join(above, name);
  let pspp: PsppSaid = { dictionaries: '', complaints: [], rows: [] };
  const held = new Map<string, WhatRHolds>();

  beforeAll(() => {
    for (const [name, file] of FILES) writeFiles(folderOf(name), file);
    const folders = FILES.map(([name]) => folderOf(name));
    pspp = runPspp(folders);
    expect(pspp.complaints).toEqual([]);
    for (const [index, holds] of readWithR(folders).entries()) held.set(FILES[index]?.[0] ?? '', holds);
  });
  afterAll(() => rmSync(above, { recursive: true }));

  const getHeld = (name: string): WhatRHolds => {
    const holds = held.get(name);
    if (!holds) throw new Error(`R read nothing of ${name}`);
    return holds;
  };

  describe.each(FILES)('the %s file', (name, file) => {
    test.each([
      ['load.sps', 'from-syntax.csv'],
      ['data.sav', 'from-sav.csv'],
    ])('comes out of PSPP as it went into data.csv, by %s', (_, written) => {
      expect(cellsOf(folderOf(name), written)).toEqual(cellsOf(folderOf(name), 'data.csv'));
    });

    test.each(['sav', 'syntax', 'pspp'] as const)('has values, labels and missing range in haven (%s)', (which) => {
      expectHaven(getHeld(name)[which], file, inSpss);
    });

    test('F8: is user-missing where the codes say so', () => {
      const missing = file.variables.map(({ values }) => [...values].filter(isMissing).length);
      expect(getHeld(name).userMissing).toEqual(missing);
    });

    test('F6, F8: has values, labels and tagged missing values in haven (dta)', () => {
      expectHaven(getHeld(name).dta, file, inStata);
    });

    test('has the title within the room of each format', () => {
      expect(getHeld(name).sav.label).toBe(cutToBytes(titleOf(file.about), 60));
      expect(getHeld(name).syntax.label).toBe(cutToBytes(titleOf(file.about), 60));
      expect(getHeld(name).dta.label).toBe(cutToCharacters(titleOf(file.about), 80));
      expect(getHeld(name).plain.label).toBe(titleOf(file.about));
    });

    test('is read by readr without a problem', () => {
      const { problems, variables } = getHeld(name).readr;
      expect(problems).toBe(0);
      expect(variables.map((variable) => variable.name)).toEqual(file.variables.map((variable) => variable.name));
      for (const [index, variable] of file.variables.entries()) {
        expect(numbersOf(variables[index]?.values ?? [], variable)).toEqual([...variable.values]);
      }
    });

    test('F8: is made of factors and NA by load.R, and of nothing else unless asked', () => {
      const { variables, left } = getHeld(name).plain;
      expect(left).toEqual(['data', 'keep_reasons']);
      expect(variables).toHaveLength(file.variables.length);
      for (const [index, variable] of file.variables.entries()) {
        const labels = distinctLabels(variable);
        const said = variables[index];
        expect(said).toMatchObject({ name: variable.name, label: variable.label, class: classOf(variable) });
        expect(said?.levels).toEqual([...labels.values()]);
        const values = variable.kind === 'categories' ? said?.values : numbersOf(said?.values ?? [], variable);
        expect(values).toEqual(
          [...variable.values].map((value) => (isMissing(value) ? null : (labels.get(value) ?? value))),
        );
      }
    });

    test('has the reasons beside it when load.R is asked for them', () => {
      const { variables } = getHeld(name).reasons;
      const numbers = file.variables.filter(({ kind }) => kind !== 'name');
      expect(variables.slice(0, file.variables.length)).toEqual(getHeld(name).plain.variables);
      expect(variables.slice(file.variables.length).map((variable) => [variable.name, variable.values])).toEqual(
        numbers.map((variable) => [
          `${variable.name}_missing`,
          [...variable.values].map((value) => WHY.get(Number(value)) ?? null),
        ]),
      );
    });
  });

  test('load.R refuses a data.csv that lost a row or a cell', () => {
    expect(getHeld('awkward').refusals).toEqual({
      row: 'nrow(data) == 12L is not TRUE',
      cell: expect.stringContaining('did not have 13 elements'),
    });
  });

  test('load.sps says how many rows were read', () => {
    expect(pspp.rows).toEqual(FILES.map(([, file]) => file.rows));
  });

  test('PSPP knows the level of measurement of every variable, from the file and from the syntax', () => {
    for (const [name, level] of [
      ['region', 'Nominal'],
      ['confidence_in_the_coming_year_32', 'Ordinal'],
      ['income', 'Scale'],
      ['weight', 'Scale'],
    ]) {
      expect(pspp.dictionaries.match(new RegExp(`^${name},\\d+,[^\\n]*\\b${level}\\b`, 'gm')), name).toHaveLength(2);
    }
  });
});

function cellsOf(folder: string, name: string): string[][] {
  return parse(readFileSync(join(folder, name), 'utf8'));
}

interface Said {
  readonly label: string;
  readonly labels: readonly { readonly value: string; readonly label: string }[];
  readonly missing: readonly string[];
  readonly say: (value: number | string) => string;
}

function inSpss(variable: DataVariable): Said {
  const labels = [...MISSING_WORDS, ...variable.categories].toSorted((one, other) => one.value - other.value);
  return {
    label: cutToBytes(variable.label, 255),
    labels: labels.map(({ value, label }) => ({ value: String(value), label: cutToBytes(label, 120) })),
    missing: ['-9', '-1'],
    say: String,
  };
}

function inStata(variable: DataVariable): Said {
  const letters = new Map(STATA_MISSING.map(({ value, stata }) => [value, stata]));
  return {
    label: cutToCharacters(variable.label, 80),
    labels: [
      ...variable.categories.map(({ value, label }) => ({ value: String(value), label })),
      ...STATA_MISSING.map(({ stata, label }) => ({ value: stata, label })),
    ],
    missing: [],
    say: (value) => letters.get(Number(value)) ?? String(value),
  };
}

function expectHaven({ variables }: HavenFile, file: DataFile, say: (variable: DataVariable) => Said): void {
  expect(variables.map(({ name }) => name)).toEqual(file.variables.map(({ name }) => name));
  for (const [index, variable] of file.variables.entries()) {
    const said = variables[index];
    const expected = say(variable);
    const number = variable.kind !== 'name';
    expect(said?.label).toBe(expected.label);
    expect(said?.labels.map(withoutEnd)).toEqual(number ? expected.labels.map(withoutEnd) : []);
    expect(said?.missing).toEqual(number ? expected.missing : []);
    expect(said?.values.map((value) => (number ? plain(value) : value))).toEqual(
      [...variable.values].map((value) => (number ? expected.say(value) : value)),
    );
  }
}

/** haven leaves out the blanks at the end of a label. */
function withoutEnd({ value, label }: Said['labels'][number]): Said['labels'][number] {
  return { value, label: label.trimEnd() };
}

/** A number in the same words whatever the program writes it with. */
function plain(value: string | null): string | null {
  return value === null || value.startsWith('.') ? value : String(Number(value));
}

/** R may read a decimal one bit beside it. */
function numbersOf(values: readonly (string | null)[], { kind }: DataVariable): (string | number | null)[] {
  return values.map((value) =>
    value === null || kind === 'name' ? value : Number(Number(value).toPrecision(kind === 'weight' ? 12 : 17)),
  );
}

function isMissing(value: number | string): boolean {
  return typeof value === 'number' && MISSING_CODES.has(value);
}

function distinctLabels({ categories }: DataVariable): Map<number | string, string> {
  const times = (text: string) => categories.filter(({ label }) => label === text).length;
  return new Map(
    categories.map(({ value, label }) => [value, times(label) === 1 ? label : `${label} (${value})`] as const),
  );
}

function classOf({ kind, ordered }: DataVariable): string[] {
  if (kind === 'categories') return ordered ? ['ordered', 'factor'] : ['factor'];
  return [{ name: 'character', count: 'integer', weight: 'numeric' }[kind]];
}
