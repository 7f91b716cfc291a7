import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { pathsOf } from '../../src/questionnaire/paths.ts';
import { drawFlow } from '../../src/questionnaire/picture/draw.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';

const SURVEY = new URL('../surveys/engine/shown-by-stage.json', import.meta.url).pathname;
const WINDOWS = new URL('../surveys/wrong/encoding.json', import.meta.url).pathname;

test('says that it wants a file where it is given a folder', async () => {
  const folder = testFolder();
  mkdirSync(join(folder, 'surveys'));
  const ran = await runCommand(['paths', join(folder, 'surveys')], folder);
  expect(ran).toEqual({ exit: 1, out: '', err: `${join(folder, 'surveys')} is a folder. Name a file in it.\n` });
});

test('prints nothing where the diagram cannot be written', async () => {
  const folder = testFolder();
  const file = join(folder, 'none', 'flow.mmd');
  const ran = await runCommand(['paths', SURVEY, '--diagram', file], folder);
  expect(ran).toEqual({ exit: 1, out: '', err: `${file} cannot be written. Is its folder there?\n` });
});

test('draws the flow into a file, all of it whatever stage is shown', async () => {
  const folder = testFolder();
  const file = join(folder, 'flow.svg');
  const ran = await runCommand(['paths', SURVEY, '--svg', file, '--stage', 'future'], folder);
  expect([ran.exit, ran.err]).toEqual([0, `The picture is in ${file}.\n`]);
  const survey = getSurvey(readFileSync(SURVEY, 'utf8'));
  expect(readFileSync(file, 'utf8')).toBe(drawFlow(survey, pathsOf(survey)));
});

test.each(['publish', 'paths', 'simulate'])('%s does not read a file that is not UTF-8', async (command) => {
  const folder = testFolder();
  await runCommand(['init'], folder);
  const ran = await runCommand([command, WINDOWS], folder);
  expect([ran.exit, ran.out]).toEqual([1, '']);
  expect(ran.err).toContain(`${WINDOWS}:48 The file is not saved as UTF-8: in “Caf�” a letter cannot be read.`);
});

test('a file in UTF-16 is called what it is', async () => {
  const folder = testFolder();
  const file = join(folder, '1.0.json');
  writeFileSync(file, Buffer.from('\uFEFF{ "survey": "drinks" }', 'utf16le'));
  const ran = await runCommand(['paths', file], folder);
  expect(ran.err).toBe(`${file}:1 The file is saved as UTF-16. Save the file as UTF-8.\n`);
});
