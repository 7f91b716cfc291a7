import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskText } from '../../../src/release/texts/masks.ts';

const HIDDEN: readonly (readonly [kind: string, examples: readonly string[]])[] = [
  [
    'e-mail',
    [
      'ada@example.org',
      'ADA.Byron+choir@mail.example.co.uk',
      'info @ example.org',
      'ada@localhost',
      'ada (at) example (dot) org',
      'ada[at]example.org',
      'ada at example dot org dot uk',
      'ada at example.org',
      '@ada@example.social',
      '"ada"@example.org',
      'ŵyth@tŷ.cymru',
      'ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ',
      'a\u200Bda@exam\u00ADple.org',
      'ada@\nexample.org',
    ],
  ],
  [
    'web address',
    [
      'https://example.org/choir?who=ada#x',
      'http : //example.org',
      'www.example.org',
      'www. example.org',
      'example.org.uk',
      'Example.ORG/about',
      'example.me',
      'example dot org',
      'tŷ.cymru',
    ],
  ],
  ['social handle', ['@ourchoir', '@our_choir.19', 'Instagram: ourchoir', 'tiktok = our.choir']],
  [
    'postcode',
    ['LS6 3HN', 'ls63hn', 'SW1A 1AA', 'M1 1AE', 'EC1A-1BB', 'w1a0ax', 'GIR 0AA', 'BFPO 57', 'ＬＳ６ ３ＨＮ'],
  ],
  [
    'phone number',
    [
      '0161 496 0000',
      '01614960000',
      '(0161) 496 0000',
      '0161/496.0000',
      '07700 900123',
      '07700-900-123',
      '+44 161 496 0000',
      '+44 (0)161 496-0000',
      '0044 161 496 0000',
      '+33 1 23 45 67 89',
      '+1 (555) 010-0000',
      'tel: 496 0000',
      'phone number is 496000',
      '０１６１ ４９６ ００００',
    ],
  ],
  [
    'company or charity number',
    [
      '12345678',
      'SC123456',
      'sc123456',
      'NI 012345',
      'OC301234',
      'NIC100002',
      'SC 012 345',
      'IP12345R',
      '1100000',
      '205846',
    ],
  ],
  [
    'number',
    [
      'charity no. 20584',
      'registered number 1234',
      '12-34-56',
      '12 34 56 12345678',
      '4111 1111 1111 1111',
      'GB29 NWBK 6016 1331 9268 19',
      'GB29NWBK60161331926819',
      'ref123456789x',
      '٠١٦١٤٩٦٠٠٠٠',
      '7946 0018',
    ],
  ],
];

