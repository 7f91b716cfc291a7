import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFile } from '../../../src/release/microdata/make-file.ts';
import { publicReport } from '../../../src/release/microdata/report/public-report.ts';
import { reportView } from '../../../src/release/microdata/report/report-view.ts';
import { trySettings, usualSettings } from '../../../src/release/microdata/try-settings.ts';
import { PATHS } from '../../../src/web/paths.ts';
import { renderPage } from '../../../src/web/render.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../../support/browser.ts';
import { expectValidHtml } from '../../support/html.ts';
import { bytes, club, clubs, other, snapshotOf, times } from './clubs.ts';

const survey = clubs({ k: 3, columns: ['S1', 'T1', 'H1', 'H2', 'V1', 'C1'], population: 500 });
const ANSWERS = [
  ...times(40, club()),
  ...times(40, other({ P1: 'farm', H1: 'yes', H2: 'often' })),
  ...times(6, club({ P1: 'village', P2: 's10', V1: 'yes', H1: null })),
  club({ P1: 'village', P2: 's100', V1: 'no' }),
  ...times(2, other({ P1: 'village' })),
];
const snapshot = snapshotOf(survey, ANSWERS);
const { report } = makeFile([survey], snapshot, {
  number: 2,
  audience: 'network',
  k: 3,
  synthetic: true,
  random: bytes(10 * ANSWERS.length),
  tables: [],
  overrides: [{ gate: 'few', by: 'Ada', reason: 'A test.' }],
});
const open = publicReport(report);
const pageOf = (value: object) =>
  renderPage(join(PATHS.views, 'release/disclosure-report.ejs'), { report: reportView(value) });

describe('the disclosure report', () => {
  test('tells what could be told before, what can be told now, and what that cost', () => {
    expect(report).toMatchObject({
      responses: 89,
      population: { size: 500, fraction: 89 / 500 },
      before: { rows: 89, uniques: 1, under3: 3, under5: 3, under10: 9, highestRisk: 1 },
      settings: { k: 3, budget: 0.05, audience: 'network', rowNames: 'from chance', kept: ['stage', 'size'] },
    });
    expect(report.after.highestRisk).toBeLessThanOrEqual(1 / 3);
    expect(report.look.fewestCompatible).toBeGreaterThanOrEqual(3);
    expect(report.score).toBeCloseTo(report.keys.reduce((sum, { loss }) => sum + loss, 0) / report.keys.length);
    const touched = report.columns.filter(({ withheld }) => withheld > 0);
    expect(touched.length).toBeGreaterThan(0);
    expect(report.largestChange).toBeDefined();
  });

  test('has the distance between all answers and those in the file', () => {
    const { columns } = report;
    expect(columns.find(({ name }) => name === 'c1_cost')).toMatchObject({ withheld: 0, distance: 0 });
    for (const { distance = 0 } of columns) expect(distance).toBeLessThanOrEqual(1);
  });

  test('says of a key that nobody answered so, and not that nothing of it is lost', () => {
    const silent = ANSWERS.map(({ P1: _, ...answers }) => answers);
    const made = makeFile([survey], snapshotOf(survey, silent), {
      number: 2,
      audience: 'network',
      k: 3,
      synthetic: true,
      random: bytes(10 * silent.length),
      tables: [],
    });
    for (const each of [made.report, publicReport(made.report)]) {
      const rows = reportView(each).tables.find(({ id }) => id === 'keys')?.rows ?? [];
      const lost = new Map(rows.map(({ name, cells }) => [name, cells[2]]));
      expect(lost.get('P1')).toBe('nobody answered');
      expect(lost.get('size')).toMatch(/^\d+\.\d%$/);
    }
  });

  test('says the same after it was kept as text', () => {
    expect(reportView(JSON.parse(JSON.stringify(report)))).toEqual(reportView(report));
  });

  test.each([
    ['for staff', report],
    ['for everybody', open],
  ])('%s lists each gate that was opened, with who, why and what it is about', (_, value) => {
    expect(pageOf(value)).toContain('Ada: A test. (a public data file of few responses)');
  });

  test('that was stored when one reason opened every gate says so', () => {
    const { overrides: _, ...settings } = open.settings;
    const stored = JSON.stringify({ ...open, settings: { ...settings, override: { by: 'Ada', reason: 'A club.' } } });
    expect(pageOf(JSON.parse(stored))).toContain('Ada: A club. (one reason for all that would be refused)');
  });

  test('for everybody leaves out raw uniques, classes before, and counts under k', () => {
    const text = JSON.stringify(open);
    for (const word of ['uniques', 'under3', 'leftOver', 'distance"'])
      expect(JSON.stringify(open.before) + text.replace(JSON.stringify(open.after), '')).not.toContain(word);
    const cells = [...open.keys, ...open.columns, ...open.sensitive].map(({ withheld }) => withheld);
    for (const withheld of cells) expect(withheld === 0 || typeof withheld === 'string' || withheld >= 3).toBe(true);
    expect(
      publicReport({ ...report, columns: report.columns.map((each) => ({ ...each, withheld: 2 })) }).columns[0]
        ?.withheld,
    ).toBe('fewer than 3');
  });

  test('for everybody says nothing that rests on withheld keys: how many fit somebody, how far the search looked', () => {
    const another = {
      ...report,
      look: { ...report.look, fewestCompatible: report.look.fewestCompatible + 2 },
      search: { ...report.search, counted: report.search.counted + 7, leftOver: report.search.leftOver + 1 },
    };
    expect(publicReport(another)).toEqual(open);
    expect(pageOf(open)).toContain(`finds at least ${report.look.smallestClass} rows that fit`);
    expect(pageOf(report)).toContain(`${report.search.counted} of ${report.search.choices} choices of levels counted`);
    expect(pageOf(open)).toContain(`${report.search.choices} choices of levels; the best was found exactly.`);
  });

  test.each([
    ['for staff', report],
    ['for everybody', open],
  ])('%s is a valid page that needs nothing beside it', async (_, value) => {
    const page = pageOf(value);
    await expectValidHtml(page);
    expect(page).not.toMatch(/<script|<link|<img|https?:/);
    expect(page).toContain('Synthetic data');
  });

  test('only the one for staff has what never leaves', () => {
    expect(pageOf(report)).toContain('For staff only');
    expect(pageOf(open)).not.toContain('For staff only');
  });

  test('has long lists of columns behind a line, and opens them on paper', () => {
    const [column] = report.columns;
    if (!column) throw new Error('no column');
    const columns = Array.from({ length: 16 }, (_, place) => ({ ...column, name: `q${place}`, withheld: 3 }));
    expect(pageOf({ ...report, columns })).toContain('<summary>See the 16 columns that have lost cells</summary>');
    expect(pageOf({ ...report, columns: columns.slice(1) })).not.toContain('<summary>');
  });

  test.each([320, 1280])('stays readable at %i pixels, for everybody', async (width) => {
    for (const [name, value] of [
      ['staff', report],
      ['public', open],
    ] as const) {
      const page = await openPage({ width });
      await page.setContent(pageOf(value));
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
      expect(
        await page.evaluate(
          '[...document.querySelectorAll(".wide")].every((each) => each.scrollWidth <= each.clientWidth)',
        ),
      ).toBe(true);
      await screenshot(page, `report-${name}-${width}`);
    }
  });
});

