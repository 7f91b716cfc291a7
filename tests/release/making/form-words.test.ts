/** Whoever makes a release in the browser reads what stands on the form, and no flag of the command line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inFormWords } from '../../../src/release/making/form-words.ts';

const call = (name: string) => ({ size: 'Paid staff (size)', nation: 'Nation (nation)' })[name] ?? name;

describe('a reason in the form’s words', () => {
  test.each([
    [
      'Publish fewer tables, keep more of the keys (--keep size,nation), or let a named person take it on themselves.',
      'Publish fewer tables, keep more of the keys (under “Settings of the data file” choose that Paid staff (size), Nation (nation) stay exact), or let a named person take it on themselves.',
    ],
    [
      'If they are trusted not to do this, say so with --override beside=WHY: it stands on the record.',
      'If they are trusted not to do this, say so under “Make it where it would be refused”, “Tables and a data file that tell more together than each”: it stands on the record.',
    ],
    [
      'Refused before each gate had a reason of its own: say so with --override WHY.',
      'Refused before each gate had a reason of its own: say so under “Make it where it would be refused”.',
    ],
    [
      'With the answers of now it would pass with --keys size,stage, or with --keys nation. Or give release 2 again with "release bundle".',
      'With the answers of now it would pass with these “Keys in the file” alone: Paid staff (size), stage, or with these “Keys in the file” alone: Nation (nation). Or release 2 can be given again by whoever looks after the server.',
    ],
    ['It would pass with --keys none.', 'It would pass with none of the “Keys in the file”.'],
    ['Fewer keys may pass (--keys); they are not tried here.', 'Fewer keys may pass; they are not tried here.'],
    [
      'Tables by size, nation are published, and the file would show answers.',
      'Tables by Paid staff (size), Nation (nation) are published, and the file would show answers.',
    ],
    [
      'The data file of release 1 is out, and it does not show nation. Tables by that tell every row’s.',
      'The data file of release 1 is out, and it does not show Nation (nation). Tables by that tell every row’s.',
    ],
    ['Stopped by Ada.', 'Stopped by Ada.'],
  ])('%s', (reason, words) => {
    expect(inFormWords(reason, call)).toBe(words);
  });
});

test('no other flag stands in the reasons why a release comes to nothing', () => {
  const files = [
    'commands/release/making.ts',
    'commands/release/earlier-files.ts',
    'commands/release/data-part.ts',
    'release/microdata/make-file.ts',
    'release/microdata/rules.ts',
    'release/tables/protect.ts',
  ];
  const texts = files.map((file) => readFileSync(join(import.meta.dirname, '../../../src', file), 'utf8'));
  const flags = texts.flatMap((text) => text.match(/--[a-z][\w-]*/g) ?? []);
  expect([...new Set(flags)].sort()).toEqual(['--keep', '--keys', '--override']);
});
