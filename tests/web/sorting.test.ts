import { expect, test } from 'vitest';
import { sortList } from '../../src/web/sorting.ts';

const ROWS = [
  { name: 'Survey 10', size: 3 },
  { name: 'survey 9', size: 10 },
  { name: 'Élan', size: 2 },
];
const BY = {
  name: { text: 'name', of: ({ name }: (typeof ROWS)[number]) => name },
  size: { text: 'size', of: ({ size }: (typeof ROWS)[number]) => size },
};
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

test('a link sorts by its column, and the chosen one turns round', () => {
  expect(sortList(ROWS, { sort: 'size' }, BY).links).toEqual([
    { text: 'name', href: '?sort=name&order=up', current: false, down: false },
    { text: 'size', href: '?sort=size&order=down', current: true, down: false },
  ]);
  expect(sortList(ROWS, { sort: 'size', order: 'down' }, BY).links[1]).toMatchObject({ href: '?sort=size&order=up' });
});
