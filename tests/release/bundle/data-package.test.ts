import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dataPackage } from '../../../src/release/bundle/data-package.ts';
import { EXAMPLE } from './example.ts';
import { STUDY } from './study.ts';

/** What Data Package 2.0 says must be, as far as we use it (datapackage.org/standard). */
const missing = z.strictObject({ value: z.string(), label: z.string() });
const field = z.looseObject({
  name: z.string(),
  type: z.enum(['string', 'integer', 'number']),
  categories: z.array(z.strictObject({ value: z.int(), label: z.string() })).optional(),
  categoriesOrdered: z.boolean().optional(),
  missingValues: z.array(missing).optional(),
});
const descriptor = z.looseObject({
  $schema: z.literal('https://datapackage.org/profiles/2.0/datapackage.json'),
  name: z.string().regex(/^[a-z0-9._-]+$/),
  version: z.string(),
  created: z.iso.datetime(),
  licenses: z.array(z.strictObject({ path: z.string(), title: z.string() })).min(1),
  sources: z.array(z.strictObject({ title: z.string(), path: z.string() })).min(1),
  contributors: z.array(z.strictObject({ title: z.string(), roles: z.array(z.string()) })),
  resources: z
    .array(
      z.looseObject({
        name: z.literal('data'),
        type: z.literal('table'),
        path: z.literal('data.csv'),
        encoding: z.literal('utf-8'),
        bytes: z.int().min(1),
        hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
        dialect: z.looseObject({
          delimiter: z.literal(','),
          lineTerminator: z.literal('\r\n'),
          header: z.literal(true),
        }),
        schema: z.looseObject({
          fields: z.array(field),
          missingValues: z.array(missing),
          primaryKey: z.array(z.string()),
        }),
      }),
    )
    .length(1),
});

describe('F4: datapackage.json', () => {
  const packaged = descriptor.parse(JSON.parse(dataPackage(EXAMPLE, STUDY, { sha256: 'ab'.repeat(32), bytes: 7 })));
  const { schema } = packaged.resources[0] ?? expect.unreachable('there is no data');

  test('has a field for each column, in order, each with its type', () => {
    expect(schema.fields.map(({ name, type }) => [name, type])).toEqual(
      EXAMPLE.variables.map(({ name, kind }) => [
        name,
        { name: 'string', categories: 'integer', count: 'integer', weight: 'number' }[kind],
      ]),
    );
    expect(schema.primaryKey).toEqual(['row_id']);
  });

  test('labels the missing codes, and takes none of them for a row’s name', () => {
    expect(schema.missingValues.map(({ value }) => value)).toEqual(['-1', '-2', '-5', '-6', '-7', '-8', '-9']);
    expect(schema.fields[0]?.missingValues).toEqual([]);
  });

  test('gives categories their values, labels and order, and labels that are equal their value behind them', () => {
    const fields = new Map(schema.fields.map((each) => [each.name, each]));
    expect(fields.get('v1')?.categories).toEqual([
      { value: 1, label: 'Same words (1)' },
      { value: 2, label: 'Same words (2)' },
    ]);
    expect(fields.get('confidence_in_the_coming_year_32')?.categoriesOrdered).toBe(true);
    expect(fields.get('region')?.categoriesOrdered).toBe(false);
    for (const { categories = [] } of schema.fields) {
      expect(new Set(categories.map(({ label }) => label)).size).toBe(categories.length);
    }
  });

  test('says that made-up answers are made up, in its name too, and that those of people are not', () => {
    expect(packaged.name).toBe('choirs-3-synthetic');
    expect(JSON.stringify(packaged)).toContain('SYNTHETIC DATA');
    const real = { ...EXAMPLE, about: { ...EXAMPLE.about, synthetic: false } };
    expect(dataPackage(real, STUDY, { sha256: '', bytes: 0 })).not.toMatch(/synthetic data|made up/i);
  });
});
