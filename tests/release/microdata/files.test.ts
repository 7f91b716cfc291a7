import { describe, expect, test } from 'vitest';
import { anonymise, bundle } from '../../../src/release/released.ts';
import { bytes, club, clubs, other, snapshotOf, times } from './clubs.ts';

const survey = clubs({ k: 3, columns: ['S1', 'T1', 'H1', 'H2', 'V1', 'C1', 't1_any', 'worries', 'P2', 'N1'] });
const ANSWERS = [
  club(),
  club({ S1: 'trial', T1: ['text', 'other'], T1_other: 'A robot', H1: 'yes', H2: 'often' }),
  club({ T1: null, H1: 'pnts', C1_cost: null, C1_law: null }),
  club({ T1: ['dk'], H1: null, C1_cost: 'big', C1_law: 'big' }),
  ...times(3, other({ P2: 's100', H1: 'no', V1: 'yes', N1: '12', Z1: '=1+1' })),
  ...['town', 'village', 'farm'].map((P1) => other({ P1, P2: 's10', V1: null })),
];
const released = anonymise([survey], snapshotOf(survey, ANSWERS), {
  keyNames: ['stage', 'size'],
  k: 3,
  synthetic: true,
  random: bytes(10 * ANSWERS.length),
});
const page = '<!DOCTYPE html>\n<title>Codebook</title>\n';
const files = bundle(released, 2, page).content;

describe('the files of a data release', () => {
  test('are the data, a codebook twice, and what to read first', () => {
    expect(Object.keys(files)).toEqual(['README.txt', 'clubs-2-synthetic.csv', 'codebook.html', 'codebook.json']);
  });

  test.each(Object.keys(files))('%s is this, to the byte', async (name) => {
    await expect(files[name]).toMatchFileSnapshot(`expected/${name}`);
  });

  test('the data are whole numbers in lines that end in CRLF, without a mark before them and without an empty cell', () => {
    const csv = files['clubs-2-synthetic.csv'] ?? '';
    const [header, ...rows] = csv.split('\r\n');
    expect(header).toMatch(/^row_id(,[a-z][a-z0-9_]*)+$/);
    expect(rows.pop()).toBe('');
    for (const row of rows) expect(row).toMatch(/^r[0-9a-f]{20}(,-?\d+)+$/);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n"]/);
  });

  test('nothing that people typed and nothing that may not leave is in any of them', () => {
    const [header = ''] = (files['clubs-2-synthetic.csv'] ?? '').split('\r\n');
    for (const name of ['p1', 'p2', 'n1', 'd1', 'w1', 'x1', 'z1', 't1_other_text', 'a1']) {
      expect(header.split(',')).not.toContain(name);
    }
    expect(Object.values(files).join()).not.toMatch(/A robot|=1\+1/);
  });

  test('the files of answers that people gave are not called made up', () => {
    const real = anonymise([survey], snapshotOf(survey, ANSWERS), {
      keyNames: ['stage'],
      k: 3,
      synthetic: false,
      random: bytes(10 * ANSWERS.length),
    });
    const own = bundle(real, 1, page);
    expect(Object.keys(own.content)).toContain('clubs-1.csv');
    expect(JSON.stringify({ ...own.content, 'codebook.json': '' })).not.toMatch(/synthetic|made up/i);
  });
});
