/** A release as pages in a folder, to be opened from there: what the public would see, and what staff have to know. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readSettings } from '../../config.ts';
import { creditOf } from '../../questionnaire/credit.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import type { ZippedData } from '../../release/ledger/data-content.ts';
import { type Standing, whyOvertaken } from '../../release/ledger/ledger.ts';
import type { TablesRelease } from '../../release/ledger/parts/store.ts';
import { inOtherLanguage, walkPages } from '../../release/page/disk-pages.ts';
import { noticeOf } from '../../release/page/releases.ts';
import { viewTables } from '../../release/page/tables-view.ts';
import { resultsCsv, resultsJson } from '../../release/tables/results-file.ts';
import { PATHS } from '../../web/paths.ts';
import { renderPage } from '../../web/render.ts';
import { wordsFor } from '../../web/words.ts';
import { readZipText } from '../bundle/unzip.ts';
import { CommandFailed, PROGRAM } from '../support.ts';
import { standingLines } from './list.ts';
import { type NextStep, nextSteps } from './next-steps.ts';
import { reportPage } from './report-page.ts';

export interface Looked {
  readonly survey: Survey;
  readonly standing: Standing;
  readonly tables: TablesRelease | undefined;
  readonly data: ZippedData | undefined;
}

interface FileToRead {
  readonly href: string;
  readonly text: string;
  readonly about: string;
}

const BESIDE = ['soundings.css', 'atkinson-hyperlegible-next.woff2'];

/**
 * Writes the folder, for this user only. @returns the page to begin with
 * @throws CommandFailed where something is there already, or the release's zip is not where it should be
 */
export async function writeLook(release: Looked, folder: string): Promise<string> {
  const place = resolve(folder);
  const { tables, data, survey, standing } = release;
  const zip = data && getZip(data);
  makeEmpty(place);
  for (const name of BESIDE) copyFileSync(join(PATHS.builtAssets, name), join(place, name));
  const put = (name: string, text: string) => writeFileSync(join(place, name), text, { mode: 0o600 });
  const files = [
    ...(tables ? writeResults(release, tables, put) : []),
    ...(data && zip ? await writeReports(release, data, zip, put) : []),
  ];
  const { code, title } = { code: survey.file.survey, title: titleOf(survey, 'en') };
  const zipStep = `${PROGRAM} release bundle ${code} ${standing.number}${standing.state === 'waiting' ? ' --unapproved' : ''}`;
  const commands: readonly NextStep[] = [
    ...(data ? [{ name: 'Take the zip out', words: zipStep }] : []),
    ...nextSteps(code, standing),
  ];
  put(
    'index.html',
    renderPage(join(PATHS.views, 'release/look.ejs'), {
      ...frameOf(release, 'en', []),
      title: `Release ${standing.number} of ${title}`,
      lead: holdsOf(release),
      overtaken: whyOvertaken(standing),
      files,
      commands,
      facts: factsOf(release),
    }),
  );
  return join(place, 'index.html');
}

/** The pages of the tables in each language, as they would stand on the site, and their files. */
function writeResults(release: Looked, tables: TablesRelease, put: (name: string, text: string) => void): FileToRead[] {
  const { languages, survey: code } = release.survey.file;
  const first = walkPages(languages, (page, addressOf) => {
    const { lang, wanted, file } = page;
    const reading = { lang, t: wordsFor(lang), credit: creditOf(release.survey.file, lang) };
    const links = { results: addressOf({ section: undefined, by: undefined, dontKnowOut: false }), figures: 'results' };
    const shown = viewTables(tables, wanted, { ...links, releases: undefined, bundle: undefined, addressOf }, reading);
    if (!shown) throw new Error(`there is no page ${file} of ${code}`);
    const others = languages.map((other) => ({ lang: other, href: inOtherLanguage(page, other, languages) }));
    put(
      file,
      renderPage(join(PATHS.views, `${shown.template}.ejs`), { ...frameOf(release, lang, others), ...shown.view }),
    );
  });
  put('results.csv', resultsCsv(tables.tables));
  put('results.json', `${JSON.stringify(resultsJson(tables.tables, tables), null, 2)}\n`);
  return [
    { href: first, text: 'The results', about: 'Every page of them, as they would be published.' },
    { href: 'results.csv', text: 'All figures as a table', about: 'As they would be given out (CSV).' },
  ];
}

