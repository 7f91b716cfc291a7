/**
 * The network tier of a survey: what can be asked of its newest approved file, and of those before it that were not
 * withdrawn. Each is opened beside what could be asked before (rule R3), whatever became of that since.
 */
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { readSettings } from '../../config.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { getSurvey } from '../../questionnaire/parse.ts';
import { roundNamed } from '../../questionnaire/round.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { type Standing, standingsOf } from '../../release/ledger/ledger.ts';
import { filesOut, getData, readEarlierTables } from '../../release/ledger/parts/store.ts';
import { readLedger } from '../../release/ledger/store.ts';
import type { FileOutline } from '../../release/microdata/reopen-file.ts';
import { NoAtoms } from '../../release/network/atoms.ts';
import type { Shown } from '../../release/network/beside.ts';
import { type Network, narrowNetwork, openNetwork } from '../../release/network/network.ts';
import { policyOf } from '../../release/policy.ts';
import type { ProtectedTables } from '../../release/tables/protected-tables.ts';
import { checkUnchanged, readZipText } from '../bundle/unzip.ts';
import { readDataFile } from '../release/earlier-files.ts';
import { CommandFailed, PROGRAM } from '../support.ts';

/** An approved file that is as it was made, before its rows are read. */
export interface Asked {
  readonly number: number;
  readonly zip: string;
  readonly outline: FileOutline;
  readonly survey: Survey;
  /** Not withdrawn: it can still be asked. */
  readonly stands: boolean;
  /** The tables that were out before it, and all that are. */
  readonly before: readonly ProtectedTables[];
  readonly published: readonly ProtectedTables[];
}

/** Every file of the latest one's round that could ever be asked, the newest first. @throws CommandFailed where none can be, or one is not as it was */
export async function findAsked(
  db: Kysely<AnswersTables>,
  code: string,
  releasesPath = readSettings().releasesPath,
): Promise<Asked[]> {
  const ledger = await readLedger(db, code);
  const standings = standingsOf(ledger).filter(({ audience }) => audience === 'network');
  const latest = standings.find(({ state }) => state === 'approved');
  if (!latest) throw new CommandFailed(noneApproved(code, standings));
  const round = await roundOfFile(db, latest);
  if (round === undefined) {
    throw new CommandFailed(
      `Release ${latest.number} of ${code} was made by an earlier version of the program, and its file cannot be asked. Make a new one: ${PROGRAM} release make ${code}`,
    );
  }
  const tables = await readEarlierTables(db, ledger, round);
  const found: Asked[] = [];
  for await (const { number, data } of filesOut(db, ledger, round)) {
    const standing = standings.find((each) => each.number === number);
    // Of a file of the oldest kind nothing could ever be asked.
    if (!standing || 'files' in data) continue;
    const zip = join(releasesPath, data.file);
    await checkUnchanged(zip, data.sha256);
    found.unshift({
      number,
      zip,
      outline: data.outline,
      survey: getSurvey(await readZipText(zip, 'questionnaire.json')),
      stands: standing.state !== 'withdrawn',
      before: tables.flatMap((each) => (each.number < number ? [each.tables] : [])),
      published: tables.map((each) => each.tables),
    });
  }
  return found;
}

/** The round that a release's data file is of; undefined for a file of the oldest kind, which does not say. */
async function roundOfFile(db: Kysely<AnswersTables>, { parts }: Standing): Promise<string | undefined> {
  const part = parts.find(({ kind }) => kind === 'microdata');
  const data = part && (await getData(db, part.id));
  return data && !('files' in data) ? roundNamed(data.outline.about.wave) : undefined;
}

/** What a file tells now; a sentence where that is nothing. */
export interface Tier {
  readonly asked: Asked;
  readonly network: Network | string;
}

/** @param asked the newest first @returns those that stand, the newest first */
export async function openTiers(asked: readonly Asked[]): Promise<Tier[]> {
  const earlier: Shown[] = [];
  const tiers: Tier[] = [];
  for (const each of asked.toReversed()) {
    const { survey, before, published, stands } = each;
    const file = await readDataFile(each.zip, each.outline);
    try {
      const network = openNetwork(file, survey, policyOf(survey.file), before, earlier);
      earlier.push({ file, network });
      const isSame = before.length === published.length;
      if (stands) tiers.unshift({ asked: each, network: isSame ? network : narrowNetwork(network, survey, published) });
    } catch (error) {
      if (!(error instanceof NoAtoms)) throw error;
      if (stands) tiers.unshift({ asked: each, network: error.message });
    }
  }
  return tiers;
}

/**
 * Opens tiers, and keeps those of the survey that was asked last: to read its files and find its groups takes a second
 * or more, and whoever goes from page to page asks the same ones. That the files are as they were made is looked at each
 * time, in `findAsked`.
 */
export function rememberTiers(): typeof openTiers {
  let kept: { readonly of: string; readonly tiers: Tier[] } | undefined;
  return async (asked) => {
    const of = JSON.stringify(
      asked.map(({ zip, outline, stands, before, published }) => [
        zip,
        outline.about,
        stands,
        before.length,
        published.length,
      ]),
    );
    const tiers = kept?.of === of ? kept.tiers : await openTiers(asked);
    kept = { of, tiers };
    return tiers;
  };
}

function noneApproved(code: string, standings: readonly Standing[]): string {
  const waiting = standings.find(({ state, overtakenBy }) => state === 'waiting' && !overtakenBy);
  const next = waiting
    ? `Release ${waiting.number} waits to be approved: ${PROGRAM} release approve ${code} ${waiting.number} --by NAME`
    : `Make a release for the network: ${PROGRAM} release make ${code} --audience network`;
  return `No release of ${code} for the network is approved yet. ${next}`;
}
