import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import { tally } from '../../src/responses/store.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';

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

test('closes and opens a survey, as often as it is told to', async () => {
  const statuses = [];
  for (const flag of ['--close', '--close', '--open', '--open']) {
    statuses.push(JSON.parse((await fieldwork(flag, '--json')).out).status);
  }
  expect(statuses).toEqual(['closed', 'closed', 'open', 'open']);
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
