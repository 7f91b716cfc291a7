/** What a results page says, in one language. */
import type { Text } from '../../questionnaire/definition.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import { type Figure, printedShare } from '../tables/figures.ts';
import type { ProtectedTables, ShownGroup } from '../tables/protected-tables.ts';
import { REST } from '../tables/protection/groups.ts';

/** The interface's words by key, as a page has them. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export interface Speaker {
  readonly t: Say;
  readonly language: string;
  text(text: Text): string;
  /** "45 of 54 (83%)", or the one word for what is hidden. */
  figure(figure: Figure): string;
  /** "a, b and c". */
  list(words: readonly string[]): string;
  /** The name of a group of people; undefined is everybody. */
  group(group: ShownGroup): string;
}

export function speakerFor({ languages }: Pick<ProtectedTables, 'languages'>, language: string, t: Say): Speaker {
  const text = (words: Text) => inLanguage(words, language, languages[0] ?? 'en');
  return {
    t,
    language,
    text,
    list: (words) => {
      const last = words.at(-1) ?? '';
      return words.length < 2 ? last : t('results.list', { list: words.slice(0, -1).join(', '), last });
    },
    figure: (figure) => {
      if (figure.state === 'hidden') return t('results.hidden');
      const { n, base, weighted } = figure;
      const percent = printedShare(figure)?.percent;
      if (percent === undefined) return t('results.count', { n, base });
      if (!weighted) return t('results.figure', { n, base, percent });
      return t(weighted.step === 1 ? 'results.figureWeighted' : 'results.figureWeightedAbout', { n, base, percent });
    },
    group: ({ code, labels }) => {
      if (code === '') return t('results.everyone');
      return code === REST ? t('results.rest') : labels.map(text).join(', ');
    },
  };
}
