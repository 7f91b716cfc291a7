/**
 * How hard an English text is to read.
 *
 * Flesch–Kincaid grade = 0.39 × words/sentences + 11.8 × syllables/words − 15.59
 * (Kincaid, Fishburne, Rogers and Chissom, 1975, Navy Research Branch Report 8-75). A grade is a US school year, which
 * begins at the age of 5: reading age = grade + 5. Syllables are counted by groups of vowels, with the silent endings
 * left out; the count is right for about nine words in ten, so the age is good to about a year on a paragraph and
 * means little on a few words.
 */

/** The words of a text without Markdown, links and piped answers; a list item or a heading is a sentence. */
export function readingAge(text: string): { readonly age: number; readonly words: number } {
  const plain = text
    .replaceAll(/\{\{[^{}]*\}\}/g, 'it')
    .replaceAll(/\]\([^)]{0,500}\)|https?:\S+|(?<!\S)\S+@\S+/g, ' ')
    .replaceAll(/^[^\S\n]*([-*#>]|\d+\.)+\s*/gm, '')
    .replaceAll(/(\n)/g, '.\n');
  const sentences = plain
    .split(/[.!?:;]+(?=\s|$)/)
    .map(wordsIn)
    .filter((words) => words.length > 0);
  const words = sentences.flat();
  if (words.length === 0) return { age: 0, words: 0 };
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  const grade = 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
  return { age: grade + 5, words: words.length };
}

function wordsIn(sentence: string): string[] {
  return sentence.toLowerCase().match(/[a-zà-ÿ]+(?:[’'-][a-zà-ÿ]+)*/g) ?? [];
}

/** Common words that the rules below would get wrong. */
const KNOWN: Readonly<Record<string, number>> = {
  area: 3,
  business: 2,
  create: 2,
  every: 2,
  employee: 3,
  employees: 3,
  idea: 3,
  ideas: 3,
  people: 2,
};

/** The syllables of a lower-case word: its groups of vowels, without silent ones and with those that part. */
export function syllablesIn(word: string): number {
  const parts = word.split('-').filter((part) => part !== '');
  if (parts.length > 1) return parts.reduce((sum, part) => sum + syllablesIn(part), 0);
  const plain = word.replaceAll(/[’'].*$/g, '');
  const known = KNOWN[plain];
  if (known !== undefined) return known;
  if (plain.length <= 3) return 1;
  const spoken = plain
    .replace(/e(?=(thing|one|where|times|body|ful|fully|less|ness|ly|ment|ments|ware)$)/, '')
    .replaceAll(/(?<=[gq])u(?=[aei])/g, '')
    .replace(/(?<![tde])ed$/, '')
    .replace(/(?<![sxzcg]|sh|ch)es$/, '')
    .replace(/(?<!l)e$|(?<=[aeiouy]l)e$/, '');
  const groups = spoken.match(/[aeiouyà-ÿ]+/g)?.length ?? 0;
  const parted =
    spoken.match(
      /(?<![ctg])ia|ia(?=tion)|(?<![ctgx])iou|io(?!n|us)|ie(?=nc|nt|ty?$)|iu|eou|uou|ua(?!r)|(?<=[aeouy])ing/g,
    )?.length ?? 0;
  return Math.max(1, groups + parted);
}
