/** Statements are prepared once, where that is safe. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadDriver } from '../../src/db/driver.ts';
import { rememberStatements } from '../../src/db/statements.ts';

async function connect() {
  const Driver = await loadDriver();
  const connection = new Driver(':memory:');
  onTestFinished(() => void connection.close());
  connection.exec("CREATE TABLE words (word TEXT); INSERT INTO words VALUES ('one'), ('two')");
  const prepared = vi.spyOn(connection, 'prepare');
  return { connection, prepared, prepare: rememberStatements(connection) };
}

const ALL = 'SELECT * FROM words';

test('the same text is prepared once, and run with what is bound each time', async () => {
  const { prepare, prepared } = await connect();
  const find = (word: string) => prepare('SELECT word FROM words WHERE word = ?').all(word);
  expect([find('one'), find('two'), find('three')]).toEqual([[{ word: 'one' }], [{ word: 'two' }], []]);
  expect(prepared).toHaveBeenCalledOnce();
});

test('a statement that is being read is not given to somebody else', async () => {
  const { prepare } = await connect();
  const read: unknown[] = [];
  for (const row of prepare(ALL).iterate()) read.push(row, prepare(ALL).all().length);
  expect(read).toEqual([{ word: 'one' }, 2, { word: 'two' }, 2]);
  expect(prepare(ALL).all()).toHaveLength(2);
});

test.each([
  ['a pragma', 'PRAGMA user_version', 2],
  ['a long text', `${ALL} -- ${'x'.repeat(4000)}`, 2],
  ['a usual one', ALL, 1],
])('%s is prepared as often as it should be', async (_, text, times) => {
  const { prepare, prepared } = await connect();
  prepare(text).all();
  prepare(text).all();
  expect(prepared).toHaveBeenCalledTimes(times);
});

test('only so many are kept', async () => {
  const { prepare, prepared } = await connect();
  prepare(ALL);
  for (let n = 0; n < 300; n++) prepare(`SELECT ${n}`);
  prepare(ALL);
  expect(prepared).toHaveBeenCalledTimes(302);
});

test('a statement outlives a change of its table, a rollback, and an error', async () => {
  const { connection, prepare } = await connect();
  expect(prepare(ALL).all()).toHaveLength(2);
  connection.exec("ALTER TABLE words ADD COLUMN length INTEGER DEFAULT 3; DELETE FROM words WHERE word = 'two'");
  expect(prepare(ALL).all()).toEqual([{ word: 'one', length: 3 }]);

  connection.exec('BEGIN');
  const add = () => prepare('INSERT INTO words VALUES (?, ?)').run('four', 4);
  add();
  connection.exec('ROLLBACK; CREATE UNIQUE INDEX once ON words (word)');
  add();
  expect(add).toThrow(/UNIQUE/);
  expect(prepare(ALL).all()).toHaveLength(2);
});
