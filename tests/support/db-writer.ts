/** A process that stores responses without end and prints the key of each after its transaction is done. */
import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { openAnswers } from '../../src/db/open.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { addResponse } from './rows.ts';

const [path = '', weaker] = process.argv.slice(2);
const { db } = await openAnswers(path, { mustExist: true });
if (weaker === 'NORMAL') await sql`PRAGMA synchronous = NORMAL`.execute(db);
for (;;) {
  const key = await inTransaction(db, (trx) => addResponse(trx, 'x'.repeat(1200)));
  writeSync(1, `${key}\n`);
  await setImmediate();
}