test('the day it was made on stands in words, with the day in figures and UTC for who points at it', () => {
  expect(pageOf(report)).toMatch(
    /made on <time datetime="(\d{4}-\d\d-\d\d)" title="\1, UTC">\d+ [A-Z][a-z]+ \d{4}<\/time>/,
  );
});

describe('other settings', () => {
  const wanted = { audience: 'network' as const, k: 3, tables: [] };
  const trials = trySettings([survey], snapshot, wanted, usualSettings([survey], wanted));

  test('are laid side by side: other k, the search over all levels, and without each key', () => {
    expect(trials.map(({ label }) => label)).toEqual([
      'k 3',
      'k 5',
      'k 10',
      'k 20',
      'k 3, every key may be made coarser',
      'k 3, without stage',
      'k 3, without P1',
      'k 3, without size',
    ]);
    for (const trial of trials) if (trial.possible) expect(trial.smallestClass).toBeGreaterThanOrEqual(trial.k);
    expect(trials[0]).toMatchObject({ possible: true, rows: 89, kept: ['stage', 'size'], score: report.score });
  });

  test('say how far the network could ask the file: with a key less, by that key no more', () => {
    const many = snapshotOf(survey, [
      ...times(60, club()),
      ...times(60, other({ P1: 'farm' })),
      ...times(60, other({ P1: 'village', V1: 'yes' })),
      ...times(60, club({ P2: 's10', V1: 'no' })),
    ]);
    const reachIn = (taken: typeof snapshot, label: string) => {
      const [trial] = trySettings(
        [survey],
        taken,
        wanted,
        usualSettings([survey], wanted).filter((each) => each.label === label),
      );
      return trial?.possible && trial.reach;
    };
    const all = { groups: 4, questions: 6, told: 6, filtered: 6, filters: ['stage', 'P1', 'size'] };
    expect(reachIn(many, 'k 3')).toEqual(all);
    expect(reachIn(many, 'k 3, without size')).toMatchObject({ groups: 3, filters: ['stage', 'P1'] });
    // Hardly anybody of the first sample is like enough others in anything: it is told for everybody together.
    expect(reachIn(snapshot, 'k 3')).toMatchObject({ groups: 1, filtered: 0, filters: [] });
  });

  test('that cannot be say why', () => {
    const [trial] = trySettings([survey], snapshot, wanted, [{ label: 'k 2', k: 2 }]);
    expect(trial).toEqual({
      label: 'k 2',
      k: 2,
      possible: false,
      reason: 'k is 2, and under 3 people could be recognised.',
    });
  });
});
