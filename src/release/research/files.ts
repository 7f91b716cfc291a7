/** The files of what is shown: its chart and its figures, each with what has to be known of them. */

import type { Entry } from '../bundle/entry.ts';
import { type Sheet, workbookOf } from '../bundle/workbook.ts';
import type { Chart } from '../page/chart.ts';
import { chartSvg } from './chart-svg.ts';
import type { Facts } from './facts.ts';
import { type FigureLine, figureRows, STATES } from './lines.ts';

/** A chart by itself. @param nobody the answers that have no bars, in a sentence */
export function chartFile(chart: Chart, question: string, facts: Facts, nobody: string | undefined): string {
  return chartSvg(chart, {
    title: `${question}. ${facts.wording}`,
    under: [...(chart.title === facts.wording ? [] : [chart.title]), ...facts.asked, ...facts.filters],
    notes: [
      'The thin line under a bar is the 95% likely range.',
      ...(nobody === undefined ? [] : [nobody]),
      `Source: ${facts.source} ${facts.bases.join(' ')}`,
      ...facts.notes,
    ],
  });
}

/** A workbook: the figures, and what they are. */
export function figuresWorkbook(lines: readonly FigureLine[], question: string, facts: Facts): Entry[] {
  const about = [
    ['what', 'it_is'],
    ['question', question],
    ['question_text', facts.wording],
    ...facts.asked.map((each) => ['asked', each]),
    ['source', facts.source],
    ...facts.filters.map((filter) => ['filter', filter]),
    ...facts.bases.map((base) => ['base', base]),
    ...facts.notes.map((note) => ['note', note]),
    ...Object.entries(STATES).map(([state, words]) => [`state: ${state}`, words]),
  ];
  const sheets: Sheet[] = [
    ['figures', () => figureRows(lines)],
    ['about', () => about],
  ];
  return workbookOf(sheets);
}
