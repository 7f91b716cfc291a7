import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../../../src/release/microdata/plain-table/parse-spec.ts';
import { readTable } from '../../../../src/release/microdata/plain-table/read-table.ts';

const { spec } = parseSpec(
  JSON.stringify({
    missing: { '': -9, dk: -8 },
    columns: {
      name: { role: 'direct' },
      age: { role: 'quasi', bands: [[18, 30], [30]] },
      town: { role: 'quasi', values: ['Leeds', 'York'], missing: { none: -1 } },
    },
  }),
);
const read = (text: string) => {
  if (!spec) throw new Error('the spec is wrong');
  return readTable(text, spec);
};

test('cells are read as leaves and missing codes, and what never leaves is not read', () => {
  const table = read('\uFEFFname,age,town\r\n"A, B",17.9,Leeds\r\n"C\nD",18, York \r\n,30,none\n,dk,-5\n\n,,\n');
  expect(table.rows).toBe(4);
  expect(table.header).toEqual(['name', 'age', 'town']);
  expect(table.columns.map(({ name, codes }) => [name, ...codes])).toEqual([
    ['age', 0, 1, 2, -8],
    ['town', 0, 1, -1, -5],
  ]);
  expect(table.columns[0]?.tree.paths).toEqual([
    ['under 18', 'under 30'],
    ['18 to under 30', 'under 30'],
    ['30 and over', '30 and over'],
  ]);
});

describe('a table that is not as its spec says is refused, with line and column', () => {
  test.each<[what: string, text: string, sentence: string]>([
    ['nothing in it', '', 'The file is empty.'],
    ['no rows', 'name,age,town\n', 'There are no rows under the header.'],
    [
      'semicolons',
      'name;age;town\nA;18;York\n',
      'The header has no commas. Save the table as CSV with commas between the cells.',
    ],
    [
      'a column that nobody named',
      'name,age,town,ip\n',
      'Line 1, column 4: the spec does not name "ip". Say there what it is; "direct" and "technical" columns stay out.',
    ],
    ['a misspelt column', 'name,age,twon\n', 'Line 1, column 3: the spec does not name "twon". Did you mean "town"?'],
    [
      'a column with a name of the language',
      'name,age,town,constructor\n',
      'Line 1, column 4: the spec does not name "constructor".',
    ],
    [
      'a column that is not there',
      'name,age\n',
      'Line 1: the column "town" of the spec is not there. Mend its name, or take it out of the spec.',
    ],
    ['a column twice', 'name,age,town,age\n', 'Line 1: two columns are called "age". Rename one.'],
    [
      'a cell too many',
      'name,age,town\nA,18,York,x\n',
      'Line 2 has 4 cells, and the header has 3. A cell with a comma in it needs quotes around it.',
    ],
    [
      'a value that the spec does not have',
      'name,age,town\n"A\nB",18,York\nC,19,Bath\n',
      'Line 4, column "town": "Bath" is not one of the values that the spec lists. Add it there, or say under "missing"',
    ],
    [
      'a word of the language as a value',
      'name,age,town\nA,18,toString\n',
      'Line 2, column "town": "toString" is not one of',
    ],
    [
      'a word that means missing in another column',
      'name,age,town\nA,none,York\n',
      'Line 2, column "age": "none" is not a number such as 1234.5',
    ],
    [
      'a number under 0 that is no missing code',
      'name,age,town\nA,-3,York\n',
      'Line 2, column "age": "-3" is not a number',
    ],
    ['the code of what we withhold', 'name,age,town\nA,18,-6\n', 'Line 2, column "town": "-6" is not one of'],
    [
      'a number with commas',
      'name,age,town\nA,"1,800",York\n',
      'Line 2, column "age": "1,800" is not a number such as 1234.5, without signs or commas.',
    ],
    ['a quote that is not closed', 'name,age,town\nA,"18,York\n', 'This is not CSV as it should be: Quote Not Closed'],
  ])('%s', (_, text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
  });

  test('the first twenty are told, and how many more there are', () => {
    const text = `name,age,town\n${'A,18,Bath\n'.repeat(1022)}`;
    expect(() => read(text)).toThrow(/^(Line .*\n){20}And 1,002 more\.$/);
  });
});
