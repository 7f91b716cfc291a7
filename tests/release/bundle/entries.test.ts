import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { FILE_LINES, readme } from '../../../src/release/bundle/readme.ts';
import { EXAMPLE } from './example.ts';
import { contentOf, ENCLOSED, entriesOf, STUDY } from './study.ts';

const entries = entriesOf(EXAMPLE);
const contents = new Map(entries.map((entry) => [entry.name.split('/')[1] ?? '', contentOf(entry)]));
const textOf = (name: string) => contents.get(name)?.toString('utf8') ?? '';
const real = {
  ...EXAMPLE,
  about: { ...EXAMPLE.about, synthetic: false, audience: 'public', withheldRows: 'none' },
} as const;

describe('F1: the files of a release', () => {
  test('stand in their order, in a folder that says that answers are made up', () => {
    expect(entries.map(({ name }) => name)).toEqual(FILE_LINES.map(([name]) => `choirs-3-synthetic/${name}`));
    expect(entriesOf(real)[0]?.name).toBe('choirs-3/data.csv');
  });

  test.each(['datapackage.json', 'ddi-codebook.xml', 'README.txt'])('%s is this, to the byte', async (name) => {
    await expect(textOf(name)).toMatchFileSnapshot(`expected/${name}`);
  });

  test('what is handed in is there as it was', () => {
    expect(textOf('questionnaire.json')).toBe(ENCLOSED.questionnaire);
    expect(textOf('codebook.html')).toBe(ENCLOSED.codebook);
    expect(textOf('disclosure-report.html')).toBe(ENCLOSED.disclosureHtml);
    expect(textOf('disclosure-report.json')).toBe(ENCLOSED.disclosureJson);
  });

  test('the sums are those of all the others, in their order', () => {
    const sums = FILE_LINES.slice(0, -1).map(([name]) => {
      const sha256 = createHash('sha256')
        .update(contents.get(name) ?? '')
        .digest('hex');
      return `${sha256}  ${name}\n`;
    });
    expect(textOf('SHA256SUMS')).toBe(sums.join(''));
  });

  test('the package has the hash and length of the data', () => {
    const data = contents.get('data.csv') ?? Buffer.of();
    const [resource] = JSON.parse(textOf('datapackage.json')).resources;
    expect(resource.bytes).toBe(data.length);
    expect(resource.hash).toBe(`sha256:${createHash('sha256').update(data).digest('hex')}`);
  });

  test('cannot be written out of their order', () => {
    const [, second] = entriesOf(EXAMPLE);
    expect(() => second && contentOf(second)).toThrow('data.csv has to be written first');
  });

  test('hold no other date than the release’s day (M3)', () => {
    const dates = [...contents.values()].flatMap(
      (content) => content.toString('latin1').match(/\b20\d\d-\d\d-\d\d\b/g) ?? [],
    );
    expect(new Set(dates)).toEqual(new Set(['2026-11-05']));
  });
});

describe('README.txt', () => {
  test('says first that made-up answers are made up, and nothing of the kind of people’s', () => {
    expect(textOf('README.txt')).toMatch(/^SYNTHETIC DATA\. Every answer in this release is made up\./);
    expect(readme(real, STUDY)).not.toMatch(/synthetic|made up/i);
  });

  test('names every file, and the missing codes as all three programs have them', () => {
    const text = readme(real, STUDY);
    for (const [name] of FILE_LINES) expect(text).toMatch(new RegExp(`^  ${name.replace('.', '\\.')} `, 'm'));
    expect(text).toMatch(/^ {2}-6 +-6, user-missing +\.f +Withheld to protect people$/m);
  });

  test('names the columns with withheld answers where they are few, and counts them where they are many', () => {
    expect(readme(real, STUDY)).toContain('(-6): region, barriers_money, barriers_time, district.');
    const variables = real.variables.map((variable) => ({ ...variable, withheldForSome: true }));
    expect(readme({ ...real, variables }, STUDY)).toContain('(-6), in 13 columns: codebook.html marks them.');
  });

  test('a public file may be passed on, one for the network may not', () => {
    expect(readme(real, STUDY)).toContain('For everybody.');
    expect(readme(real, STUDY)).not.toContain('Do not pass');
    expect(textOf('README.txt')).toContain('Do not pass the files on');
  });
});