describe('M16: what finds somebody is masked', () => {
  test.each(HIDDEN.flatMap(([kind, examples]) => examples.map((each) => [each, kind])))('%s is a %s', (text, kind) => {
    expect(maskText(text)).toBe(`[${kind}]`);
    expect(maskText(`we said "${text}", then left`)).toMatch(new RegExp(`^we said ".*\\[${kind}\\].*, then left$`));
  });

  test.each([
    ['a number that could be a company’s', 'we have 12345678 reasons', 'we have [company or charity number] reasons'],
    ['a round number without a comma', '100000 people', '[company or charity number] people'],
    ['a date that could be a sort code', 'on 12-03-21', 'on [number]'],
    ['a sentence that goes on without a blank', 'we left.it was bad', 'we [web address] was bad'],
    ['numbers on end', 'we got 5000. 2000 came', 'we got [number] came'],
    ['a size that could be a postcode', 'the T5 2nd hand', 'the [postcode] hand'],
  ])('in doubt too: %s', (_, text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  test('all of several in a text, and again where masking one shows another', () => {
    expect(maskText('Ring Ada on 07700 900123 or at ada@example.org, LS6 3HN')).toBe(
      'Ring Ada on [phone number] or at [e-mail], [postcode]',
    );
  });
});

describe('what finds nobody can be read', () => {
  test.each([
    'in 2019 and 2020, 2019-2020, 2019/20',
    '2019 2020 2021',
    'in 2019 350 people came',
    'on 12/03/2021, 12.3.2021, 2021-03-12 or 12/03/21',
    'from 01/02/2021 - 03/04/2021',
    'from 10.30-12.30, at 5 p.m. or 17:30',
    '£250000, £1,234,567.50, €12345678, GBP 20000, EUR2500000',
    '100,000 people and 1,234,567 songs',
    '500-1000 people, 10, 20, 30, 40',
    '12345.67 of 3.14159, 50/50, 30/40/30, 24/7, 100%',
    'in 20000 cases, 99 bottles, room 101, covid19, A4, B2B, 5G, H2O, the A1(M)',
    'e.g. this, i.e. that, Node.js, U.S.A., etc.',
    'It ended.It was fine',
    'look at this; ask @ the desk, meet @ 5pm; 10 apples @ £2.50',
    'Facebook/Instagram and Twitter',
    'we gained 3 new members in 2 weeks and lost 1',
    'Ŵyth o bobl Ŷnys Môn – tŷ, gŵr 🎶',
    'it dot and carry, at home dot dot dot',
  ])('%s', (text) => {
    expect(maskText(text)).toBe(text);
  });
});

describe('masking', () => {
  test('puts everything on one line, without what cannot be seen', () => {
    expect(maskText('  one\r\ntwo\u2028three\u200B\u0007 four\uFEFF ')).toBe('one two three four');
  });

  const pieces = fc.oneof(
    fc.constantFrom(
      '@',
      '.',
      'org',
      'www.',
      'at',
      'dot',
      '(',
      ')',
      '[',
      ']',
      '[e-mail]',
      '[number]',
      ' ',
      '  ',
      ':',
      '#',
    ),
    fc.constantFrom(
      '0',
      '0161',
      '+44',
      '£',
      ',',
      '-',
      '/',
      'SC',
      'LS6',
      '3HN',
      'charity',
      'number',
      'insta',
      'it',
      "'",
      '"',
    ),
    fc.string({ maxLength: 6, unit: 'grapheme' }),
    fc.nat().map(String),
  );
  const texts = fc.array(pieces, { maxLength: 30 }).map((each) => each.join(''));

  test('property: once is enough', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const masked = maskText(text);
        expect(maskText(masked)).toBe(masked);
        expect(masked).not.toMatch(/[\r\n\p{Cc}\p{Cf}]/u);
      }),
      { seed: 16, numRuns: 5000 },
    );
  });

  /** Secrets that no word around them holds. */
  const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length });
  const mark = fc.constantFrom('', ' ', '-', '.', ' - ', '/');
  const secrets = fc.oneof(
    fc.tuple(fc.stringMatching(/^[a-z]{3,8}$/), fc.constantFrom('@', ' @ ', '(at)', ' [at] ')).map(([name, at]) => ({
      text: `qz${name}${at}example.org`,
      secret: `qz${name}`,
    })),
    fc
      .tuple(digits(9), fc.array(mark, { minLength: 2, maxLength: 2 }), fc.constantFrom('0', '+44', '+44 (0)'))
      .map(([nine, [one = '', two = ''], start]) => {
        const [a, b, c] = [nine.slice(0, 3), nine.slice(3, 6), nine.slice(6)].map((part) => part.join(''));
        // From 1 to 9 first, as telephone numbers have it.
        return { text: `${start}1${a}${one}${b}${two}${c}`, secret: `${b}${two}${c}` };
      }),
    digits(8).map((eight) => ({ text: eight.join(''), secret: eight.join('') })),
    fc.tuple(fc.constantFrom('SC', 'NI', 'OC', 'sc', 'NIC'), digits(6)).map(([prefix, six]) => ({
      text: `${prefix}${six.join('')}`,
      secret: six.join(''),
    })),
    fc
      .tuple(fc.constantFrom('LS6', 'ls6', 'SW1A', 'M1', 'BT12'), fc.constantFrom('', ' ', '  '), digits(1))
      .map(([out, between, [one = 0]]) => ({ text: `${out}${between}${one}HN`, secret: `${one}HN` })),
  );
  const words = fc.array(fc.constantFrom('we', 'sing', 'Since', 'of', 'and', 'tŷ', 'ring', 'a', 'choir;', 'so:'), {
    maxLength: 6,
  });

  test('property: a planted address or number is never there afterwards, whatever stands around it', () => {
    fc.assert(
      fc.property(
        secrets,
        words,
        words,
        fc.constantFrom('.', '', ',', '!', ')'),
        ({ text, secret }, before, after, end) => {
          const said = `${[...before, text].join(' ')}${end} ${after.join(' ')}`;
          expect(maskText(said)).not.toContain(secret);
        },
      ),
      { seed: 16, numRuns: 5000 },
    );
  });
});
