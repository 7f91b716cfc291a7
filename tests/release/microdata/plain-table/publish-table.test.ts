import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../../../src/questionnaire/random.ts';
import { parseSpec } from '../../../../src/release/microdata/plain-table/parse-spec.ts';
import { publishTable } from '../../../../src/release/microdata/plain-table/publish-table.ts';
import { readTable } from '../../../../src/release/microdata/plain-table/read-table.ts';
import type { TableSpec } from '../../../../src/release/microdata/plain-table/spec.ts';
import { lookAgain, tableCsv } from '../../../../src/release/microdata/plain-table/table-file.ts';
import { BYTES_A_ROW } from '../../../../src/release/microdata/row-names.ts';

function specOf(text: string): TableSpec {
  const { spec, findings } = parseSpec(text);
  if (!spec) throw new Error(JSON.stringify(findings));
  return spec;
}

const bytes = (rows: number, seed = 1) => {
  const random = randomFrom(seed);
  return Uint8Array.from({ length: rows * BYTES_A_ROW }, () => Math.floor(random() * 256));
};

/** A table through the whole way. */
function make(text: string, spec: TableSpec, { k = spec.k, budget = spec.budget, seed = 1 } = {}) {
  const table = readTable(text, spec);
  const published = publishTable(table, spec, { k, budget });
  const csv = tableCsv(published, table.rows, bytes(table.rows, seed));
  return { table, published, csv, look: lookAgain(csv, table, published) };
}

/** The columns of a file without its rows' names, as words a row, sorted. */
const rowsIn = (csv: string) =>
  csv
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',').slice(1).join(' '))
    .sort();

const file = (columns: string, ...rows: readonly (readonly [times: number, cells: string])[]) =>
  `${columns}\n${rows.map(([times, cells]) => `${cells}\n`.repeat(times)).join('')}`;

const columns = (more: object) =>
  specOf(
    JSON.stringify({
      k: 3,
      columns: {
        town: { role: 'quasi', hierarchy: { Leeds: ['North'], York: ['North'], Bath: ['South'], Hove: ['South'] } },
        ...more,
      },
    }),
  );

describe('keys', () => {
  test('stay as they are where everybody has company', () => {
    const { csv, published } = make(file('town', [3, 'Leeds'], [4, 'Bath']), columns({}));
    expect(rowsIn(csv)).toEqual(['Bath', 'Bath', 'Bath', 'Bath', 'Leeds', 'Leeds', 'Leeds']);
    expect(published).toMatchObject({ score: 0, withheldRows: 0, leftOut: [] });
  });

  test('are made coarser where that costs least', () => {
    const { csv } = make(file('town', [2, 'Leeds'], [1, 'York'], [4, 'Bath']), columns({}));
    expect(new Set(rowsIn(csv))).toEqual(new Set(['North', 'South']));
  });

  test('are withheld in a few rows where that costs less', () => {
    const { csv, look } = make(file('town', [50, 'Leeds'], [50, 'York'], [1, 'Bath'], [2, 'Hove']), columns({}));
    const rows = rowsIn(csv);
    expect(rows.filter((row) => row === '-6')).toHaveLength(3);
    expect(rows.filter((row) => row === 'Leeds')).toHaveLength(50);
    expect(look).toEqual({ smallestClass: 3, fewestCompatible: 3 });
  });

  test('keep why there is no answer as a value that others may know', () => {
    const rows = file('town', [3, 'Leeds'], [3, '-9'], [1, '-8'], [3, 'York']);
    expect(new Set(rowsIn(make(rows, columns({}), { budget: 0 }).csv))).toEqual(new Set(['*']));
    expect(new Set(rowsIn(make(file('town', [3, 'Leeds'], [3, '-9']), columns({})).csv))).toEqual(
      new Set(['Leeds', '-9']),
    );
  });

  test('that are numbers leave as bands', () => {
    const spec = specOf(JSON.stringify({ k: 3, columns: { age: { role: 'quasi', bands: [[18, 30]] } } }));
    expect(new Set(rowsIn(make(file('age', [3, '17'], [2, '18'], [1, '29.5']), spec).csv))).toEqual(
      new Set(['under 18', '18 to under 30']),
    );
  });

  test('cannot hide anybody among fewer rows than k', () => {
    expect(() => make(file('town', [2, 'Leeds']), columns({}))).toThrow(
      'The table has 2 rows, and nobody can be hidden among 3.',
    );
  });
});

