import { type Command, Option } from 'commander';
import { readSettings } from '../../config.ts';
import { dayOf } from '../../questionnaire/days.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { nameOf, personSchema } from '../../release/ledger/person.ts';
import { gapsIn } from '../../release/making/gaps.ts';
import { kSchema, type Made, type Wanted, type Wishes } from '../../release/making/wanted.ts';
import { checkAsked, leastK } from '../../release/microdata/rules.ts';
import { NotReleasable } from '../../release/microdata/survey/columns.ts';
import { type GateReason, overridesBy } from '../../release/overrides.ts';
import {
  command,
  counted,
  getPublished,
  note,
  PROGRAM,
  parseWith,
  print,
  printJson,
  readText,
  UsageError,
  withAnswers,
} from '../support.ts';
import { dryRun } from './dry-run.ts';
import { makeInWorker } from './in-worker.ts';
import { OVERRIDE } from './override-flag.ts';
import { BY, knowPerson, personIn } from './people.ts';
import { readReviews } from './texts-part.ts';

interface Options {
  readonly audience: 'public' | 'network';
  readonly tables?: true;
  readonly k?: number;
  readonly keys?: readonly string[];
  readonly keep?: readonly string[];
  readonly override?: readonly GateReason[];
  readonly texts?: readonly string[];
  readonly reviewedBy?: string;
  readonly dryRun?: true;
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
    .option(
      '--k <n>',
      'at least so many rows of the data file look alike: the least that its audience may have, or more',
      parseWith(kSchema),
    )
    .option(
      '--keys <names>',
      'by commas, of the survey’s declared keys those that the file may have; or none',
      splitNames,
    )
    .option(
      '--keep <names>',
      'by commas, the keys that stay as exact as they are; or none. Left out: those that decided who was asked what, where that is possible',
      splitNames,
    )
    .option(...OVERRIDE)
    .option(
      '--texts <file>',
      'a review file of "release texts" with every row decided: what people typed at one question, in a file of its own; once for each question',
      (file: string, others: readonly string[] = []) => [...others, file],
    )
    .option('--reviewed-by <name>', 'who read what people typed; it stands on the record', parseWith(personSchema))
    .option('--dry-run', 'show what several settings would risk and lose, side by side; nothing is made')
    .option(...BY)
    .option('--json', 'as JSON, for scripts')
    .action((code: string, options: Options) => make(code, options, new Date()));
}

const splitNames = (value: string) => (value === 'none' ? [] : value.split(',').map((name) => name.trim()));

async function make(code: string, options: Options, now: Date): Promise<void> {
  const wishes = wishesIn(options);
  const given = personIn(options.by);
  const wanted = await withAnswers(async (db): Promise<Wanted | undefined> => {
    const { survey } = await getPublished(db, code);
    refuseUnknown(survey, wishes);
    const person = await knowPerson(db, given);
    const { override: reasons, reviewedBy } = options;
    const overrides = reasons && overridesBy(nameOf(person), reasons);
    const asked = { ...wishes, survey: code, person, today: dayOf(now), overrides };
    if (options.dryRun) {
      await dryRun(db, asked, options.json);
      return undefined;
    }
    const gaps = gapsIn(survey.file);
    if (gaps.length > 0) note(['The release says these, for as long as it stands:', ...gaps].join('\n  '));
    const texts = options.texts?.map((name) => ({ name, text: readText(name) }));
    // What is wrong with them is told at once, and leaves no attempt in the ledger.
    readReviews(texts ?? [], survey);
    return { ...asked, texts, reviewedBy };
  });
  if (!wanted) return;
  const made = await makeInWorker(wanted, readSettings());
  if (options.json) printJson(made);
  else for (const line of madeLines(made)) print(line);
}

/** What is wrong with the flags is told before an answer is read, and leaves no attempt in the ledger. @throws UsageError */
function refuseUnknown(survey: Survey, { data, audience, k, keyNames = [], keep = [] }: Wishes): void {
  if (!data) return;
  try {
    checkAsked(survey, { audience, k: k ?? leastK([survey], audience), keyNames: [...keyNames, ...keep] });
  } catch (error) {
    if (error instanceof NotReleasable) throw new UsageError(error.message);
    throw error;
  }
}

function wishesIn({ audience, tables, k, keys, keep, texts, reviewedBy }: Options): Wishes {
  if (tables && audience === 'network') {
    throw new UsageError(
      'The network’s tables are worked out from its data file. Leave --tables out, or make it for the public: --audience public --tables.',
    );
  }
  if (tables && (k ?? keys ?? keep) !== undefined) {
    throw new UsageError('--k, --keys and --keep are about the data file, and --tables leaves it out.');
  }
  if (tables && texts)
    throw new UsageError('What people typed goes into the zip of a data file. Leave --tables or --texts out.');
  if (texts && reviewedBy === undefined)
    throw new UsageError('Say who read what people typed with --reviewed-by and a name.');
  if (!texts && reviewedBy !== undefined)
    throw new UsageError(
      'Nothing is to be released that --reviewed-by could be about: name a review file with --texts.',
    );
  const unlisted = keep?.find((name) => keys !== undefined && !keys.includes(name));
  if (unlisted !== undefined)
    throw new UsageError(`--keep names "${unlisted}", and --keys leaves it out. Name it in both, or in neither.`);
  return { audience, tables: audience === 'public', data: !tables, k, keyNames: keys, keep };
}

function madeLines({ survey, release, audience, responses, synthetic, file }: Made): string[] {
  return [
    `Release ${release} of ${survey} is made of ${counted(responses, 'response')}${synthetic ? ' (synthetic data)' : ''}, for the ${audience}.`,
    ...(file
      ? [
          `Its data file has ${counted(file.rows, 'row')} and ${counted(file.columns, 'column')}. ${file.keys.length === 0 ? 'It has no keys.' : `At least ${file.k} rows look alike on ${file.keys.join(', ')}.`}`,
        ]
      : []),
    'It waits for approval by another person, and nobody outside sees it yet.',
    `  Look at it:  ${PROGRAM} release show ${survey} ${release}`,
    `  Approve it:  ${PROGRAM} release approve ${survey} ${release} --by NAME`,
  ];
}
