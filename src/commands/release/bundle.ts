import { copyFileSync, createWriteStream, existsSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import type { Kysely } from 'kysely';
import { readSettings } from '../../config.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { listFormats } from '../../release/bundle/on-request.ts';
import { getStanding, type Standing } from '../../release/ledger/ledger.ts';
import { getData } from '../../release/ledger/parts/store.ts';
import { readLedger } from '../../release/ledger/store.ts';
import { checkUnchanged } from '../bundle/unzip.ts';
import { writeZip } from '../bundle/zip.ts';
import { CommandFailed, command, getPublished, PROGRAM, print, printJson, withAnswers } from '../support.ts';
import { numberArgument } from './decide.ts';
import { readDataFile } from './earlier-files.ts';

const FORMATS = ['zip', 'xlsx', 'parquet'] as const;

interface Options {
  readonly out?: string;
  readonly format: (typeof FORMATS)[number];
  readonly unapproved?: true;
  readonly force?: true;
  readonly json?: true;
}

/** `soundings release bundle`: the files of a release, the same byte for byte for ever. */
export function bundleCommand(): Command {
  return command(
    'release bundle',
    'Write the files of a release: data, codebook and what R, SPSS and Stata need',
    'The zip is the one that was made with the release. A workbook or a Parquet file is made of its data.',
  )
    .argument('<survey>', 'the survey’s name')
    .argument('<number>', 'the release’s number', numberArgument)
    .option('--out <file>', 'where to write it; left out, in this folder under the name of the release')
    .addOption(new Option('--format <format>', 'what to write').choices(FORMATS).default('zip'))
    .option('--unapproved', 'write one that waits for approval, for whoever has to approve it')
    .option('--force', 'replace a file that is there')
    .option('--json', 'as JSON, for scripts')
    .action((code: string, number: number, options: Options) => withAnswers((db) => bundle(db, code, number, options)));
}

async function bundle(db: Kysely<AnswersTables>, code: string, number: number, options: Options): Promise<void> {
  await getPublished(db, code);
  const standing = getStanding(await readLedger(db, code), number);
  refuseWhatMayNotLeave(code, standing, options.unapproved ?? false);
  const part = standing.parts.find(({ kind }) => kind === 'microdata');
  if (!part) {
    throw new CommandFailed(
      `Release ${number} of ${code} holds tables and no data file. Its figures: ${PROGRAM} release show ${code} ${number} --json`,
    );
  }
  const data = await getData(db, part.id);
  const { releasesPath } = readSettings();
  if ('files' in data) {
    const [name = ''] = Object.keys(data.files).filter((each) => each.endsWith('.csv'));
    const out = freeFile(options, `${name.replace(/\.csv$/, '')}.zip`);
    const entries = Object.entries(data.files).map(([file, text]) => ({ name: file, chunks: () => [text] }));
    await writeZip(out, entries, part.madeOn);
    return tell(code, number, out, options);
  }
  const zip = join(releasesPath, data.file);
  await checkUnchanged(zip, data.sha256);
  if (options.format === 'zip') {
    const out = freeFile(options, data.file);
    copyFileSync(zip, out);
    return tell(code, number, out, options);
  }
  const file = await readDataFile(zip, data.outline);
  const format = listFormats(file).find(({ code: each }) => each === options.format);
  if (!format)
    throw new CommandFailed(`A workbook cannot hold ${file.rows.toLocaleString('en')} rows. Take another --format.`);
  const out = freeFile(options, format.name);
  const { made } = format;
  if ('parts' in made) await writeZip(out, made.parts(), part.madeOn);
  else await pipeline(made.chunks, createWriteStream(out, { flags: 'wx', mode: 0o600 }));
  tell(code, number, out, options);
}

function refuseWhatMayNotLeave(code: string, { number, state, ended }: Standing, unapproved: boolean): void {
  if (state === 'waiting' && !unapproved) {
    throw new CommandFailed(
      `Release ${number} of ${code} waits for approval. To look at its files before, add --unapproved; to approve it: ${PROGRAM} release approve ${code} ${number} --by NAME`,
    );
  }
  if (state === 'refused' || state === 'withdrawn') {
    throw new CommandFailed(`Release ${number} of ${code} was ${state} on ${ended?.on}: ${ended?.reason}`);
  }
}

/** @throws CommandFailed where there is something already that may not be replaced */
function freeFile({ out, force }: Options, name: string): string {
  const path = resolve(out ?? name);
  if (!existsSync(path)) return path;
  if (statSync(path).isDirectory()) throw new CommandFailed(`${path} is a folder. Name a file in it with --out.`);
  if (!force)
    throw new CommandFailed(`${path} is there already. Add --force to replace it, or name another with --out.`);
  rmSync(path);
  return path;
}

function tell(code: string, number: number, out: string, { json }: Options): void {
  if (json) printJson({ survey: code, release: number, file: out });
  else print(`Release ${number} of ${code} is in ${out}`);
}
