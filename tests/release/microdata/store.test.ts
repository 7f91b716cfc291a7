import { describe, expect, test } from 'vitest';
import { publishVersion } from '../../../src/fieldwork/store.ts';
import { appendRelease, findRelease, nextNumber } from '../../../src/release/microdata/store.ts';
import { reopenFiles } from '../../../src/release/released.ts';
import { testDatabase } from '../../support/database.ts';
import { clubsSource } from './clubs.ts';

const FILES = reopenFiles('{"clubs-1.csv":"row_id,stage\\r\\nr1,1\\r\\n"}');
const SETTINGS = { k: 5, keys: ['stage'], audience: 'us', synthetic: true };
const about = (number: number) => ({
  survey: 'clubs',
  number,
  snapshot: 'a1',
  madeOn: '2027-04-01',
  settings: SETTINGS,
});

async function ledger() {
  const db = await testDatabase();
  await publishVersion(db, clubsSource(), '2027-03-01');
  return db;
}

describe('the ledger of data releases', () => {
  test('gives back what was put into it', async () => {
    const db = await ledger();
    await appendRelease(db, about(1), FILES, () => {});
    expect(await findRelease(db, 'clubs', 1)).toEqual({ files: FILES, settings: SETTINGS, madeOn: '2027-04-01' });
    expect(await nextNumber(db, 'clubs')).toBe(2);
    expect(await findRelease(db, 'clubs', 2)).toBeUndefined();
  });

  test('has no line where the files could not be placed', async () => {
    const db = await ledger();
    const full = () => {
      throw new Error('the disk is full');
    };
    await expect(appendRelease(db, about(1), FILES, full)).rejects.toThrow('the disk is full');
    expect(await findRelease(db, 'clubs', 1)).toBeUndefined();
  });

  test('places no files where the number was taken meanwhile', async () => {
    const db = await ledger();
    await appendRelease(db, about(1), FILES, () => {});
    let placed = false;
    const place = () => {
      placed = true;
    };
    await expect(appendRelease(db, about(1), FILES, place)).rejects.toThrow();
    expect(placed).toBe(false);
  });

  test('does not give out a text that was changed after it was made', async () => {
    const db = await ledger();
    await appendRelease(db, about(1), FILES, () => {});
    await db.updateTable('releases').set({ content: '{"clubs-1.csv":"row_id\\r\\n"}' }).execute();
    await expect(findRelease(db, 'clubs', 1)).rejects.toThrow('data release 1 of clubs was changed after it was made');
  });

  test('counts data releases apart from published tables', async () => {
    const db = await ledger();
    const tables = { id: 'b', survey: 'clubs', number: 7, kind: 'tables' as const, snapshot: 'a1' };
    await db
      .insertInto('releases')
      .values({ ...tables, made_on: '2027-04-01', settings: '{}', content: '{}', hash: 'h' })
      .execute();
    expect(await nextNumber(db, 'clubs')).toBe(1);
  });
});
