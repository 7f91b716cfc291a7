import type { Command } from 'commander';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../db/tables.ts';
import { inLanguage } from '../questionnaire/text.ts';
import { linesOf } from '../release/figures.ts';
import { TooFewResponses } from '../release/protect.ts';
import type { ProtectedTable, ProtectedTables, ShownGroup } from '../release/protected-tables.ts';
import { protectTables, type Released } from '../release/released.ts';
import { resultsJson } from '../release/results-file.ts';
import { tooFewSince } from '../release/since.ts';
import { type Entry, findLatestTables, publishTables } from '../release/store.ts';
import { countResponses } from '../responses/store.ts';
import { dayOf } from '../responses/week.ts';
import { keepSnapshot, readSnapshot } from '../results/store.ts';
import { countFamily } from '../results/tables.ts';
import { CommandFailed, command, counted, getPublished, print, printJson, progress, withAnswers } from './support.ts';

interface Options {
  readonly preview?: true;
  readonly json?: true;
}

/** `soundings results`: publishes the results of a survey as its next release. */
export function resultsCommand(): Command {
  return command(
    'results',
    'Publish safe tables of the answers',
    'Counts the answers, protects the tables and publishes them as the next release.',
  )
    .argument('<survey>', 'the survey’s name')
    .option('--preview', 'show what would be published; nothing is stored or published')
    .option('--json', 'as JSON, for scripts')
    .action((code: string, options: Options) => withAnswers((db) => publishResults(db, code, new Date(), options)));
}

/** Makes the tables of a survey and publishes them, unless this is a preview. @throws CommandFailed */
export async function publishResults(
  db: Kysely<AnswersTables>,
  code: string,
  now: Date,
  options: Options = {},
): Promise<void> {
  const { survey } = await getPublished(db, code);
  const { total, simulated } = await countResponses(db, code);
  if (total === 0) throw new CommandFailed(`Nobody has answered ${code} yet: there is nothing to publish.`);
  const snapshot = await readSnapshot(db, code, dayOf(now), progress('Answers read', total));
  const { tables: released } = await protectOrFail(() =>
    protectTables(countFamily(survey, snapshot), snapshot, survey.file.synthetic ?? simulated > 0, {
      report: protecting(),
    }),
  );
  const last = await findLatestTables(db, code);
  const few = last && tooFewSince(last.tables, released);
  if (few !== undefined && !options.preview) {
    throw new CommandFailed(
      `Only ${counted(few, 'answer')} came or went since release ${last?.number}: side by side, the two releases would tell them. ` +
        `Publish again when at least ${released.content.policy.base} have. Release ${last?.number} stays as it is.`,
    );
  }
  const entry = options.preview ? undefined : await publishTables(db, released, await keepSnapshot(db, snapshot));
  if (options.json) printJson(resultsJson(released, entry));
  else show(released, entry);
}

/** Progress of work whose size is known once it has begun. */
function protecting(): (done: number, total: number) => void {
  let show: ((done: number) => void) | undefined;
  return (done, total) => {
    show ??= progress('Tables protected', total);
    show(done);
  };
}

async function protectOrFail<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TooFewResponses) throw new CommandFailed(error.message);
    throw error;
  }
}

/** The headline, and what was hidden. */
function show({ content }: Released<ProtectedTables>, entry: Entry | undefined): void {
  const language = content.languages[0] ?? 'en';
  const text = (words: ProtectedTables['title']) => inLanguage(words, language, language);
  print(
    `${text(content.title)}: ${counted(content.responses, 'response')}${content.synthetic ? ' (synthetic data)' : ''}`,
  );
  for (const name of content.readings) {
    const table = content.tables.find((each) => each.name === name);
    const row = table?.overall?.rows[0];
    if (!table || !row) continue;
    print();
    print(text(table.label));
    for (const { label, figure } of linesOf(table, row)) {
      const share = figure.state === 'shown' && figure.share ? ` (${figure.share.percent}%)` : '';
      print(
        `  ${text(label).padEnd(28)} ${figure.state === 'shown' ? `${figure.n} of ${figure.base}${share}` : 'hidden'}`,
      );
    }
  }
  print();
  if (!entry) for (const line of hiddenByTable(content)) print(line);
  print(hiddenLine(content));
  const withheld = content.tables.filter(({ overall }) => !overall).map(({ name }) => name);
  if (withheld.length > 0) print(`Not shown, because too few answered: ${withheld.join(', ')}.`);
  print(
    entry
      ? `Published as release ${entry.number}, at /surveys/${content.survey}/results`
      : 'This is a preview: nothing was stored or published.',
  );
}

interface FigureCount {
  readonly all: number;
  readonly hidden: number;
}

function countIn(table: ProtectedTable, groups: readonly ShownGroup[]): FigureCount {
  const figures = groups.flatMap((group) => group.rows.flatMap((row) => linesOf(table, row)));
  return { all: figures.length, hidden: figures.filter(({ figure }) => figure.state === 'hidden').length };
}

const overallOf = ({ overall }: ProtectedTable) => (overall ? [overall] : []);

/** Where figures are hidden, before it is published: a coarser segment or other options would show more. */
function hiddenByTable({ tables }: ProtectedTables): string[] {
  return tables.flatMap((table) =>
    [
      { name: table.name, ...countIn(table, overallOf(table)) },
      ...table.views.map(({ segment, groups }) => ({ name: `${table.name} by ${segment}`, ...countIn(table, groups) })),
    ]
      .filter(({ hidden }) => hidden > 0)
      .map(({ name, all, hidden }) => `${name}: ${hidden} of ${all} hidden`),
  );
}

function hiddenLine({ tables }: ProtectedTables): string {
  const counts = tables.map((table) =>
    countIn(table, [...overallOf(table), ...table.views.flatMap(({ groups }) => groups)]),
  );
  const sum = (key: keyof FigureCount) => counts.reduce((total, each) => total + each[key], 0);
  return `${counted(sum('all'), 'figure')} in ${counted(tables.length, 'table')}, ${sum('hidden')} of them hidden to protect people.`;
}
