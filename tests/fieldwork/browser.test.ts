/** Every page of a survey's life: axe finds nothing, nothing scrolls sideways, it is valid HTML, nothing is refused by the policy. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publishVersion } from '../../src/fieldwork/store.ts';
import {
  expectNoAxeViolations,
  expectNoSidewaysScroll,
  openDetails,
  openPage,
  screenshot,
} from '../support/browser.ts';
import { setStatus, sourceOf } from '../support/fieldwork.ts';
import { expectValidHtml } from '../support/html.ts';
import { lendCookies } from '../support/in-browser.ts';
import { openStaffSite } from '../support/staff.ts';

interface PageState {
  readonly name: string;
  readonly heading: string;
  readonly address: string;
  /** What is typed into the box, and the button that is pressed. */
  readonly send?: {
    readonly button: string;
    readonly source?: string;
    readonly file?: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
  };
}

const SAVE = 'Check and save as a draft';
const ZIP = Buffer.from('PK\u0003\u0004');
const FLAGSHIP = readFileSync(join(import.meta.dirname, '../../surveys/ai-adoption/1.0.json'), 'utf8');
const NEXT = FLAGSHIP.replace('"version": "1.0"', '"version": "1.1"')
  .replace('Where is your organisation mainly based?', 'Where does your organisation mainly work?')
  .replace('"closes": "2027-12-15"', '"closes": "2027-12-20"');

const NEW: readonly PageState[] = [
  { name: 'list', heading: 'Surveys', address: '/staff/surveys' },
  { name: 'survey', heading: 'AI adoption in UK social enterprises', address: '/staff/surveys/ai-adoption' },
  { name: 'new survey', heading: 'Begin a new survey', address: '/staff/new-survey' },
  {
    name: 'new survey, empty',
    heading: 'Begin a new survey',
    address: '/staff/new-survey',
    send: { button: SAVE, source: '' },
  },
  {
    name: 'new survey, a draft',
    heading: 'Draft of version 1.0',
    address: '/staff/new-survey',
    send: { button: SAVE, source: sourceOf('every-type') },
  },
  { name: 'survey that is a draft', heading: 'Every type of question', address: '/staff/surveys/every-type' },
  {
    name: 'new version, not JSON',
    heading: 'Add a new version',
    address: '/staff/surveys/ai-adoption/versions/new',
    send: { button: SAVE, source: FLAGSHIP.slice(0, -20) },
  },
  {
    name: 'new version, a zip',
    heading: 'Add a new version',
    address: '/staff/surveys/ai-adoption/versions/new',
    send: { button: SAVE, file: { name: `${'long-'.repeat(30)}.zip`, mimeType: 'application/zip', buffer: ZIP } },
  },
];

const DRAFTS: readonly PageState[] = [
  {
    name: 'draft, wrong',
    heading: 'Draft of version 1.1',
    address: '/staff/surveys/ai-adoption/versions/new',
    send: { button: SAVE, source: NEXT.replaceAll('"code": "trial"', '"code": "attempt"') },
  },
  {
    name: 'draft, already there',
    heading: 'Change or replace the file',
    address: '/staff/surveys/ai-adoption/versions/new',
    send: { button: SAVE, source: NEXT },
  },
  {
    name: 'draft, right',
    heading: 'Draft of version 1.1',
    address: '/staff/surveys/ai-adoption/drafts/1.1/replace',
    send: { button: SAVE, file: { name: 'next.json', mimeType: 'application/json', buffer: Buffer.from(NEXT) } },
  },
  {
    name: 'draft, discard',
    heading: 'Throw the draft of version 1.1 away',
    address: '/staff/surveys/ai-adoption/drafts/1.1/discard',
  },
  {
    name: 'draft, none',
    heading: 'There is no such draft',
    address: '/staff/surveys/ai-adoption/drafts/9.9',
  },
  { name: 'list with a draft', heading: 'Surveys', address: '/staff/surveys' },
  {
    name: 'survey with a draft',
    heading: 'AI adoption in UK social enterprises',
    address: '/staff/surveys/ai-adoption',
  },
];

const LIFE: readonly PageState[] = [
  { name: 'close', heading: 'Close the survey', address: '/staff/surveys/ai-adoption/close' },
  {
    name: 'close, nothing chosen',
    heading: 'Close the survey',
    address: '/staff/surveys/ai-adoption/close',
    send: { button: 'Close the survey' },
  },
  { name: 'reopen', heading: 'Open the survey again', address: '/staff/surveys/ai-adoption/reopen' },
  {
    name: 'archive, open',
    heading: 'Put the survey into the archive',
    address: '/staff/surveys/ai-adoption/archive',
  },
  {
    name: 'archive, closed',
    heading: 'Put the survey into the archive',
    address: '/staff/surveys/two-languages/archive',
  },
  {
    name: 'archive, done',
    heading: 'The bus in your village',
    address: '/staff/surveys/two-languages/archive',
    send: { button: 'Put it into the archive' },
  },
  { name: 'archived surveys', heading: 'Archived surveys', address: '/staff/archived-surveys' },
  {
    name: 'unarchive',
    heading: 'Take the survey out of the archive',
    address: '/staff/surveys/two-languages/unarchive',
  },
  { name: 'paths', heading: 'Who is asked what', address: '/staff/surveys/ai-adoption/paths' },
];

test.each([
  ['surveys and files', 320, NEW],
  ['surveys and files', 1280, NEW],
  ['drafts of versions', 320, DRAFTS],
  ['drafts of versions', 1280, DRAFTS],
  ['closing, opening and the archive', 320, LIFE],
  ['closing, opening and the archive', 1280, LIFE],
] as const)('%s, at %i pixels', async (_, width, states) => {
  const page = await openPage({ width });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  const faults: string[] = [];
  const site = await openStaffSite();
  await publishVersion(site.db, FLAGSHIP, '2027-03-01');
  await setStatus(site.db, 'two-languages', 'closed');
  const browser = await site.signIn(await site.add('Ada', { admin: true }));
  await lendCookies(page, browser, site.url);
  for (const { name, heading, address, send } of states) {
    try {
      await page.goto(site.url + address);
      if (send) {
        if (send.source !== undefined) await page.fill('textarea[name=source]', send.source);
        if (send.file) await page.setInputFiles('input[name=file]', send.file);
        await Promise.all([
          page.waitForNavigation(),
          page.getByRole('button', { name: send.button, exact: true }).click(),
        ]);
      }
      await openDetails(page);
      expect(await page.textContent('h1')).toContain(heading);
      await screenshot(page, `surveys-${name.replaceAll(/\W+/g, '-')}-${width}`);
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
      if (width === 1280) await expectValidHtml(await page.content());
    } catch (error) {
      faults.push(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  expect(faults).toEqual([]);
  expect(complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
});
