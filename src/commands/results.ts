import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../db/tables.ts';
import { dayOf } from '../questionnaire/days.ts';
import { standingsOf } from '../release/ledger/ledger.ts';
import { findLatestTables, type TablesRelease } from '../release/ledger/parts/store.ts';
import { readLedger } from '../release/ledger/store.ts';
import type { Released } from '../release/released.ts';
import type { ProtectedTables } from '../release/tables/protected-tables.ts';
import { resultsJson } from '../release/tables/results-file.ts';
import { prepareTables } from './release/making.ts';
import { addFilter, type NetworkOptions, showNetwork } from './results/network.ts';
import { reportFile } from './results/report.ts';
import { tablesLines } from './results/tables-show.ts';
import {
  CommandFailed,
  command,
  getPublished,
  PROGRAM,
  print,
  printJson,
  showSteps,
  UsageError,
  withAnswers,
} from './support.ts';

interface Options extends NetworkOptions {
  readonly preview?: true;
  readonly network?: true;
  readonly report?: string;
}

/** `soundings results`: what is published of a survey. */
export function resultsCommand(): Command {
  return command(
    'results',
    'Show the published results of a survey',
    `They are those of the latest approved release for the public: make one with "${PROGRAM} release make SURVEY --audience public".`,
    'With --network they are figures for researchers of the network, with filters of their own, from the data file of the latest approved release for the network. Without a question it lists what can be asked.',
  )
    .argument('<survey>', 'the survey’s name')
    .option('--preview', 'show what a release would show now; nothing is stored or published')
    .addOption(new Option('--network', 'figures for the research network').conflicts('preview'))
    .option('--question <code>', 'with --network: the question, such as T2')
    .option(
      '--where <filter>',
      'with --network: only these, such as size=micro,small; once for each thing to filter by',
      addFilter,
    )
    .option('--where-not <filter>', 'with --network: all whose value is known but these', addFilter)
    .option('--by <name>', 'with --network: side by side, such as stage')
    .option('--json', 'as JSON, for scripts')
    .addOption(
      new Option('--report <file>', 'write a report of them: one HTML file, in sentences and charts').conflicts([
        'preview',
        'network',
      ]),
    )
    .action((code: string, options: Options) => withAnswers((db) => showResults(db, code, new Date(), options)));
}

/** @throws CommandFailed while nothing is published, UsageError */
async function showResults(db: Kysely<AnswersTables>, code: string, now: Date, options: Options): Promise<void> {
  const { survey } = await getPublished(db, code);
  if (options.network) return showNetwork(db, code, options);
  if ([options.question, options.where, options.whereNot, options.by].some((each) => each !== undefined)) {
    throw new UsageError('Questions and filters are for the research network: add --network.');
  }
  const { tables, entry } = options.preview ? await preview(db, code, now) : await getLatest(db, code);
  if (options.report !== undefined && entry) writeFileSync(options.report, reportFile(survey, entry));
  if (options.json) printJson(resultsJson(tables, entry));
  else show(tables, entry);
  if (options.report !== undefined && !options.json) print(`The report is in ${options.report}.`);
}

interface Shown {
  readonly tables: Released<ProtectedTables>;
  /** Left out for a preview. */
  readonly entry: TablesRelease | undefined;
}

async function getLatest(db: Kysely<AnswersTables>, code: string): Promise<Shown> {
  const entry = await findLatestTables(db, code);
  if (entry) return { tables: entry.tables, entry };
  const waiting = standingsOf(await readLedger(db, code)).find(
    ({ state, audience, overtakenBy }) => state === 'waiting' && !overtakenBy && audience === 'public',
  );
  throw new CommandFailed(
    `Nothing is published of ${code} at the moment. ${
      waiting
        ? `Release ${waiting.number} waits to be approved: ${PROGRAM} release approve ${code} ${waiting.number} --by NAME`
        : `Look with --preview at what a release would show, and make one with: ${PROGRAM} release make ${code} --audience public --tables`
    }`,
  );
}

async function preview(db: Kysely<AnswersTables>, code: string, now: Date): Promise<Shown> {
  const { tables } = await prepareTables(db, code, dayOf(now), showSteps());
  return { tables: tables.tables, entry: undefined };
}

/** The headline, and what was hidden. */
function show({ content }: Released<ProtectedTables>, entry: TablesRelease | undefined): void {
  for (const line of tablesLines(content, !entry)) print(line);
  print(
    entry
      ? `Release ${entry.number}, made on ${entry.madeOn}; published at /surveys/${content.survey}/results`
      : 'This is a preview: nothing was stored or published.',
  );
}
