import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../../support/run-command.ts';
import { alike } from './farms.ts';
import { folderWith, ZIP } from './farms-folder.ts';

const network = (folder: string, ...words: string[]) => runCommand(['results', 'farms', '--network', ...words], folder);

describe('soundings results --network', () => {
  test('lists what can be asked, by what, and how the groups came about', async () => {
    const { exit, out, err } = await network(await folderWith('approved'));
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain('A survey of farms: network release 1 of 2027-05-01 (synthetic data)');
    expect(out).toContain('100 rows in 4 groups of at least 10.');
    expect(out).toContain('  size: size\n    micro (Micro), small (Small), middle (Middle), large (Large)');
    expect(out).toContain('  Q2: Crops\n    k1, size, size_wide, k3');
    expect(out).toContain('Not shown, because some figures would be of too few: Q3.');
  });

  test('answers a question for whoever is wanted, side by side', async () => {
    const folder = await folderWith('approved');
    const { exit, out, err } = await network(folder, '--question', 'q2', '--where', 'size=micro,small', '--by', 'k1');
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain('Q2. Question Q2?\nWhere size is micro or small: 50 rows');
    expect(out).toMatch(/North: 25\n +q2_wheat +12 of 25 \(48%, 30 to 66\.5\)\n/);
    expect(out).toMatch(/South: 25\n +q2_wheat +5 of 25 \(20%, 8\.9 to 39\.1\)\n/);
    expect(out).toContain('nothing is weighted');
  });

  test('leaves out with --where-not, and takes several filters', async () => {
    const folder = await folderWith('approved');
    const words = [
      '--question',
      'Q2',
      '--where',
      'k1=north',
      '--where-not',
      'size=large',
      '--where',
      'k3=own',
      '--json',
    ];
    expect(JSON.parse((await network(folder, ...words)).out)).toMatchObject({
      survey: 'farms',
      release: 1,
      synthetic: true,
      where: { k1: ['north'], k3: ['own'] },
      whereNot: { size: ['large'] },
      by: null,
      people: 25,
      groups: [
        { code: '', people: 25, rows: [{ name: 'q2_wheat', base: 25, figures: [{ n: 13 }, { n: 12 }] }, {}, {}] },
      ],
    });
  });

  test('lists what can be asked as JSON too', async () => {
    const { out } = await network(await folderWith('approved'), '--json');
    expect(JSON.parse(out)).toMatchObject({
      release: 1,
      respondents: 100,
      groups: 4,
      rest: 0,
      refused: [{ name: 'Q3' }],
    });
  });

  test('tells those who were not asked from those of whom the file has no answer', async () => {
    const rows = [1, 2].flatMap((k1) =>
      [1, 4].flatMap((size) => alike(25, { k1, size, k3: 1, q1: k1 === 1 ? 3 : 1, q4: k1 === 1 ? -9 : -1 })),
    );
    const folder = await folderWith('approved', rows);
    const { out } = await network(folder, '--question', 'Q4', '--by', 'k1');
    expect(out).toContain('North: 50\n  Asked, and the file has no answer of any of them.\n');
    expect(out).toContain('South: 50\n  None of them was asked this.\n');
    const { groups } = JSON.parse((await network(folder, '--question', 'Q4', '--by', 'k1', '--json')).out);
    expect(groups).toMatchObject([
      { rows: [{ base: 0, none: 'no answer' }] },
      { rows: [{ base: 0, none: 'not asked' }] },
    ]);
  });

  test('says in plain words by what can be filtered', async () => {
    const folder = await folderWith('approved');
    const { exit, err } = await network(folder, '--question', 'Q2', '--by', 'region');
    expect([exit, err]).toEqual([
      2,
      'Nothing called "region" can be filtered or crossed by here. The file has: k1, size, size_wide, k3.\n',
    ]);
  });

  test('says so when nobody is selected', async () => {
    const { exit, out } = await network(await folderWith('approved'), '--question', 'Q2', '--where', 'size=small');
    expect([exit, out]).toEqual([0, expect.stringContaining('Nobody is selected')]);
  });

  test.each([
    ['a question that is not there', ['--question', 'Q9'], 2, 'There is no question "Q9" in this release.'],
    ['a question that cannot be shown', ['--question', 'Q3'], 1, 'Q3 cannot be shown'],
    ['a misspelt question', ['--question', 'Q22'], 2, 'Did you mean "Q2"? It has: Q1, '],
    [
      'a misspelt dimension',
      ['--question', 'Q2', '--by', 'size_wid'],
      2,
      'Did you mean "size_wide"? The file has: k1, ',
    ],
    ['a value that is not there', ['--question', 'Q2', '--where', 'size=mikro'], 2, 'Did you mean "micro"?'],
    ['a filter without a value', ['--question', 'Q2', '--where', 'size'], 2, '"size" is no filter.'],
    ['an empty value', ['--question', 'Q2', '--where', 'size=micro,'], 2, '"size=micro," is no filter.'],
    ['a dimension twice', ['--question', 'Q2', '--where', 'k1=north', '--where', 'K1=south'], 2, 'K1 stands in two'],
    ['a filter without a question', ['--by', 'k1'], 2, 'Name the question as well'],
    ['a preview of it', ['--preview'], 2, 'cannot be used with'],
  ])('refuses %s in a sentence', async (_, words, exit, sentence) => {
    const ran = await network(await folderWith('approved'), ...words);
    expect([ran.exit, ran.out, ran.err]).toEqual([exit, '', expect.stringContaining(sentence)]);
  });

  test('refuses what is misspelt before any row is read', async () => {
    const folder = await folderWith('approved', undefined, ['nothing that could be read']);
    const wrong = await network(folder, '--question', 'Q2', '--where', 'size_wide=smaler');
    expect([wrong.exit, wrong.err]).toEqual([
      2,
      '"smaler" is not a value of size_wide. Did you mean "smaller"? Its values: smaller, larger.\n',
    ]);
    const right = await network(folder, '--question', 'Q2', '--where', 'size_wide=smaller');
    expect([right.exit, right.err]).toEqual([1, expect.stringContaining('are not what was released')]);
  });

  test('refuses filters for the public', async () => {
    const folder = await folderWith('approved');
    const { exit, err } = await runCommand(['results', 'farms', '--question', 'Q2'], folder);
    expect([exit, err]).toEqual([2, expect.stringContaining('add --network')]);
  });

  test.each([
    ['waits', undefined, 'Release 1 waits to be approved: npx soundings release approve farms 1 --by NAME'],
    ['was refused', 'refused', 'npx soundings release make farms --audience network'],
    ['was withdrawn', 'withdrawn', 'npx soundings release make farms --audience network'],
  ] as const)('shows nothing of a release that %s (R5)', async (_, decision, next) => {
    const { exit, out, err } = await network(await folderWith(decision), '--question', 'Q2');
    expect([exit, out]).toEqual([1, '']);
    expect(err).toContain(
      `No release of farms for the network is approved yet. ${next.startsWith('Release') ? '' : 'Make'}`,
    );
    expect(err).toContain(next);
  });

  test('shows nothing of a file that was changed (R1)', async () => {
    const folder = await folderWith('approved');
    appendFileSync(join(folder, 'releases', ZIP), 'x');
    const { exit, out, err } = await network(folder, '--question', 'Q2');
    expect([exit, out, err]).toEqual([1, '', expect.stringContaining('is not as it was made')]);
  });
});
