import { join } from 'node:path';
import type { Command } from 'commander';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { readSettings } from '../../config.ts';
import { hashFile } from '../../db/hash-file.ts';
import type { AnswersTables } from '../../db/tables.ts';
import type { LedgerLine, Part } from '../../release/ledger/ledger.ts';
import { findChanged, getData } from '../../release/ledger/parts/store.ts';
import { readLedger, sealsOf } from '../../release/ledger/store.ts';
import { verifyZip } from '../bundle/unzip.ts';
import { CommandFailed, command, counted, getPublished, parseWith, print, printJson, withAnswers } from '../support.ts';
import { findUnlisted } from './aside.ts';

const sealSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a seal as "release list" prints it: 64 digits and letters a to f');

/** `soundings release verify`: whether everything is as it was released. */
export function verifyCommand(): Command {
  return command(
    'release verify',
    'Check that every release is as it was made',
    'Each release against its hash, each data file against the sums in it, and the ledger against a seal that was kept. A data file that no release has is named too.',
  )
    .argument('<survey>', 'the survey’s name')
    .option('--seal <seal>', 'a seal that was kept earlier', parseWith(sealSchema))
    .option('--json', 'as JSON, for scripts')
    .action((code: string, { seal, json }: { readonly seal?: string; readonly json?: true }) =>
      withAnswers(async (db) => {
        await getPublished(db, code);
        const { parts, lines } = await readLedger(db, code);
        const { releasesPath } = readSettings();
        const problems = [
          ...missingOf(lines, parts),
          ...(await findProblems(db, code, parts, releasesPath)),
          ...(await findUnlisted(db, releasesPath)).map(unlisted),
        ];
        const seals = await sealsOf(db, code);
        const releases = new Set(parts.map(({ number }) => number)).size;
        if (seal !== undefined && !seals.includes(seal)) {
          problems.push(
            'The ledger never had this seal: a line up to there was changed, taken out or put in, or the seal is another survey’s.',
          );
        }
        if (json)
          printJson({
            survey: code,
            releases,
            lines: seals.length,
            problems,
          });
        else if (problems.length === 0)
          print(
            `${counted(releases, 'release')} of ${code} and ${counted(seals.length, 'line')} of its ledger are as they were made${seal === undefined ? '' : ', and the ledger has had this seal'}.`,
          );
        if (problems.length > 0) throw new CommandFailed(problems.join('\n'));
      }),
    );
}

function missingOf(lines: readonly LedgerLine[], parts: readonly Part[]): string[] {
  const gone = lines.filter(({ event, number }) => event === 'made' && !parts.some((part) => part.number === number));
  return gone.map(({ number }) => `Release ${number} was taken out of the store. Restore it from a backup.`);
}

const unlisted = (file: string) =>
  `${file} lies with the releases, and no release of any survey has it. Where an older store was restored, it is what was released later: keep it elsewhere.`;

async function findProblems(
  db: Kysely<AnswersTables>,
  code: string,
  parts: readonly Part[],
  releasesPath: string,
): Promise<string[]> {
  const changed = await findChanged(db, code);
  const problems = changed.map(
    ({ number, kind }) =>
      `Release ${number}: its ${kind === 'tables' ? 'tables were' : 'data file’s record was'} changed after it was made.`,
  );
  for (const { id, number, kind } of parts) {
    if (kind !== 'microdata' || changed.some((part) => part.id === id)) continue;
    const data = await getData(db, id);
    if ('files' in data) continue;
    const found = await checkZip(join(releasesPath, data.file), data.sha256);
    problems.push(...found.map((problem) => `Release ${number}, ${data.file}: ${problem}`));
  }
  return problems;
}

async function checkZip(path: string, sha256: string): Promise<string[]> {
  const found = await hashFile(path);
  if (found === undefined) return ['the file is not there. Restore it from a backup.'];
  if (found === sha256) return [];
  return ['it is not as it was made. Restore it from a backup.', ...(await verifyZip(path))];
}
