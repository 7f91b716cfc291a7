/** A disk that is full or read-only (D3, D4), on a real file system. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openAnswers, StartRefused } from '../../src/db/open.ts';
import { eraseTraces } from '../../src/db/traces.ts';
import { inTransaction, StoreUnavailable } from '../../src/db/transaction.ts';
import { makeExt4Disk, whyNot } from '../support/power-cut.ts';
import { addResponse, addSurvey } from '../support/rows.ts';

const lacking = whyNot(() => makeExt4Disk());
if (lacking !== undefined) console.warn(`NOT TESTED HERE: a full and a read-only disk, because: ${lacking}`);
const run = test.skipIf(lacking !== undefined);

function makeDisk(): string {
  const disk = makeExt4Disk(8);
  onTestFinished(() => disk.remove());
  return disk.folder;
}

function fillUp(folder: string): void {
  for (const size of [100_000, 1000, 1]) {
    for (let n = 0; ; n++) {
      try {
        writeFileSync(join(folder, `filler-${size}-${n}`), Buffer.alloc(size));
      } catch {
        break;
      }
    }
  }
}

run('on a full disk nothing is said to be saved, and service resumes when there is room', async () => {
  const folder = makeDisk();
  const path = join(folder, 'answers.sqlite');
  const store = await openAnswers(path);
  await addSurvey(store.db);
  fillUp(folder);

  const acknowledged: string[] = [];
  let trouble: unknown;
  while (trouble === undefined) {
    await inTransaction(store.db, (trx) => addResponse(trx, 'x'.repeat(5000))).then(
      (key) => acknowledged.push(key),
      (error: unknown) => {
        trouble = error;
      },
    );
  }
  expect(trouble).toBeInstanceOf(StoreUnavailable);
  expect(trouble).toMatchObject({ trouble: 'full' });
  await expect(eraseTraces(store.db)).rejects.toThrow(StoreUnavailable);

  execFileSync('find', [folder, '-name', 'filler-*', '-delete']);
  acknowledged.push(await inTransaction(store.db, (trx) => addResponse(trx, 'x'.repeat(5000))));
  await store.close();
  const again = await openAnswers(path, { mustExist: true });
  const kept = await again.db.selectFrom('responses').select('key').execute();
  expect(kept.map(({ key }) => key).sort()).toEqual(acknowledged.sort());
  await again.close();
});

run('on a full disk no store is begun', async () => {
  const folder = makeDisk();
  fillUp(folder);
  const path = join(folder, 'answers.sqlite');
  await expect(openAnswers(path)).rejects.toThrow(/answers\.sqlite cannot be made \(.*\): make room/);
  await expect(openAnswers(path, { mustExist: true })).rejects.toThrow(/does not exist/);
});

run('on a disk that turns read-only nothing is said to be saved, and what there is can be read', async () => {
  const folder = makeDisk();
  const path = join(folder, 'answers.sqlite');
  const store = await openAnswers(path);
  await addSurvey(store.db);
  const key = await addResponse(store.db, '{}');
  // As the kernel does on a disk error; a plain remount is refused while a file is open for writing.
  execFileSync('mount', ['-o', 'remount,abort', folder]);
  await expect(inTransaction(store.db, (trx) => addResponse(trx, '{}'))).rejects.toThrow(StoreUnavailable);
  expect(await store.db.selectFrom('responses').select('key').execute()).toEqual([{ key }]);
  await store.close().catch(() => undefined);
});

run('a read-only folder is refused at the start and left as it was', async () => {
  const folder = makeDisk();
  const path = join(folder, 'answers.sqlite');
  await (await openAnswers(path)).close();
  const before = readFileSync(path);
  execFileSync('mount', ['-o', 'remount,ro', folder]);
  await expect(openAnswers(path, { mustExist: true })).rejects.toThrow(
    new StartRefused(`${folder} cannot be read and written by this user: give it the right to.`),
  );
  expect(readFileSync(path).equals(before)).toBe(true);
});
