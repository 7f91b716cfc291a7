/** One small wrong survey for each thing that the check finds, with all that it says about it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFiles } from '../../src/questionnaire/check-files.ts';
import { CHECKS } from '../../src/questionnaire/checks/names.ts';
import { surveyText } from './walks.ts';
import { checkNamedBy, expectedOf, findingsIn, fixtures, outputOf } from './wrong.ts';

describe('the check says of a wrong survey exactly what is written beside it', () => {
  test.each(fixtures)('%s', (fixture) => {
    expect(outputOf(fixture)).toBe(expectedOf(fixture));
  });
});

test.each(fixtures)('%s is wrong in nothing but what its name says', (fixture) => {
  const found = findingsIn(fixture).map(({ check }) => check);
  expect([...new Set(found)]).toEqual([checkNamedBy(fixture)]);
});

test('a survey with most of the language in it has nothing wrong', () => {
  const text = readFileSync(join(import.meta.dirname, 'right.json'), 'utf8');
  expect(checkFiles([{ path: 'right.json', text }], '2027-01-01')).toEqual([{ path: 'right.json', findings: [] }]);
});

test('a file that is too large is not read', () => {
  const [file] = checkFiles([{ path: 'large.json', text: `"${'x'.repeat(2_000_000)}"` }], '2027-01-01');
  expect(file?.findings).toEqual([
    {
      severity: 'error',
      check: 'size',
      pointer: '',
      line: 1,
      message: 'The file is larger than 2,000,000 characters.',
    },
  ]);
});

describe('no check goes without', () => {
  const names = Object.keys(CHECKS);

  test('a wrong survey', () => {
    const shown = new Set([...fixtures.map(checkNamedBy), 'size']);
    expect(names.filter((name) => !shown.has(name))).toEqual([]);
  });

  test('a row in the authors’ guide, which says the same', () => {
    const [, told = ''] = surveyText('README.md').split('## What the check tells you');
    const rows = [...told.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, name, meaning]) => [name, meaning]);
    expect(Object.fromEntries(rows)).toEqual(CHECKS);
  });

  test('a place in the code that finds it', () => {
    const folder = join(import.meta.dirname, '../../src/questionnaire');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('names.ts'),
    );
    const code = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    expect(names.filter((name) => !code.includes(`'${name}'`))).toEqual([]);
  });
});
