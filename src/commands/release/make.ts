import { type Command, Option } from 'commander';
import { readSettings } from '../../config.ts';
import { dayOf } from '../../responses/week.ts';
import { command, counted, getPublished, PROGRAM, print, printJson, UsageError, withAnswers } from '../support.ts';
import { makeInWorker } from './in-worker.ts';
import type { Made, Wanted } from './making.ts';
import { BY, personIn } from './people.ts';

interface Options {
  readonly audience: 'public' | 'network';
  readonly tables?: true;
  readonly by?: string;
  readonly json?: true;
}

const HELP = [
  'It takes the answers of this moment and is never changed afterwards. It waits until another person approves it: nobody outside sees anything before.',
  'For the public it is the results page (tables) and a data file; for the network a data file with its bundle. Everything is worked out anew from the answers and checked beside all earlier releases.',
  'Ctrl-C stops it and leaves nothing behind but a line in the ledger.',
];

/** `soundings release make`: a new release, which waits to be approved. */
export function makeCommand(): Command {
  return command('release make', 'Make a release, which then waits to be approved', ...HELP)
    .argument('<survey>', 'the survey’s name')
    .addOption(
      new Option('--audience <whom>', 'whom it is for').choices(['public', 'network'] as const).default('network'),
    )
    .option('--tables', 'for the public: the results page alone, without a data file')
    .option(...BY)
    .option('--json', 'as JSON, for scripts')
    .action((code: string, options: Options) => make(code, options, new Date()));
}

async function make(code: string, options: Options, now: Date): Promise<void> {
  const wanted = wantedIn(code, options, now);
  const made = await withAnswers(async (db) => {
    await getPublished(db, code);
    return makeInWorker(db, wanted, readSettings());
  });
  if (options.json) printJson(made);
  else for (const line of madeLines(made)) print(line);
}

function wantedIn(survey: string, { audience, tables, by }: Options, now: Date): Wanted {
  if (tables && audience === 'network') {
    throw new UsageError(
      'The network’s tables are worked out from its data file. Leave --tables out, or make it for the public: --audience public --tables.',
    );
  }
  const forAll = audience === 'public';
  return { survey, audience, tables: forAll, data: !tables, person: personIn(by), today: dayOf(now) };
}

function madeLines({ survey, release, audience, responses, synthetic }: Made): string[] {
  return [
    `Release ${release} of ${survey} is made of ${counted(responses, 'response')}${synthetic ? ' (synthetic data)' : ''}, for the ${audience}.`,
    'It waits for approval by another person, and nobody outside sees it yet.',
    `  Look at it:  ${PROGRAM} release show ${survey} ${release}`,
    `  Approve it:  ${PROGRAM} release approve ${survey} ${release} --by NAME`,
  ];
}
