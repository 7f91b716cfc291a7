/**
 * The gate. Nothing about respondents leaves except as a `Released` value, and only this file makes one: the mark is a
 * symbol that is not exported, so no other file can build, copy or pretend one, and what a page or a file is made from
 * asks for it by type.
 */

import type { SurveyFile } from '../questionnaire/definition.ts';
import type { Snapshot } from '../results/snapshot.ts';
import type { Family } from '../results/tables.ts';
import type { ReleaseFiles } from './microdata/files.ts';
import { type MadeFile, makeFile } from './microdata/make-file.ts';
import { type PublishedTable, publishTable, type Wanted } from './microdata/plain-table/publish-table.ts';
import type { Table } from './microdata/plain-table/read-table.ts';
import type { TableSpec } from './microdata/plain-table/spec.ts';
import { type LastLook, lookAgain, tableCsv } from './microdata/plain-table/table-file.ts';
import type { TableReport } from './microdata/plain-table/table-report.ts';
import type { Versions } from './microdata/survey/columns.ts';
import type { WantedFile } from './microdata/wanted-file.ts';
import { ask, type NetworkTable, type Wanted as WantedFigures } from './network/ask.ts';
import { describeNetwork, type NetworkOffer } from './network/describe.ts';
import type { Network } from './network/network.ts';
import { type Told, toldSchema } from './network/told.ts';
import { policyOf } from './policy.ts';
import { tablesOfNetwork } from './report/network-tables.ts';
import { protect } from './tables/protect.ts';
import { type ProtectedTables, protectedTablesSchema } from './tables/protected-tables.ts';
import { loadSolver } from './tables/protection/solver.ts';
import type { Report } from './tables/protection/suppress.ts';
import type { EarlierTables, Working } from './tables/protection/working.ts';
import type { Review } from './texts/review.ts';
import { makeTextFile, type TextFile } from './texts/text-file.ts';

const mark: unique symbol = Symbol('released');

export interface Released<T> {
  readonly [mark]: true;
  readonly content: T;
}

function release<T>(content: T): Released<T> {
  return { [mark]: true, content };
}

/** Tables that may leave, and what staff keep so that the next release can be protected beside them. */
export interface ProtectedRelease {
  readonly tables: Released<ProtectedTables>;
  /** Never leaves: the ledger keeps it. */
  readonly working: Working;
}

/**
 * Protects a survey's tables. Whatever engine stands behind this, its result is a `Released` and nothing else moves.
 * @param snapshot what the family was counted from
 * @param earlier every earlier release of the wave's tables, in any order (rule R3)
 * @param report told how far the work has come: so much of so much
 * @throws TooFewResponses
 */
export async function protectTables(
  family: Family,
  snapshot: Snapshot,
  synthetic: boolean,
  { earlier = [], report }: { readonly earlier?: readonly EarlierTables[]; readonly report?: Report } = {},
): Promise<ProtectedRelease> {
  const policy = policyOf(family.survey.file);
  const { tables, working } = protect({ family, snapshot, earlier }, policy, synthetic, await loadSolver(), report);
  return { tables: release(tables), working };
}

/** Tables that were released before, from the ledger's own text. @throws when it is not such a text */
export function reopenTables(content: string): Released<ProtectedTables> {
  return release(protectedTablesSchema.parse(JSON.parse(content)));
}

/** Makes a data file of a snapshot, with what it cost. @throws NotReleasable */
export function releaseFile(versions: Versions, snapshot: Snapshot, wanted: WantedFile): Released<MadeFile> {
  return release(makeFile(versions, snapshot, wanted));
}

/** What people typed, as far as a person let it out. @throws ReviewRefused; the rest as of `makeTextFile` */
export function releaseTexts(
  review: Review,
  answers: readonly string[],
  k: number,
  random: Uint8Array,
): Released<TextFile> {
  return release(makeTextFile(review, answers, k, random));
}

/** A table of somebody's own that may leave: its text, what it cost, and what a last look at the text found. */
export interface TableRelease {
  readonly published: PublishedTable;
  readonly csv: string;
  readonly look: LastLook;
}

/**
 * Anonymises a table by its spec.
 * @param random `BYTES_A_ROW` bytes for each row
 * @throws NotReleasable; and an error where the text itself gives somebody away
 */
export function anonymiseTable(
  table: Table,
  spec: TableSpec,
  wanted: Wanted,
  random: Uint8Array,
): Released<TableRelease> {
  const published = publishTable(table, spec, wanted);
  const csv = tableCsv(published, table.rows, random);
  return release({ published, csv, look: lookAgain(csv, table, published) });
}

/** The files of a table. @param report what `reportOf` made of it */
export function bundleTable({ content }: Released<TableRelease>, report: TableReport): Released<ReleaseFiles> {
  return release({ 'data.csv': content.csv, 'report.json': `${JSON.stringify(report, null, 2)}\n` });
}

/** What a researcher asked of an approved data file (rule T9). @throws UnknownName, NotOffered */
export function askNetwork(network: Network, wanted: WantedFigures): Released<NetworkTable> {
  return release(ask(network, wanted));
}

/** What the network tier told, from the text of the thread that asked it. @throws when it is not such a text */
export function reopenTold(text: string): Released<Told> {
  return release(toldSchema.parse(JSON.parse(text)));
}

/** What the network tier told of every question, as tables for a report; undefined where it told nothing. */
export function reportNetwork(
  { content }: Released<Told>,
  wanted: readonly WantedFigures[],
  file: SurveyFile,
): Released<ProtectedTables> | undefined {
  const tables = tablesOfNetwork(content, wanted, file);
  return tables && release(tables);
}

/** What researchers can ask of an approved data file. */
export function offerNetwork(network: Network): Released<NetworkOffer> {
  return release(describeNetwork(network));
}
