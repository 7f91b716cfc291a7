/** What tables tell, in a terminal: the headline, and what is hidden. */
import { inLanguage } from '../../questionnaire/text.ts';
import { linesOf } from '../../release/tables/figures.ts';
import type { ProtectedTables } from '../../release/tables/protected-tables.ts';
import { counted } from '../support.ts';
import { hiddenByTable, hiddenLine } from './hidden.ts';

/** @param each whether to tell of each table how much of it is hidden, for whoever makes it or decides about it */
export function tablesLines(content: ProtectedTables, each: boolean): string[] {
  const language = content.languages[0] ?? 'en';
  const text = (words: ProtectedTables['title']) => inLanguage(words, language, language);
  const withheld = content.tables.filter(({ overall }) => !overall).map(({ name }) => name);
  return [
    `${text(content.title)}: ${counted(content.responses, 'response')}${content.synthetic ? ' (synthetic data)' : ''}`,
    ...content.readings.flatMap((name) => {
      const table = content.tables.find((one) => one.name === name);
      const row = table?.overall?.rows[0];
      if (!table || !row) return [];
      const kept = table.keptFrom
        ? ` (figures of release ${table.keptFrom.release}: too few answers have changed since)`
        : '';
      return [
        '',
        `${text(table.label)}${kept}`,
        ...linesOf(table, row).map(({ label, figure }) => lineFor(text(label), figure)),
      ];
    }),
    '',
    ...(each ? hiddenByTable(content) : []),
    hiddenLine(content),
    ...(withheld.length > 0 ? [`Not shown, because too few answered: ${withheld.join(', ')}.`] : []),
  ];
}

function lineFor(label: string, figure: ReturnType<typeof linesOf>[number]['figure']): string {
  if (figure.state !== 'shown') return `  ${label.padEnd(28)} hidden`;
  const share = figure.share ? ` (${figure.share.percent}%)` : '';
  return `  ${label.padEnd(28)} ${figure.n} of ${figure.base}${share}`;
}
