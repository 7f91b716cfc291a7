import { expect, test } from 'vitest';
import { surveySchema } from '../../src/questionnaire/definition.ts';
import { editorSchema } from '../../src/questionnaire/schema.ts';

const schema = editorSchema();
const keys = Object.keys(surveySchema.shape);

test('the editor’s schema in surveys/ is the one the language gives: `npx vitest run schema -u` writes it anew', async () => {
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../surveys/survey.schema.json');
});

test('the editor’s schema is JSON Schema 2020-12 and knows every key of a survey file, and no other', () => {
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    additionalProperties: false,
  });
  expect(Object.keys(schema.properties ?? {})).toEqual(keys);
});

test('an author may leave out what has a default', () => {
  expect(schema.required).not.toContain('languages');
  expect(schema.required).toContain('disclosure');
});

test.each(keys)('the author is told what "%s" is for as they write', (key) => {
  expect(schema).toHaveProperty(['properties', key, 'description'], expect.stringMatching(/\.$/));
});

test('a condition is described once and refers to itself', () => {
  expect(schema).toHaveProperty('$defs.Condition.properties.not.$ref', '#/$defs/Condition');
});