async function writeReports(
  { standing }: Looked,
  { report }: ZippedData,
  zip: string,
  put: (name: string, text: string) => void,
): Promise<FileToRead[]> {
  put('disclosure-report-for-staff.html', reportPage(report, noticeOf(standing, wordsFor('en'))));
  for (const name of ['disclosure-report.html', 'codebook.html', 'README.txt']) put(name, await readZipText(zip, name));
  return [
    {
      href: 'disclosure-report-for-staff.html',
      text: 'The disclosure report in full',
      about: 'For staff: what the data file risks and what that cost. It tells exact numbers that never leave.',
    },
    {
      href: 'disclosure-report.html',
      text: 'The disclosure report of the zip',
      about: 'What everybody may read, as it stands in the zip.',
    },
    {
      href: 'codebook.html',
      text: 'The codebook',
      about: 'Each column of the data file, and how often each answer is in it.',
    },
    { href: 'README.txt', text: 'README.txt', about: 'What is told first to whoever opens the zip.' },
  ];
}

/** What `layout/head` reads. */
function frameOf(
  { survey, standing, tables, data }: Looked,
  lang: string,
  others: readonly { lang: string; href: string }[],
) {
  return {
    lang,
    surveyTitle: titleOf(survey, lang),
    home: 'index.html',
    wide: true,
    synthetic: tables?.tables.content.synthetic ?? data?.outline.about.synthetic ?? false,
    onDisk: { notice: noticeOf(standing, wordsFor(lang)) },
    languages: others.map((each) => ({
      ...each,
      name: new Intl.DisplayNames([each.lang], { type: 'language' }).of(each.lang) ?? each.lang,
    })),
  };
}

const titleOf = ({ file }: Survey, lang: string) => inLanguage(file.title, lang, file.languages[0] ?? 'en');

function holdsOf({ standing: { audience }, tables, data }: Looked): string {
  const whom = audience === 'public' ? 'everybody' : 'the research network';
  const holds = [...(tables ? ['tables, which are the results page'] : []), ...(data ? ['a data file'] : [])];
  return `It holds ${holds.join(', and ')}. It is for ${whom}.`;
}

function factsOf({ standing, tables, data }: Looked): { readonly name: string; readonly words: string }[] {
  const [state = '', ...more] = standingLines(standing).map((line) => line.trim());
  return [
    { name: 'Where it stands', words: state.replace(/^\d+\s+/, '') },
    ...more.map((words, place) => ({ name: place === 0 ? 'Made' : 'Since then', words })),
    ...(tables ? [{ name: 'SHA-256 of the tables', words: tables.hash }] : []),
    ...(data ? [{ name: `SHA-256 of ${data.file}`, words: data.sha256 }] : []),
  ];
}

function getZip({ file }: ZippedData): string {
  const zip = join(readSettings().releasesPath, file);
  if (existsSync(zip)) return zip;
  throw new CommandFailed(`${zip} is not there. Restore it from a backup.`);
}

/** @throws CommandFailed where something stands there already: pages of two releases side by side would mislead */
function makeEmpty(place: string): void {
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats && !stats.isDirectory()) throw new CommandFailed(`${place} is a file. Name a new folder with --page.`);
  if (stats && readdirSync(place).length > 0) {
    throw new CommandFailed(`${place} holds something already. Name a new folder with --page.`);
  }
  mkdirSync(place, { recursive: true, mode: 0o700 });
}
