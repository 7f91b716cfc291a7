/** How fieldwork goes, as a survey's staff see it: counted when a week is over, in steps. */
import { expect, test } from 'vitest';
import { publishVersion } from '../../../src/fieldwork/store.ts';
import { withdrawResponse } from '../../../src/responses/store.ts';
import { sourceOf } from '../../support/fieldwork.ts';
import { openStaffSite, type StaffSite } from '../../support/staff.ts';
import { begin, endWeek, sendMadeUp } from '../../support/weeks.ts';

const CODE = 'ai-adoption';
const PAGE = `/staff/surveys/${CODE}/fieldwork`;

async function openFlagship(): Promise<StaffSite> {
  const site = await openStaffSite();
  await publishVersion(site.db, sourceOf(CODE), '2027-01-01');
  return site;
}

const researcherOf = async (site: StaffSite) =>
  site.signIn(await site.add('Ada', { roles: [{ survey: CODE, role: 'researcher' }] }));

/** The rows of the tables on a page, cells parted by `|`. */
function rowsIn(html: string): string[] {
  const bare = html.replaceAll(/<span class="sn-figures__label"[^>]*>[^<]*<\/span>/g, '');
  return [...bare.matchAll(/<tr\b[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd]\b[^>]*>([\s\S]*?)<\/t[hd]>/g)]
      .map(([, cell = '']) => cell.replaceAll(/<[^>]+>/g, '').trim())
      .join(' | '),
  );
}

test('before anybody has begun the page says so, and what has to happen', async () => {
  const site = await openFlagship();
  const ada = await researcherOf(site);
  await ada.open(`/staff/surveys/${CODE}`);
  await ada.follow('How fieldwork goes');
  expect(ada.address).toBe(PAGE);
  expect(ada.words).toContain('A week is counted when it is over, and none has been yet.');
  expect(ada.words).toContain('No figures yet. Nobody has begun');
  await ada.follow('Possible doubles, and stages that are read in two ways');
  expect(ada.words).toContain('Fewer than ten people had sent answers by the end of last week.');
});

test('weeks, stages and pages are told in steps, and this week is in none of them', async () => {
  const site = await openFlagship();
  await sendMadeUp(site.db, CODE, 47, '2027-W06', 1);
  for (let n = 0; n < 14; n++) await begin(site.db, CODE, { A1: 'yes' }, '2027-W07');
  await endWeek(site.db, CODE, '2027-W06');
  await sendMadeUp(site.db, CODE, 66, '2027-W08', 2);
  await endWeek(site.db, CODE, '2027-W08');
  await sendMadeUp(site.db, CODE, 80, '2027-W09', 3);
  const ada = await researcherOf(site);
  await ada.open(PAGE);
  expect(ada.words).toContain('Up to the end of 28 February 2027. What came since is not in it');
  const rows = rowsIn(ada.html);
  expect(rows.slice(0, 3)).toEqual([
    'By the end of | Begun | Sent | Left | Withdrawn',
    '14 February 2027 | at least 60 | at least 40 | fewer than 10 | fewer than 10',
    '28 February 2027 | at least 100 | at least 100 | at least 10 | fewer than 10',
  ]);
  expect(rows).toContain('Page | Left there | Came to it | Share that left there');
  expect(rows.filter((row) => row.includes('at least 10 | at least 100 | between 6% and 19%'))).toHaveLength(1);
  expect(rows).toContain('Other pages | fewer than 10 | – | –');
});

test('who takes their answers back lowers no figure, neither at once nor when the week is over', async () => {
  const site = await openFlagship();
  await sendMadeUp(site.db, CODE, 41, '2027-W07');
  await endWeek(site.db, CODE, '2027-W07');
  const ada = await researcherOf(site);
  const before = (await ada.open(PAGE)).html;
  for (let n = 0; n < 5; n++) expect(await withdrawResponse(site.db, CODE, `2027-W07-${n}`, '2027-W08')).toBe(true);
  expect((await ada.open(PAGE)).html).toBe(before);
  await endWeek(site.db, CODE, '2027-W08');
  expect(rowsIn((await ada.open(PAGE)).html)).toEqual(rowsIn(before));
});

test('the file holds what was ever shown, and lines only ever come to it', async () => {
  const site = await openFlagship();
  await sendMadeUp(site.db, CODE, 41, '2027-W07');
  await endWeek(site.db, CODE, '2027-W07');
  const ada = await researcherOf(site);
  const fetchCsv = async () => (await fetch(`${site.url}${PAGE}.csv`, { headers: { cookie: ada.cookies } })).text();
  const first = await fetchCsv();
  expect(first.split('\r\n').slice(0, 2)).toEqual([
    'survey,week,week_ends,figure,stage,at_least',
    'ai-adoption,2027-W07,2027-02-21,begun,all,40',
  ]);
  expect(first).toMatch(/^ai-adoption,2027-W07,2027-02-21,sent,not known,0$/m);
  await sendMadeUp(site.db, CODE, 30, '2027-W08', 2);
  await endWeek(site.db, CODE, '2027-W08');
  const second = await fetchCsv();
  expect(second.startsWith(first)).toBe(true);
  expect(second.length).toBeGreaterThan(first.length);
});

test('a survey without stages has weeks and no stages', async () => {
  const site = await openStaffSite();
  await sendMadeUp(site.db, 'two-languages', 23, '2027-W07');
  await endWeek(site.db, 'two-languages', '2027-W07');
  const ada = await site.signIn(await site.add('Ada', { admin: true }));
  await ada.open('/staff/surveys/two-languages/fieldwork');
  expect(rowsIn(ada.html)).toEqual([
    'By the end of | Begun | Sent | Left | Withdrawn',
    '21 February 2027 | at least 20 | at least 20 | fewer than 10 | fewer than 10',
  ]);
  expect(ada.words).not.toContain('By stage');
});

test('an author’s words stand there as they are, whatever they hold', async () => {
  const site = await openStaffSite();
  const payload = '<img src=x onerror=alert(1)>';
  const source = sourceOf(CODE).replaceAll('"Non-adopter"', JSON.stringify(payload));
  await publishVersion(site.db, source, '2027-01-01');
  await sendMadeUp(site.db, CODE, 30, '2027-W07');
  await endWeek(site.db, CODE, '2027-W07');
  const ada = await researcherOf(site);
  await ada.open(PAGE);
  expect(ada.words).toContain(payload);
  expect(ada.html).not.toContain(payload);
});
