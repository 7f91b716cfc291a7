/** The rules of disclosure control, and those who attack what they protect: each is the name of a test. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

const upTo = (letter: string, last: number) => Array.from({ length: last }, (_, place) => `${letter}${place + 1}`);

/** There is no M5. */
const RULES = [...upTo('R', 5), ...upTo('T', 12), ...upTo('M', 18), ...upTo('F', 8)].filter((rule) => rule !== 'M5');

/** The names of the tests in a file and of their groups, tables of examples among them. */
function namesIn(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^\s*(?:(?:test|describe|run)\b.*?|\])\)?\(\s*'([^']+)'/gm)].map(([, name = '']) => name);
}

describe('a test is named by', () => {
  // Elsewhere codes of questions look like rules.
  const all = ['tests/release', 'tests/commands'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .flatMap((file) => namesIn(join(folder, file))),
  );

  test.each(RULES)('%s', (rule) => {
    expect(all.filter((name) => new RegExp(`\\b${rule}\\b`).test(name))).not.toEqual([]);
  });
});

describe('where docs/releases.md says, a test plays and notices a planted fault as', () => {
  const lines = readFileSync(join(ROOT, 'docs/releases.md'), 'utf8').split('\n');

  test.each([...'abcdefg'])('attacker (%s)', (letter) => {
    const row = lines.find((line) => line.startsWith(`| (${letter}) `)) ?? '';
    const names = [...row.matchAll(/`(tests\/[^`]+)`/g)].map(([, file = '']) => namesIn(file));
    expect(names).not.toEqual([]);
    for (const own of names) expect(own.join()).toContain(`adversary (${letter})`);
    expect(names.flat().join()).toContain('planted');
  });
});
