/** M18 over both audiences: what everybody can read, less what the network is told, is of those in the rest. */
import { describe, expect, test } from 'vitest';
import { ask } from '../../../src/release/network/ask.ts';
import { type Network, narrowNetwork, openNetwork } from '../../../src/release/network/network.ts';
import type { ProtectedTables } from '../../../src/release/tables/protected-tables.ts';
import { alike, farms, fileOf, type Row } from './farms.ts';

const POLICY = { cell: 5, base: 10, width: 5, hierarchies: {} };
const said = (n: number, q3: number, size: number) => alike(n, { k1: 1, size, k3: 1, q3, q1: 1 });

/** Of those whose size is withheld two said yes, or all five of a kind. */
const rows = (yes: number): Row[] => [
  ...[1, 4].flatMap((size) => [...said(60, 1, size), ...said(60, 2, size)]),
  ...said(yes, 1, -6),
  ...said(20, 2, -6),
];

/** A table of this question, in which nothing is hidden, of everybody and of each size. */
function tableOf(all: readonly Row[], name: string, values: number[], codes: string[]): ProtectedTables {
  const column = name.toLowerCase();
  const group = (code: string, isIn: (row: Row) => boolean) => {
    const counts = values.map((value) => all.filter((row) => isIn(row) && row[column] === value).length);
    const base = counts.reduce((sum, n) => sum + n, 0);
    return { code, labels: [], asked: base, rows: [{ base, counts, nets: [] }] };
  };
  const sizes = ['micro', 'small', 'middle', 'large'].map((code, place) =>
    group(code, ({ size }) => size === place + 1),
  );
  return {
    ...{ survey: 'farms', version: '1.0', title: 'Farms', wave: 'Spring', languages: ['en'], madeOn: '2027-05-01' },
    ...{ responses: all.length, synthetic: true, policy: POLICY, segments: [], sections: [], readings: [] },
    tables: [
      {
        ...{ name, kind: 'choice', section: '', label: name, wordings: [], nets: [] },
        rows: [{ variable: column, label: name }],
        options: codes.map((code) => ({ code, label: code })),
        overall: group('', () => true),
        views: [{ segment: 'size', groups: sizes }],
      },
    ],
  };
}

const q3Of = (all: readonly Row[]) => tableOf(all, 'Q3', [1, 2], ['yes', 'no']);
const names = ({ offered }: Network) => offered.map(({ question }) => question.name);

/** Somebody with both: printed counts less the network's. */
function subtract(network: Network, { tables: [table] }: ProtectedTables): number[] {
  const [group] = ask(network, { question: 'Q3' }).groups;
  const printed = table?.overall?.rows[0]?.counts ?? [];
  return (group?.rows[0]?.figures ?? []).map((figure, place) =>
    figure.state === 'shown' ? (printed[place] ?? 0) - figure.n : Number.NaN,
  );
}

describe('published tables beside the network’s figures', () => {
  test('planted: without looking at them two people’s sensitive answer is told', () => {
    expect(subtract(openNetwork(fileOf(rows(2)), farms, POLICY), q3Of(rows(2)))).toEqual([2, 20]);
  });

  test('the question is not offered then', () => {
    expect(names(openNetwork(fileOf(rows(2)), farms, POLICY, [q3Of(rows(2))]))).not.toContain('Q3');
  });

  test('it is where at least t are left', () => {
    const network = openNetwork(fileOf(rows(5)), farms, POLICY, [q3Of(rows(5))]);
    expect(names(network)).toContain('Q3');
    expect(subtract(network, q3Of(rows(5)))).toEqual([5, 20]);
  });

  test('and by a key only where at least t are left in each of its groups', () => {
    const keyed = openNetwork(fileOf(rows(5)), farms, POLICY, [q3Of(rows(5))]);
    const level = ({ keys, offered }: Network) =>
      offered.find(({ question }) => question.name === 'Q3')?.levels[keys.findIndex(({ code }) => code === 'size')];
    // Everybody of a known size is counted, and whose size is withheld is printed by none.
    expect(level(keyed)).toBe(0);
    const truth = rows(5).map((row, place) => (row.size === -6 ? { ...row, size: place < 242 ? 1 : 4 } : row));
    expect(level(openNetwork(fileOf(rows(5)), farms, POLICY, [q3Of(truth)]))).toBeGreaterThan(0);
  });

  test('small counts of other questions are not looked at', () => {
    const q1 = tableOf(rows(2), 'Q1', [1], ['never']);
    expect(names(openNetwork(fileOf(rows(2)), farms, POLICY, [q1]))).toContain('Q1');
  });

  test('tables that come out later leave nothing finer than was told before, and drop what does not fit', () => {
    const before = openNetwork(fileOf(rows(2)), farms, POLICY);
    const after = narrowNetwork(before, farms, [q3Of(rows(2))]);
    expect(names(before)).toContain('Q3');
    expect(names(after)).toEqual(names(before).filter((name) => name !== 'Q3'));
    expect(after.refused.map(({ name }) => name)).toContain('Q3');
    const truth = rows(5).map((row, place) => (row.size === -6 ? { ...row, size: place < 242 ? 1 : 4 } : row));
    const wide = openNetwork(fileOf(rows(5)), farms, POLICY);
    const levels = ({ offered }: Network) => offered.find(({ question }) => question.name === 'Q3')?.levels ?? [];
    const narrowed = levels(narrowNetwork(wide, farms, [q3Of(truth)]));
    expect(narrowed.every((level, key) => level >= (levels(wide)[key] ?? 0))).toBe(true);
    expect(narrowed).not.toEqual(levels(wide));
  });
});
