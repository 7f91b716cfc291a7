import { type Command, Option } from 'commander';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../db/tables.ts';
import type { LiveSurvey } from '../fieldwork/store.ts';
import { findNearest } from '../questionnaire/checks/nearest.ts';
import { LEAST_K } from '../release/microdata/anonymise.ts';
import { keyVersions, NotReleasable, TooManyWithheld, type Versions } from '../release/microdata/columns.ts';
import { chooseKeys, tryKeys } from '../release/microdata/compare-keys.ts';
import { releaseName } from '../release/microdata/files.ts';
import { type Preview, previewFile } from '../release/microdata/preview.ts';
import { getVersions, nextNumber } from '../release/microdata/store.ts';
import { countResponses } from '../responses/store.ts';
import { dayOf } from '../responses/week.ts';
import { readSnapshot } from '../results/store.ts';
import { checkPlace } from './release-folder.ts';
import { giveAgain, makeRelease, type Request } from './release-make.ts';
import { adviceLines, showPreview } from './release-preview.ts';
import { CommandFailed, command, getPublished, parseWith, progress, UsageError, withAnswers } from './support.ts';

const HELP = [
  'It comes with its codebook: for the research network under agreement, never for the public.',
  'The columns are those that the survey’s file lists under "disclosure". Rows of which fewer than k look alike on the keys are left out. If all keys together would cost more than a twentieth of the rows, those that keep most of the data are chosen.',
  'Look first: --preview shows what would stay, and what other keys would keep.',
];

interface Options {
  readonly out?: string;
  readonly keys?: readonly string[];
  readonly k?: number;
  readonly again?: number;
  readonly preview?: true;
  readonly force?: true;
  readonly json?: true;
}

/** `soundings release`: an anonymised data file, kept in the ledger. */
export function releaseCommand(): Command {
  const whole = z.coerce.number('a number').int('a whole number');
  const k = whole.min(LEAST_K, `at least ${LEAST_K}: with fewer, people could be recognised`).max(1000, 'at most 1000');
  return command('release', 'Write an anonymised data file of the answers', ...HELP)
    .argument('<survey>', 'the survey’s name')
    .option('--out <dir>', 'the folder to write; left out, one called after the survey and the release')
    .option(
      '--keys <names>',
      'by commas: declared keys or their coarser versions; or all; or none. Left out: what keeps most of the data',
      splitNames,
    )
    .option('--k <n>', 'at least so many rows look alike: as the survey’s file says, or more', parseWith(k))
    .addOption(
      new Option('--preview', 'show what the file would hold and lose; nothing is written').conflicts(['out', 'force']),
    )
    .addOption(
      new Option('--again <number>', 'write an earlier release again, the same byte for byte')
        .argParser(parseWith(whole.min(1, 'at least 1')))
        .conflicts(['keys', 'k', 'preview']),
    )
    .option('--force', 'replace the release that is in the folder')
    .option('--json', 'as JSON, for scripts')
    .action((survey: string, options: Options) =>
      withAnswers((db) => orSay(() => release(db, survey, options, new Date()))),
    );
}

const splitNames = (value: string) => value.split(',').map((name) => name.trim());

async function orSay(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof NotReleasable) throw new CommandFailed(error.message);
    throw error;
  }
}

async function release(db: Kysely<AnswersTables>, code: string, options: Options, now: Date): Promise<void> {
  const live = await getPublished(db, code);
  if (options.again !== undefined) return giveAgain(db, code, options.again, options);
  const { request, compare } = await readRequest(db, live, options, now);
  try {
    if (options.preview) showPreview(request, compare(), options.json);
    else await makeRelease(db, request, options.json);
  } catch (error) {
    if (error instanceof TooManyWithheld) throw new CommandFailed(adviceLines(error, compare()).join('\n'));
    throw error;
  }
}

/** What was asked for, with the answers; and a closer look at it, which takes its time. */
async function readRequest(
  db: Kysely<AnswersTables>,
  live: LiveSurvey,
  options: Options,
  now: Date,
): Promise<{ request: Request; compare: () => Preview }> {
  const code = live.survey.file.survey;
  const versions = await getVersions(db, live);
  const wanted = keysFor(versions, options.keys);
  const k = kFor(versions, options.k);
  const { total, simulated } = await countResponses(db, code);
  if (total === 0) throw new CommandFailed(`Nobody has answered ${code} yet: there is nothing to release.`);
  const number = await nextNumber(db, code);
  const synthetic = live.survey.file.synthetic ?? simulated > 0;
  const out = options.out ?? releaseName(code, number, synthetic);
  if (!options.preview) checkPlace(out, options.force ?? false);
  const long = total >= LONG;
  const snapshot = await readSnapshot(db, code, dayOf(now), long ? progress('Answers read', total) : undefined);
  const trials = tryKeys(versions, snapshot, k);
  const all = once(() => trials.all(long ? reportTrials() : undefined));
  const declared = trials.of(versions[0].file.disclosure.keys);
  const { keyNames } = wanted ? { keyNames: wanted } : chooseKeys(declared, snapshot.responses, all);
  return {
    request: { code, versions, snapshot, keyNames, k, number, synthetic, out, declared },
    compare: () => previewFile(versions, snapshot, { keyNames, k }, trials, all()),
  };
}

/** From so many responses on it takes long enough to say how far it has come. */
const LONG = 5000;

function reportTrials(): (done: number, total: number) => void {
  let report: ((done: number) => void) | undefined;
  return (done, total) => {
    report ??= progress('Choices of keys tried', total);
    report(done);
  };
}

function once<T>(work: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: work() };
    return known.value;
  };
}

const plain = (name: string) => name.toLowerCase();

/** The keys asked for, if any were, in the order in which the survey declares them. */
function keysFor(versions: Versions, wanted: readonly string[] | undefined): readonly string[] | undefined {
  if (wanted === undefined) return undefined;
  if (wanted.join() === 'none') return [];
  if (wanted.join() === 'all') return versions[0].file.disclosure.keys;
  const known = keyVersions(versions).flat();
  // The survey's file says O1 and the data file o1; no two names differ in capitals only.
  const meant = new Set(wanted.map(plain));
  const unknown = wanted.find((name) => !known.some((each) => plain(each) === plain(name)));
  if (unknown === undefined) return known.filter((name) => meant.has(plain(name)));
  const nearest = findNearest(unknown, known);
  throw new UsageError(
    known.length === 0
      ? `The survey declares no keys, so leave --keys out.`
      : `"${unknown}" is not a key of this survey. ${nearest === undefined ? `Its keys: ${known.join(', ')}.` : `Did you mean "${nearest}"?`}`,
  );
}

function kFor([{ file }]: Versions, wanted = file.disclosure.k): number {
  if (wanted >= file.disclosure.k) return wanted;
  throw new UsageError(
    `The survey promises that at least ${file.disclosure.k} rows look alike; --k can be more, not ${wanted}.`,
  );
}
