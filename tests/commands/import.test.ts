import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import { findLiveSurvey, publishVersion } from '../../src/fieldwork/store.ts';
import { readResponses } from '../../src/responses/store.ts';
import { setStatus } from '../support/fieldwork.ts';
import { testFolder } from '../support/folder.ts';
import { type Ran, runCommand } from '../support/run-command.ts';

let folder: string;

/** A store with the tiny survey of grids and stages published. */
beforeEach(async () => {
  folder = testFolder();
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  await publishVersion(
    db,
    readFileSync(new URL('../surveys/engine/stage-rule.json', import.meta.url), 'utf8'),
    '2027-03-01',
  );
  await close();
});

function csv(text: string | Buffer): string {
  const path = join(folder, 'rows.csv');
  writeFileSync(path, text);
  return path;
}

const run = (text: string | Buffer, ...flags: string[]): Promise<Ran> =>
  runCommand(['import', csv(text), '--survey', 'stage-rule', ...flags], folder);

/** Everything stored, without its order. */
async function stored(): Promise<unknown[]> {
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  const rows = await db.selectFrom('responses').selectAll().execute();
  await close();
  return rows.map(({ key, ...row }) => row).sort((a, b) => (a.answers < b.answers ? -1 : 1));
}

const GOOD = 'id,A1,Q1,Q2,stage\nP1,yes,yes,,adopter\nP2,yes,no,soon,future\n';

describe('a file whose rows are all right', () => {
  test('is stored with the versions it was answered under, without codes, names or times', async () => {
    const ran = await run(GOOD);
    expect(ran).toEqual({ exit: 0, out: 'Imported 2 responses into stage-rule 1.0.\n', err: '' });
    const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
    const live = await findLiveSurvey(db, 'stage-rule');
    await close();
    const common = {
      survey: 'stage-rule',
      version_hash: live?.hash,
      information_version: '1',
      consent_version: '1',
      language: 'en',
      filled: '[]',
      withdrawal_hash: null,
      week: expect.stringMatching(/^\d{4}-W\d\d$/),
      origin: 'import',
    };
    expect(await stored()).toEqual([
      { ...common, answers: '{"A1":"yes","Q1":"no","Q2":"soon"}' },
      { ...common, answers: '{"A1":"yes","Q1":"yes"}' },
    ]);
  });

  test('is read with a byte order mark, in Windows line ends, with quotes and with empty rows', async () => {
    const ran = await run('\uFEFFA1,"Q1",Q2\r\nyes,"no","later"\r\n\r\nyes,yes,\r\n,,\r\n');
    expect(ran.out).toBe('Imported 2 responses into stage-rule 1.0.\n');
  });

  test('is marked as made up when it is', async () => {
    const ran = await run(GOOD, '--synthetic');
    expect(ran.out).toBe('Imported 2 made-up responses into stage-rule 1.0.\n');
    expect(await stored()).toMatchObject([{ origin: 'simulated' }, { origin: 'simulated' }]);
  });

  test('is taken into a survey that is closed to people', async () => {
    const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
    await setStatus(db, 'stage-rule', 'closed');
    await close();
    expect((await run(GOOD)).exit).toBe(0);
  });

  test('is stored whole however long it is', async () => {
    const rows = Array.from({ length: 4501 }, (_, index) => (index % 2 ? 'yes,yes,' : 'yes,no,soon'));
    expect((await run(`A1,Q1,Q2\n${rows.join('\n')}\n`)).out).toBe('Imported 4,501 responses into stage-rule 1.0.\n');
    const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
    let users = 0;
    for await (const { answers } of readResponses(db, 'stage-rule', 1000)) if (answers.Q1 === 'yes') users++;
    await close();
    expect(users).toBe(2250);
  });
});

