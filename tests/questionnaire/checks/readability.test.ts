import { describe, expect, test } from 'vitest';
import { readingAge, syllablesIn } from '../../../src/questionnaire/checks/readability.ts';

describe('syllables as a dictionary has them', () => {
  const table =
    'social 2 enterprise 3 earns 1 money 2 selling 2 goods 1 services 3 uses 2 profit 2 environmental 5 purpose 2 ' +
    'charity 3 co-operative 5 community 4 business 2 interest 3 company 3 organisation 5 people 2 questions 2 used 1 ' +
    'mentioned 2 needed 2 places 2 changes 2 idea 3 area 3 create 2 reading 2 science 2 various 3 religion 3 being 2 ' +
    'going 2 continue 3 situation 4 evaluate 4 trained 1 worried 2 values 2 simple 2 little 2 whole 1 because 2 every 2 ' +
    'usual 3 annual 3 software 2 someone 2 something 2 management 3 useful 2 answer 2 started 2 data 2 training 2 ' +
    'volunteer 3 association 5 university 5 anonymous 4 information 4 telephone 3 experience 4 employees 3 media 3 ' +
    'named 1 agreed 2 free 1 queue 1 language 2 guide 1 quiet 2 the 1 AI’s 1';
  const words = [...table.matchAll(/(\S+) (\d)/g)].map(
    ([, word = '', count]) => [word.toLowerCase(), Number(count)] as const,
  );

  test.each(words)('%s: %i', (word, count) => {
    expect(syllablesIn(word)).toBe(count);
  });
});

describe('the reading age', () => {
  test('is the Flesch–Kincaid grade and five years', () => {
    // 14 words in 2 sentences, 15 syllables: 0.39 × 7 + 11.8 × 15 / 14 − 15.59 = −0.22
    const { age, words } = readingAge('The cat sat on the mat. It ran away when the dog came back.');
    expect(words).toBe(14);
    expect(age).toBeCloseTo(0.39 * 7 + (11.8 * 15) / 14 - 15.59 + 5, 10);
  });

  test('does not count Markdown, addresses and piped answers as words', () => {
    const plain = readingAge('We ask about it. See our notes.');
    expect(readingAge('We ask about **{{S1|your work}}**. See [our notes](https://example.org/a).')).toEqual(plain);
  });

  test('takes each item of a list for a sentence', () => {
    expect(readingAge('- one thing\n- one more thing')).toEqual(readingAge('one thing. one more thing.'));
  });

  test('of no words is nought', () => {
    expect(readingAge('– 1 2 3 –')).toEqual({ age: 0, words: 0 });
  });
});
