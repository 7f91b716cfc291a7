import type { Command } from 'commander';
import type { Survey } from '../questionnaire/survey.ts';
import { type ImportReport, importFile, refusalLine } from './import-file.ts';
import { CommandFailed, command, getPublished, note, print, printJson, withAnswers } from './support.ts';

const DESCRIPTION = `Import submitted answers from a CSV file, each row checked as if a person had posted it page by page.

Columns are named like the inputs of the pages: S1, a grid row C1_privacy, the box of an “other” option T1_other. Values
are option codes, the ticks of a list separated by |, dates as 2027-03-31. An empty cell is a question left blank. A
column named like a derived variable (stage) is compared with what the answers give. A column named id is for your own
use and never stored.

If any row is refused nothing is imported, unless --accept-good is given. Rows carry no mark: the same file imported
twice is in the survey twice. A long file is stored some thousand rows at a time: where the machine stops meanwhile, part of
it is in. Imported responses have no withdrawal code.`;

/** `soundings import`: submitted answers from CSV. */
export function importCommand(): Command {
  return command('import', DESCRIPTION)
    .argument('<file>', 'a CSV file in UTF-8, its first row the names of its columns')
    .requiredOption('--survey <id>', 'the published survey that the answers belong to')
    .option('--ignore <columns>', 'columns to pass over, separated by commas', splitNames, [])
    .option('--accept-good', 'import the rows that can be taken, and list the others')
    .option('--synthetic', 'the answers are made up: everything made from them says so')
    .option('--json', 'as JSON, for scripts')
    .action((file: string, options: Options) =>
      withAnswers(async (db) => {
        const live = await getPublished(db, options.survey);
        const { ignore, acceptGood = false, synthetic = false } = options;
        const report = await importFile(db, live, file, { ignore, acceptGood, synthetic }, new Date());
        show(live.survey, report, options);
      }),
    );
}

interface Options {
  readonly survey: string;
  readonly ignore: readonly string[];
  readonly acceptGood?: true;
  readonly synthetic?: true;
  readonly json?: true;
}

const splitNames = (value: string) => value.split(',').map((name) => name.trim());

function show({ file }: Survey, report: ImportReport, options: Options): void {
  const { rows, imported, refused, refusals } = report;
  if (options.json) printJson({ survey: file.survey, version: file.version, ...report });
  else for (const refusal of refusals) print(`Row ${refusal.row}. ${refusalLine(refusal)}`);
  const more = refused - new Set(refusals.map(({ row }) => row)).size;
  if (more > 0) note(`Refused rows not shown: ${more.toLocaleString('en')}.`);
  const without = `Refused: ${refused.toLocaleString('en')} of ${rows.toLocaleString('en')} rows.`;
  if (refused > 0 && !options.acceptGood) throw new CommandFailed(`Nothing was imported. ${without}`);
  if (options.json) return;
  const kind = `${options.synthetic ? 'made-up ' : ''}response${imported === 1 ? '' : 's'}`;
  print(`Imported ${imported.toLocaleString('en')} ${kind} into ${file.survey} ${file.version}.`);
  if (refused > 0) print(without);
}