describe('what tells something that is withheld is withheld with it', () => {
  const TOLD = {
    office: { role: 'plain', values: ['a', 'b'], tells: ['town'] },
    mood: { role: 'plain', values: ['up'] },
  };

  test('in the rows in which a key is', () => {
    const rows = file('town,office,mood', [50, 'Leeds,a,up'], [50, 'York,b,up'], [1, 'Bath,a,up'], [2, 'Hove,b,-1']);
    expect(rowsIn(make(rows, columns(TOLD)).csv).filter((row) => row.startsWith('-6'))).toEqual([
      '-6 -6 -1',
      '-6 -6 -1',
      '-6 -6 up',
    ]);
  });

  test('and whole, where the key is made coarser or stays', () => {
    const spec = columns({
      ...TOLD,
      size: { role: 'quasi' },
      staff: { role: 'plain', values: ['x'], tells: ['size'] },
    });
    const rows = file('town,office,mood,size,staff', [2, 'Leeds,a,up,1,x'], [1, 'York,a,up,2,x'], [3, 'Bath,a,up,3,x']);
    expect(make(rows, spec).published.leftOut).toEqual([
      { name: 'office', reason: 'tells "town", which is made coarser' },
      { name: 'size', reason: 'has neither values nor bands: raw numbers and text never leave' },
      { name: 'staff', reason: 'tells "size", which is left out' },
    ]);
  });

  test('over several steps', () => {
    const spec = columns({ ...TOLD, desk: { role: 'plain', values: ['x'], tells: ['office'] } });
    const rows = file('town,office,mood,desk', [2, 'Leeds,a,up,x'], [1, 'York,a,up,x'], [3, 'Bath,a,up,x']);
    expect(make(rows, spec).published.leftOut.map(({ name }) => name)).toEqual(['office', 'desk']);
  });
});

describe('a sensitive answer that all of a class gave, or all but one', () => {
  const spec = columns({
    debt: { role: 'sensitive', values: ['yes', 'no'] },
    lender: { role: 'plain', values: ['bank'], tells: ['debt'] },
    mood: { role: 'plain', values: ['up'] },
  });

  test('is withheld through the class, with whatever tells it', () => {
    const rows = file('town,debt,lender,mood', [3, 'Leeds,yes,bank,up'], [2, 'Bath,yes,bank,up'], [2, 'Bath,no,-1,up']);
    const { csv, published } = make(rows, spec);
    expect(rowsIn(csv)).toEqual([
      'Bath no -1 up',
      'Bath no -1 up',
      'Bath yes bank up',
      'Bath yes bank up',
      ...Array(3).fill('Leeds -6 -6 up'),
    ]);
    expect(published.columns.find(({ column }) => column.name === 'debt')?.diversity?.distinct).toBe(2);
  });

  test('is withheld though some did not answer', () => {
    const rows = file('town,debt,lender,mood', [3, 'Leeds,yes,bank,up'], [2, 'Leeds,-9,-1,up']);
    expect(rowsIn(make(rows, spec).csv).filter((row) => row.includes('yes'))).toEqual([]);
  });

  test('is not, where refusing is an answer too', () => {
    const rows = file('town,debt,lender,mood', [3, 'Leeds,yes,bank,up'], [2, 'Leeds,-7,-1,up']);
    expect(rowsIn(make(rows, spec).csv).filter((row) => row.includes('yes'))).toHaveLength(3);
  });
});

const read = (name: string) => readFileSync(new URL(`./members-synthetic.${name}`, import.meta.url), 'utf8');
const MEMBERS = read('csv');
const MEMBERS_SPEC = specOf(read('json'));

describe('the file', () => {
  test('is the same byte for byte for the same table, spec and seed', () => {
    expect(make(MEMBERS, MEMBERS_SPEC).csv).toBe(make(MEMBERS, MEMBERS_SPEC).csv);
  });

  test('has other names and another order with another seed, and the same rows', () => {
    const [one, other] = [1, 2].map((seed) => make(MEMBERS, MEMBERS_SPEC, { seed }).csv);
    expect(rowsIn(one ?? '')).toEqual(rowsIn(other ?? ''));
    const names = (csv = '') => csv.match(/^r[0-9a-f]{20}(?=,)/gm) ?? [];
    expect(names(one)).toHaveLength(120);
    expect(names(one)).toEqual([...names(one)].sort());
    expect(names(one).filter((name) => names(other).some((each) => each === name))).toEqual([]);
  });

  test('says the same rows whatever order they come in', () => {
    const [header, ...rows] = MEMBERS.trimEnd().split('\n');
    const turned = [header, ...rows.reverse()].join('\n');
    expect(rowsIn(make(turned, MEMBERS_SPEC).csv)).toEqual(rowsIn(make(MEMBERS, MEMBERS_SPEC).csv));
  });

  test('has nothing that the spec keeps back, and no cell that is not of the spec', () => {
    const { csv, published } = make(MEMBERS, MEMBERS_SPEC);
    expect(csv.split('\r\n')[0]).toBe('row_id,age,place,sector,trust,trust_why');
    const allowed = new Set(['-6', '-8', '-9', '*', ...published.columns.flatMap(({ values }) => values)]);
    expect(
      new Set(
        rowsIn(csv.replaceAll(' ', '_'))
          .flatMap((row) => row.split(' '))
          .filter((cell) => !allowed.has(cell.replaceAll('_', ' '))),
      ),
    ).toEqual(new Set());
  });

  test.each([3, 5, 10, 20])('keeps k = %i to the adversary and loses no less than a smaller k in the search', (k) => {
    const { look, published } = make(MEMBERS, MEMBERS_SPEC, { k });
    expect(look.smallestClass).toBeGreaterThanOrEqual(k);
    expect(look.fewestCompatible).toBeGreaterThanOrEqual(k);
    expect(published.search.score).toBeGreaterThanOrEqual(
      make(MEMBERS, MEMBERS_SPEC, { k: k - 1 }).published.search.score,
    );
  });
});

