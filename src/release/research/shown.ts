/** What is shown of an answer of the network tier: the one table that its page, its chart and its files are made of. */

import { DONT_KNOW } from '../../questionnaire/answers.ts';
import type { Answer, Offer } from '../network/told.ts';
import { tableOfTold } from '../network/told-table.ts';
import { leaveOutDontKnow } from '../page/dont-know.ts';
import { type Say, type Speaker, speakerFor } from '../page/words.ts';
import type { ProtectedTable, ShownGroup } from '../tables/protected-tables.ts';
import type { Selection } from './selection.ts';

/** What became of "leave out don't know": it is no answer here, it is in, it is out, or it had to stay in. */
type DontKnow = 'none' | 'in' | 'out' | 'few' | 'weighted';

export interface Shown {
  readonly answer: Answer;
  readonly selection: Selection;
  readonly table: ProtectedTable;
  /** Those of whom somebody answered: everybody selected, or the groups of the dimension. */
  readonly groups: readonly ShownGroup[];
  /** Those of whom nobody answered, in words: nobody of them is in the file, was asked, or gave an answer. */
  readonly silent: readonly string[];
  readonly dontKnow: DontKnow;
}

/** @param policy of the release that answered */
export function showAnswer(answer: Answer, selection: Selection, policy: Offer['policy']): Shown {
  const { by } = selection;
  const whole = tableOfTold(answer, by);
  const all = groupsOf(whole);
  const answered = all.filter(({ rows }) => rows.some(({ base }) => base !== 0));
  const table = withGroups(whole, answered);
  const { left, dontKnow } = leaveOut(table, selection, policy);
  const silent = answer.table.groups.filter(({ code }) => !answered.some((group) => group.code === code));
  return { answer, selection, table: left, groups: groupsOf(left), silent: silent.map(saySilent), dontKnow };
}

function groupsOf({ overall, views }: ProtectedTable): readonly ShownGroup[] {
  return overall ? [overall] : (views[0]?.groups ?? []);
}

function withGroups({ overall, ...table }: ProtectedTable, groups: readonly ShownGroup[]): ProtectedTable {
  return {
    ...table,
    ...(overall && groups.includes(overall) && { overall }),
    views: table.views.map((view) => ({ ...view, groups: [...groups] })),
  };
}

function leaveOut(table: ProtectedTable, { by, dontKnowOut }: Selection, policy: Offer['policy']) {
  const left = { left: table };
  if (!table.options.some(({ code }) => code === DONT_KNOW)) return { ...left, dontKnow: 'none' as const };
  const isWeighted = groupsOf(table).some(({ rows }) => rows.some(({ weighted }) => weighted));
  const found = leaveOutDontKnow(table, by?.toLowerCase(), policy);
  if (!found) return { ...left, dontKnow: isWeighted ? ('weighted' as const) : ('none' as const) };
  if (!dontKnowOut) return { ...left, dontKnow: 'in' as const };
  return 'table' in found ? { left: found.table, dontKnow: 'out' as const } : { ...left, dontKnow: 'few' as const };
}

type Group = Answer['table']['groups'][number];

function saySilent({ label, people, rows }: Group): string {
  if (people === 0) return `${label}: nobody who is selected.`;
  const isAsked = rows.some(({ none }) => none === 'no answer');
  return `${label}: ${isAsked ? 'asked, and the file has no answer of any of them.' : 'none of them was asked this.'}`;
}

/** The words of pages and files of research. Staff's pages are in English; the survey's own words are in its first language. */
export function speakerOf(t: Say): Speaker {
  return speakerFor({ languages: ['en'] }, 'en', t);
}
