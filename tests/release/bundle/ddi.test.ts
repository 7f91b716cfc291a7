import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ddiCodebook } from '../../../src/release/bundle/ddi.ts';
import type { DataFile } from '../../../src/release/microdata/data-file.ts';
import { testFolder } from '../../support/folder.ts';
import { EXAMPLE } from './example.ts';
import { isInstalled, runProgram } from './installed.ts';
import { randomFile } from './random-file.ts';
import { STUDY } from './study.ts';

const lint = isInstalled('xmllint', ['--version'], 'the DDI codebook against a schema');
const SUBSET = join(import.meta.dirname, 'ddi-subset.xsd');

/** Where the standard's own schema lies, if somebody has it here: DDI_SCHEMA=…/codebook.xsd. */
const official = process.env.DDI_SCHEMA;
if (official === undefined) {
  console.warn(
    'NOT TESTED HERE: the DDI codebook against the official schema, for want of DDI_SCHEMA=…/codebook.xsd (DDI Codebook 2.5, ddialliance.org)',
  );
} else if (!existsSync(official)) throw new Error(`DDI_SCHEMA names ${official}, where there is nothing`);

/** What a schema has against a codebook; nothing when it is valid. */
function faultsOf(codebook: string, schema: string): string {
  const path = join(testFolder(), 'ddi.xml');
  writeFileSync(path, codebook);
  const { ok, err } = runProgram('xmllint', ['--noout', '--nonet', '--schema', schema, path]);
  return ok ? '' : err || 'not valid';
}

const codebook = ddiCodebook(EXAMPLE, STUDY);
const weighted: DataFile = { ...randomFile(50, 40, 3), about: { ...EXAMPLE.about, audience: 'public', leftOut: [] } };

describe('F5: ddi-codebook.xml', () => {
  test.skipIf(!lint)('is well-formed and valid against our schema of what we use of the standard', () => {
    expect(faultsOf(codebook, SUBSET)).toBe('');
    expect(faultsOf(ddiCodebook(weighted, STUDY), SUBSET)).toBe('');
  });

  test.skipIf(!lint || official === undefined)('is valid against the official schema', () => {
    expect(faultsOf(codebook, official ?? '')).toBe('');
    expect(faultsOf(ddiCodebook(weighted, STUDY), official ?? '')).toBe('');
  });

  test.skipIf(!lint).each([
    ['an unknown element', codebook.replace('<varFormat type="numeric"/>', '<format>numeric</format>')],
    ['a universe after the categories', moved(codebook)],
    ['a column of no file', codebook.replace('files="F1"', 'files="F2"')],
    ['the same ID twice', codebook.replace('ID="V_region"', 'ID="V_row_id"')],
    ['two descriptions of one derivation', codebook.replace(/<drvdesc>.*<\/drvdesc>/, '$&$&')],
    ['a value that is none of the listed', codebook.replace('nature="ordinal"', 'nature="orderly"')],
  ])('our schema finds %s', (_, broken) => {
    expect(broken).not.toBe(codebook);
    expect(faultsOf(broken, SUBSET)).not.toBe('');
  });

  test('gives how often each answer stands in the file, and each reason for none as missing', () => {
    const [, region = ''] = /<var ID="V_region"([\s\S]*?)<\/var>/.exec(codebook) ?? [];
    const found = [
      ...region.matchAll(/<catgry( missing="Y")?[\s\S]*?<catValu>(.*?)<[\s\S]*?<catStat type="freq">(\d+)</g),
    ];
    expect(found.map(([, missing, value, n]) => [value, n, missing !== undefined])).toEqual([
      ['1', '4', false],
      ['2', '4', false],
      ['3', '0', false],
      ['-6', '4', true],
    ]);
    expect(region).toContain('<sumStat type="vald">8</sumStat>');
    expect(region).toContain('<sumStat type="invd">4</sumStat>');
  });

  test('has question, universe, weight and what a column is worked out from', () => {
    expect(codebook).toMatch(/<qstn seqNo="C1">\s*<qstnLit xml:lang="cy">Thinking of the last 12 months/);
    expect(codebook).toContain('<universe xml:lang="cy">Where “region” is not &quot;South&quot; &amp; &lt;b&gt;size');
    expect(codebook).toContain('name="weight" files="F1" wgt="wgt"');
    expect(codebook).toContain('<drvdesc>Worked out from R1, R2.</drvdesc>');
  });

  test('what XML cannot hold is replaced, and the rest comes back as it was', () => {
    const title = 'a\u{0}b\u{d800}c\tk & <i> "q" \u{1f3b6}';
    const text = ddiCodebook({ ...EXAMPLE, about: { ...EXAMPLE.about, title } }, STUDY);
    expect(text).toContain('a\u{fffd}b\u{fffd}c&#9;k &amp; &lt;i&gt; &quot;q&quot; \u{1f3b6}');
  });
});

/** The first universe put behind the categories. */
function moved(text: string): string {
  const universe = /\n *<universe.*/.exec(text)?.[0] ?? '';
  return text.replace(universe, '').replace(/\n *<varFormat type="numeric"\/>/, `${universe}$&`);
}
