/**
 * How many came, told so that nobody is seen to come. `docs/decisions/0014-fieldwork-by-the-week.md` says why it is told
 * like this, and `tests/responses/fieldwork/watcher.test.ts` plays whoever looks every hour.
 */
import { z } from 'zod';
import { stepOf } from '../../fieldwork/steps.ts';

/** What is counted: who began, sent, left without sending, took back what they sent. */
export const FLOWS = ['begun', 'sent', 'left', 'withdrawn'] as const;
export type Flow = (typeof FLOWS)[number];

/** So many more must have come before a figure is counted anew, and so many share what is told of one. */
export const ENOUGH = 10;

/** What all figures together leave open of each is at least this wide (w of rule T8). */
const WIDTH = 5;

/** The part of whom nothing is known: sent or left without a stage, or stopped at pages where few did. */
export const REST = '';

/** How many there are, and of them in each part: a stage, a page. Parts with a `REST` make up the whole. */
export interface Exact {
  readonly total: number;
  readonly parts: Readonly<Record<string, number>>;
}

const figures = z.object({ total: z.number(), parts: z.record(z.string(), z.number()) });
const shown = figures.extend({ pages: figures.optional(), saw: z.record(z.string(), z.number()).optional() });

/** The same as it is shown: of each number the first of its step, nought for fewer than ten. */
export type Figures = z.infer<typeof figures>;

/** What is shown of a flow. Of those who left also where, and how many came to each page that is named. */
export type Shown = z.infer<typeof shown>;

export const readShown = (json: string): Shown => shown.parse(JSON.parse(json));

/** Before anything was counted. */
export const NOTHING: Figures = { total: 0, parts: {} };

/** Whether a figure may be counted anew. @param n how many there are now @param before when it was counted last */
export function isDue(n: number, before = 0): boolean {
  return n - before >= ENOUGH;
}

/**
 * Figures counted anew. None ever goes down: it says how many have come at least, and that stays true when one of them takes
 * their answers back, which nobody shall see. Where the whole in its step would narrow a part in its, the figures stay as
 * they were.
 */
export function showAnew({ total, parts }: Exact, before: Figures = NOTHING): Figures {
  const shownParts = showParts(parts, before.parts);
  const whole = stepOf(Math.max(total, sumOf(shownParts))).from;
  const next = { total: Math.max(before.total, whole), parts: shownParts };
  return REST in parts && narrows(next) ? before : next;
}

/** Each part in its step, and none less than it was. */
export function showParts(parts: Exact['parts'], before: Exact['parts'] = {}): Record<string, number> {
  return Object.fromEntries(
    Object.entries(parts).map(([part, n]) => [part, Math.max(before[part] ?? 0, stepOf(n).from)]),
  );
}

/**
 * Whether the parts must be so near the ends of their steps to make up the whole that the least and the most that one of
 * them could be are nearer than `WIDTH`.
 */
function narrows({ total, parts }: Figures): boolean {
  const room = sumOf(Object.values(parts).map((part) => stepOf(part).width - 1));
  return room - (total - sumOf(parts)) < WIDTH;
}

/**
 * Where people left: pages at which at least `ENOUGH` did, and all others together. Which pages these are changes, so these
 * figures are made afresh; nothing ever leaves their counts.
 */
export function showPages(stopped: Exact['parts'], before: Figures = NOTHING): Figures {
  const many = Object.entries(stopped).filter(([, n]) => n >= ENOUGH);
  const few = Object.values(stopped).filter((n) => n < ENOUGH);
  const parts = showParts({ ...Object.fromEntries(many), [REST]: sumOf(few) });
  const next = { total: stepOf(sumOf(stopped)).from, parts };
  return narrows(next) ? before : next;
}

/** All of some numbers together. */
export function sumOf(numbers: readonly number[] | Readonly<Record<string, number>>): number {
  return Object.values(numbers).reduce((sum, n) => sum + n, 0);
}

/**
 * The share of those who came to a page that left there, in percent, worked out from the steps alone: from what it is at
 * least to what it is at most.
 */
export function shareBetween(left: number, saw: number): { readonly low: number; readonly high: number } {
  const [stopped, all] = [stepOf(left), stepOf(saw)];
  const low = (100 * stopped.from) / (all.from + all.width - 1);
  const high = (100 * (stopped.from + stopped.width - 1)) / Math.max(all.from, 1);
  return { low: Math.floor(low), high: Math.min(100, Math.ceil(high)) };
}
