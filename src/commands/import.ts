import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Survey } from '../questionnaire/survey.ts';
import { type ImportReport, importFile, refusalLine } from './import/import-file.ts';
import { refuseMixing } from './import/mixing.ts';
import { CommandFailed, command, counted, getPublished, note, print, printJson, withAnswers } from './support.ts';

const HELP = [
  'They are answers that were sent already; each row is checked as if a person had posted it page by page.',
  'Columns are named like the inputs of the pages: S1, a grid row C1_privacy, the box of an “other” option T1_other. Values are option codes, the ticks of a list separated by |, dates as 2027-03-31. An empty cell is a question left blank. A column named like a derived variable (stage) is compared with what the answers give. A column named id is for your own use and never stored.',
  'If any row is refused nothing is imported, unless --accept-good is given.',
  'Made-up answers need --synthetic, and never come into a survey that people answered; real ones never come among made-up ones. A column named synthetic, as the command “simulate” writes it, says that rows are made up: without --synthetic they are refused.',
  'Rows carry no mark in the store. So that a file is not counted twice by mistake, a survey that holds imported answers takes more only with --add.',
  'A long file is stored some thousand rows at a time: where the machine stops meanwhile, part of it is in. Imported answers have no withdrawal code.',
];

/** `soundings import`: submitted answers from CSV. */
export function importCommand(): Command {
  return command('import', 'Add answers from a CSV file', ...HELP)
    .argument('<file>', 'a CSV file in UTF-8, its first row the names of its columns')
    .requiredOption('--survey <id>', 'the published survey that the answers belong to')
    .option('--ignore <columns>', 'columns to pass over, separated by commas', splitNames)
    .option('--accept-good', 'import the rows that can be taken, and list the others')
    .option('--synthetic', 'the answers are made up: everything made from them says so')
    .option('--add', 'these are other answers than those that were imported before')
    .option('--json', 'as JSON, for scripts')
    .action((file: string, options: Options) => {
      checkIsFile(file);
      return withAnswers(async (db) => {
        const live = await getPublished(db, options.survey);
        const { ignore = [], acceptGood = false } = options;
        // Of a survey whose file says so, all answers are made up.
        const synthetic = options.synthetic ?? live.survey.file.synthetic ?? false;
        await refuseMixing(db, options.survey, { synthetic, add: options.add ?? false });
        const report = await importFile(db, live, file, { ignore, acceptGood, synthetic }, new Date());
        show(live.survey, report, { ...options, synthetic });
      });
    });
}

/** @throws CommandFailed where there is no file of answers at that place */
function checkIsFile(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile()) return;
  const place = resolve(file);
  if (stats?.isDirectory())
    throw new CommandFailed(`${place} is a folder, and answers are read from one file. Name a CSV file in it.`);
  throw new CommandFailed(
    stats
      ? `${place} is no ordinary file. Write the answers into a CSV file and name that.`
      : `There is no file ${place}. Look whether its name is spelt as it is on the disk, or give the whole path.`,
  );
}

/** What was refused, in the order of the rows; what is wrong with many rows is said once. */
function refusalLines(refusals: ImportReport['refusals']): string[] {
  const rows = new Map<string, number[]>();
  for (const refusal of refusals) {
    const reason = refusalLine(refusal);
    rows.set(reason, [...(rows.get(reason) ?? []), refusal.row]);
  }
  return [...rows].map(([reason, of]) => `${rowsNamed(of)}. ${reason}`);
}

/** "Row 3", "Rows 3 and 5", "Rows 2 to 81 and 90". */
function rowsNamed(rows: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && row === run.last + 1) run.last = row;
    else runs.push({ first: row, last: row });
  }
  const named = runs.map(({ first, last }) => (first === last ? `${first}` : `${first} to ${last}`));
  return `${rows.length === 1 ? 'Row' : 'Rows'} ${new Intl.ListFormat('en-GB').format(named)}`;
}

interface Options {
  readonly survey: string;
  readonly ignore?: readonly string[];
  readonly acceptGood?: true;
  readonly synthetic?: true;
  readonly add?: true;
  readonly json?: true;
}

const splitNames = (value: string) => value.split(',').map((name) => name.trim());

function show(
  { file }: Survey,
  report: ImportReport,
  options: { readonly acceptGood?: true; readonly synthetic: boolean; readonly json?: true },
): void {
  const { rows, imported, refused, refusals } = report;
  if (options.json) printJson({ survey: file.survey, version: file.version, ...report });
  else for (const line of refusalLines(refusals)) print(line);
  const more = refused - new Set(refusals.map(({ row }) => row)).size;
  if (more > 0) note(`Refused rows not shown: ${more.toLocaleString('en')}.`);
  const without = `Refused: ${refused.toLocaleString('en')} of ${counted(rows, 'row')}.`;
  if (refused > 0 && !options.acceptGood) throw new CommandFailed(`Nothing was imported. ${without}`);
  if (options.json) return;
  print(
    `Imported ${counted(imported, options.synthetic ? 'made-up response' : 'response')} into ${file.survey} ${file.version}.`,
  );
  if (refused > 0) print(without);
}
