/** The network tier for researchers who are signed in: the same figures as in the terminal, and for nobody else. */
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { networkAsker } from '../../../src/commands/network-asker.ts';
import { openAnswers } from '../../../src/db/open.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../../support/browser.ts';
import { expectValidHtml } from '../../support/html.ts';
import { lendCookies } from '../../support/in-browser.ts';
import { openStaffSite } from '../../support/staff.ts';
import { folderWith } from './farms-folder.ts';

const HOME = '/staff/surveys/farms/network';

/** A site on a data folder, and a researcher of the survey of farms. */
async function openFarms(decision?: Parameters<typeof folderWith>[0]) {
  const folder = await folderWith(decision);
  const [answersPath, releasesPath] = [join(folder, 'answers.sqlite'), join(folder, 'releases')];
  const { db, close } = await openAnswers(answersPath);
  onTestFinished(close);
  const site = await openStaffSite({ releasesPath }, [], {
    db,
    askNetwork: networkAsker({ answersPath, releasesPath }),
  });
  const ida = await site.signIn(await site.add('Ida', { roles: [{ survey: 'farms', role: 'researcher' }] }));
  return { site, ida };
}

describe('the network tier on the site', () => {
  test('T9: tells what can be asked, and answers with filters, side by side', async () => {
    const { ida } = await openFarms('approved');
    await ida.open(HOME);
    expect(ida.status).toBe(200);
    expect(ida.words).toContain('100 in 4 groups of at least 10');
    expect(ida.words).toContain('does not tell, because some figures would be of too few: Q3');
    await ida.open(`${HOME}?question=Q2&by=k1&only_size=micro&only_size=small`);
    expect(ida.words).toContain('Selected: 50');
    expect(ida.words).toContain('12 of 25 (48%, 30 to 66.5)');
    expect(ida.words).toContain('5 of 25 (20%, 8.9 to 39.1)');
    // The form keeps what was asked.
    expect(ida.html).toMatch(/<option value="Q2" selected/);
    expect(ida.html).toMatch(/value="micro" checked/);
  });

  test.each([
    ['a question that is not there', 'question=Q7', 'There is no question &quot;Q7&quot;'],
    ['one that is not shown', 'question=Q3', 'Q3'],
    ['a value that is none', 'question=Q2&only_size=%3Cb%3E', '&quot;&lt;b&gt;&quot; is not a value of size'],
    ['a filter by what is none', 'question=Q2&only_colour=red', 'Nothing called &quot;colour&quot;'],
  ])('%s is refused in words, and what was asked is kept', async (_, query, words) => {
    const { ida } = await openFarms('approved');
    await ida.open(`${HOME}?${query}`);
    expect(ida.status).toBe(422);
    expect(ida.html).toContain(words);
    expect(ida.html).not.toContain('sn-figures');
  });

  test('an address that the page does not make is refused', async () => {
    const { ida } = await openFarms('approved');
    for (const query of ['question=Q2&question=Q1', `question=${'Q'.repeat(300)}`]) {
      expect((await ida.open(`${HOME}?${query}`)).status).toBe(400);
    }
  });

  test('where no release is approved, says what the figures come from and what to do', async () => {
    const { ida } = await openFarms();
    await ida.open(HOME);
    expect(ida.status).toBe(200);
    expect(ida.words).toContain('Nothing can be asked yet.');
    expect(ida.words).toContain('Release 1 waits to be approved');
  });

  test('an approver, a researcher of another survey and the public find no such page', async () => {
    const { site } = await openFarms('approved');
    const approver = await site.signIn(await site.add('Bo', { roles: [{ survey: 'farms', role: 'approver' }] }));
    const other = await site.signIn(await site.add('Cy', { roles: [{ survey: 'two-languages', role: 'researcher' }] }));
    for (const somebody of [approver, other]) expect((await somebody.open(HOME)).status).toBe(404);
    const stranger = await fetch(site.url + HOME, { redirect: 'manual' });
    expect([stranger.status, stranger.headers.get('location')]).toEqual([303, '/staff/sign-in']);
  });

  test.each([320, 1280])('looks right at %i pixels', async (width) => {
    const page = await openPage({ width });
    const { site, ida } = await openFarms('approved');
    await lendCookies(page, ida, site.url);
    for (const [name, query] of [
      ['offer', ''],
      ['answer', '?question=Q2&by=k1'],
      ['wrong', '?question=Q7'],
    ] as const) {
      await page.goto(site.url + HOME + query);
      await screenshot(page, `staff-network-${name}-${width}`);
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
      if (width === 1280) await expectValidHtml(await page.content());
    }
  });
});
