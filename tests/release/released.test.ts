import { expect, test } from 'vitest';
import { findPage } from '../../src/release/page/results-page.ts';
import { type Released, reopenTables } from '../../src/release/released.ts';
import type { ProtectedTables } from '../../src/release/tables/protected-tables.ts';
import { resultsCsv } from '../../src/release/tables/results-file.ts';
import { type choirFamily, protectedChoirs } from './choirs.ts';

const wanted = { section: undefined, by: undefined, dontKnowOut: false };

test('whatever did not come through the gate does not compile', () => {
  // Never called: "npm run types" fails where one of these lines would compile.
  const refusals = (raw: ReturnType<typeof choirFamily>, tables: ProtectedTables) => {
    // @ts-expect-error raw tables are not released
    resultsCsv(raw);
    // @ts-expect-error nor are protected ones that went past the gate
    resultsCsv(tables);
    // @ts-expect-error the mark cannot be made up
    resultsCsv({ content: tables });
    // @ts-expect-error nor taken from its name
    resultsCsv({ content: tables, [Symbol('released')]: true });
    // @ts-expect-error a page asks for it as well
    findPage(raw, wanted, 'en', String);
  };
  expect(refusals).toBeTypeOf('function');
});

test('what comes out of the gate can be written and reopened as it was', async () => {
  const released: Released<ProtectedTables> = await protectedChoirs(40, 1);
  const again = reopenTables(JSON.stringify(released.content));
  expect(resultsCsv(again)).toBe(resultsCsv(released));
});

test('the mark does not survive a copy as text', async () => {
  const released = await protectedChoirs(40, 1);
  expect(Object.keys(JSON.parse(JSON.stringify(released)))).toEqual(['content']);
});

test('the ledger’s text is read strictly', async () => {
  const { content } = await protectedChoirs(40, 1);
  expect(() => reopenTables(JSON.stringify({ ...content, raw: 1 }))).toThrow();
});
