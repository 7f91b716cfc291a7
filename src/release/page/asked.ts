/** Whose answers a question's figures are: who was asked, and how many have an answer. */
import type { ProtectedTable, ShownGroup } from '../tables/protected-tables.ts';
import type { Sayable } from './sayable.ts';
import type { Speaker } from './words.ts';

/** Who was asked, or what it is worked out from; and that everybody is shown where the segment asked for cannot be. */
export function sayAsked(
  { universe, workedOutFrom }: ProtectedTable,
  isEveryoneInstead: boolean,
  { t, text }: Speaker,
): string[] {
  const questions = (workedOutFrom ?? []).map((question) => `“${text(question)}”`).join(', ');
  const asked = universe ? t('results.askedIf', { who: text(universe) }) : t('results.askedAll');
  return [
    workedOutFrom ? t('results.workedOut', { questions }) : asked,
    ...(isEveryoneInstead ? [t('results.notBySegment')] : []),
  ];
}

/** "54 of the 55 who were asked answered", for each group, and which groups have nothing to show. */
export function sayAnswered(table: ProtectedTable, { groups, silent }: Sayable, speaker: Speaker): string[] {
  return [
    ...groups.map((group) => [sayBase(table, group, speaker), ...sayEffective(group, speaker)].join(' ')),
    ...silent.map((group) => speaker.t('results.silentGroup', { group: speaker.group(group) })),
  ];
}

/** A grid has a base for each row, in its table. */
function sayBase(table: ProtectedTable, group: ShownGroup, { t, group: name }: Speaker): string {
  const bases = group.rows.map(({ base }) => base).filter((base) => base !== null);
  const values = { asked: group.asked, least: Math.min(...bases), most: Math.max(...bases) };
  const who = group.code === '' ? '' : `${name(group)}: `;
  if (values.least !== values.most) return who + t('results.answeredRange', values);
  if (table.workedOutFrom) return who + t('results.known', values);
  return who + t(table.filledIn ? 'results.answeredFilled' : 'results.answered', values);
}

/** Of a survey that is weighted: how many equal answers these are worth. */
function sayEffective({ rows }: ShownGroup, { t }: Speaker): string[] {
  const bases = rows.flatMap(({ weighted }) => weighted?.effectiveBase ?? []);
  if (bases.length === 0) return [];
  const [least, most] = [Math.min(...bases), Math.max(...bases)];
  return [t(least === most ? 'results.effective' : 'results.effectiveRange', { least, most })];
}

/** The average, for each group that has one: it stands in no chart. */
export function sayMeans({ most }: ProtectedTable, groups: readonly ShownGroup[], speaker: Speaker): string[] {
  return groups.flatMap((group) => {
    const mean = group.rows[0]?.mean;
    if (typeof mean !== 'number') return [];
    const who = group.code === '' ? '' : `${speaker.group(group)}: `;
    return [who + speaker.t(most === undefined ? 'results.meanIs' : 'results.meanIsOf', { mean, most: most ?? '' })];
  });
}
