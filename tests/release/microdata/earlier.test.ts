import { describe, expect, test } from 'vitest';
import { findConflict, type HeldFile, heldFile } from '../../../src/release/microdata/earlier.ts';

const CODES: Record<string, number> = { town: 1, farm: 2, yes: 1, no: 2 };

/** A file with a key `p`, written as "town yes, town no": the key and an answer for each row. */
const file = (rows: string, keys = ['p']) =>
  heldFile(
    [
      'row_id,p,q',
      ...rows.split(', ').map((row, index) => `r${index},${row.split(' ').map((word) => CODES[word])}`),
    ].join('\r\n'),
    keys,
  );
const rows = (n: number, row: string) => Array.from({ length: n }, () => row).join(', ');

describe('R3, M17: a file beside an earlier one', () => {
  const first = rows(5, 'town yes');
  const farms = rows(3, 'farm no');
  test.each([
    ['with the same rows', first, first, undefined],
    ['with the same rows in another order', `${first}, ${farms}`, `${farms}, ${first}`, undefined],
    ['with a newcomer', first, `${first}, town no`, 'rows'],
    ['with one who has gone', `${first}, town no`, first, 'rows'],
    ['with an answer changed', `${first}, town no`, `${first}, town yes`, 'rows'],
    ['with k newcomers who look alike', first, `${first}, ${rows(3, 'farm no')}`, undefined],
    [
      'with k who have gone and k others who have come',
      `${first}, ${rows(3, 'farm no')}`,
      `${first}, ${rows(3, 'farm yes')}`,
      'rows',
    ],
    ['with k newcomers who do not', first, `${first}, ${rows(2, 'farm no')}, town no`, 'rows'],
  ])('%s', (_, before, after, conflict) => {
    expect(findConflict(file(before), file(after), 3)).toBe(conflict);
  });

  test.each([
    ['who all gave one sensitive answer', 'yes', 'answers'],
    ['of whom all but one did', 'no', 'answers'],
    ['of whom two gave another', 'no, farm no', undefined],
  ])('with newcomers alike on the keys %s', (_, last, conflict) => {
    const sensitive = (text: string): HeldFile => ({ ...file(text), sensitive: ['q'] });
    const before = `${first}, ${rows(5, 'town no')}`;
    const after = `${before}, ${rows(3, 'farm yes')}, farm ${last}`;
    expect(findConflict(sensitive(before), sensitive(after), 3)).toBe(conflict);
    expect(findConflict(sensitive(after), sensitive(before), 3)).toBe(conflict);
  });

  test.each([
    ['who all gave one sensitive answer', 'town yes', 'answers'],
    ['of whom all but one did', 'town no', 'answers'],
    ['of whom two gave another', 'town no, town no', undefined],
  ])('with newcomers in a class in which others gave another answer, %s', (_, last, conflict) => {
    const sensitive = (text: string): HeldFile => ({ ...file(text), sensitive: ['q'] });
    const before = `${first}, ${rows(5, 'town no')}`;
    expect(findConflict(sensitive(before), sensitive(`${before}, ${rows(3, 'town yes')}, ${last}`), 3)).toBe(conflict);
  });

  const held = (keys: string[], ...names: string[]) =>
    heldFile([`row_id,${names}`, ...[1, 2, 3].map((row) => `r${row},${names.map(() => 1)}`)].join('\r\n'), keys);

  test.each([
    ['may have fewer keys', ['p', 's'], ['p'], undefined],
    ['may have more keys', ['p'], ['p', 's'], undefined],
    ['may have no keys', ['p'], [], undefined],
    ['may not have another key instead', ['p'], ['s'], 'keys'],
    ['may not have another key besides a shared one', ['p', 's'], ['p', 't'], 'keys'],
  ])('%s', (_, before, after, conflict) => {
    expect(findConflict(held(before, ...before, 'q'), held(after, ...after, 'q'), 3)).toBe(conflict);
  });

  const weighed = (...weights: number[]): HeldFile => ({
    ...held(['p'], 'p'),
    weights: ['weight'],
    rows: weights.length,
    columns: new Map<string, Int32Array | Float64Array>([
      ['p', Int32Array.from(weights, () => 1)],
      ['weight', Float64Array.from(weights)],
    ]),
  });

  test.each([
    ['the same ones', weighed(1.25, 1.25, 1.25, 1.5, 1.5, 1.5), undefined],
    ['others, of as many', weighed(1.3, 1.3, 1.3, 1.3, 1.3, 1.3), undefined],
    ['some that fewer than k have, to a decimal', weighed(1.25, 1.25, 1.25, 1.5, 1.5, 1.75), 'joined'],
  ])('may have weights: %s', (_, now, conflict) => {
    expect(findConflict(weighed(1.25, 1.25, 1.25, 1.5, 1.5, 1.5), now, 3)).toBe(conflict);
  });

  test('keeps the decimals of weights', () => {
    expect([...(heldFile('row_id,weight\r\nr1,1.25\r\nr2,1.75\r\n', []).columns.get('weight') ?? [])]).toEqual([
      1.25, 1.75,
    ]);
  });
});
