import { type Kysely, sql } from 'kysely';
import { openAnswers } from '../../src/db/open.ts';
import type { AnswersTables } from '../../src/db/tables.ts';

type Db = Kysely<AnswersTables>;

/** A fresh answers store in memory, migrated and empty. It costs a few milliseconds: make one for each test. */
export async function testDatabase(): Promise<Db> {
  const { db } = await openAnswers(':memory:');
  return db;
}

const made = new Map<string, Promise<Db>>();

/**
 * A store of one's own that holds what `fill` puts into an empty one. What takes seconds to make is made once under its
 * name and copied from then on, row by row: whoever changes a copy changes nobody else's.
 */
export async function filledDatabase(name: string, fill: (db: Db) => Promise<unknown>): Promise<Db> {
  const kept =
    made.get(name) ??
    testDatabase().then(async (db) => {
      await fill(db);
      return db;
    });
  made.set(name, kept);
  return copyOf(await kept);
}

async function copyOf(from: Db): Promise<Db> {
  const to = await testDatabase();
  const tables = await sql<{
    name: string;
  }>`select name from sqlite_master where type = 'table' order by rowid`.execute(from);
  for (const { name } of tables.rows) {
    // The schema's own record stands in both.
    if ((await sql`select 1 from ${sql.table(name)}`.execute(to)).rows.length > 0) continue;
    const { rows } = await sql<object>`select * from ${sql.table(name)}`.execute(from);
    for (const row of rows) {
      await sql`insert into ${sql.table(name)} values (${sql.join(Object.values(row))})`.execute(to);
    }
  }
  return to;
}
