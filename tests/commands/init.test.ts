import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';

const SURVEY = new URL('../surveys/engine/shown-by-stage.json', import.meta.url).pathname;

test('makes a folder and a store that only this user may read, and says what comes next', async () => {
  const folder = join(testFolder(), 'var', 'soundings');
  expect(await runCommand(['init'], folder)).toEqual({
    exit: 0,
    out: [
      `The stores are ready in ${folder}.`,
      'Next: npx soundings publish FILE, which checks a questionnaire and makes it live.',
      'For staff: npx soundings account add EMAIL --name NAME --admin, with SECRET set; the first admin invites the others.',
      'Then: npx soundings serve, with PUBLIC_URL set to the address where people will reach the site.',
      '',
    ].join('\n'),
    err: '',
  });
  expect(readdirSync(folder)).toEqual(['answers.sqlite', 'contacts.sqlite']);
  const rights = [folder, join(folder, 'answers.sqlite'), join(folder, 'contacts.sqlite')].map((path) =>
    (statSync(path).mode & 0o777).toString(8),
  );
  expect(rights).toEqual(['700', '600', '600']);
});

test('does no harm the second time', async () => {
  const folder = testFolder();
  await runCommand(['init'], folder);
  await runCommand(['publish', SURVEY], folder);
  const before = readFileSync(join(folder, 'answers.sqlite'));
  expect(await runCommand(['init'], folder)).toMatchObject({ exit: 0, err: '' });
  expect(readFileSync(join(folder, 'answers.sqlite')).equals(before)).toBe(true);
});

test('leaves the rights of a folder that was there as they were', async () => {
  const folder = testFolder();
  chmodSync(folder, 0o750);
  await runCommand(['init'], folder);
  expect((statSync(folder).mode & 0o777).toString(8)).toBe('750');
});

test('refuses what it cannot use, and leaves it as it was', async () => {
  const folder = testFolder();
  const file = join(folder, 'answers.sqlite');
  writeFileSync(file, '');
  const empty = await runCommand(['init'], folder);
  expect([empty.exit, empty.out]).toEqual([1, '']);
  expect(empty.err).toMatch(/^.*answers\.sqlite is empty, so what it held is lost or was never written: .*\n$/);
  expect(readFileSync(file, 'utf8')).toBe('');

  const inside = await runCommand(['init'], join(file, 'data'));
  expect([inside.exit, inside.out]).toEqual([1, '']);
  expect(inside.err).toBe(
    `The folder ${join(file, 'data')} cannot be made: ${file} is a file, not a folder. Set DATA_DIR to another.\n`,
  );

  const itself = await runCommand(['init'], file);
  expect([itself.exit, itself.out]).toEqual([1, '']);
  expect(itself.err).toMatch(
    /^The folder .*answers\.sqlite cannot be made: .*answers\.sqlite is a file, not a folder\. /,
  );
});

test.runIf(process.platform === 'linux')('gives up at once where no folder can be made', async () => {
  expect(await runCommand(['init'], '/proc/soundings/data')).toEqual({
    exit: 1,
    out: '',
    err: 'The folder /proc/soundings/data cannot be made: no folders can be made in /proc. Set DATA_DIR to another.\n',
  });
});

test.skipIf(process.getuid?.() === 0)('says where it may not write', async () => {
  const folder = testFolder();
  chmodSync(folder, 0o500);
  const { err } = await runCommand(['init'], join(folder, 'data'));
  chmodSync(folder, 0o700);
  expect(err).toBe(
    `The folder ${join(folder, 'data')} cannot be made: this user may not write in ${folder}. Set DATA_DIR to another.\n`,
  );
});
