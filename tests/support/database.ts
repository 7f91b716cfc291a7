import type { Kysely } from 'kysely';
import { openAnswers } from '../../src/db/open.ts';
import type { AnswersTables } from '../../src/db/tables.ts';

/** A fresh answers store in memory, migrated and empty. It costs a few milliseconds: make one for each test. */
export async function testDatabase(): Promise<Kysely<AnswersTables>> {
  const { db } = await openAnswers(':memory:');
  return db;
}
