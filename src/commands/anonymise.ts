import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { dayOf } from '../questionnaire/days.ts';
import { randomFrom } from '../questionnaire/random.ts';
import { parseSpec } from '../release/microdata/plain-table/parse-spec.ts';
import { countChoices, type PublishedTable, publishTable } from '../release/microdata/plain-table/publish-table.ts';
import { readTable, type Table, TableRefused } from '../release/microdata/plain-table/read-table.ts';
import type { TableSpec } from '../release/microdata/plain-table/spec.ts';
import { reportOf } from '../release/microdata/plain-table/table-report.ts';
import { BYTES_A_ROW } from '../release/microdata/row-names.ts';
import { LEAST_K } from '../release/microdata/rules.ts';
import { NotReleasable } from '../release/microdata/survey/columns.ts';
import { anonymiseTable, bundleTable } from '../release/released.ts';
import { checkPlace, writeFolder } from './anonymise/folder.ts';
import { showFile, showTrials } from './anonymise/show.ts';
import { findingLine } from './check.ts';
import {
  CommandFailed,
  command,
  counted,
  note,
  parseWith,
  printJson,
  readText,
  refuseFolder,
  UsageError,
} from './support.ts';

const HELP = [
  'The spec is JSON that says of every column what it is: direct, quasi, sensitive, plain, text, technical or weight, with the values, hierarchy or bands of those that may leave; docs/files.md has an example. What it does not name is refused.',
  'Quasi-identifiers are published on the levels that lose least while at least k rows look alike; keys of single rows are withheld where that is not enough. The file is read again as somebody who knows every key, before it is written.',
  'Look first: --dry-run shows risk and loss for several k side by side.',
];

interface Options {
  readonly spec: string;
  readonly out?: string;
  readonly k?: number;
  readonly seed?: number;
  readonly dryRun?: true;
  readonly force?: true;
  readonly json?: true;
}

/** `soundings anonymise`: a safe file of any table, wherever it was collected. */
export function anonymiseCommand(): Command {
  const whole = z.coerce.number('a number').int('a whole number');
  const k = whole.min(LEAST_K, `at least ${LEAST_K}: with fewer, people could be recognised`).max(1000, 'at most 1000');
  const seed = whole.min(0, 'at least 0').max(Number.MAX_SAFE_INTEGER, `at most ${Number.MAX_SAFE_INTEGER}`);
  return command('anonymise', 'Write an anonymised file of any CSV table', ...HELP)
    .argument('<file>', 'a table: CSV in UTF-8, with a header')
    .requiredOption('--spec <file>', 'what each column is, as JSON')
    .option('--out <dir>', 'the folder to write: data.csv and report.json')
    .option('--k <n>', 'at least so many rows look alike: as the spec says, or more', parseWith(k))
    .option(
      '--seed <seed>',
      'name rows from this number, for tests: whoever knows it knows which row was whose',
      parseWith(seed),
    )
    .option('--dry-run', 'show what several k would cost; nothing is written')
    .option('--force', 'replace the files that are in the folder')
    .option('--json', 'as JSON, for scripts')
    .action((file: string, options: Options) => {
      try {
        anonymise(file, options, new Date());
      } catch (error) {
        if (error instanceof TableRefused) throw new CommandFailed(`${file} was not anonymised.\n${error.message}`);
        if (error instanceof NotReleasable) throw new CommandFailed(error.message);
        throw error;
      }
    });
}

/** From so many choices on the search can take long enough to say so. */
const MANY = 50_000;

function anonymise(file: string, options: Options, now: Date): void {
  const { out, dryRun, force, json, seed } = options;
  if (out === undefined && !dryRun)
    throw new UsageError('Name the folder to write with --out, or look first with --dry-run.');
  if (out !== undefined && !dryRun) checkPlace(out, force ?? false);
  const specText = readText(options.spec);
  const spec = specIn(options.spec, specText);
  const k = kFor(spec, options.k);
  const text = readUtf8(file);
  const table = readTable(text, spec);
  const choices = countChoices(table);
  if (choices >= MANY) note(`Searching ${counted(choices, 'choice')} of levels; this can take minutes.`);
  if (dryRun || out === undefined) {
    showTrials(file, table, spec, tryEach(table, spec, k), json);
    return;
  }
  const wanted = { k, budget: spec.budget };
  const random = seed === undefined ? randomBytes(table.rows * BYTES_A_ROW) : bytesFrom(seed, table.rows * BYTES_A_ROW);
  const released = anonymiseTable(table, spec, wanted, random);
  const { published, csv, look } = released.content;
  const madeOn = dayOf(now);
  const report = reportOf(published, spec, look, {
    table: sumOf(text),
    spec: sumOf(specText),
    data: sumOf(csv),
    madeOn,
    seeded: seed !== undefined,
  });
  writeFolder(out, bundleTable(released, report), madeOn);
  if (json) printJson(report);
  else showFile(out, published, look, report);
}

function specIn(file: string, text: string): TableSpec {
  const { spec, findings } = parseSpec(text);
  if (spec) return spec;
  for (const finding of findings) note(findingLine(file, finding));
  throw new CommandFailed('Nothing was written. Mend the spec first.');
}

function kFor(spec: TableSpec, wanted = spec.k): number {
  if (wanted >= spec.k) return wanted;
  throw new UsageError(`The spec promises that at least ${spec.k} rows look alike; --k can be more, not ${wanted}.`);
}

/** A table in another encoding would be read as other words, and nobody would notice. */
function readUtf8(file: string): string {
  refuseFolder(file);
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new CommandFailed(`${file} cannot be read. Is the name right?`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandFailed(`${file} is not UTF-8. Save it as CSV in UTF-8 and try again.`);
  }
}

const USUAL = [3, 5, 10, 20];

/** What each k would cost; undefined where there are too few rows for it. */
function tryEach(table: Table, spec: TableSpec, k: number): Map<number, PublishedTable | undefined> {
  const each = [...new Set([...USUAL, k])].sort((one, other) => one - other);
  return new Map(
    each.map((own) => [own, table.rows < own ? undefined : publishTable(table, spec, { k: own, budget: spec.budget })]),
  );
}

function bytesFrom(seed: number, length: number): Uint8Array {
  const random = randomFrom(seed);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

const sumOf = (text: string) => createHash('sha256').update(text).digest('hex');
