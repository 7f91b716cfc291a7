/** The list of doubts in words. */

import { words } from '../../questionnaire/checks/changed-wording.ts';
import { showDay } from '../../questionnaire/days.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { lastDayOfWeek } from '../week.ts';
import { type Doubt, decisionCode, isUndecided, type StageCheck, showReference } from './doubt.ts';

/** A doubt for a template. */
export interface DoubtView {
  readonly id: string;
  /** What is posted with a decision. */
  readonly seen: string;
  readonly one: string;
  readonly other: string | null;
  readonly version: string;
  readonly what: string;
  readonly when: string | undefined;
  readonly asides: readonly string[];
  readonly decision: string | undefined;
  readonly reason: string;
}

/** @param aside the references of the responses that were set aside */
export function viewDoubt(live: Survey, doubt: Doubt, aside: ReadonlySet<string>): DoubtView {
  const { id, one, other, version, reason } = doubt;
  return {
    id,
    seen: decisionCode(doubt),
    one: showReference(one),
    other: other === null ? null : showReference(other),
    version,
    what: doubt.kind === 'double' ? agreement(doubt.about.whole) : stages(live, doubt.about),
    when: doubt.kind === 'double' ? sentIn(doubt.about.sent) : undefined,
    asides: [one, ...(other === null ? [] : [other])].filter((each) => aside.has(each)).map(showReference),
    decision: decisionOf(doubt),
    reason,
  };
}

const agreement = (whole: boolean) =>
  whole ? 'They agree in all answers' : 'They agree in all answers but one or two';

function stages(live: Survey, { stage, others }: StageCheck): string {
  const label = (name: string, code: string) => {
    const category = live.derived.get(name)?.categories?.find((each) => each.code === code);
    return category ? words(live, category.label) : code;
  };
  const [rule = ''] = live.file.stageRule?.gives.map(({ code }) => code) ?? [];
  const readings = others.map(({ reading, as }) => {
    const derived = live.derived.get(reading);
    return `“${label(reading, as)}” by “${derived ? words(live, derived.label) : reading}”`;
  });
  return `“${label(rule, stage)}” by the stage rule, ${readings.join(', ')}`;
}

/** Two lots of weeks, each the first and the last of it. */
function sentIn(lots: readonly [string, string]): string {
  const [one, other] = lots.map((lot) => {
    const [first = '', last = first] = lot.split(' ');
    const end = showDay(lastDayOfWeek(last));
    return first === last
      ? `in the week to ${end}`
      : `in the weeks that ended from ${showDay(lastDayOfWeek(first))} to ${end}`;
  });
  return one === other ? `Both sent ${one}` : `One sent ${one}, one ${other}`;
}

function decisionOf(doubt: Doubt): string | undefined {
  if (isUndecided(doubt)) return undefined;
  const { decision, one, other, person } = doubt;
  const aside = decision === 'one' ? one : decision === 'other' ? other : null;
  const kept = other === null ? 'Kept' : 'Both kept';
  return `${aside === null ? kept : `${showReference(aside)} set aside`} by ${person}`;
}

/** Doubts that say the same, together. */
export function togetherBy(views: readonly DoubtView[]): { what: string; version: string; doubts: DoubtView[] }[] {
  const groups = new Map<string, { what: string; version: string; doubts: DoubtView[] }>();
  for (const view of views) {
    const { what, version } = view;
    const group = groups.get(`${version} ${what}`) ?? { what, version, doubts: [] };
    groups.set(`${version} ${what}`, group);
    group.doubts.push(view);
  }
  return [...groups.values()];
}
