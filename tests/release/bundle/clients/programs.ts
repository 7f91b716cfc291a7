/** The real programs that people open a release with, where this machine has them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { csvChunks } from '../../../../src/release/bundle/csv.ts';
import { dtaChunks } from '../../../../src/release/bundle/dta.ts';
import { rScript } from '../../../../src/release/bundle/r-script.ts';
import { savChunks } from '../../../../src/release/bundle/sav.ts';
import { spssSyntax } from '../../../../src/release/bundle/spss-syntax.ts';
import type { DataFile } from '../../../../src/release/microdata/data-file.ts';
import { isInstalled, runProgram } from '../installed.ts';

const R_PACKAGES = ['haven', 'readr', 'jsonlite'];
const READ_SCRIPT = new URL('read.R', import.meta.url).pathname;

const labelled = z.object({
  name: z.string(),
  label: z.string().nullable(),
  values: z.array(z.string().nullable()),
  labels: z.array(z.object({ value: z.string(), label: z.string() })),
  missing: z.array(z.string()),
  format: z.string().nullable(),
});
const havenFile = z.object({ label: z.string().nullable(), variables: z.array(labelled) });
const scripted = z.object({
  left: z.array(z.string()),
  label: z.string(),
  variables: z.array(
    z.object({
      name: z.string(),
      label: z.string().nullable(),
      class: z.array(z.string()),
      levels: z.array(z.string()),
      values: z.array(z.string().nullable()),
    }),
  ),
});
const whatRHolds = z.object({
  sav: havenFile,
  syntax: havenFile,
  pspp: havenFile,
  userMissing: z.array(z.number()),
  dta: havenFile,
  plain: scripted,
  reasons: scripted,
  refusals: z.object({ row: z.string(), cell: z.string() }),
  readr: z.object({
    problems: z.number(),
    variables: z.array(z.object({ name: z.string(), values: z.array(z.string().nullable()) })),
  }),
});

export type HavenFile = z.infer<typeof havenFile>;
export type WhatRHolds = z.infer<typeof whatRHolds>;

/** Whether this machine has all of them; says loudly where not. */
export function areInstalled(): boolean {
  const packages = R_PACKAGES.map((name) => `library(${name})`).join(';');
  const untested = 'the files of a release in the programs they are for';
  return isInstalled('pspp', ['--version'], untested) && isInstalled('Rscript', ['-e', packages], untested);
}

/** Writes the files of a release into a new folder, as a user would have unpacked them. */
export function writeFiles(folder: string, file: DataFile): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'data.csv'), [...csvChunks(file)].join(''));
  writeFileSync(join(folder, 'data.sav'), Buffer.concat([...savChunks(file)]));
  writeFileSync(join(folder, 'data.dta'), Buffer.concat([...dtaChunks(file)]));
  writeFileSync(join(folder, 'load.sps'), spssSyntax(file));
  writeFileSync(join(folder, 'load.R'), rScript(file));
}

export interface PsppSaid {
  readonly dictionaries: string;
  readonly complaints: readonly string[];
  readonly rows: readonly number[];
}

const TO_CSV = '/TYPE=CSV /FIELDNAMES /CELLS=VALUES /TEXTOPTIONS FORMAT=PLAIN /REPLACE';

/**
 * Runs `load.sps` and opens `data.sav` in each folder; leaves `from-syntax.csv`, `from-sav.csv` and `again.sav` there.
 * @returns what PSPP says of the variables; how many rows it read by the syntax; everything that it complained of, since
 * it may do so and exit with 0
 */
export function runPspp(folders: readonly string[]): PsppSaid {
  const commands = folders.flatMap((folder) => [
    `CD '${folder}'.`,
    "INSERT FILE='load.sps' SYNTAX=BATCH.",
    `SAVE TRANSLATE /OUTFILE='from-syntax.csv' ${TO_CSV}.`,
    'DISPLAY DICTIONARY.',
    "GET FILE='data.sav'.",
    `SAVE TRANSLATE /OUTFILE='from-sav.csv' ${TO_CSV}.`,
    'DISPLAY DICTIONARY.',
    "SAVE OUTFILE='again.sav'.",
  ]);
  const [first = ''] = folders;
  writeFileSync(join(first, 'check.sps'), commands.join('\n'));
  const output = join(first, 'output.csv');
  const { ok, out, err } = runProgram('pspp', ['-o', output, join(first, 'check.sps')]);
  const dictionaries = readFileSync(output, 'utf8');
  const said = [dictionaries, out, err, ok ? '' : 'error: PSPP failed'].join('\n');
  return {
    dictionaries,
    complaints: said.split('\n').filter((line) => /(error|warning): /.test(line)),
    rows: [...new Set([...said.matchAll(/N is (\d+)/g)].map(([, rows]) => Number(rows)))],
  };
}

/** What R holds of the files of each folder, after PSPP has been there. */
export function readWithR(folders: readonly string[]): WhatRHolds[] {
  const [first = ''] = folders;
  const said = join(first, 'said.json');
  const { ok, err } = runProgram('Rscript', [READ_SCRIPT, said, ...folders]);
  if (!ok) throw new Error(`R failed: ${err}`);
  return z.array(whatRHolds).parse(JSON.parse(readFileSync(said, 'utf8')));
}
