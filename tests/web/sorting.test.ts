import { expect, test } from 'vitest';
import { sortList } from '../../src/web/sorting.ts';

const ROWS = [
  { name: 'Survey 10', size: 3 },
  { name: 'survey 9', size: 10 },
  { name: 'Élan', size: 2 },
];
const BY = {
  name: { text: 'name', of: ({ name }: (typeof ROWS)[number]) => name },
  size: { text: 'size', ways: ['smallest first', 'largest first'], of: ({ size }: (typeof ROWS)[number]) => size },
} as const;
const sizesIn = (query: Readonly<Record<string, unknown>>) => sortList(ROWS, query, BY).rows.map(({ size }) => size);

test.each([
  [{}, [2, 10, 3]],
  [{ sort: 'name' }, [2, 10, 3]],
  [{ sort: 'name', order: 'down' }, [3, 10, 2]],
  [{ sort: 'size' }, [2, 3, 10]],
  [{ sort: 'size', order: 'down' }, [10, 3, 2]],
  // What is none of a page's own links changes nothing.
  [{ sort: 'toString', order: ['down', 'up'] }, [2, 10, 3]],
  [{ sort: ['size'], order: 'sideways' }, [2, 10, 3]],
])('a list is sorted as its address says: %j', (query, sizes) => {
  expect(sizesIn(query)).toEqual(sizes);
});

test('a link sorts by its column, and the chosen one says how the list stands and turns it round', () => {
  expect(sortList(ROWS, { sort: 'size' }, BY).links).toEqual([
    { text: 'name', href: '?sort=name&order=up', current: false },
    { text: 'size, smallest first', href: '?sort=size&order=down', current: true },
  ]);
  expect(sortList(ROWS, { sort: 'size', order: 'down' }, BY).links).toEqual([
    { text: 'name', href: '?sort=name&order=up', current: false },
    { text: 'size, largest first', href: '?sort=size&order=up', current: true },
  ]);
  expect(sortList(ROWS, {}, BY).links[0]?.text).toBe('name, A to Z');
});

test('what else stands in the address stays', () => {
  const kept = { month: '2027-03', who: 'Bo & Cy', none: undefined };
  expect(sortList(ROWS, {}, BY, kept).links[1]?.href).toBe('?month=2027-03&who=Bo+%26+Cy&sort=size&order=up');
});
