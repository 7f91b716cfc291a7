import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getSurvey } from '../../../src/questionnaire/parse.ts';
import type { Survey } from '../../../src/questionnaire/survey.ts';
import { releaseTexts } from '../../../src/release/released.ts';
import { textEntries } from '../../../src/release/texts/entries.ts';
import { maskText } from '../../../src/release/texts/masks.ts';
import { BYTES_AN_ITEM } from '../../../src/release/texts/order.ts';
import { readReview } from '../../../src/release/texts/read-review.ts';
import { maskAnswers, writeReview } from '../../../src/release/texts/review.ts';
import { textCsv, tooFewNew } from '../../../src/release/texts/text-file.ts';
import { CHOIRS } from '../choirs.ts';

function choirsListing(texts: readonly string[], more: object = {}): Survey {
  const file = JSON.parse(CHOIRS);
  return getSurvey(JSON.stringify({ ...file, ...more, disclosure: { ...file.disclosure, texts } }));
}

const choirs = choirsListing(['Z1', 'U1_other']);
const random = (items: number) =>
  Uint8Array.from({ length: items * BYTES_AN_ITEM }, (_, index) => (index * 7919) % 251);
const HEADER = 'release,"text: choirs Z1, Spring 2027",instead';
const fileOf = (...lines: string[]) => [HEADER, ...lines].join('\r\n');

describe('M16: a review file', () => {
  test('goes through a person and back', () => {
    const texts = maskAnswers(['One', 'Two, "quoted"', '=3+4', "'=5", ' ', 'Six\nlines']);
    const written = writeReview(choirs, 'Z1', texts, random(texts.length));
    expect(written).toMatch(/^\uFEFFrelease,"text: choirs Z1, Spring 2027",instead\r\n(?:,[^\n]*,\r\n){5}$/);
    const { field, approved } = readReview(written.replaceAll('\r\n,', '\r\nyes,'), choirs);
    expect(field).toBe('Z1');
    expect(approved.map(({ text }) => text).sort()).toEqual(['=3+4', '=5', 'One', 'Six lines', 'Two, "quoted"'].sort());
    expect(() => releaseTexts({ field, approved }, texts, 5, random(5))).not.toThrow();
  });

  test('has no cell that a spreadsheet would run', () => {
    const written = writeReview(choirs, 'Z1', ['=1', '+1', '-1', '@x1', '\u200B=1'], random(5));
    const cells = parse(written, { bom: true, from: 2 }).map((row) => row[1]);
    expect(cells.every((cell) => cell?.startsWith("'"))).toBe(true);
  });

  test.each([
    ['semicolons', [HEADER, 'yes,One,'].join('\n').replaceAll(',', ';').replace('Z1; ', 'Z1, ')],
    ['tabs', 'release\ttext: choirs Z1, Spring 2027\tinstead\nYES\tOne\t'],
    [
      'other ends of lines, blank lines and columns in another order',
      `instead,"text: choirs Z1, Spring 2027",release\r,,\r,One, yes \r`,
    ],
    ['no quotation marks that are not needed, and a mark in front', `\uFEFF${HEADER}\nyes,One,\n`],
  ])('may come back with %s', (_, text) => {
    expect(readReview(text, choirs).approved).toMatchObject([{ answer: 'One', text: 'One' }]);
  });

  test('what stands under "instead" leaves in the place of the answer', () => {
    const [item] = readReview(fileOf('yes,Our Ada sings,"Somebody\nsings"'), choirs).approved;
    expect(item).toEqual({ line: 2, answer: 'Our Ada sings', text: 'Somebody sings' });
    expect(readReview(fileOf('no,Our Ada sings,"Write to ada@example.org"'), choirs).approved).toEqual([]);
  });

  test.each([
    ['nothing decided', fileOf('yes,One,', ',Two,'), 'Line 3: there is neither "yes" nor "no" under "release".'],
    ['another word', fileOf('"maybe, ""yes""",One,'), 'Line 2: there is neither "yes" nor "no"'],
    ['a line break before it', fileOf('no,One,"a\nb"', ',Two,'), 'Line 4: there is neither'],
    [
      'an address',
      fileOf('yes,One,ada@example.org'),
      'Line 2: there is still what looks like [e-mail]. Mask it under "instead".',
    ],
    ['several', fileOf('yes,[e-mail],[e-mail] 0161 496 0000 LS6 3HN'), 'looks like [phone number] and [postcode]'],
    ['an answer that was made unsafe', fileOf('yes,0161 496 0000,'), 'looks like [phone number]'],
    ['nothing to release', fileOf('yes,,'), 'Line 2: there is nothing to release.'],
    ['too many cells', fileOf('no,One,,and more'), 'Line 2: there are more cells than the header has.'],
    [
      'a column of its own',
      'release,"text: choirs Z1, Spring 2027",instead,stage\nyes,One,,user',
      'the column "stage" is not one',
    ],
    ['a column twice', 'release,release,"text: choirs Z1, Spring 2027",instead\n', 'the column "release" is not one'],
    ['a column missing', '"text: choirs Z1, Spring 2027",instead\n', 'there is no column "release". Put it back.'],
    ['no header', 'yes,One,\n', 'no column begins with "text:"'],
    ['nothing', '', 'no column begins with "text:"'],
    ['another wave', HEADER.replace('2027', '2026'), 'is of another survey, of another wave, or of a question'],
    ['another survey', HEADER.replace('choirs', 'clubs'), 'is of another survey'],
    ['a question that is not listed', HEADER.replace('Z1', 'Z2'), 'that choirs does not list under "texts"'],
    ['no CSV', fileOf('yes,"One', 'no,Two,'), 'Line 2: this is not CSV as it should be'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => readReview(text, choirs)).toThrow(message);
  });

  test('is refused where the survey has stopped listing the question', () => {
    expect(() => readReview(fileOf('yes,One,'), choirsListing(['U1_other']))).toThrow('does not list under "texts"');
  });

  test('tells all that is wrong, and after twenty how much more', () => {
    const wrong = fileOf(...Array.from({ length: 30 }, () => ',One,'));
    expect(() => readReview(wrong, choirs)).toThrow(/^(?:Line \d+: there is neither[^\n]*\n){20}And 10 more\.$/);
  });

  test('property: no message repeats what somebody wrote', () => {
    const cell = fc.constantFrom('Qzecret', '"Qzecret', 'ada@qzecret.org', '"a ""Qzecret"" b"', 'yes', 'no', '', ',');
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), (rows) => {
        try {
          readReview(fileOf(...rows.map((row) => row.join(','))), choirs);
        } catch (error) {
          expect(String(error)).toMatch(/^ReviewRefused: /);
          expect(String(error)).not.toMatch(/qzecret/i);
        }
      }),
      { seed: 16, numRuns: 2000 },
    );
  });
});

