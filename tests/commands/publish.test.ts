import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import { dumpStore, sourceOf } from '../support/fieldwork.ts';
import { testFolder } from '../support/folder.ts';
import { type Ran, runCommand } from '../support/run-command.ts';

let folder: string;
beforeEach(async () => {
  folder = testFolder();
  await runCommand(['init'], folder);
});

/** A survey of two languages with these keys of its file changed. */
function changed(keys: Readonly<Record<string, unknown>>): string {
  return sourceOf('two-languages', (file) => Object.assign(file, keys));
}

function publish(keys: Readonly<Record<string, unknown>> = {}): Promise<Ran> {
  return publishText(changed(keys));
}

function publishText(text: string): Promise<Ran> {
  const file = join(folder, 'survey.json');
  writeFileSync(file, text);
  return runCommand(['publish', file], folder);
}

async function everything(): Promise<Record<string, unknown>> {
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  try {
    return await dumpStore(db);
  } finally {
    await close();
  }
}

async function live(): Promise<unknown> {
  const { out } = await runCommand(['fieldwork', 'two-languages', '--json'], folder);
  const { version, status } = JSON.parse(out);
  return { version, status };
}

test('makes a survey live', async () => {
  const ran = await publish();
  expect([ran.exit, ran.err]).toEqual([0, '']);
  expect(ran.out).toMatch(/Version 1\.0 of two-languages is live\.\n$/);
  expect(await live()).toEqual({ version: '1.0', status: 'open' });
});

test('the same file twice changes nothing', async () => {
  await publish();
  const before = await everything();
  expect((await publish()).exit).toBe(0);
  expect(await everything()).toEqual(before);
});

test('a later version takes the place of the one before, which is kept', async () => {
  await publish();
  expect((await publish({ version: '1.1' })).exit).toBe(0);
  expect(await live()).toEqual({ version: '1.1', status: 'open' });
  expect((await everything()).survey_versions).toHaveLength(2);
});

test('a survey that was closed stays closed under its next version, and that is said', async () => {
  await publish();
  await runCommand(['fieldwork', 'two-languages', '--close'], folder);
  const { out } = await publish({ version: '1.1' });
  expect(out).toMatch(/is live\. The survey is closed\. To open it: npx soundings fieldwork two-languages --open\n$/);
  expect(await live()).toEqual({ version: '1.1', status: 'closed' });
});

describe('what is wrong is not published, and what was live stays live', () => {
  test.each<[what: string, text: () => string, found: RegExp]>([
    ['an empty file', () => '', /survey\.json:1 error \[/],
    ['half a file', () => sourceOf('two-languages').slice(0, -9), /survey\.json:\d+ error \[/],
    ['an error of shape', () => changed({ version: '' }), /survey\.json:1 error \[shape\] /],
    ['an error of sense', () => changed({ segments: ['NONE'] }), /survey\.json:1 error \[unknown-reference\] .*NONE/],
    [
      'other content under the same version',
      () => changed({ title: { en: 'Another', cy: 'Arall' } }),
      /error \[version-order\] There is another version 1\.0: the one that is live\. Raise the version of the later one\./,
    ],
    [
      'an earlier version',
      () => changed({ version: '0.9' }),
      /error \[version-order\] .* does not come after 1\.0, which is the one that is live\./,
    ],
  ])('%s', async (_, text, found) => {
    await publish();
    const before = await everything();
    const ran = await publishText(text());
    expect(ran.exit).toBe(1);
    expect(ran.out + ran.err).toMatch(found);
    expect(await everything()).toEqual(before);
  });

  test('a file that is not there, or is a folder', async () => {
    for (const path of [join(folder, 'none.json'), folder]) {
      const ran = await runCommand(['publish', path], folder);
      expect([ran.exit, ran.out]).toEqual([1, '']);
      expect(ran.err.split('\n')).toHaveLength(2);
    }
  });
});

test('nothing is published into a folder that has no store', async () => {
  const empty = testFolder();
  const ran = await runCommand(['publish', join(folder, 'survey.json')], empty);
  expect(ran).toMatchObject({ exit: 1, out: '' });
  expect(ran.err).toMatch(
    /answers\.sqlite does not exist: run "npx soundings init" to make it, or restore a backup\.\n$/,
  );
});
