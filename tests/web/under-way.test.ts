/** Work that goes on when its page is left. */
import { expect, test } from 'vitest';
import { KeptWork } from '../../src/web/under-way.ts';

test('work is done once under each key, whoever looks and whoever waits', async () => {
  const kept = new KeptWork<{ n: number }>();
  let begun = 0;
  const work = async () => ({ n: ++begun });
  expect(await Promise.all([kept.look('a', work), kept.finish('a', work), kept.look('b', work)])).toEqual([
    { n: 1 },
    { n: 1 },
    { n: 2 },
  ]);
});

test('work that throws is told to whoever waits, and begun anew by who comes next', async () => {
  const kept = new KeptWork<{ n: number }>();
  await expect(kept.look('a', () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
  expect(await kept.look('a', async () => ({ n: 1 }))).toEqual({ n: 1 });
});

test('what many pages came to is not kept for ever', async () => {
  const kept = new KeptWork<{ n: number }>();
  for (let n = 0; n <= 100; n++) await kept.finish(String(n), async () => ({ n }));
  expect(await kept.finish('0', async () => ({ n: -1 }))).toEqual({ n: -1 });
  expect(await kept.finish('100', async () => ({ n: -1 }))).toEqual({ n: 100 });
});
