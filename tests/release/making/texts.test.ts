/** M16: what people typed is read by a person, item by item, on a page, before any of it leaves. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readZipText } from '../../../src/commands/bundle/unzip.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../../support/browser.ts';
import { expectValidHtml } from '../../support/html.ts';
import { lendCookies } from '../../support/in-browser.ts';
import type { Entries, Respondent } from '../../support/respondent.ts';
import { auditOf } from '../../support/staff.ts';
import { CHOIRS, choirs, madeUp } from '../choirs.ts';
import { HABITS } from '../published.ts';
import { filesIn, HOME, openMaking, signInAs } from './making-site.ts';

const SAID = [
  'We sing better since we listen to ourselves',
  'Write to ada@example.org',
  '=SUM(1) <b>and</b> more',
  'Nobody minds',
  'Nobody minds',
  'Rhian from Llanrwst runs it',
  'A choir of six',
];

/** The choirs, of whom the first say these things at Z1. @param works whether there is somebody to do what is asked for */
async function openTexts(works: boolean, said: readonly string[] = SAID) {
  const file = JSON.parse(CHOIRS);
  const source = JSON.stringify({ ...file, disclosure: { ...file.disclosure, texts: ['Z1'] } });
  const answers = madeUp(choirs, 60, 3, HABITS).map((each, index) => ({ ...each, Z1: said[index] ?? null }));
  const site = await openMaking(answers, works, source);
  return { site, ada: await signInAs(site, 'Ada', 'researcher') };
}

/** Asks for a data file with what people typed, and comes to the page on which it is read. */
async function toRead(ada: Respondent): Promise<void> {
  await ada.open(`${HOME}/new`);
  await ada.press('Make this release', { holds: 'file', texts: 'Z1' });
}

/** The items in their order, as the page has them. */
const itemsOn = ({ html }: Respondent) =>
  [...html.matchAll(/name="answer-Z1-\d+" value="([^"]*)"/g)].map(([, text = '']) => text);

/** Decides about each item by its text. */
function decisions(ada: Respondent, decide: (text: string) => string): Record<string, string> {
  return Object.fromEntries(itemsOn(ada).map((text, place) => [`decision-Z1-${place + 1}`, decide(text)]));
}

describe('M16: on the site', () => {
  test('each item is decided about, and what may leave is in the zip, in the words that may', async () => {
    const { site, ada } = await openTexts(true);
    await toRead(ada);
    expect(ada.heading).toBe('Read what people typed');
    expect(itemsOn(ada)).toHaveLength(7);
    expect(ada.words).toContain('Write to [e-mail]');
    expect(ada.html).not.toContain('ada@example.org');
    const place = itemsOn(ada).findIndex((text) => text.startsWith('Rhian')) + 1;
    const entries: Entries = {
      ...decisions(ada, (text) => (text.startsWith('Write') ? 'no' : 'yes')),
      [`instead-Z1-${place}`]: 'Somebody runs it',
    };
    await ada.press('Make this release', entries);
    await site.settle();
    expect(filesIn(site)).toEqual(['choirs-1-synthetic.zip']);
    const text = await readZipText(join(site.releasesPath, 'choirs-1-synthetic.zip'), 'texts-Z1.csv');
    expect(text.trimEnd().split('\r\n').slice(1).sort()).toEqual(
      [
        "'=SUM(1) <b>and</b> more",
        'A choir of six',
        'Nobody minds',
        'Nobody minds',
        'Somebody runs it',
        'We sing better since we listen to ourselves',
      ].sort(),
    );
    // Nothing of it is left on the list, and that it was read stands in the audit.
    const [job] = await site.db.selectFrom('release_jobs').selectAll().execute();
    expect(job?.texts).toBeNull();
    expect(JSON.stringify(job)).not.toContain('choir of six');
    expect(await auditOf(site.db)).toContain('Ada: release_texts_read choirs');
  });

  test.each<[string, (text: string) => string, Entries, string, string]>([
    ['an item left open', (text) => (text === 'A choir of six' ? '' : 'yes'), {}, 'say whether it may leave', ''],
    [
      'too few that may leave',
      (text) => (text === 'Nobody minds' ? 'yes' : 'no'),
      {},
      'At least 5 of the answers to Z1',
      '',
    ],
    [
      'an address put in',
      () => 'yes',
      { 'instead-Z1-1': 'Ask bo@example.org' },
      'item 1: there is still what looks like [e-mail]',
      'Ask bo@example.org',
    ],
  ])('%s is sent back with what was decided', async (_, decide, more, words, kept) => {
    const { site, ada } = await openTexts(false);
    await toRead(ada);
    const wanted = Object.fromEntries(Object.entries(decisions(ada, decide)).filter(([, value]) => value !== ''));
    await ada.press('Make this release', { ...wanted, ...more });
    expect(ada.status).toBe(422);
    expect(ada.errors[0]?.text).toContain(words);
    expect(ada.html).toContain(`id="${ada.errors[0]?.href.slice(1)}"`);
    expect(ada.entered).toMatchObject(wanted);
    if (kept) expect(ada.entered['instead-Z1-1']).toBe(kept);
    expect(await site.db.selectFrom('release_jobs').selectAll().execute()).toEqual([]);
  });

  test('what nobody typed cannot be put in', async () => {
    const { site, ada } = await openTexts(true);
    const items = [...Array(6).keys()].map((n) => `answer-Z1-${n + 1}=made+up&decision-Z1-${n + 1}=yes`).join('&');
    await ada.post(`${HOME}/texts`, `holds=file&keys=stage&keys=size&keep=usual&texts=Z1&${items}`);
    await site.settle();
    await ada.open(ada.address);
    expect(ada.words).toContain('Z1 cannot be released. Not among the answers to Z1');
    expect(filesIn(site)).toEqual([]);
  });

  test('too few to be released, and tables alone, are said so before anything is read', async () => {
    const { site, ada } = await openTexts(false, SAID.slice(0, 3));
    await toRead(ada);
    expect(ada.errors.map(({ text }) => text)).toEqual(['Fewer than 5 answers to Z1 may be released: leave it out']);
    await ada.open(`${HOME}/new`);
    await ada.press('Make this release', { holds: 'tables', texts: 'Z1' });
    expect(ada.errors[0]?.text).toContain('goes into the zip of a data file');
    expect(await site.db.selectFrom('release_jobs').selectAll().execute()).toEqual([]);
  });
});

test.each([320, 1280])('the page at %i pixels', async (width) => {
  const { site, ada } = await openTexts(false, [...SAID, 'X'.repeat(300)]);
  const page = await openPage({ width });
  await lendCookies(page, ada, site.url);
  await page.goto(`${site.url}${HOME}/new`);
  await page.getByLabel('A data file, for the research network').check({ force: true });
  await page.getByText('Let out what people typed').click();
  await page.getByLabel('Z1').check({ force: true });
  const send = () =>
    Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Make this release' }).click()]);
  await send();
  for (const name of ['texts', 'texts-wrong']) {
    await screenshot(page, `making-${name}-${width}`);
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
    if (name === 'texts') await send();
  }
  if (width === 1280) await expectValidHtml(await page.content());
});
