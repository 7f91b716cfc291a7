/** Two releases side by side on the site, from a store with real releases: of one round, and of two. */
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { fileWorker } from '../../../src/commands/threads/file-worker.ts';
import { getSurvey } from '../../../src/questionnaire/parse.ts';
import { workOnComparison } from '../../../src/release/compare/store.ts';
import { withdraw } from '../../../src/release/ledger/ledger.ts';
import { recordDecision } from '../../../src/release/ledger/store.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../../support/browser.ts';
import { filledDatabase } from '../../support/database.ts';
import { expectValidHtml } from '../../support/html.ts';
import { lendCookies } from '../../support/in-browser.ts';
import { publishTables } from '../../support/release.ts';
import { openStaffSite, type StaffSite } from '../../support/staff.ts';
import { CHOIRS, madeUp } from '../choirs.ts';
import { addAnswers, HABITS } from '../published.ts';
import { openReleases, signInAs } from '../staff/staff-releases.ts';

const COMPARE = '/staff/surveys/choirs/results/compare';

/** The questionnaire of another round, in which "Is recording worth it?" is put otherwise and "What would help?" is gone. */
function secondRound(): string {
  const file = JSON.parse(CHOIRS.replace('"deleteAfter": "2030-01-01"', '"deleteAfter": "2031-01-01"'));
  file.version = '1.1';
  file.wave = 'Autumn 2027';
  const questions = file.sections.flatMap((section: { pages: { questions: object[] }[] }) =>
    section.pages.flatMap((page) => page.questions),
  );
  Object.assign(
    questions.find(({ code }: { code: string }) => code === 'V1'),
    { text: 'Does recording pay?' },
  );
  return JSON.stringify(file);
}

/** Two releases: of one round that grew, or of two rounds whose answers the survey holds side by side. */
async function openTwo(kind: 'same' | 'apart'): Promise<StaffSite> {
  const db = await filledDatabase(`two releases of the choirs, of rounds ${kind}`, async (empty) => {
    await addAnswers(empty, madeUp(getSurvey(CHOIRS), 90, 3, HABITS), CHOIRS);
    await publishTables(empty, 'choirs', '2027-05-01');
    const later = kind === 'same' ? CHOIRS : secondRound();
    const habits = { ...HABITS, C1_cost: { big: 20, no: 1 } };
    await addAnswers(empty, madeUp(getSurvey(later), 300, 8, kind === 'same' ? HABITS : habits), later);
    await publishTables(empty, 'choirs', '2027-10-01');
  });
  return openStaffSite({}, [], { db });
}

const visit = async (site: StaffSite, query = '') => (await signInAs(site, 'Bo', 'researcher')).open(COMPARE + query);

const pick = (task: object, side: 'before' | 'after'): unknown => new Map(Object.entries(task)).get(side);

// What was compared once in a process is not compared again: this stands first.
describe('where comparing takes longer than a page can wait', () => {
  test('the page says how far it is, can be left, and shows it when it is done, as the thread does', async () => {
    let goOn = () => {};
    const turn = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const thread = fileWorker();
    const { db } = await openTwo('apart');
    const site = await openStaffSite({}, [], {
      db,
      workOnFile: async (task, told) => {
        told(40);
        await turn;
        const heard: number[] = [];
        const came = await thread(task, (percent) => heard.push(percent));
        expect(came).toEqual(workOnComparison(task, () => {}));
        expect(heard.length).toBeGreaterThan(10);
        // Another page of the same comparison takes no more work; another release's does, and is not mistaken for it.
        const again: number[] = [];
        const page = { ...task, show: 'overview' };
        const overview = workOnComparison(page, (percent) => again.push(percent));
        expect(again).toEqual([]);
        const swapped = { ...page, before: pick(task, 'after'), after: pick(task, 'before') };
        expect(workOnComparison(swapped, (percent) => again.push(percent))).not.toEqual(overview);
        expect(again.length).toBeGreaterThan(10);
        return came;
      },
    });
    const browser = await visit(site, '?from=1&to=2&section=views');
    expect(browser.words).toMatch(/Releases 1 and 2 are being compared 40% .* You can leave this page/);
    expect(browser.html).toContain('<noscript><meta http-equiv="refresh" content="3"></noscript>');
    goOn();
    await browser.follow('Look how far it is by now');
    expect([browser.status, browser.words.includes('points')]).toEqual([200, true]);
  });
});

describe('one round', () => {
  test('is said to be of the same people, and nothing is tested', async () => {
    const browser = await visit(await openTwo('same'));
    expect(browser.words).toContain('Both are of the same round of fieldwork, “Spring 2027”');
    expect(browser.words).toContain('A test of two separate groups would be wrong here');
    expect(browser.words).not.toMatch(/clearly|no clear change|Fisher/);
    await browser.follow('Views');
    expect(browser.words).toMatch(/[+−]\d+(\.\d)? points/);
    expect(browser.words).not.toMatch(/clearly|no clear change|95% interval [+−]/);
  });
});

