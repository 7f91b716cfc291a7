import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkFiles } from '../../../src/questionnaire/check-files.ts';

const RIGHT = readFileSync(new URL('../../surveys/right.json', import.meta.url), 'utf8');

/** What the check takes for gaps in a survey whose last words are these. */
function gapsIn(words: string): string[] {
  const text = RIGHT.replace('"Enjoy your drink."', JSON.stringify(words));
  const [file] = checkFiles([{ path: 'drinks.json', text }], '2027-01-01');
  return (file?.findings ?? []).filter(({ check }) => check === 'placeholder').map(({ message }) => message);
}

test.each([
  'Read [what we do with answers](https://www.gov.uk/help) first.',
  'Enter your answer here, or tick what fits.',
  'Tell us which tool(s) you use: size XL or XXL.',
  'You can add others: see the list [1].',
  'Put the kettle on. What is confirmed, is confirmed.',
  'Ask the example organisation in your town.',
  'Is it 1,234 or 5,678 cups? Really??',
])('ordinary words are no gap: %s', (words) => {
  expect(gapsIn(words)).toEqual([]);
});

test.each(['Thank you, [NAME].', 'tbc: TBC', 'Size: xxx', 'See www.example.org', 'Call 01234 567890', 'I’w gadarnhau'])(
  'a gap is seen: %s',
  (words) => {
    expect(gapsIn(words)).toHaveLength(1);
  },
);