const approvedOf = (...texts: string[]) => texts.map((text, index) => ({ line: index + 2, answer: text, text }));

describe('M16: what leaves', () => {
  test('is k items or none', () => {
    const review = { field: 'Z1', approved: approvedOf('a', 'b', 'c', 'd') };
    expect(releaseTexts(review, ['a', 'b', 'c', 'd'], 4, random(4)).content.texts).toHaveLength(4);
    expect(() => releaseTexts(review, ['a', 'b', 'c', 'd'], 5, random(4))).toThrow(
      /^4 of the answers to Z1 may leave, and at least 5 do or none/,
    );
  });

  test('R4: still stands in the store, each as often as it was said', () => {
    const review = { field: 'Z1', approved: approvedOf('a', 'a', 'b') };
    expect(releaseTexts(review, ['b', 'a', 'c', 'a'], 3, random(3)).content.texts).toHaveLength(3);
    expect(() => releaseTexts(review, ['b', 'a', 'c'], 3, random(3))).toThrow('Not among the answers to Z1: line 3.');
    expect(() => releaseTexts(review, [], 3, random(3))).toThrow('line 2, 3, 4.');
  });

  test('R3: has none that an earlier release had not, or at least k', () => {
    const earlier = textCsv({ field: 'Z1', texts: ['a', 'a', '=b', 'c, "d"'] });
    const now = (...texts: string[]) => tooFewNew({ field: 'Z1', texts }, earlier, 3);
    expect(now('a', 'a', '=b', 'c, "d"')).toBeUndefined();
    expect(now('a', '=b')).toBeUndefined();
    expect(now('a', 'a', 'a', '=b')).toBe(1);
    expect(now('a', 'e', 'f')).toBe(2);
    expect(now('a', 'e', 'f', 'g')).toBeUndefined();
  });

  test('is a file of one column, with its line in README.txt', () => {
    const released = releaseTexts(
      { field: 'U1_other', approved: approvedOf('=a', 'b, c') },
      ['=a', 'b, c'],
      2,
      random(2),
    );
    const [entry] = textEntries([released]);
    expect(entry).toMatchObject({
      name: 'texts-U1_other.csv',
      line: 'what people typed at U1_other: 2 items, read by a person first',
    });
    const lines = [...(entry?.chunks() ?? [])].join('').split('\r\n');
    expect([lines[0], lines.at(-1), lines.slice(1, -1).sort()]).toEqual(['text', '', ['"b, c"', "'=a"].sort()]);
  });

  test('property: nothing in it is what the masks look for, and no cell has a line break or a formula (F2, F3)', () => {
    const bits = fc.constantFrom(
      'ada@example.org',
      '0161 496 0000',
      'LS6 3HN',
      '=1+1',
      '\n',
      ' ',
      'we sing',
      '@choir',
      '12345678',
      ',',
      '"',
    );
    const answers = fc.array(
      fc.array(bits, { minLength: 1, maxLength: 6 }).map((each) => each.join('')),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(answers, (said) => {
        const texts = maskAnswers(said);
        const review = readReview(
          writeReview(choirs, 'Z1', texts, random(texts.length)).replaceAll('\r\n,', '\r\nyes,'),
          choirs,
        );
        const csv = textCsv(releaseTexts(review, texts, 0, random(texts.length)).content);
        const [header, ...rows] = parse(csv, { record_delimiter: '\r\n' });
        expect(header).toEqual(['text']);
        expect(rows).toHaveLength(texts.length);
        for (const [cell = ''] of rows) {
          expect(maskText(cell)).toBe(cell);
          expect(cell).not.toMatch(/[\r\n]|^[=+@-]/);
        }
      }),
      { seed: 16, numRuns: 500 },
    );
  });
});
