import { userInfo } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import { expireDrafts } from '../../src/responses/leaving/store.ts';
import { tally } from '../../src/responses/store.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';
import { auditOf } from '../support/staff.ts';
import { begin, sendMadeUp } from '../support/weeks.ts';

const SURVEY = new URL('../surveys/engine/shown-by-stage.json', import.meta.url).pathname;

let folder: string;
beforeEach(async () => {
  folder = testFolder();
  await runCommand(['init'], folder);
  await runCommand(['publish', SURVEY], folder);
});

const fieldwork = (...flags: string[]) => runCommand(['fieldwork', 'shown-by-stage', ...flags], folder);

test('counts what came, for a person and for a script', async () => {
  await runCommand(['simulate', SURVEY, '--n', '5', '--store'], folder);
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  for (const week of ['2027-W09', '2027-W10', '2027-W10']) await tally(db, 'shown-by-stage', 'declined', week);
  await tally(db, 'shown-by-stage', 'withdrawn', '2027-W10');
  await close();

  const { out } = await fieldwork('--json');
  const figures = JSON.parse(out);
  expect(figures).toEqual({
    survey: 'shown-by-stage',
    version: '1.0',
    closedBy: null,
    onlyForBegun: false,
    lastBegin: null,
    lastDay: null,
    status: 'open',
    responses: expect.any(Number),
    simulated: figures.responses,
    drafts: 0,
    endings: [
      { ending: 'declined', n: 3 },
      { ending: 'withdrawn', n: 1 },
    ],
  });
  expect(figures.responses).toBeGreaterThan(0);
  const lines = [
    'shown-by-stage, version 1.0: open',
    `  ${figures.responses} answers sent, ${figures.responses} of them made up`,
    '  0 not sent yet',
    '  3 declined',
    '  1 withdrawn',
    '',
  ];
  expect(await fieldwork()).toEqual({ exit: 0, out: lines.join('\n'), err: '' });
});

test('counts by week, stage and last page where it is asked to, exactly', async () => {
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  await sendMadeUp(db, 'shown-by-stage', 3, '2027-W09');
  await sendMadeUp(db, 'shown-by-stage', 2, '2027-W10', 2);
  await begin(db, 'shown-by-stage', {}, '2027-W09');
  await expireDrafts(db, '2027-W10');
  await tally(db, 'shown-by-stage', 'withdrawn', '2027-W10');
  await close();

  const { weeks, stages, pages } = JSON.parse((await fieldwork('--weeks', '--json')).out);
  expect(weeks).toEqual([
    { week: '2027-W09', sent: 3, left: 1, withdrawn: 0 },
    { week: '2027-W10', sent: 2, left: 0, withdrawn: 1 },
  ]);
  const sum = (figure: string) =>
    stages.reduce((all: number, each: Record<string, number>) => all + (each[figure] ?? 0), 0);
  expect([sum('sent'), sum('open'), sum('left')]).toEqual([5, 0, 1]);
  expect(pages).toEqual([expect.objectContaining({ left: 1 })]);
  const { out } = await fieldwork('--weeks');
  expect(out).toContain('    2027-W09: 3 sent, 1 left, 0 withdrawn\n');
  expect(out).toMatch(/by the last page of those who left:\n {4}\S+: 1 of \d who came to it\n$/);
});

test('closes and opens a survey, as often as it is told to, and the audit says each once, and who', async () => {
  const statuses = [];
  for (const flag of ['--close', '--close', '--open', '--open']) {
    statuses.push(JSON.parse((await fieldwork(flag, '--json')).out).status);
  }
  expect(statuses).toEqual(['closed', 'closed', 'open', 'open']);
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  const who = `${userInfo().username} at the command line`;
  expect(await auditOf(db)).toEqual([
    `${who}: survey_published version 1.0 of shown-by-stage`,
    `${who}: survey_closed shown-by-stage`,
    `${who}: survey_reopened shown-by-stage`,
  ]);
  await close();
});

test('what is in the archive is not opened, and that is said', async () => {
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  await db.updateTable('surveys').set({ status: 'closed', archived_on: '2027-03-01' }).execute();
  await close();
  expect((await fieldwork()).out).toContain('shown-by-stage, version 1.0: closed, in the archive');
  const words = 'shown-by-stage is in the archive. Take it out of there first.\n';
  expect(await fieldwork('--open')).toEqual({ exit: 1, out: '', err: words });
  expect(await runCommand(['publish', SURVEY], folder)).toMatchObject({ exit: 1, err: words });
});

test('to close and to open at once is no way to ask', async () => {
  const { exit, err } = await fieldwork('--close', '--open');
  expect(exit).toBe(2);
  expect(err).toMatch(/cannot be used with option/);
});

test('a survey that is not there is told with those that are', async () => {
  expect(await runCommand(['fieldwork', 'nobody', '--close'], folder)).toEqual({
    exit: 1,
    out: '',
    err: 'There is no survey called "nobody". Published here: shown-by-stage.\n',
  });
});
