/** One server on one data folder (D4). */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockDataFolder } from '../../src/db/lock.ts';
import { openAnswers, StartRefused } from '../../src/db/open.ts';
import { nextLine, startChild } from '../support/child.ts';
import { testFolder } from '../support/folder.ts';

function refusal(folder: string): StartRefused {
  return new StartRefused(
    `A Soundings server is already running on ${folder}: stop it first, or set another DATA_DIR for this one.`,
  );
}

test('a second server on the same folder is refused until the first ends, be it by kill -9', async () => {
  const folder = testFolder();
  const first = startChild('db-opener.ts', [folder, '--lock']);
  expect(await nextLine(first)).toBe('open');

  await expect(lockDataFolder(folder)).rejects.toThrow(refusal(folder));
  const second = startChild('db-opener.ts', [folder, '--lock']);
  expect(await second.ended).toEqual({ code: 1, errors: `StartRefused: ${refusal(folder).message}\n` });

  first.process.kill('SIGKILL');
  await first.ended;
  const third = startChild('db-opener.ts', [folder, '--lock', '--must-exist']);
  expect(await nextLine(third)).toBe('open');
});

test('a lock holds within one process too, and can be given back', async () => {
  const folder = testFolder();
  const lock = await lockDataFolder(folder);
  await expect(lockDataFolder(folder)).rejects.toThrow(refusal(folder));
  lock.release();
  (await lockDataFolder(folder)).release();
});

test('commands work beside a server', async () => {
  const folder = testFolder();
  const lock = await lockDataFolder(folder);
  const server = await openAnswers(join(folder, 'answers.sqlite'));
  const command = await openAnswers(join(folder, 'answers.sqlite'), { mustExist: true });
  await command.close();
  await server.close();
  lock.release();
});

test('a lock file that is none is named', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'server.lock'), 'not a lock at all, but words '.repeat(99));
  await expect(lockDataFolder(folder)).rejects.toThrow(/server\.lock cannot be locked \(SQLITE_NOTADB\): remove it/);
  rmSync(folder, { recursive: true });
  await expect(lockDataFolder(folder)).rejects.toThrow(/^The folder .* does not exist: run "npx soundings init"/);
});
