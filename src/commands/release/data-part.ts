/** The data file of a release: made, looked at beside the earlier ones, and written aside with everything that goes with it. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { getSource, type LiveSurvey } from '../../fieldwork/store.ts';
import { codebookPage } from '../../release/bundle/codebook-page.ts';
import { entries } from '../../release/bundle/entries.ts';
import { studyOf } from '../../release/bundle/study.ts';
import { bundleName } from '../../release/bundle/terms.ts';
import type { ZippedData } from '../../release/ledger/data-content.ts';
import type { Ledger } from '../../release/ledger/ledger.ts';
import type { Steps, Wanted } from '../../release/making/wanted.ts';
import type { DataFile } from '../../release/microdata/data-file.ts';
import { outlineOf } from '../../release/microdata/reopen-file.ts';
import { publicReport } from '../../release/microdata/report/public-report.ts';
import { leastK } from '../../release/microdata/rules.ts';
import { getVersions, randomForRows } from '../../release/microdata/store.ts';
import { NotReleasable } from '../../release/microdata/survey/columns.ts';
import { releaseFile } from '../../release/released.ts';
import type { ProtectedTables } from '../../release/tables/protected-tables.ts';
import { textEntries } from '../../release/texts/entries.ts';
import type { Snapshot } from '../../results/snapshot.ts';
import { weightsOf } from '../../results/weights.ts';
import { PATHS } from '../../web/paths.ts';
import { renderPage } from '../../web/render.ts';
import { writeZip } from '../bundle/zip.ts';
import { checkEarlierFiles } from './earlier-files.ts';
import { reportPage } from './report-page.ts';
import { makeTexts } from './texts-part.ts';

/** Where a release's file is written, and where its place is then. */
export interface Places {
  readonly releasesPath: string;
  readonly aside: string;
}

interface Making {
  readonly live: LiveSurvey;
  readonly snapshot: Snapshot;
  readonly synthetic: boolean;
  readonly number: number;
  readonly ledger: Ledger;
  /** What is published, and what is about to be. */
  readonly tables: readonly ProtectedTables[];
}

/** Makes the file and writes its zip aside. @throws NotReleasable, CommandFailed */
export async function makeDataPart(
  db: Kysely<AnswersTables>,
  wanted: Wanted,
  making: Making,
  { releasesPath, aside }: Places,
  steps: Steps,
): Promise<ZippedData> {
  const { live, snapshot, ...given } = making;
  const { survey } = live;
  const versions = await getVersions(db, live);
  const { audience, k = leastK(versions, audience), keyNames, keep, overrides } = wanted;
  const texts = await makeTexts(db, wanted.texts ?? [], survey, k, { ledger: making.ledger, releasesPath });
  const released = texts.map(({ content: { field, texts: items } }) => ({ question: field, items: items.length }));
  const settings = {
    ...given,
    audience,
    k,
    keyNames,
    keep,
    overrides,
    random: randomForRows(snapshot.responses),
    weights: weightsOf(survey, snapshot),
  };
  const { content } = releaseFile(versions, snapshot, {
    ...settings,
    report: (done, total) => steps('Data file', done, total),
  });
  const { file } = content;
  const report = { ...content.report, sha256: { 'questionnaire.json': live.hash } };
  await checkEarlierFiles(db, making.ledger, releasesPath, {
    file,
    versions,
    keyNames: keyNames ?? survey.file.disclosure.keys,
    remake: (names) => tryFile(versions, snapshot, { ...settings, keyNames: names, keep: keptOf(keep, names) }),
    report: (done, total) => steps('Other keys tried', done, total),
  });
  const outward = { ...publicReport(report), texts: released };
  const study = studyOf(survey.file);
  const enclosed = {
    study,
    questionnaire: await getSource(db, live.hash),
    codebook: renderPage(join(PATHS.views, 'release/codebook.ejs'), { codebook: codebookPage(file, study) }),
    disclosureHtml: reportPage(outward),
    disclosureJson: `${JSON.stringify(outward, null, 2)}\n`,
    texts: textEntries(texts),
  };
  const all = entries(file, enclosed, () => createHash('sha256'));
  let begun = 0;
  const { sha256, bytes } = await writeZip(aside, all, snapshot.madeOn, {
    report: () => steps('Files written', ++begun, all.length),
  });
  const { reviewedBy } = wanted;
  const inFull = { ...report, texts: released.map((each) => ({ ...each, reviewedBy })) };
  return { file: `${bundleName(file.about)}.zip`, sha256, bytes, outline: outlineOf(file), report: inFull };
}

const keptOf = (keep: readonly string[] | undefined, names: readonly string[]) =>
  keep?.filter((name) => names.includes(name));

/** The file with other settings; undefined where it cannot be made. */
function tryFile(...made: Parameters<typeof releaseFile>): DataFile | undefined {
  try {
    return releaseFile(...made).content.file;
  } catch (error) {
    if (error instanceof NotReleasable) return undefined;
    throw error;
  }
}