describe('two rounds', () => {
  test('of different people are tested, and a break has both wordings and no change', async () => {
    const browser = await visit(await openTwo('apart'));
    expect(browser.words).toContain('with separate answers. Each change is tested by Fisher’s exact test');
    expect(browser.words).toMatch(
      /Figures that could be compared: \d+\. Clear changes among them|No clear change in any/,
    );
    expect(browser.words).toContain('Break: the wording changed Then: Is recording worth it? Now: Does recording pay?');
    await browser.follow('Views');
    const [, broken = ''] = /id="v1"([\s\S]*?)<\/section>/.exec(browser.html) ?? [];
    expect(broken).toContain('not stated: the question changed');
    expect(broken).not.toContain(' points');
    expect(browser.words).toMatch(/points \(95% interval [+−]?\d/);
  });

  test('each number stands in one of the two releases, or follows from two that do', async () => {
    const site = await openTwo('apart');
    const browser = await visit(site);
    await browser.open(`${COMPARE}.csv?from=1&to=2`);
    expect(browser.headers['content-disposition']).toContain('choirs-releases-1-2-synthetic.csv');
    const lines: Record<string, string>[] = parse(browser.html, { columns: true });
    expect(lines.length).toBeGreaterThan(100);
    const figuresOf = async (release: number) => {
      const reply = await fetch(`${site.url}/surveys/choirs/releases/${release}.json`);
      const { figures }: { figures: Record<string, unknown>[] } = JSON.parse(await reply.text());
      return new Map(figures.map((each) => [keyOf(each), each]));
    };
    const [then, now] = [await figuresOf(1), await figuresOf(2)];
    for (const line of lines) {
      for (const [published, when] of [
        [then, 'then'],
        [now, 'now'],
      ] as const) {
        const own = published.get(keyOf(line));
        const said = ['n', 'percent', 'low', 'high', 'mean'].map((column) => line[`${when}_${column}`]);
        const told = ['n', 'percent', 'low', 'high', 'mean'].map((column) => String(own?.[column] ?? ''));
        if (line.state !== 'added' && line.state !== 'gone')
          expect([line.question, ...said]).toEqual([line.question, ...told]);
      }
      if (line.state === 'stated' && line.measure !== 'mean') {
        const points =
          100 * (Number(line.now_n) / Number(line.now_base) - Number(line.then_n) / Number(line.then_base));
        expect(Number(line.change)).toBeCloseTo(points, 0);
      }
      if (line.then_n === '' || line.now_n === '') expect([line.change_low, line.p]).toEqual(['', '']);
    }
    expect(new Set(lines.map(({ state }) => state))).toContain('hidden');
  });
});

const keyOf = (line: Record<string, unknown>) =>
  ['question', 'variable', 'measure', 'option', 'segment', 'segment_value']
    .map((column) => line[column] ?? '')
    .join('|');

describe('what can be chosen', () => {
  test('with one release out, the page says what to do', async () => {
    const site = await openReleases();
    const browser = await visit(site);
    expect(browser.words).toContain('Only release 1 is out. To compare, there have to be two approved releases');
    await browser.open(`${COMPARE}.csv`);
    expect(browser.address).toBe(COMPARE);
  });

  test('with none out too', async () => {
    const site = await openStaffSite();
    const browser = await signInAs(site, 'Bo', 'researcher', 'two-languages');
    await browser.open('/staff/surveys/two-languages/results/compare');
    expect(browser.words).toContain('No tables are out yet.');
  });

  test('a release twice is refused in a sentence, and one that was withdrawn is not offered', async () => {
    const site = await openTwo('same');
    const browser = await visit(site, '?from=2&to=2');
    expect(browser.status).toBe(422);
    expect(browser.errors.map(({ text, href }) => [text, href])).toEqual([['Choose two different releases', '#to']]);
    await browser.open(`${COMPARE}?from=2&to=1`);
    expect(browser.status).toBe(200);
    await browser.open(`${COMPARE}?from=1&to=2&section=nowhere`);
    expect(browser.status).toBe(404);
    await recordDecision(site.db, 'choirs', '2027-11-01', (ledger) => withdraw(ledger, 2, 'Bo', 'a wrong label'));
    await browser.open(`${COMPARE}?from=1&to=2`);
    expect(browser.words).toContain('Only release 1 is out.');
  });
});

test.each([320, 1280])('at %i pixels nobody meets a fault', async (width) => {
  const page = await openPage({ width });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  const site = await openTwo('apart');
  await lendCookies(page, await signInAs(site, 'Bo', 'researcher'), site.url);
  for (const [name, query] of [
    ['overview', ''],
    ['section', '?from=1&to=2&section=views'],
    ['wrong', '?from=1&to=1'],
  ] as const) {
    await page.goto(site.url + COMPARE + query);
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    await screenshot(page, `compare-${name}-${width}`);
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
    if (width === 1280) await expectValidHtml(await page.content());
  }
  expect(complaints.filter((each) => !each.includes('422'))).toEqual([]);
});
