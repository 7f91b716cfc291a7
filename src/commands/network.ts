/** The network tier on the command line: figures with filters, from the latest approved network release. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { readSettings } from '../config.ts';
import type { AnswersTables } from '../db/tables.ts';
import { getSurvey } from '../questionnaire/parse.ts';
import type { Survey } from '../questionnaire/survey.ts';
import { type Standing, standingsOf } from '../release/ledger/ledger.ts';
import { getData, readEarlierTables } from '../release/ledger/parts/store.ts';
import { readLedger } from '../release/ledger/store.ts';
import type { FileOutline } from '../release/microdata/reopen-file.ts';
import type { Wanted } from '../release/network/ask.ts';
import { NoAtoms } from '../release/network/atoms.ts';
import { checkNames } from '../release/network/check-names.ts';
import { NotOffered, UnknownName } from '../release/network/names.ts';
import { type Network, openNetwork } from '../release/network/network.ts';
import { policyOf } from '../release/policy.ts';
import { askNetwork, offerNetwork } from '../release/released.ts';
import type { ProtectedTables } from '../release/tables/protected-tables.ts';
import { hashZip, readZipText } from './bundle/unzip.ts';
import { showOffer, showTable } from './network-show.ts';
import { readDataFile } from './release/earlier-files.ts';
import { CommandFailed, PROGRAM, UsageError } from './support.ts';

export interface NetworkOptions {
  readonly question?: string;
  readonly where?: Filter;
  readonly whereNot?: Filter;
  readonly by?: string;
  readonly json?: true;
}

type Filter = Readonly<Record<string, readonly string[]>>;

/** Adds `size=micro,small` to what was given with the flag before. @throws UsageError */
export function addFilter(written: string, before: Filter = {}): Filter {
  const [, name = '', list = ''] = /^\s*([^=\s]+)\s*=(.*)$/.exec(written) ?? [];
  const values = list.split(',').map((value) => value.trim());
  if (name === '' || values.includes('')) {
    throw new UsageError(`"${written}" is no filter. Write what to filter by and its values: size=micro,small`);
  }
  if (Object.keys(before).some((each) => each.toLowerCase() === name.toLowerCase())) {
    throw new UsageError(`${name} stands in two filters of one kind. Put its values into one: ${name}=${list},…`);
  }
  return { ...before, [name]: values };
}

/** Answers a question, or lists what can be asked. @throws CommandFailed, UsageError */
export async function showNetwork(db: Kysely<AnswersTables>, code: string, options: NetworkOptions): Promise<void> {
  const { question, where = {}, whereNot = {}, by, json } = options;
  if (question === undefined && (by !== undefined || Object.keys({ ...where, ...whereNot }).length > 0)) {
    throw new UsageError(
      `Name the question as well: --question T2. "${PROGRAM} results ${code} --network" lists them all.`,
    );
  }
  const latest = await findLatest(db, code);
  if (question === undefined) return showOffer(offerNetwork(await open(latest)), latest.outline.about, json);
  const wanted: Wanted = { question, where, whereNot, ...(by !== undefined && { by }) };
  showTable(await answer(latest, wanted), latest.outline.about, wanted, json);
}

/** An approved file that is as it was made, before its rows are read. */
interface Latest {
  readonly zip: string;
  readonly outline: FileOutline;
  readonly survey: Survey;
  readonly published: readonly ProtectedTables[];
}

async function answer(latest: Latest, wanted: Wanted) {
  try {
    checkNames(latest.outline, latest.survey, wanted);
    return askNetwork(await open(latest), wanted);
  } catch (error) {
    if (error instanceof UnknownName) throw new UsageError(error.message);
    if (error instanceof NotOffered) throw new CommandFailed(error.message);
    throw error;
  }
}

async function findLatest(db: Kysely<AnswersTables>, code: string): Promise<Latest> {
  const ledger = await readLedger(db, code);
  const standings = standingsOf(ledger).filter(({ audience }) => audience === 'network');
  const latest = standings.find(({ state }) => state === 'approved');
  const part = latest?.parts.find(({ kind }) => kind === 'microdata');
  if (!latest || !part) throw new CommandFailed(noneApproved(code, standings));
  const data = await getData(db, part.id);
  if ('files' in data) {
    throw new CommandFailed(
      `Release ${latest.number} of ${code} was made by an earlier version of the program, and its file cannot be asked. Make a new one: ${PROGRAM} release make ${code}`,
    );
  }
  const zip = join(readSettings().releasesPath, data.file);
  if (!existsSync(zip)) throw new CommandFailed(`${zip} is not there. Restore it from a backup.`);
  if ((await hashZip(zip)) !== data.sha256) {
    throw new CommandFailed(`${zip} is not as it was made: nothing is shown from it. Restore it from a backup.`);
  }
  const survey = getSurvey(await readZipText(zip, 'questionnaire.json'));
  const published = (await readEarlierTables(db, ledger)).map(({ tables }) => tables);
  return { zip, outline: data.outline, survey, published };
}

async function open({ zip, outline, survey, published }: Latest): Promise<Network> {
  const file = await readDataFile(zip, outline);
  try {
    return openNetwork(file, survey, policyOf(survey.file), published);
  } catch (error) {
    if (error instanceof NoAtoms) throw new CommandFailed(error.message);
    throw error;
  }
}

function noneApproved(code: string, standings: readonly Standing[]): string {
  const waiting = standings.find(({ state, overtakenBy }) => state === 'waiting' && !overtakenBy);
  const next = waiting
    ? `Release ${waiting.number} waits to be approved: ${PROGRAM} release approve ${code} ${waiting.number} --by NAME`
    : `Make a release for the network: ${PROGRAM} release make ${code} --audience network`;
  return `No release of ${code} for the network is approved yet. ${next}`;
}
