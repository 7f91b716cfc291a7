/** Data files that are out already: a new one must not give people away beside them. */
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../../db/tables.ts';
import { getSurvey } from '../../questionnaire/parse.ts';
import type { Ledger } from '../../release/ledger/ledger.ts';
import { filesOut } from '../../release/ledger/parts/store.ts';
import type { DataFile, DataVariable } from '../../release/microdata/data-file.ts';
import { type Conflict, findConflict, type HeldFile, heldFile } from '../../release/microdata/earlier.ts';
import { type FileOutline, keyNamesOf, reopenFile } from '../../release/microdata/reopen-file.ts';
import { isTelling, type Versions } from '../../release/microdata/survey/columns.ts';
import { readZipText } from '../bundle/unzip.ts';
import { CommandFailed } from '../support.ts';
import { checkEarlierTier } from './earlier-tiers.ts';

const legacySchema = z.looseObject({ keys: z.array(z.string()) });

/** A released file with its values, from its zip. */
export async function readDataFile(zip: string, outline: FileOutline): Promise<DataFile> {
  return reopenFile(outline, await readZipText(zip, 'data.csv'));
}

/** @throws CommandFailed where two files side by side would give people away (rules R3 and M17) */
export async function checkEarlierFiles(
  db: Kysely<AnswersTables>,
  ledger: Ledger,
  releasesPath: string,
  { file, versions }: { readonly file: DataFile; readonly versions: Versions },
): Promise<void> {
  const now = heldOf(file, versions);
  const refuseBeside = (number: number, earlier: HeldFile, k: number) => {
    const conflict = findConflict(earlier, now, Math.min(k, file.about.k));
    if (conflict)
      throw new CommandFailed(
        `${WHY[conflict](number, earlier.keys)} Give release ${number} again with "release bundle".`,
      );
  };
  for await (const { number, data } of filesOut(db, ledger)) {
    if ('files' in data) {
      refuseBeside(number, heldText(data.files), file.about.k);
      continue;
    }
    const zip = join(releasesPath, data.file);
    const earlier = await readDataFile(zip, data.outline);
    refuseBeside(number, heldOf(earlier, versions), earlier.about.k);
    if (earlier.about.audience === 'network' && file.about.audience === 'network') {
      const survey = getSurvey(await readZipText(zip, 'questionnaire.json'));
      checkEarlierTier({ file: earlier, survey }, { file, survey: versions[0] });
    }
  }
}

const WHY: Readonly<Record<Conflict, (number: number, keys: readonly string[]) => string>> = {
  keys: (number, keys) =>
    `Release ${number} has other keys (${keys.join(', ')}). Rows of two files can be matched by their answers, and then the keys of both come together. Choose all of its keys, or some.`,
  joined: (number) =>
    `Rows of this file and of release ${number} can be matched by the columns that both have, and then what only one of them has (keys, weights, who was asked) leaves fewer alike than the files promise. Choose its keys and columns, or fewer of them.`,
  answers: (number) =>
    `Rows of this file and of release ${number} can be matched by the columns that both have, and then a sensitive answer that is in one of them is told of all who are alike on the keys of the other. Choose its keys, or leave the answer out.`,
  rows: (number) =>
    `Beside release ${number}, this file would show which few respondents are new, gone or changed. Wait for more responses.`,
};

/** @param versions of the survey as it is now: who was asked a question that is no longer in it is taken to tell nothing */
function heldOf({ variables, rows }: DataFile, versions: Versions): HeldFile {
  const codeOf = ({ name, question }: DataVariable) => question?.code ?? name;
  const published = new Set(variables.filter(({ role }) => role === 'key').map(codeOf));
  const namesOf = (wanted: DataVariable['role']) =>
    variables.flatMap(({ name, role }) => (role === wanted ? [name] : []));
  return {
    keys: keyNamesOf({ variables }),
    sensitive: namesOf('sensitive'),
    weights: namesOf('weight'),
    telling: variables.flatMap((each) => (isTelling(versions, codeOf(each), published) ? [each.name] : [])),
    columns: new Map(
      variables.flatMap(({ name, values }) =>
        values instanceof Int32Array || values instanceof Float64Array ? [[name, values]] : [],
      ),
    ),
    rows,
  };
}

/** A file that was made before there were zips: its codebook names its keys. */
function heldText(files: Readonly<Record<string, string>>): HeldFile {
  const textOf = (end: string) => files[Object.keys(files).find((name) => name.endsWith(end)) ?? ''] ?? '';
  const { keys } = legacySchema.parse(JSON.parse(textOf('codebook.json')));
  return heldFile(textOf('.csv'), keys);
}
