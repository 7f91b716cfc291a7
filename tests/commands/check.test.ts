import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';

const SURVEYS = new URL('../surveys/', import.meta.url).pathname;

let folder: string;
beforeEach(() => {
  folder = testFolder();
});

/** What `--json` says of a file. */
interface CheckedJson {
  file: string;
  findings: { line: number; severity: string; check: string }[];
}

const check = (...words: string[]) => runCommand(['check', ...words], folder);

/** Copies a file of `tests/surveys/` into the folder. */
function put(source: string, name: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  copyFileSync(join(SURVEYS, source), path);
  return path;
}

describe('soundings check', () => {
  test('finds nothing in a good file, and says so', async () => {
    const ran = await check(put('right.json', 'right.json'));
    expect(ran).toMatchObject({ exit: 0, out: '1 file checked: no errors, no warnings.\n' });
  });

  test('names the place, what is wrong and what to do, and fails', async () => {
    const path = put('wrong/unknown-option.json', 'drinks.json');
    const ran = await check(path);
    expect(ran.exit).toBe(1);
    expect(ran.out).toBe(
      `${path}:62 error [unknown-option] D1 has no option "cofee". Did you mean "coffee"?\n\n` +
        '1 file checked: 1 error, no warnings.\n',
    );
  });

  test('does not fail for a warning', async () => {
    const ran = await check(put('wrong/unused-end.json', 'drinks.json'));
    expect([ran.exit, ran.out.split('\n').at(-2)]).toEqual([0, '1 file checked: no errors, 1 warning.']);
  });

  test('takes a folder for every survey file in it and below', async () => {
    put('right.json', 'surveys/drinks/1.0.json');
    put('wrong/html.json', 'surveys/other/drinks.json');
    put('wrong/html.json', 'surveys/survey.schema.json');
    const ran = await check(join(folder, 'surveys'));
    expect([ran.exit, ran.out.split('\n').at(-2)]).toEqual([1, '2 files checked: 1 error, no warnings, in 1 of them.']);
  });

  test('tells of many wrong files one after the other, errors before warnings, and counts them all', async () => {
    const paths = [
      put('right.json', 'a/1.0.json'),
      put('wrong/unused-end.json', 'b/drinks.json'),
      put('wrong/json-missing-comma.json', 'c/drinks.json'),
      put('wrong/unknown-option.json', 'd/drinks.json'),
    ];
    const both = paths[3] ?? '';
    const text = readFileSync(both, 'utf8').replace('"title": "Drinks"', '"title": "TODO"');
    writeFileSync(both, text);
    const ran = await check(folder);
    expect(ran.exit).toBe(1);
    const lines = ran.out.split('\n').map((line) => line.replace(`${folder}/`, '').replace(/\] .*/, ']'));
    expect(lines).toEqual([
      'b/drinks.json:59 warning [unused-end]',
      '',
      'c/drinks.json:2 error [json]',
      '',
      'd/drinks.json:62 error [unknown-option]',
      'd/drinks.json:4 warning [placeholder]',
      '',
      '4 files checked: 2 errors, 2 warnings, in 3 of them.',
      '',
    ]);
    const json = await check(folder, '--json');
    const findings = JSON.parse(json.out).flatMap(({ file, findings }: CheckedJson) =>
      findings.map(({ line, severity, check }) => `${file.replace(`${folder}/`, '')}:${line} ${severity} [${check}]`),
    );
    expect([json.exit, findings]).toEqual([1, lines.filter((line) => line.includes(' ['))]);
  });

  test('passes over what is in a folder and is no survey file', async () => {
    put('right.json', 'drinks/1.0.json');
    put('wrong/html.json', 'node_modules/other/package.json');
    mkdirSync(join(folder, 'old.json'));
    const ran = await check(folder);
    expect([ran.exit, ran.out]).toEqual([0, '1 file checked: no errors, no warnings.\n']);
  });

  test('takes a pattern for the files that it fits', async () => {
    put('right.json', 'a/1.0.json');
    put('wrong/html.json', 'b/2.0.txt.json');
    put('right.json', 'b/c/1.0.json');
    const one = await check(join(folder, '*/1.0.json'));
    expect(one.out).toContain('1 file checked');
    const any = await check(join(folder, '**/1.0.json'));
    expect(any.out).toContain('2 files checked');
  });

  test('checks a version against the one before it in its folder, without being asked to', async () => {
    put('wrong/option-removed/1.0.json', 'drinks/1.0.json');
    const ran = await check(put('wrong/option-removed/1.1.json', 'drinks/1.1.json'));
    expect(ran.exit).toBe(1);
    expect(ran.out).toContain('error [option-removed]');
    expect(ran.out).toContain('1 file checked');
  });

  test('gives the findings to a program', async () => {
    const path = put('wrong/html.json', 'drinks.json');
    const ran = await check(path, '--json');
    expect(ran.exit).toBe(1);
    expect(JSON.parse(ran.out)).toEqual([
      {
        file: path,
        findings: [expect.objectContaining({ severity: 'error', check: 'html', line: 44 })],
      },
    ]);
  });

  test.each(['nothing.json', 'nothing/*.json'])('is used wrongly where there is no file: %s', async (name) => {
    const ran = await check(join(folder, name));
    expect([ran.exit, ran.err]).toEqual([2, `There is no survey file at ${join(folder, name)}.\n`]);
  });
});

describe('soundings paths', () => {
  const paths = (...words: string[]) => runCommand(['paths', join(SURVEYS, 'right.json'), ...words], folder);

  test('shows the path of a stage', async () => {
    const ran = await paths('--stage', 'other');
    expect(ran.exit).toBe(0);
    expect(ran.out.split('\n').slice(0, 7)).toEqual([
      'other: Does not. 8 questions for all, 4 more for some.',
      '  For example: D1 is never',
      '  Taking part',
      '    A1',
      '  What you drink',
      '    D1',
      '    D2',
    ]);
    expect(ran.out).toContain('    D5_coffee if D2 includes coffee\n');
  });

  test('writes the diagram', async () => {
    const ran = await paths('--diagram', join(folder, 'flow.mmd'));
    expect([ran.exit, ran.err]).toEqual([0, `The diagram is in ${join(folder, 'flow.mmd')}.\n`]);
    expect(readFileSync(join(folder, 'flow.mmd'), 'utf8')).toMatch(/^flowchart TD\n/);
  });

  test('gives the paths to a program, each with made-up answers', async () => {
    const ran = await paths('--json');
    expect(JSON.parse(ran.out)).toEqual([
      expect.objectContaining({ stage: 'drinker', example: expect.objectContaining({ A1: 'yes' }) }),
      expect.objectContaining({ stage: 'other', example: expect.objectContaining({ A1: 'yes' }) }),
    ]);
  });

  test('says which stages there are when it does not know one', async () => {
    const ran = await paths('--stage', 'sober');
    expect([ran.exit, ran.err]).toEqual([2, 'Nobody can have the stage "sober". Its values: drinker, other.\n']);
  });

  test('says what is wrong with a file that cannot be read as a survey', async () => {
    const path = put('wrong/json-truncated.json', 'drinks.json');
    const ran = await runCommand(['paths', path], folder);
    expect(ran.exit).toBe(1);
    expect(ran.err).toContain(`${path}:4 error [json]`);
  });
});
