import { expect, test } from 'vitest';
import { rScript } from '../../../src/release/bundle/r-script.ts';
import { spssSyntax } from '../../../src/release/bundle/spss-syntax.ts';
import { EXAMPLE } from './example.ts';
import { randomFile } from './random-file.ts';

const FILES = [EXAMPLE, randomFile(3, 200, 7)];

test('load.sps has no line that an older SPSS would cut, and none that ends a command early', () => {
  for (const file of FILES) {
    const [mark = '', ...lines] = spssSyntax(file).split('\n');
    expect(mark.startsWith('\uFEFF*')).toBe(true);
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(256);
    const commands = lines.filter((line) => /^[A-Z*]/.test(line)).length;
    expect(lines.filter((line) => line.endsWith('.'))).toHaveLength(commands);
  }
});

test('load.R can be read in any encoding', () => {
  for (const file of FILES) expect(rScript(file)).toMatch(/^[\n\x20-\x7e]*$/);
});

test('both say how many rows there must be', () => {
  expect(spssSyntax(EXAMPLE)).toContain('12 rows, 13 variables.');
  expect(rScript(EXAMPLE)).toContain('stopifnot(nrow(data) == 12L, ncol(data) == 13L)');
});
