/** Storing a file of responses: read twice, so that nothing is stored of a file in which anything is wrong. */
import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, type Parser, parse } from 'csv-parse';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import type { LiveSurvey } from '../../fieldwork/store.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { type Column, type Refusal, readHeader, readRow, saysMadeUp } from '../../responses/import.ts';
import { insertMany, type NewResponse } from '../../responses/store.ts';
import { CommandFailed, counted, progress } from '../support.ts';
import { newResponses } from './new-responses.ts';

/** How a file of responses is imported. */
export interface ImportSettings {
  readonly ignore: readonly string[];
  /** Import the rows that can be taken, though others are refused. */
  readonly acceptGood: boolean;
  /** The answers are made up, and results made from them say so. */
  readonly synthetic: boolean;
}

/** A row of the file, the header being row 1, with why it was refused. */
interface RefusedRow extends Refusal {
  readonly row: number;
}

export interface ImportReport {
  readonly rows: number;
  readonly imported: number;
  readonly refused: number;
  /** The first of what was refused. */
  readonly refusals: readonly RefusedRow[];
}

const SHOWN = 100;
/** A file under this many bytes is read before anybody wonders. */
const SMALL = 1_000_000;

/**
 * Imports a file: first every row is read and checked, then, if none was refused or the good ones are accepted, the
 * rows are stored, some thousand in a transaction, so that respondents can go on meanwhile. Holds some ten thousand
 * in memory, however long the file.
 * @throws CommandFailed when the file cannot be read as a table of this survey
 */
export async function importFile(
  db: Kysely<AnswersTables>,
  live: LiveSurvey,
  file: string,
  settings: ImportSettings,
  now: Date,
): Promise<ImportReport> {
  const report = await checkFile(live.survey, file, settings);
  if (report.refused > 0 && !settings.acceptGood) return report;
  const origin = settings.synthetic ? 'simulated' : 'import';
  const rows = readFile(live.survey, file, settings, 'Stored, bytes');
  const imported = await insertMany(db, responsesIn(rows, live, origin, now));
  if (imported === report.rows - report.refused) return { ...report, imported };
  throw new CommandFailed(
    `${file} changed while it was read. Imported before that was noticed: ${counted(imported, 'row')}.`,
  );
}

/** Reads a file without storing any of it. */
async function checkFile(survey: Survey, file: string, settings: ImportSettings): Promise<ImportReport> {
  const refusals: RefusedRow[] = [];
  let rows = 0;
  let refused = 0;
  for await (const each of readFile(survey, file, settings, 'Checked, bytes')) {
    rows++;
    if ('submission' in each) continue;
    refused++;
    if (refusals.length < SHOWN) refusals.push(...each.refusals.map((refusal) => ({ row: each.row, ...refusal })));
  }
  return { rows, imported: 0, refused, refusals };
}

async function* responsesIn(
  rows: AsyncIterable<ReadRow>,
  live: LiveSurvey,
  origin: 'import' | 'simulated',
  now: Date,
): AsyncGenerator<NewResponse> {
  for await (const each of rows) if ('submission' in each) yield* newResponses(live, [each.submission], origin, now);
}

type ReadRow = { readonly row: number } & ReturnType<typeof readRow>;

/** The rows of a file, each a submission or its refusals; rows without anything in them are passed over. */
async function* readFile(
  survey: Survey,
  file: string,
  settings: ImportSettings,
  what: string,
): AsyncGenerator<ReadRow> {
  const { size } = statSync(file);
  const shown = size < SMALL ? () => {} : progress(what, size);
  const parser = parse({ bom: true, relax_column_count: true, max_record_size: 1_000_000 });
  // Trouble with either ends both, and reaches the loop below through the parser.
  pipeline(createReadStream(file), parser, () => {});
  let columns: readonly Column[] | undefined;
  let row = 0;
  for await (const cells of recordsOf(parser, file)) {
    row++;
    if (!columns) columns = columnsOf(survey, file, cells, settings);
    else if (cells.some((cell) => cell !== '')) yield { row, ...readRow(survey, columns, cells) };
    if (row % 1000 === 0) shown(Math.min(parser.info.bytes, size));
  }
  if (row < 2) throw new CommandFailed(`${file} has no rows under its header.`);
  shown(size);
}

async function* recordsOf(parser: Parser, file: string): AsyncGenerator<string[]> {
  try {
    yield* parser;
  } catch (error) {
    if (error instanceof CsvError) throw new CommandFailed(`${file} is not CSV as it should be: ${error.message}.`);
    throw error;
  }
}

function columnsOf(
  survey: Survey,
  file: string,
  header: readonly string[],
  { ignore, synthetic }: ImportSettings,
): readonly Column[] {
  if (saysMadeUp(header) && !synthetic)
    throw new CommandFailed(
      `Nothing was imported. The column “synthetic” of ${file} says that its answers are made up. Add --synthetic, and whatever is made from them says so too.`,
    );
  const { columns, refusals } = readHeader(survey, header, ignore);
  if (refusals.length === 0) return columns;
  throw new CommandFailed(['Nothing was imported.', ...refusals.map(refusalLine)].join('\n'));
}

/** A refusal as a sentence. */
export function refusalLine({ column, reason }: Refusal): string {
  return column === undefined ? reason : `Column “${column}” ${reason}`;
}