describe('a file with a row that nobody could have answered', () => {
  const BAD =
    'A1,Q1,Q2,stage\nyes,yes,,adopter\nyes,maybe,,\nyes,yes,soon,adopter\nno,,,\nyes,no,never,future\nyes,no\n';

  test('is refused as a whole, each row with its number, its column and the reason', async () => {
    const ran = await run(BAD);
    expect(ran.exit).toBe(1);
    expect(ran.out.split('\n')).toEqual([
      'Row 3. Column “Q1” “maybe” is none of the answers that can be given here: yes, no.',
      'Row 4. Column “Q2” “soon” was not asked for: it is asked when Q1 is no.',
      'Row 5. Column “A1” ends the questionnaire at “declined”, where nothing is kept: leave the row out.',
      'Row 6. Column “stage” “future” is not what the answers give: “non”.',
      'Row 7. The row has 2 cells, and the header 4.',
      '',
    ]);
    expect(ran.err).toBe('Nothing was imported. Refused: 5 of 6 rows.\n');
    expect(await stored()).toEqual([]);
  });

  test('gives its good rows when that is asked for', async () => {
    const ran = await run(BAD, '--accept-good');
    expect(ran.exit).toBe(0);
    expect(ran.out).toMatch(/^Row 3\. .*\nImported 1 response into stage-rule 1\.0\.\nRefused: 5 of 6 rows\.\n$/s);
    expect(await stored()).toHaveLength(1);
  });

  test('is told about in JSON', async () => {
    const ran = await run('A1,Q1\nyes,maybe\nyes,yes\n', '--json');
    expect([ran.exit, JSON.parse(ran.out)]).toEqual([
      1,
      {
        survey: 'stage-rule',
        version: '1.0',
        rows: 2,
        imported: 0,
        refused: 1,
        refusals: [{ row: 2, column: 'Q1', reason: '“maybe” is none of the answers that can be given here: yes, no.' }],
      },
    ]);
  });

  test('says once what is wrong with many rows, and names them', async () => {
    const ran = await run('A1,Q1\nyes,maybe\nyes,yes\nyes,maybe\nyes,maybe\nyes,often\n');
    expect(ran.out).toBe(
      'Rows 2 and 4 to 5. Column “Q1” “maybe” is none of the answers that can be given here: yes, no.\n' +
        'Row 6. Column “Q1” “often” is none of the answers that can be given here: yes, no.\n',
    );
  });

  test('is refused in one line where a column is missing that everybody has to answer', async () => {
    const ran = await run('A1,Q2\nyes,soon\nyes,soon\n');
    expect([ran.out, ran.err]).toEqual([
      '',
      'Nothing was imported.\nThe file has no column Q1, which everybody has to answer.\n',
    ]);
  });

  test('shows the first hundred and counts the rest', async () => {
    const ran = await run(`A1,Q1\n${'yes,maybe\n'.repeat(250)}`);
    expect(ran.out).toBe(
      'Rows 2 to 101. Column “Q1” “maybe” is none of the answers that can be given here: yes, no.\n',
    );
    expect(ran.err).toBe('Refused rows not shown: 150.\nNothing was imported. Refused: 250 of 250 rows.\n');
  });
});

