import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { ZippedData } from '../../release/ledger/data-content.ts';
import { getStanding } from '../../release/ledger/ledger.ts';
import { getData, getTables } from '../../release/ledger/parts/store.ts';
import { readLedger } from '../../release/ledger/store.ts';
import { keyNamesOf } from '../../release/microdata/reopen-file.ts';
import { noticeOf } from '../../release/page/releases.ts';
import { resultsJson } from '../../release/tables/results-file.ts';
import { wordsFor } from '../../web/words.ts';
import { tablesLines } from '../results/tables-show.ts';
import { CommandFailed, command, counted, getPublished, PROGRAM, print, printJson, withAnswers } from '../support.ts';
import { numberArgument } from './decide.ts';
import { standingJson, standingLines } from './list.ts';
import { writeLook } from './look.ts';
import { nextSteps } from './next-steps.ts';
import { reportPage } from './report-page.ts';
import { textsIn } from './texts-part.ts';

interface Options {
  readonly report?: string;
  readonly page?: string;
  readonly json?: true;
}

/** `soundings release show`: what is in a release, for whoever has to decide about it. */
export function showCommand(): Command {
  return command(
    'release show',
    'Show what is in a release, what was hidden and what it risks',
    'For staff: it tells exact numbers that stand in no file. Keep what it prints to yourself.',
  )
    .argument('<survey>', 'the survey’s name')
    .argument('<number>', 'the release’s number', numberArgument)
    .option('--report <file>', 'write the disclosure report as a page, in full')
    .option(
      '--page <folder>',
      'write all its pages into a new folder: the results as they would be published, the report',
    )
    .option('--json', 'as JSON, with every figure of the tables and the whole report')
    .action((code: string, number: number, { report, page, json }: Options) =>
      withAnswers(async (db) => {
        const { survey } = await getPublished(db, code);
        const standing = getStanding(await readLedger(db, code), number);
        const find = (kind: 'tables' | 'microdata') => standing.parts.find((part) => part.kind === kind);
        const [tablesPart, dataPart] = [find('tables'), find('microdata')];
        const entry = tablesPart && (await getTables(db, tablesPart.id));
        const stored = dataPart && (await getData(db, dataPart.id));
        const data = stored && 'outline' in stored ? stored : undefined;
        if (report !== undefined) {
          if (!data)
            throw new CommandFailed(
              `Release ${number} holds tables and no data file, and a disclosure report is about a data file. Leave --report out.`,
            );
          writeFileSync(report, reportPage(data.report, noticeOf(standing, wordsFor('en'))), { mode: 0o600 });
        }
        const index = page === undefined ? undefined : await writeLook({ survey, standing, tables: entry, data }, page);
        if (json) {
          printJson({
            ...standingJson(standing),
            responses: entry?.tables.content.responses,
            results: entry && resultsJson(entry.tables, entry),
            report: data?.report,
          });
          return;
        }
        for (const line of standingLines(standing)) print(line);
        if (entry) {
          for (const line of ['', ...tablesLines(entry.tables.content, true)]) print(line);
          print(`Every figure:  ${PROGRAM} release show ${code} ${number} --json`);
        }
        if (data) for (const line of dataLines(data)) print(line);
        if (report !== undefined) print(`\nThe disclosure report is in ${report}`);
        if (index !== undefined) print(`\nOpen in a browser: ${index}`);
        const steps = nextSteps(code, standing);
        const looks = { name: 'As pages', words: `${PROGRAM} release show ${code} ${number} --page FOLDER` };
        if (steps.length > 0) print();
        for (const { name, words } of index === undefined && steps.length > 0 ? [looks, ...steps] : steps)
          print(`${`${name}:`.padEnd(15)}${words}`);
      }),
    );
}

/** The file in short; the report has the rest. */
function dataLines({ file, bytes, outline, report }: ZippedData): string[] {
  const { about, rows, variables } = outline;
  const keys = keyNamesOf(outline);
  const some = variables.filter(({ withheldForSome }) => withheldForSome).length;
  return [
    '',
    `Data file ${file} (${(bytes / 1024).toLocaleString('en', { maximumFractionDigits: 0 })} KiB): ${counted(rows, 'row')}, ${counted(variables.length, 'column')}, ${some === 0 ? 'none' : some} of them withheld in some rows.`,
    keys.length === 0 ? 'It has no keys.' : `At least ${about.k} rows look alike on ${keys.join(', ')}.`,
    ...about.leftOut.map(({ name, reason }) => `Not in it: ${name}, which ${reason}`),
    ...textsIn(report).map(
      ({ question, items, reviewedBy }) =>
        `Beside it, what people typed at ${question}: ${counted(items, 'item')}, read by ${reviewedBy}. Read them too, with "release bundle --unapproved".`,
    ),
  ];
}
