import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import type { Survey } from '../../src/questionnaire/survey.ts';
import { changedWords } from '../../src/questionnaire/translations/changed-words.ts';
import { judgeTranslations } from '../../src/questionnaire/translations/stale.ts';
import { translatedTexts } from '../../src/questionnaire/translations/texts.ts';
import { arbitrarySurvey } from '../support/arbitrary-survey.ts';
import { type SurveyJson, sourceOf } from '../support/fieldwork.ts';
import { aiAdoption } from '../surveys/walks.ts';

const twoLanguages = (change?: (file: SurveyJson) => void) => getSurvey(sourceOf('two-languages', change));

describe('the texts of a survey', () => {
  test('stand in the order of the file, each with its place by codes and in words', () => {
    const texts = translatedTexts(twoLanguages(), 'cy').map(
      ({ key, section, page, question, what }) => `${key}: ${[section, page, question].join(' ')}: ${what}`,
    );
    expect(texts.slice(0, 12)).toEqual([
      'title:   : title',
      'wave:   : wave',
      'information/summary:   : information, summary',
      'information/text:   : information, text',
      'information/minutes:   : information, minutes',
      'information/runBy:   : information, runBy',
      'information/contact:   : information, contact',
      'sections/start/title: start  : title',
      'A1/text: start a1 A1: text',
      'A1/options/yes/label: start a1 A1: answer yes',
      'A1/options/no/label: start a1 A1: answer no',
      'B1/text: start b1 B1: text',
    ]);
    expect(texts.slice(-5)).toEqual([
      'ends/declined/title:   : end declined, title',
      'ends/declined/text:   : end declined, text',
      'ends/not-eligible/title:   : end not-eligible, title',
      'ends/not-eligible/text:   : end not-eligible, text',
      'finish/text:   : finish, text',
    ]);
  });

  test('keep their places when pages and sections move', () => {
    const keys = (survey: Survey) =>
      translatedTexts(survey, 'cy')
        .map(({ key, original }) => `${key} ${original}`)
        .sort();
    const moved = twoLanguages((file) => {
      const page = file.sections[1]?.pages.shift();
      if (page) file.sections[0]?.pages.unshift(page);
      file.sections.reverse();
    });
    expect(keys(moved)).toEqual(keys(twoLanguages()));
  });

  test.each([
    ['the flagship', aiAdoption],
    ['the survey in two languages', twoLanguages()],
  ])('of %s have a place each', (_, survey) => {
    const keys = translatedTexts(survey, 'cy').map(({ key }) => key);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('of any survey have a place each', () => {
    fc.assert(
      fc.property(arbitrarySurvey, (survey) => {
        const keys = translatedTexts(survey, 'cy').map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { seed: 20270301, numRuns: 100 },
    );
  });

  test('lack what stands in the first language alone', () => {
    const half = twoLanguages((file) => {
      file.title = 'The bus';
    });
    expect(translatedTexts(half, 'cy')[0]).toMatchObject({ original: 'The bus', translation: undefined });
    expect(translatedTexts(half, 'en', 'cy')[0]).toMatchObject({ original: '', translation: 'The bus' });
  });
});

/** A version whose title says this; undefined is a text that the version lacks. */
const titled = (index: number, en: string, cy: string | undefined) =>
  twoLanguages((file) => {
    file.version = `1.${index}`;
    file.title = cy === undefined ? en : { en, cy };
  });
const judged = (titles: readonly (readonly [en: string, cy?: string])[]) => {
  const [first] = judgeTranslations(
    titles.map(([en, cy], index) => titled(index, en, cy)),
    'cy',
  );
  return first && [first.state, first.before];
};

describe('a translation', () => {
  test.each([
    ['is missing where there is none', [['Bus']], 'missing', undefined],
    ['is missing where it was taken out', [['Bus', 'Bws'], ['Bus']], 'missing', undefined],
    ['is current in a first version', [['Bus', 'Bws']], 'current', undefined],
    [
      'is current where nothing changed',
      [
        ['Bus', 'Bws'],
        ['Bus', 'Bws'],
      ],
      'current',
      undefined,
    ],
    [
      'is stale where the original alone changed',
      [
        ['Bus', 'Bws'],
        ['Coach', 'Bws'],
      ],
      'stale',
      'Bus',
    ],
    [
      'is current where both changed',
      [
        ['Bus', 'Bws'],
        ['Coach', 'Coets'],
      ],
      'current',
      undefined,
    ],
    [
      'is current where it alone changed',
      [
        ['Bus', 'Bws'],
        ['Bus', 'Y bws'],
      ],
      'current',
      undefined,
    ],
    [
      'is mended later',
      [
        ['Bus', 'Bws'],
        ['Coach', 'Bws'],
        ['Coach', 'Coets'],
      ],
      'current',
      undefined,
    ],
    [
      'stays stale',
      [
        ['Bus', 'Bws'],
        ['Coach', 'Bws'],
        ['Coach', 'Bws'],
      ],
      'stale',
      'Bus',
    ],
    [
      'shows what it was a translation of',
      [
        ['Bus', 'Bws'],
        ['Coach', 'Bws'],
        ['Tram', 'Bws'],
      ],
      'stale',
      'Bus',
    ],
    [
      'is current where the original came back',
      [
        ['Bus', 'Bws'],
        ['Coach', 'Bws'],
        ['Bus', 'Bws'],
      ],
      'current',
      undefined,
    ],
    ['that came later is of what stood then', [['Bus'], ['Coach', 'Coets'], ['Coach', 'Coets']], 'current', undefined],
    ['that went and came back is new', [['Bus', 'Bws'], ['Coach'], ['Coach', 'Bws']], 'current', undefined],
    [
      'is current where only spaces changed',
      [
        ['The bus', 'Bws'],
        ['The  bus ', 'Bws'],
      ],
      'current',
      undefined,
    ],
  ] as const)('%s', (_, titles, state, before) => {
    expect(judged(titles)).toEqual([state, before]);
  });

  test('is judged by the language that is the first now', () => {
    const turned = (index: number, cy: string) =>
      twoLanguages((file) => {
        file.version = `1.${index}`;
        file.languages = ['cy', 'en'];
        file.title = { en: 'Bus', cy };
      });
    const [title] = judgeTranslations([titled(0, 'Bus', 'Bws'), turned(1, 'Coets')], 'en');
    expect([title?.state, title?.before]).toEqual(['stale', 'Bws']);
  });

  test('of no version is none', () => {
    expect(judgeTranslations([], 'cy')).toEqual([]);
  });

  test('is stale if and only if its original is another than when it was last changed', () => {
    const word = fc.constantFrom('a', 'b', 'c');
    const history = fc.array(fc.tuple(word, fc.option(word, { nil: undefined })), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(history, (titles) => {
        // Told forwards, as somebody would who keeps a note at each change; the rule looks back and keeps none.
        let translation: string | undefined;
        let writtenFor = '';
        for (const [en, cy] of titles) {
          if (cy !== translation) writtenFor = en;
          translation = cy;
        }
        const now = titles.at(-1)?.[0];
        const expected = translation === undefined ? 'missing' : writtenFor === now ? 'current' : 'stale';
        const named = titles.map(([en, cy]) => (cy === undefined ? ([en] as const) : ([en, cy] as const)));
        expect(judged(named)).toEqual([expected, expected === 'stale' ? writtenFor : undefined]);
      }),
      { seed: 20270301, numRuns: 80 },
    );
  });
});

describe('what changed between two texts', () => {
  const shown = (before: string, after: string) =>
    changedWords(before, after)
      .map(({ kind, words }) => ({ same: words, gone: `-[${words}]`, new: `+[${words}]` })[kind])
      .join(' ');

  test.each([
    ['the same', 'a b c', 'a b c', 'a b c'],
    ['a word more', 'a c', 'a b c', 'a +[b] c'],
    ['a word less', 'a b c', 'a c', 'a -[b] c'],
    ['another word', 'a b c', 'a x c', 'a -[b] +[x] c'],
    ['everything', 'a b', 'x y', '-[a b] +[x y]'],
    ['from nothing', '', 'x y', '+[x y]'],
    ['to nothing', 'a b', '', '-[a b]'],
    ['a word moved', 'a b c d', 'b c a d', '-[a] b c +[a] d'],
    ['a word repeated', 'a a', 'a a a', 'a a +[a]'],
  ])('%s', (_, before, after, expected) => {
    expect(shown(before, after)).toBe(expected);
  });

  test('gives both texts back', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const without = (kind: string) =>
          changedWords(before, after)
            .filter((each) => each.kind !== kind)
            .map(({ words }) => words)
            .join(' ');
        expect([without('new'), without('gone')]).toEqual([before, after]);
      }),
      { seed: 20270301 },
    );
  });

  test('very long ones are not laid beside each other', () => {
    const long = (word: string) => Array.from({ length: 2000 }, (_, index) => `${word}${index}`).join(' ');
    expect(changedWords(`x ${long('a')} y`, `x ${long('b')} y`).map(({ kind }) => kind)).toEqual([
      'same',
      'gone',
      'new',
      'same',
    ]);
  });
});