describe('what would mix, or count twice, is refused in a sentence, and nothing is stored', () => {
  const MADE_UP = 'A1,Q1,synthetic\nyes,yes,yes\n';

  test.each<[what: string, before: string[] | undefined, rows: string, flags: string[], sentence: string]>([
    [
      'rows that say they are made up, as real ones',
      undefined,
      MADE_UP,
      [],
      'Nothing was imported. The column “synthetic” of FILE says that its answers are made up. Add --synthetic, and whatever is made from them says so too.',
    ],
    [
      'real rows among made-up ones',
      ['--synthetic'],
      GOOD,
      [],
      'stage-rule holds 2 made-up answers. Real ones are not put among them: use another DATA_DIR. If these are made up too, add --synthetic.',
    ],
    [
      'real rows among made-up ones, said to be others',
      ['--synthetic'],
      GOOD,
      ['--add'],
      'stage-rule holds 2 made-up answers. Real ones are not put among them: use another DATA_DIR. If these are made up too, add --synthetic.',
    ],
    [
      'made-up rows among real ones',
      [],
      MADE_UP,
      ['--synthetic', '--add'],
      'stage-rule holds 2 answers that people gave. Made-up ones are not put among them: use another DATA_DIR.',
    ],
    [
      'the same rows again',
      [],
      GOOD,
      [],
      'stage-rule holds 2 imported answers already. The same rows again would count twice, and nobody could tell. If these are others, add --add.',
    ],
    [
      'the same made-up rows again',
      ['--synthetic'],
      GOOD,
      ['--synthetic'],
      'stage-rule holds 2 made-up answers already. The same rows again would count twice, and nobody could tell. If these are others, add --add.',
    ],
  ])('%s', async (_, first, rows, flags, sentence) => {
    if (first) expect((await run(GOOD, ...first)).exit).toBe(0);
    const before = await stored();
    const ran = await run(rows, ...flags);
    expect([ran.exit, ran.out]).toEqual([1, '']);
    expect(ran.err).toBe(`${sentence.replace('FILE', join(folder, 'rows.csv'))}\n`);
    expect(await stored()).toEqual(before);
  });

  test('made-up rows where somebody has begun to answer', async () => {
    const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
    const live = await findLiveSurvey(db, 'stage-rule');
    await db
      .insertInto('drafts')
      .values({
        token_hash: 'x'.repeat(43),
        survey: 'stage-rule',
        version_hash: live?.hash ?? '',
        information_version: '1',
        consent_version: '1',
        language: 'en',
        answers: '{}',
        expires_week: '2099-W01',
      })
      .execute();
    await close();
    const ran = await run(MADE_UP, '--synthetic');
    expect([ran.exit, ran.err]).toEqual([
      1,
      'stage-rule holds 1 answer not sent yet. Made-up ones are not put among them: use another DATA_DIR.\n',
    ]);
    expect(await stored()).toEqual([]);
  });

  test('other rows are added when that is asked for', async () => {
    await run(GOOD);
    expect((await run('A1,Q1\nyes,yes\n', '--add')).out).toBe('Imported 1 response into stage-rule 1.0.\n');
    expect(await stored()).toHaveLength(3);
  });

  test('of a survey that says so all answers are made up, without being asked', async () => {
    const source = readFileSync(new URL('../surveys/engine/stage-rule.json', import.meta.url), 'utf8');
    const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
    const text = JSON.stringify({ ...JSON.parse(source), version: '1.1', synthetic: true });
    await publishVersion(db, text, '2027-03-02');
    await close();
    expect((await run(MADE_UP)).out).toBe('Imported 1 made-up response into stage-rule 1.1.\n');
    expect(await stored()).toMatchObject([{ origin: 'simulated' }]);
  });
});

describe('what is not a table of this survey', () => {
  test.each([
    [
      'an unknown column',
      'A1,Q1,weather\nyes,yes,fine\n',
      'Column “weather” is neither a question nor a variable of this survey. To pass it over: --ignore weather',
    ],
    ['a file without rows', 'A1,Q1\n', 'has no rows under its header.'],
    ['an empty file', '', 'has no rows under its header.'],
    ['a quote that never closes', 'A1,Q1\nyes,"yes\n', 'is not CSV as it should be: Quote Not Closed'],
    ['another encoding', Buffer.from('A1,Q1\nyes,caf\xe9\n', 'latin1'), 'save the file as UTF-8'],
  ])('%s is said so', async (_, text, reason) => {
    const ran = await run(text);
    expect(ran.exit).toBe(1);
    expect(ran.out + ran.err).toContain(reason);
    expect(await stored()).toEqual([]);
  });

  test('a column can be passed over by name', async () => {
    expect((await run('A1,Q1,weather,mood\nyes,yes,fine,good\n', '--ignore', 'weather, mood')).exit).toBe(0);
  });

  test('a file that is not there, a folder and a survey that is not published are said so', async () => {
    const missing = await runCommand(['import', join(folder, 'no.csv'), '--survey', 'stage-rule'], folder);
    expect([missing.exit, missing.err]).toEqual([
      1,
      `There is no file ${join(folder, 'no.csv')}. Look whether its name is spelt as it is on the disk, or give the whole path.\n`,
    ]);
    const within = await runCommand(['import', 'no.csv', '--survey', 'stage-rule'], folder);
    expect(within.err).toContain(`There is no file ${resolve('no.csv')}.`);
    const above = await runCommand(['import', folder, '--survey', 'stage-rule'], folder);
    expect([above.exit, above.err]).toEqual([
      1,
      `${folder} is a folder, and answers are read from one file. Name a CSV file in it.\n`,
    ]);
    const device = await runCommand(['import', '/dev/null', '--survey', 'stage-rule'], folder);
    expect([device.exit, device.err]).toEqual([1, expect.stringContaining('/dev/null is no ordinary file.')]);
    const other = await runCommand(['import', csv(GOOD), '--survey', 'other'], folder);
    expect([other.exit, other.err]).toEqual([1, 'There is no survey called "other". Published here: stage-rule.\n']);
    expect((await runCommand(['import', csv(GOOD)], folder)).exit).toBe(2);
  });
});
