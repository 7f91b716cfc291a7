/**
 * A researcher's story in a real browser, from an invitation to a data file whose checksums hold. Nobody in it opens a
 * terminal, and after the first address nobody types one; only the answers are made up, as whoever runs a trial does.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { readZipEntry } from '../../src/commands/bundle/unzip.ts';
import { openWorkshop } from '../../src/commands/release/workshop.ts';
import { pictureDrawer } from '../../src/commands/threads/drawer.ts';
import { fileWorker } from '../../src/commands/threads/file-worker.ts';
import { networkAsker } from '../../src/commands/threads/network-asker.ts';
import { openAnswers } from '../../src/db/open.ts';
import { CHOIRS } from '../release/choirs.ts';
import { Colleague } from '../support/colleague.ts';
import { testFolder } from '../support/folder.ts';
import { addMadeUp } from '../support/made-up.ts';
import { openStaffSite } from '../support/staff.ts';
import { endWeek } from '../support/weeks.ts';

const TITLE = 'Choirs and recording (synthetic)';
const FILE = 'The survey’s file, from this computer';
const WEEK_IN_MINUTES = 7 * 24 * 60;

test.each([
  { width: 320, scripts: false },
  { width: 1280, scripts: true },
])('at $width pixels, with scripts: $scripts', { timeout: 600_000 }, async (options) => {
  const { site, keep } = await openWholeSite();
  const ada = await Colleague.signedIn(site, 'Ada', { admin: true }, options);
  const faulty = keep('from-rea.json', CHOIRS.replace('"role": "quasi"', '"role": "quazi"'));
  const rea = await Colleague.at(site, await inviteToDraft(ada, faulty), 'Rea', options);
  const kept = await rea.takeUp('rea@example.org');
  expect(kept.recoveryCodes).toHaveLength(10);

  await mend(rea, keep('unreadable.json', CHOIRS.replace('"choirs",', '"choirs"')));
  await preview(rea);
  await ada.follow('Surveys');
  await ada.follow(TITLE);
  await ada.follow('Version 1.0');
  await ada.waitFor('Publish version 1.0');
  await ada.press('Publish version 1.0');

  await addMadeUp(site.db, 'choirs', 120);
  site.wait(WEEK_IN_MINUTES);
  await endWeek(site.db, 'choirs', '2027-W09');
  await rea.follow('Surveys');
  expect(await rea.words()).toContain('Your session is over');
  await rea.signIn(kept);
  await followFieldwork(rea);

  const bo = await Colleague.signedIn(site, 'Bo', { roles: [{ survey: 'choirs', role: 'approver' }] }, options);
  await makeTables(rea);
  await approveTables(bo);
  await makeDataFile(rea);
  await approveDataFile(bo);

  await readResults(rea);
  await takeFigures(rea);
  await takeDataFile(rea, keep);
});

/** The site as a server runs it: on disk, with threads that check files, make releases, answer researchers and draw. */
async function openWholeSite() {
  const folder = testFolder();
  const [answersPath, releasesPath] = [join(folder, 'answers.sqlite'), join(folder, 'releases')];
  const { db, close } = await openAnswers(answersPath);
  onTestFinished(close);
  const workshop = await openWorkshop(
    { db, log: pino({ level: 'silent' }), now: () => site.now() },
    { answersPath, releasesPath },
  );
  onTestFinished(workshop.close);
  const site = await openStaffSite({ releasesPath }, [], {
    db,
    releaseWork: workshop.releaseWork,
    askNetwork: networkAsker({ answersPath, releasesPath }),
    drawPicture: pictureDrawer(),
    workOnFile: fileWorker(),
  });
  /** Puts a file on somebody's computer. @returns where */
  const keep = (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  return { site, keep };
}

type Keep = Awaited<ReturnType<typeof openWholeSite>>['keep'];

/** An admin begins the survey, with a file that has a mistake, and asks its researcher to join. @returns the link */
async function inviteToDraft(ada: Colleague, faulty: string): Promise<string> {
  await ada.follow('Begin a new survey');
  await ada.choose(FILE, faulty);
  await ada.press('Check and save as a draft');
  await ada.follow('Accounts');
  await ada.write('E-mail address', 'rea@example.org');
  await ada.write('Name', 'Rea');
  await ada.tick('Researcher', TITLE);
  await ada.press('Make the link');
  return ada.linkTo('/staff/invitations/');
}

/** She reads what is wrong, and sends a file that is worse, which is not kept; then one that is right. */
async function mend(rea: Colleague, unreadable: string): Promise<void> {
  await rea.follow('Surveys');
  await rea.follow(TITLE);
  await rea.follow('Version 1.0');
  await rea.waitFor('There is no role "quazi". Did you mean "quasi"?');
  await rea.follow('Change or replace the file');
  await rea.choose(FILE, unreadable);
  await rea.press('Check and save as a draft');
  expect(await rea.words()).toContain('Line 2. A comma is missing after "choirs". Add it.');
  await rea.write('Or its text, pasted', CHOIRS);
  await rea.press('Check and save as a draft');
  await rea.waitFor('The check finds no error.');
}

async function preview(rea: Colleague): Promise<void> {
  await rea.follow('Preview it');
  await rea.press('Begin the preview');
  await rea.answer({ A1: 'yes' });
  await rea.answer({ S1: 'never', O1: 'n20' });
  await rea.answer({ V1: 'yes', U1: ['mic', 'room'], C1_cost: 'big', C1_rights: 'no', Z1: 'No, thank you' });
  await rea.press('Send your answers');
  expect(await rea.words()).toContain('Nothing was stored.');
  await rea.press('End the preview');
}

async function followFieldwork(rea: Colleague): Promise<void> {
  await rea.follow(TITLE);
  expect(await rea.words()).toContain('at least 100');
  await rea.follow('Who is asked what');
  await rea.goBack();
  await rea.follow('How fieldwork goes');
  expect(await rea.words()).toContain('Up to the end of 7 March 2027.');
  await rea.follow(TITLE);
}

async function makeTables(rea: Colleague): Promise<void> {
  await rea.follow('Releases');
  await rea.press('Make the first release');
  await rea.tick('The results page, for everybody');
  await rea.press('Make this release');
  await rea.waitFor('Who can approve it');
  expect(await rea.words()).toContain('You made it, so somebody else has to approve it.');
}

/** Another person finds it on their first page, looks at it and lets it out. */
async function approveTables(bo: Colleague): Promise<void> {
  await bo.follow('Staff');
  await bo.follow('Release 1 waits for you to look at it, and to approve or refuse it');
  await bo.follow('The results');
  await bo.follow('Views');
  await bo.follow('Release 1');
  await bo.press('Approve');
  await bo.tick('I have looked at what is in it and at what it risks');
  await bo.press('Approve and publish');
  await bo.follow('Its published page');
  expect(await bo.words()).toContain('This is release 1, made on 8 March 2027.');
  await bo.goBack();
}

/** For the network, with one of the settings that the site has compared. */
async function makeDataFile(rea: Colleague): Promise<void> {
  await rea.follow('Releases');
  await rea.press('Make a release');
  await rea.tick('A data file, for the research network');
  await rea.press('Compare settings');
  await rea.waitFor('Settings side by side');
  await rea.follow('At least 5 alike');
  await rea.press('Make this release');
  await rea.waitFor('Who can approve it');
}

async function approveDataFile(bo: Colleague): Promise<void> {
  await bo.follow('Staff');
  await bo.follow('Release 2 waits for you to look at it, and to approve or refuse it');
  await bo.follow('The disclosure report in full');
  expect(await bo.words()).toContain('5 was asked for.');
  await bo.follow('Release 2');
  await bo.press('Approve');
  await bo.tick('I have looked at what is in it and at what it risks');
  await bo.press('Approve');
}

/** What everybody sees, and the report. */
async function readResults(rea: Colleague): Promise<void> {
  await rea.follow('Surveys');
  await rea.follow(TITLE);
  await rea.follow('Published results');
  await rea.follow('Views');
  await rea.goBack();
  await rea.follow('A report in sentences and charts');
  expect(await rea.words()).toContain('“Records”, 57 of 120 (48%');
  await rea.goBack();
  await rea.goBack();
}

/** What researchers see: a question side by side and with a filter, as charts and tables to take along, and the report. */
async function takeFigures(rea: Colleague): Promise<void> {
  await rea.follow('Results for researchers');
  await rea.follow(/^V1\. /);
  await rea.pick('Side by side', 'stage');
  await rea.press('Show');
  expect(await rea.words()).toContain('Side by side: Stage');
  await rea.unfold('Only some, by Stage');
  await rea.tick('Records');
  await rea.press('Show');
  expect(await rea.words()).toContain('Stage: Records');
  const taken: Record<string, Buffer> = {};
  for (const words of ['Chart (SVG)', 'Chart (PNG)', 'Table (CSV)', 'Table (Excel)']) {
    const { name, bytes } = await rea.download(words);
    taken[name] = bytes;
  }
  const name = 'choirs-2-V1-by-stage-filtered-synthetic';
  expect(Object.entries(taken).map(([file, bytes]) => [file, bytes.toString('latin1', 0, 4)])).toEqual([
    [`${name}.svg`, '<svg'],
    [`${name}.png`, '\x89PNG'],
    [`${name}.csv`, 'surv'],
    [`${name}.xlsx`, 'PK\x03\x04'],
  ]);
  expect(String(taken[`${name}.csv`])).toContain(',stage=user,');
  await rea.follow('All questions');
  await rea.follow('Report');
  await rea.goBack();
}

/** The data file with all that belongs to it: each file is as it was made, and the whole is what was approved. */
async function takeDataFile(rea: Colleague, keep: Keep): Promise<void> {
  await rea.follow('The data file itself');
  const { name, bytes } = await rea.download(/^The data file with its codebook/);
  expect(name).toBe('choirs-2-synthetic.zip');
  expect(await rea.words()).toContain(sha256(bytes));
  const zip = keep(name, bytes);
  const sums = String(await fileIn(zip, 'SHA256SUMS'))
    .trim()
    .split('\n')
    .map((line) => line.split('  '));
  expect(sums.map(([, file]) => file)).toEqual(expect.arrayContaining(['data.csv', 'data.sav', 'codebook.html']));
  for (const [sum, file = ''] of sums) expect([file, sha256(await fileIn(zip, file))]).toEqual([file, sum]);
  expect(String(await fileIn(zip, 'README.txt'))).toContain('120 rows, one for each respondent in the file');
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function fileIn(zip: string, name: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readZipEntry(zip, name)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
