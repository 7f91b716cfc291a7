import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFiles } from '../../../src/questionnaire/check-files.ts';

const RIGHT = readFileSync(join(import.meta.dirname, '../../surveys/right.json'), 'utf8');

const DERIVED = `"derived": [
    { "kind": "count", "code": "drinks", "label": "Drinks", "role": "plain", "of": "T1", "options": ["yes"], "minimumAnswered": 1 },
    { "kind": "when", "code": "hot", "label": "Hot", "role": "plain", "when": { "question": "D1", "isAnyOf": ["often", "tried"] } },
    {
      "kind": "cases", "code": "taste", "label": "Taste", "role": "plain",
      "values": [{ "code": "tea", "label": "Tea" }, { "code": "both", "label": "Both" }],
      "cases": [
        { "when": { "question": "D2", "includes": "coffee" }, "is": "both" },
        { "when": { "question": "D1", "is": "often" }, "is": "tea" }
      ]
    },`;

type Edit = readonly [from: string, to: string];

/** What the check says of a version that differs from the one before as these edits say. */
function said(...edits: readonly Edit[]): string[] {
  const first = RIGHT.replace('"derived": [', DERIVED);
  let second = first.replace('"version": "1.0",\n  "title"', '"version": "1.1",\n  "title"');
  for (const [from, to] of edits) {
    expect(second).toContain(from);
    second = second.replaceAll(from, to);
  }
  const files = [first, second].map((text, index) => ({ path: `drinks/1.${index}.json`, text }));
  return checkFiles(files, '2027-01-01').flatMap(({ findings }) =>
    findings.map(({ check, message }) => (check === 'variable-changed' ? message : check)),
  );
}

test.each<[string, Edit, string]>([
  ['the least answered of a count', ['"minimumAnswered": 1', '"minimumAnswered": 2'], '"minimumAnswered" of "drinks"'],
  ['the options of a count', ['"options": ["yes"], "min', '"options": ["no"], "min'], 'The options of "drinks"'],
  ['a condition', ['["often", "tried"] } },', '["often", "never"] } },'], 'The condition of "hot"'],
  ['a case', ['"is": "often" }, "is": "tea"', '"is": "tried" }, "is": "tea"'], 'The cases of "taste"'],
  ['what a net is of', ['"of": "D2",', '"of": "T3",'], 'The question of "any"'],
])('%s may not change under the same code', (_, edit, what) => {
  expect(said(edit)).toContain(`${what} changed since version 1.0, whose answers are counted with these.`);
});

test.each<[string, readonly Edit[]]>([
  [
    'a new option may join a group',
    [
      [
        '{ "code": "bath", "label": "Bath" }',
        '{ "code": "bath", "label": "Bath" },{ "code": "hull", "label": "Hull" }',
      ],
      ['["leeds", "york"]', '["leeds", "york", "hull"]'],
    ],
  ],
  ['the codes of a condition may be listed in another order', [['["often", "tried"] } },', '["tried", "often"] } },']]],
  ['a limit may be written in another way', [['"below": 5 }', '"below": "5.0" }']]],
  [
    'a stage rule may be written in another way under another name',
    [
      ['"stage-rule-1"', '"stage-rule-2"'],
      [
        '{ "if": { "D1": ["never", "dk"] }, "give": { "stage": "other" } }',
        '{ "if": { "D1": "dk" }, "give": { "stage": "other" } }, { "if": { "D1": "never" }, "give": { "stage": "other" } }',
      ],
    ],
  ],
])('%s', (_, edits) => {
  expect(said(...edits)).toEqual([]);
});
