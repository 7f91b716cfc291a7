import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPromise } from 'yauzl';
import { readZipEntry, verifyZip } from '../../../src/commands/bundle/unzip.ts';
import { writeZip } from '../../../src/commands/bundle/zip.ts';
import { randomFrom } from '../../../src/questionnaire/random.ts';
import type { Entry } from '../../../src/release/bundle/entry.ts';
import { nextLine, startChild } from '../../support/child.ts';
import { testFolder } from '../../support/folder.ts';
import { EXAMPLE } from './example.ts';
import { isInstalled, runProgram } from './installed.ts';
import { contentOf, entriesOf } from './study.ts';

const DAY = '2026-11-05';
const KIB = 1024;
const unzip = isInstalled('unzip', ['-v'], 'a release’s zip with another program');

const newPath = () => join(testFolder(), 'release.zip');
const entry = (name: string, ...chunks: string[]): Entry => ({ name, chunks: () => chunks });

async function exampleZip(): Promise<string> {
  const path = newPath();
  await writeZip(path, entriesOf(EXAMPLE), DAY);
  return path;
}

async function read(path: string, name: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readZipEntry(path, name)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Bytes that no zip makes smaller. */
function noise(length: number): Uint8Array {
  const random = randomFrom(1);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

describe('writing a zip', () => {
  test('gives the hash and length of what lies there, which its owner alone may read', async () => {
    const path = newPath();
    const written = await writeZip(path, entriesOf(EXAMPLE), DAY);
    const again = await writeZip(newPath(), entriesOf(EXAMPLE), DAY);
    expect(written).toEqual(again);
    expect(written.bytes).toBe(statSync(path).size);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('M3: the bytes are the same in every time zone, and the only time in them is the release’s day', async () => {
    const zones = ['Pacific/Kiritimati', 'America/St_Johns', 'Europe/London'];
    const said = await Promise.all(
      zones.map(async (TZ) => {
        const child = startChild('../release/bundle/zip-writer.ts', [newPath()], { env: { TZ } });
        const [hash, offset] = (await nextLine(child)).split(' ');
        return { hash, offset };
      }),
    );
    expect(new Set(said.map(({ offset }) => offset)).size).toBe(3);
    expect(new Set(said.map(({ hash }) => hash)).size).toBe(1);
    const zip = await openPromise(await exampleZip(), { lazyEntries: true });
    for await (const { lastModFileDate, lastModFileTime, extraFields } of zip.eachEntry()) {
      expect([lastModFileDate >> 9, (lastModFileDate >> 5) & 15, lastModFileDate & 31]).toEqual([2026 - 1980, 11, 5]);
      expect(lastModFileTime).toBe(12 << 11);
      expect(extraFields).toEqual([]);
    }
  });

  test('an entry is made no faster than the disk takes it', async () => {
    const path = newPath();
    const chunk = noise(64 * KIB);
    let ahead = 0;
    const chunks = function* () {
      for (let made = 0; made < 500; made++) {
        ahead = Math.max(ahead, made * chunk.length - statSync(path).size);
        yield chunk;
      }
    };
    const { bytes } = await writeZip(path, [{ name: 'noise', chunks }], DAY);
    expect(bytes).toBeGreaterThan(500 * 64 * KIB);
    expect(ahead).toBeLessThan(4096 * KIB);
  });

  test('says which entry begins', async () => {
    const begun: string[] = [];
    await writeZip(newPath(), [entry('a', '1'), entry('b')], DAY, { report: (name) => begun.push(name) });
    expect(begun).toEqual(['a', 'b']);
  });

  test('that is stopped leaves nothing and makes no more', async () => {
    const path = newPath();
    const stop = new AbortController();
    let made = 0;
    const chunks = function* () {
      for (; made < 10_000; made++) {
        if (made === 50) stop.abort();
        yield noise(KIB);
      }
    };
    await expect(writeZip(path, [{ name: 'noise', chunks }], DAY, { signal: stop.signal })).rejects.toThrow(/abort/i);
    expect(existsSync(path)).toBe(false);
    // What is in flight between the streams goes on: a fifth of a megabyte of ten in Node 20, a third in Node 24.
    expect(made).toBeLessThan(1000);
  });

  test('that was stopped before it began leaves nothing', async () => {
    const path = newPath();
    await expect(writeZip(path, [entry('a', '1')], DAY, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect(existsSync(path)).toBe(false);
  });

  test('whose entry cannot be made says why and leaves nothing', async () => {
    const path = newPath();
    const chunks = function* () {
      yield 'some';
      throw new Error('no more of it');
    };
    await expect(writeZip(path, [entry('a', '1'), { name: 'b', chunks }], DAY)).rejects.toThrow('no more of it');
    expect(existsSync(path)).toBe(false);
  });

  test('over another file is refused, and that file stays', async () => {
    const path = newPath();
    writeFileSync(path, 'an earlier release');
    await expect(writeZip(path, [entry('a', '1')], DAY)).rejects.toThrow('EEXIST');
    expect(readFileSync(path, 'utf8')).toBe('an earlier release');
  });
});

describe('reading a zip', () => {
  test('gives a file by its name, and says where there is none', async () => {
    const path = await exampleZip();
    const entries = entriesOf(EXAMPLE);
    for (const each of entries) {
      expect(await read(path, each.name.split('/')[1] ?? '')).toEqual(contentOf(each));
    }
    await expect(read(path, 'other.csv')).rejects.toThrow('there is no other.csv in release.zip');
    await expect(read('/nowhere.zip', 'data.csv')).rejects.toThrow('ENOENT');
  });

  test('can be given up half-way', async () => {
    const path = newPath();
    await writeZip(path, [{ name: 'noise', chunks: () => [noise(2000 * KIB)] }], DAY);
    for await (const chunk of readZipEntry(path, 'noise')) {
      expect(chunk.length).toBeLessThan(2000 * KIB);
      break;
    }
  });

  test('finds nothing wrong with a release as it was made', async () => {
    expect(await verifyZip(await exampleZip())).toEqual([]);
  });

  const SUM = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  test.each([
    [
      'a file that was changed',
      [entry('r/a', 'abd'), entry('r/SHA256SUMS', `${SUM}  a\n`)],
      ['a is not as it was made.'],
    ],
    ['a file that is gone', [entry('r/SHA256SUMS', `${SUM}  a\n`)], ['a is not there.']],
    [
      'a file too many',
      [entry('r/a', 'abc'), entry('r/b', 'abc'), entry('r/SHA256SUMS', `${SUM}  a\n`)],
      ['b is not in SHA256SUMS.'],
    ],
    ['no sums', [entry('r/a', 'abc')], ['SHA256SUMS is not there.']],
    ['sums that are none', [entry('r/SHA256SUMS', 'hello\n')], ['SHA256SUMS holds a line that is no sum: hello']],
    ['a file twice', [entry('r/a', 'abc'), entry('s/a', 'abc')], ['a is there twice.']],
    ['nothing wrong', [entry('r/a', 'a', 'bc'), entry('r/SHA256SUMS', `${SUM}  a\n`)], []],
  ] as const)('finds %s', async (_, entries, problems) => {
    const path = newPath();
    await writeZip(path, entries, DAY);
    expect(await verifyZip(path)).toEqual(problems);
  });

  test('finds a zip that is none, or was cut short', async () => {
    const path = newPath();
    writeFileSync(path, 'hello');
    expect(await verifyZip(path)).toEqual([expect.stringMatching(/^release\.zip cannot be read: /)]);
    const whole = readFileSync(await exampleZip());
    writeFileSync(path, whole.subarray(0, whole.length - 500));
    expect(await verifyZip(path)).toEqual([expect.stringMatching(/^release\.zip cannot be read: /)]);
  });

  test.skipIf(!unzip)('another program unpacks it, and finds the sums right', async () => {
    const folder = testFolder();
    expect(runProgram('unzip', ['-q', await exampleZip(), '-d', folder]).ok).toBe(true);
    const { ok, out } = runProgram('sh', ['-c', `cd ${folder}/choirs-3-synthetic && sha256sum --check SHA256SUMS`]);
    expect(ok).toBe(true);
    expect(out.match(/: OK$/gm)).toHaveLength(13);
  });
});
