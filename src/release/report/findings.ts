/** What is said of a question among some people, by the kind of question. */
import { lineAt } from '../page/tables.ts';
import type { Speaker } from '../page/words.ts';
import type { ProtectedTable, ShownGroup } from '../tables/protected-tables.ts';
import { leadingOf, sayLeading, type Told } from './leading.ts';
import { sayShare } from './shares.ts';

/** What a sentence tells of: the answers of one row, or each row by one of its figures. */
interface Ranking {
  readonly by: 'answers' | 'rows';
  /** Of rows: the place of the figure that they are told by, among answers and NETs. */
  readonly line: number;
}

/** A grid is told by its first NET and a ranking by what stands first; a grid without one row by row. */
function rankingOf({ kind, rows, options, nets }: ProtectedTable): Ranking | undefined {
  if (kind === 'number' || kind === 'date') return undefined;
  if (rows.length === 1) return { by: 'answers', line: 0 };
  if (kind === 'ranking') return { by: 'rows', line: 0 };
  return nets.length > 0 ? { by: 'rows', line: options.length } : undefined;
}

/** Sentences on one group, or on everybody: what leads, and what is taken together. The first goes on after a name. */
export function sayGroup(table: ProtectedTable, group: ShownGroup, speaker: Speaker): string[] {
  const { text } = speaker;
  if (table.kind === 'number') return sayMean(table, group, speaker);
  const ranking = rankingOf(table);
  if (!ranking) return group.code === '' ? sayRows(table, group, speaker) : [];
  const told = toldOf(table, group, ranking, speaker);
  if (ranking.by === 'answers') return [sayLeading(told, speaker), ...sayNets(table, group, speaker)];
  if (table.kind === 'ranking') {
    return [sayLeading(told, speaker, { all: 'findings.mostFirst', some: 'findings.mostFirstShown' })];
  }
  const values = { net: text(table.nets[0]?.label ?? '') };
  return [sayLeading(told, speaker, { all: 'findings.mostNet', some: 'findings.mostNetShown', values })];
}

/** The places of what is told of in any of the groups: of answers or of rows. */
export function placesTold(
  table: ProtectedTable,
  groups: readonly ShownGroup[],
  speaker: Speaker,
): { readonly by: Ranking['by']; readonly places: ReadonlySet<number> } | undefined {
  const ranking = rankingOf(table);
  if (!ranking) return undefined;
  const told = groups.flatMap((group) => leadingOf(toldOf(table, group, ranking, speaker)).flat());
  return { by: ranking.by, places: new Set(told.map(({ place }) => place)) };
}

function toldOf(table: ProtectedTable, group: ShownGroup, { by, line }: Ranking, { text }: Speaker): Told[] {
  const lines = by === 'answers' ? table.options : table.rows;
  return lines.map(({ label }, place) => {
    const found = by === 'answers' ? lineAt(table, group, 0, place) : lineAt(table, group, place, line);
    return { place, label: text(label), figure: found?.figure ?? { state: 'hidden' } };
  });
}

function sayNets(table: ProtectedTable, group: ShownGroup, speaker: Speaker): string[] {
  return table.nets.map(({ label }, place) => {
    const figure = lineAt(table, group, 0, table.options.length + place)?.figure ?? { state: 'hidden' as const };
    return speaker.t('findings.together', { label: speaker.text(label), share: sayShare(figure, speaker) });
  });
}

function sayMean({ most }: ProtectedTable, { rows }: ShownGroup, { t }: Speaker): string[] {
  const mean = rows[0]?.mean;
  if (mean === undefined) return [];
  const value = mean ?? t('results.hidden');
  return [
    most === undefined || mean === null
      ? t('findings.mean', { mean: value })
      : t('findings.meanOf', { mean: value, most }),
  ];
}

/** Row by row, what was said most often of each. */
function sayRows(table: ProtectedTable, group: ShownGroup, speaker: Speaker): string[] {
  return table.rows.flatMap(({ label }, row) => {
    if (table.kind === 'date' || !group.rows[row]) return [];
    const told = table.options.map((option, place) => ({
      place,
      label: speaker.text(option.label),
      figure: lineAt(table, group, row, place)?.figure ?? { state: 'hidden' as const },
    }));
    const said = sayLeading(told, speaker);
    return [
      speaker.t('findings.ofGroup', { group: speaker.t('findings.quoted', { label: speaker.text(label) }), said }),
    ];
  });
}
