/** The picture of who is asked what, in a browser: in the page under its content policy, and alone as a file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { publishVersion } from '../../src/fieldwork/store.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { pathsOf } from '../../src/questionnaire/paths.ts';
import { drawFlow } from '../../src/questionnaire/picture/draw.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../support/browser.ts';
import { sourceOf } from '../support/fieldwork.ts';
import { testFolder } from '../support/folder.ts';
import { haltWork } from '../support/halted-work.ts';
import { expectValidHtml } from '../support/html.ts';
import { lendCookies } from '../support/in-browser.ts';
import { openStaffSite } from '../support/staff.ts';

const FLAGSHIP = sourceOf('ai-adoption');

test.each([320, 1280])(
  'at %i pixels the picture is moved in its own frame, which the keyboard reaches',
  async (width) => {
    const site = await openStaffSite();
    await publishVersion(site.db, FLAGSHIP, '2027-03-01');
    const page = await openPage({ width });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await lendCookies(page, await site.signIn(await site.add('Ada', { admin: true })), site.url);
    await page.goto(`${site.url}/staff/surveys/ai-adoption/paths`);
    await screenshot(page, `paths-${width}`);
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
    if (width === 1280) await expectValidHtml(await page.content());
    const frame = page.getByRole('region', { name: 'The diagram' });
    await frame.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(400);
    const [moved = 0, room = 0] = await page.evaluate<number[]>(`
    const box = document.querySelector('.sn-flow');
    [box.scrollLeft, box.scrollWidth - box.clientWidth]`);
    expect(moved > 0).toBe(room > 0);
    expect(room > 0).toBe(width === 320);
    const name = await page.locator('.sn-flow svg title').textContent();
    expect(name).toBe('Who is asked what in ai-adoption, version 1.0');
    expect(complaints).toEqual([]);
  },
);

test.each([320, 1280])(
  'at %i pixels the page follows the work while it is under way, and shows what it came to',
  async (width) => {
    const { workOnFile, goOn } = haltWork();
    const site = await openStaffSite({}, [], { workOnFile });
    // What was followed once in a process is not followed again.
    const source = sourceOf('two-languages', (file) => Object.assign(file, { version: `1.${width}` }));
    await publishVersion(site.db, source, '2027-03-02');
    const page = await openPage({ width });
    await lendCookies(page, await site.signIn(await site.add('Ada', { admin: true })), site.url);
    await page.goto(`${site.url}/staff/surveys/two-languages/paths`);
    await screenshot(page, `paths-working-${width}`);
    expect(await page.getByRole('progressbar').getAttribute('value')).toBe('40');
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
    goOn();
    await page.getByRole('heading', { name: 'The diagram' }).waitFor();
  },
);

test('the file is drawn where there is no site around it, and nothing in it sticks out of its box', async () => {
  const survey = getSurvey(FLAGSHIP);
  const file = join(testFolder(), 'paths.svg');
  writeFileSync(file, drawFlow(survey, pathsOf(survey)));
  const page = await openPage({ width: 1000 });
  await page.goto(pathToFileURL(file).href);
  const faults = await page.evaluate<string[]>(`
    const boxes = [...document.querySelectorAll('g[transform]')];
    boxes.flatMap((box) => {
      const shape = box.firstElementChild.getBoundingClientRect();
      return [...box.querySelectorAll('text')]
        .filter((text) => { const { left, right, bottom } = text.getBoundingClientRect(); return left < shape.left || right > shape.right || bottom > shape.bottom; })
        .map((text) => text.textContent);
    })`);
  expect(faults).toEqual([]);
});
