import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../../../src/release/microdata/plain-table/parse-spec.ts';

const KEY = { role: 'quasi', values: ['a', 'b'] };
const spec = (columns: unknown, more: object = {}) => JSON.stringify({ columns, ...more }, null, 2);
const tree = (hierarchy: unknown) => spec({ town: { role: 'quasi', hierarchy } });
const bands = (levels: unknown) => spec({ age: { role: 'quasi', bands: levels } });

test('a spec says little where there is little to say', () => {
  expect(parseSpec(spec({ town: KEY })).spec).toEqual({
    k: 5,
    budget: 0.05,
    synthetic: false,
    missing: {},
    columns: { town: { ...KEY, tells: [] } },
  });
});

describe('a spec that cannot be is refused in a sentence with its line', () => {
  test.each<[what: string, text: string, line: number, message: string]>([
    ['broken JSON', '{"columns": {', 1, 'The file ends, but the "{" in line 1 is never closed.'],
    ['another thing', '[]', 1, 'The file is a form {…}.'],
    ['no columns', '{}', 1, 'columns: "columns" is a form {…} with each column’s name.'],
    [
      'a misspelt key',
      spec({ town: { ...KEY, tels: [] } }),
      9,
      '"tels" is not something that can be said here. Did you mean "tells"?',
    ],
    ['no role', spec({ town: { values: ['a'] } }), 3, 'columns → town → role: "role" is one of direct, quasi'],
    ['a role there is none of', spec({ town: { role: 'secret' } }), 4, '"role" is one of direct, quasi'],
    [
      'k under the floor',
      spec({ town: KEY }, { k: 2 }),
      11,
      '"k" is at least 3: with fewer, people could be recognised.',
    ],
    ['k that is no whole number', spec({ town: KEY }, { k: 3.5 }), 11, '"k" is a whole number.'],
    ['a budget over a half', spec({ town: KEY }, { budget: 0.6 }), 11, '"budget" is at most 0.5.'],
    [
      'a missing code that is not in the table',
      spec({ town: KEY }, { missing: { na: -6 } }),
      12,
      'A missing code is one of -1, -2, -5, -7, -8, -9.',
    ],
    [
      'a column called as the rows are',
      spec({ Row_ID: { role: 'direct' }, town: KEY }),
      3,
      '"row_id" is the first column of the file that is made: rename yours.',
    ],
    [
      'a column whose name is a formula',
      spec({ '=1+1': { role: 'direct' }, town: KEY }),
      3,
      'A column’s name begins with a letter',
    ],
    [
      'a value that is a formula',
      spec({ town: { role: 'quasi', values: ['=cmd()'] } }),
      6,
      'A value begins with a letter',
    ],
    [
      'a value that could be a missing code',
      spec({ town: { role: 'quasi', values: ['-9'] } }),
      6,
      'A value begins with a letter',
    ],
    [
      'a value with a line break',
      spec({ town: { role: 'quasi', values: ['a\nb'] } }),
      6,
      'A value begins with a letter',
    ],
    ['a value in a hierarchy that is the top', tree({ '*': [] }), 6, 'A value begins with a letter'],
    ['no keys', spec({ town: { role: 'plain', values: ['a'] } }), 2, 'No column has the role "quasi"'],
    [
      'nine keys',
      spec(Object.fromEntries([...'abcdefghi'].map((name) => [name, KEY]))),
      59,
      'There are 9 quasi-identifiers; 8 at most',
    ],
    [
      'names that differ in their case',
      spec({ town: KEY, Town: KEY }),
      10,
      'Two columns are called "Town" but for their case.',
    ],
    ['two forms of values', spec({ town: { ...KEY, bands: [[1]] } }), 3, '"town" has "values" and "bands".'],
    [
      'values of what never leaves',
      spec({ town: KEY, name: { role: 'direct', values: ['a'] } }),
      10,
      '"name" is "direct" and never leaves',
    ],
    [
      'a value twice',
      spec({ town: { role: 'quasi', values: ['a', 'a'] } }),
      5,
      '"a" stands twice in the values of "town".',
    ],
    [
      'a column told that is not there',
      spec({ town: { ...KEY, tells: ['nation'] }, nations: { role: 'direct' } }),
      9,
      'and there is no such column. Did you mean "nations"?',
    ],
    [
      'a key that tells what is sensitive',
      spec({ town: { ...KEY, tells: ['debt'] }, debt: { role: 'sensitive', values: ['a', 'b'] } }),
      9,
      'which is sensitive: they know that already',
    ],
    ['bands that do not go up', bands([[30, 20]]), 5, 'The bands of "age" do not go up at 20.'],
    ['bands that cross', bands([[20, 30], [25]]), 5, 'A coarser band of "age" begins at 25, where no finer one does.'],
    ['an empty hierarchy', tree({}), 5, 'The hierarchy of "town" is empty.'],
    ['an uneven hierarchy', tree({ a: ['x'], b: [] }), 9, '"b" has 0 coarser values and "a" has 1.'],
    ['a hierarchy that crosses', tree({ a: ['x', 'p'], b: ['x', 'q'] }), 10, '"x" is in "p" and in "q".'],
  ])('%s', (_, text, line, message) => {
    const { spec: parsed, findings } = parseSpec(text);
    expect(parsed).toBeUndefined();
    const said = findings.map((each) => ({ line: each.line, message: `${each.message} ${each.mend ?? ''}` }));
    expect(said).toContainEqual({ line, message: expect.stringContaining(message) });
  });
});
