/** A data folder with the made-up survey of farms and a release for the network. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeZip } from '../../../src/commands/bundle/zip.ts';
import { openAnswers } from '../../../src/db/open.ts';
import { publishVersion } from '../../../src/fieldwork/store.ts';
import { csvChunks } from '../../../src/release/bundle/csv.ts';
import { approve, refuse, withdraw } from '../../../src/release/ledger/ledger.ts';
import { recordDecision, recordRelease } from '../../../src/release/ledger/store.ts';
import type { DataFile } from '../../../src/release/microdata/data-file.ts';
import { outlineOf } from '../../../src/release/microdata/reopen-file.ts';
import { testFolder } from '../../support/folder.ts';
import { alike, FARMS_SOURCE, fileOf, type Row } from './farms.ts';

const TODAY = '2027-05-01';
export const ZIP = 'farms-1-synthetic.zip';

/** 100 farms; of the northern ones half tick wheat, of the southern ones a fifth. */
const ROWS = [1, 2].flatMap((k1) =>
  [1, 4].flatMap((size) => {
    const farm: Row = { k1, size, k3: 1, q1: 2, q3: 1, q2_rye: 0, q2_none: 0 };
    const wheat = k1 === 1 ? 12 : 5;
    return [...alike(wheat, { ...farm, q2_wheat: 1 }), ...alike(25 - wheat, { ...farm, q2_wheat: 0 })];
  }),
);

/** A data folder with the survey of farms, where a release for the network was made and this was decided on it. */
export async function folderWith(
  decision?: 'approved' | 'refused' | 'withdrawn',
  rows: readonly Row[] = ROWS,
  csv?: readonly string[],
): Promise<string> {
  const folder = testFolder();
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  await publishVersion(db, FARMS_SOURCE, TODAY);
  const data: DataFile = {
    about: {
      survey: 'farms',
      version: '1.0',
      title: 'A survey of farms',
      wave: 'Spring 2027',
      language: 'en',
      release: 1,
      madeOn: TODAY,
      synthetic: true,
      audience: 'network',
      k: 5,
      withheldRows: 'none',
      leftOut: [],
    },
    ...fileOf(rows),
  };
  mkdirSync(join(folder, 'releases'));
  const written = await writeZip(
    join(folder, 'releases', ZIP),
    [
      { name: 'farms-1-synthetic/data.csv', chunks: () => csv ?? csvChunks(data) },
      { name: 'farms-1-synthetic/questionnaire.json', chunks: () => [FARMS_SOURCE] },
    ],
    TODAY,
  );
  await db
    .insertInto('snapshots')
    .values({ id: 'a snapshot', survey: 'farms', made_on: TODAY, responses: rows.length })
    .execute();
  await recordRelease(
    db,
    {
      survey: 'farms',
      number: 1,
      person: 'Ada Byron',
      madeOn: TODAY,
      snapshot: 'a snapshot',
      settings: { audience: 'network' },
      reason: '',
      data: { file: ZIP, ...written, outline: outlineOf(data), report: {} },
    },
    () => {},
  );
  const decide = (decided: Parameters<typeof recordDecision>[3]) => recordDecision(db, 'farms', TODAY, decided);
  if (decision === 'refused') await decide((ledger) => refuse(ledger, 1, 'Bo', 'No.'));
  if (decision === 'approved' || decision === 'withdrawn')
    await decide((ledger) => approve(ledger, 1, 'Bo', undefined));
  if (decision === 'withdrawn') await decide((ledger) => withdraw(ledger, 1, 'Bo', 'A mistake.'));
  await close();
  return folder;
}
