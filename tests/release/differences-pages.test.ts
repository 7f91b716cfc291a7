import { expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../support/browser.ts';
import { publishTables } from '../support/release.ts';
import { serve, testContext } from '../support/site.ts';
import { CHOIRS, madeUp } from './choirs.ts';
import { addAnswers, HABITS } from './published.ts';

const WEIGHTING = {
  source: 'A made-up count of choirs',
  margins: [{ by: 'size', shares: { tiny: 0.55, small: 0.25, large: 0.2 } }],
};

/** Results of choirs of which those that record find it worth it, and hardly anybody else. @returns their address */
async function openApart(weighting?: object): Promise<string> {
  const source = JSON.stringify({ ...JSON.parse(CHOIRS), weighting });
  const answers = madeUp(getSurvey(source), 300, 1, HABITS).map(
    (each, index): Answers => ({ ...each, V1: (each.S1 === 'often') === index % 9 > 0 ? 'yes' : 'no' }),
  );
  const context = await testContext();
  await addAnswers(context.db, answers, source);
  await publishTables(context.db, 'choirs', '2027-05-01');
  return `${await serve(createApp(context))}/surveys/choirs/results`;
}

const read = async (address: string) => (await fetch(address)).text();

test('the pages say where the stages differ, on the overview and under the question', async () => {
  const results = await openApart();
  const overview = await read(results);
  expect(overview).toContain('Where the stages differ');
  expect(overview).toContain('<a class="govuk-link" href="?section=views&amp;by=stage#v1">Is recording worth it?</a>');
  const views = await read(`${results}?section=views&by=stage`);
  const said = /No: Will record \(\d\d%\) and Does not record \(\d\d%\) more often than Records \(\d\d%\)\./;
  expect(overview).toMatch(said);
  expect(views).toMatch(said);
  expect(views).toContain('No clear difference between these groups');
  expect(await read(`${results}?section=views`)).not.toContain('more often than Records');
  expect(overview).not.toContain('weighted');
});

test.each([320, 1280])('at %d pixels nobody meets a fault there, weighted or not', async (width) => {
  const page = await openPage({ width });
  for (const weighting of [undefined, WEIGHTING]) {
    const results = await openApart(weighting);
    for (const query of ['', '?section=views&by=stage']) {
      await page.goto(results + query);
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `differences-${weighting ? 'weighted' : 'plain'}-${query === '' ? 0 : 1}-${width}`);
    }
  }
});

test('a survey that declares its population says what percentages are weighted to, before any of them', async () => {
  const page = await read(await openApart(WEIGHTING));
  const [before = ''] = page.split('%');
  expect(page).toContain('Percentages are weighted to the population by: Size (A made-up count of choirs).');
  expect(before).not.toContain('sn-chart__value');
  expect(page).toMatch(/Known for \d+ of 300\. Effective base: \d+\./);
  expect(page).toMatch(/about \d+% \(\d+ of 300\)/);
});