describe('the last look refuses', () => {
  const { table, published, csv } = make(file('town', [4, 'Leeds'], [4, 'Bath']), columns({}));
  const spoilt = (change: (line: string) => string) => () => lookAgain(change(csv), table, published);

  test('nothing that is as it should be', () => {
    expect(spoilt((text) => text)()).toEqual({ smallestClass: 4, fewestCompatible: 4 });
  });

  test('planted fault: a cell withheld as others count k, where it matches everything', () => {
    expect(spoilt((text) => text.replace('Leeds', '-6'))).toThrow('a class of 1 and somebody whom 4 rows fit');
  });

  test('planted fault: a class of another value than anybody gave', () => {
    expect(spoilt((text) => text.replaceAll('Leeds', 'Hove'))).toThrow('a class of 4 and somebody whom 0 rows fit');
  });

  test('planted fault: rows that are not there', () => {
    expect(spoilt((text) => `${text.split('\r\n').slice(0, 8).join('\r\n')}\r\n`)).toThrow('with 7 of 8 rows');
  });
});

/** Tables of three keys, one of which tells another, and of answers that tell each other. */
const madeUp = fc.tuple(
  fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.nat(90), fc.nat(2), fc.nat(2), fc.nat(1)), {
    minLength: 3,
    maxLength: 60,
  }),
  fc.integer({ min: 3, max: 6 }),
  fc.constantFrom(0, 0.05, 0.3),
);

test('on many tables, whatever is asked for, nothing is told that should not be', () => {
  const spec = columns({
    sector: { role: 'quasi', values: ['arts', 'food', 'health'], tells: ['town'] },
    staff: { role: 'quasi', bands: [[10, 30, 60], [30]] },
    debt: { role: 'sensitive', values: ['yes', 'no', 'past'] },
    lender: { role: 'plain', values: ['bank', 'kin', 'state'], tells: ['debt'] },
    desk: { role: 'plain', values: ['x', 'y'], tells: ['sector'] },
  });
  const words = [
    ['Leeds', 'York', 'Bath', 'Hove'],
    ['arts', 'food', 'health'],
    [],
    ['yes', 'no', 'past'],
    ['bank', 'kin', 'state'],
    ['x', 'y'],
  ];
  fc.assert(
    fc.property(madeUp, ([rows, k, budget]) => {
      fc.pre(rows.length >= k);
      const lines = rows.map((cells) => cells.map((cell, place) => words[place]?.[cell] ?? String(cell)).join());
      const { csv, look } = make(`town,sector,staff,debt,lender,desk\n${lines.join('\n')}\n`, spec, { k, budget });
      expect([look.smallestClass >= k, look.fewestCompatible >= k]).toEqual([true, true]);
      const [header = [], ...cells] = csv
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));
      const read = (row: readonly string[], name: string) => row[header.indexOf(name)];
      const debts = new Map<string, string[]>();
      for (const row of cells) {
        const told = ['town', 'sector', 'staff'].map((name) => read(row, name)).join();
        if (read(row, 'town') === '-6') expect(['-6', '*']).toContain(read(row, 'sector'));
        if (header.includes('desk') && read(row, 'sector') === '-6') expect(read(row, 'desk')).toBe('-6');
        if (read(row, 'debt') === '-6') expect(read(row, 'lender')).toBe('-6');
        else debts.set(told, [...(debts.get(told) ?? []), read(row, 'debt') ?? '']);
      }
      for (const own of debts.values())
        for (const debt of own) expect(own.filter((each) => each !== debt).length).toBeGreaterThanOrEqual(2);
    }),
    { seed: 20261122, numRuns: 150 },
  );
});
