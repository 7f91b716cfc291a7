/**
 * One question counted by stage from a stored snapshot, by a process that has read nothing of it yet. Run as a program
 * with the store's path and the snapshot's id; prints the milliseconds from the question to the counts. The store is
 * open by then, which reads its whole file once, so the disk's own speed is not in it.
 */
import { openAnswers } from '../../db/open.ts';
import { crosstab } from '../../results/crosstab.ts';
import { getColumns } from '../../results/store.ts';

const [path = '', snapshot = ''] = process.argv.slice(2);
const { db, close } = await openAnswers(path, { mustExist: true });
const began = performance.now();
const [question, stage] = await getColumns(db, snapshot, ['o3', 'stage']);
if (question && stage) crosstab(question, stage);
process.stdout.write(`${performance.now() - began}\n`);
await close();
