/** Doubts about responses, for a person to judge: what the list says of each, and what it must not. */
import { z } from 'zod';
import { stepOf } from '../../fieldwork/steps.ts';
import { ENOUGH } from '../fieldwork/counts.ts';

const double = z.object({
  /** They agree in every answer. Else in all but one or two: which number it is would help whoever sends guesses. */
  whole: z.boolean(),
  /** When each was sent, as the weeks from one to another. */
  sent: z.tuple([z.string(), z.string()]),
});
const stage = z.object({
  stage: z.string(),
  /** Every reading that differs. Told one by one, references that stand in two lists would tell which few are in both. */
  others: z.array(z.object({ reading: z.string(), as: z.string() })),
});

export type Double = z.infer<typeof double>;
export type StageCheck = z.infer<typeof stage>;

const DECISIONS = ['kept', 'one', 'other'] as const;
export type Decision = (typeof DECISIONS)[number];

interface Common {
  readonly id: string;
  /** Of the questionnaire: 1.0. */
  readonly version: string;
  /** The reference of a response, which is not its key. */
  readonly one: string;
  readonly decision: Decision | null;
  readonly reason: string;
  readonly person: string;
}

/** A doubt as it stands, decided or not. */
export type Doubt =
  | (Common & { readonly kind: 'double'; readonly other: string; readonly about: Double })
  | (Common & { readonly kind: 'stage'; readonly other: null; readonly about: StageCheck });

/** A reference in two groups, as it is read out and compared. */
export const showReference = (reference: string): string => `${reference.slice(0, 4)}-${reference.slice(4)}`;

export const isUndecided = ({ decision }: Pick<Doubt, 'decision'>): boolean => decision === null;

/**
 * The references of the responses that were set aside: as it was decided, not as it is, which would tell when one of them is
 * taken back.
 */
export function setAsideBy(doubts: readonly Doubt[]): ReadonlySet<string> {
  return new Set(
    doubts.flatMap(({ decision, one, other }) =>
      decision === 'one' ? one : decision === 'other' ? (other ?? []) : [],
    ),
  );
}

/** What is stored of a doubt, read back. */
export function readDoubt({
  kind,
  other,
  about,
  ...common
}: Common & { readonly kind: Doubt['kind']; readonly other: string | null; readonly about: string }): Doubt {
  const json: unknown = JSON.parse(about);
  if (kind === 'stage') return { ...common, kind, other: null, about: stage.parse(json) };
  return { ...common, kind, other: other ?? '', about: double.parse(json) };
}

/** What was decided about a doubt, as one text: to be posted with a decision and compared with what is so by then. */
export const decisionCode = ({ decision, reason, person }: Pick<Doubt, 'decision' | 'reason' | 'person'>): string =>
  JSON.stringify([decision, reason, person]);

/**
 * Weeks put together until each lot has enough responses, what is left over with the last lot: whoever knows in which
 * week somebody sent is told of enough others with them.
 * @param weeks how many responses each week has @returns the lot of each week, as its first and its last
 */
export function lotsOf(weeks: ReadonlyMap<string, number>): Map<string, readonly [first: string, last: string]> {
  const lots: string[][] = [];
  let open: string[] = [];
  let n = 0;
  for (const [week, more] of [...weeks].sort(([one], [other]) => (one < other ? -1 : 1))) {
    open.push(week);
    n += more;
    if (n < ENOUGH) continue;
    lots.push(open);
    [open, n] = [[], 0];
  }
  if (open.length > 0) lots.push([...(lots.pop() ?? []), ...open]);
  return new Map(
    lots.flatMap((lot) => lot.map((week) => [week, [lot[0] ?? week, lot.at(-1) ?? week] as const] as const)),
  );
}

/** A person looks at each: more would be looked at by nobody. */
const MOST_LISTED = 100;

/**
 * How many of the responses that have the same stages are listed. An entry tells a stage, so there are
 * none or at least ten that say the same, and the list grows in the steps of all figures.
 */
export function listedOf(n: number): number {
  return Math.min(stepOf(n).from, MOST_LISTED);
}

/** What a person chose and wrote. */
export interface Judged {
  readonly decision: string;
  readonly reason: string;
}

const reasonSchema = z
  .string()
  .trim()
  .min(1, 'Enter a sentence that says why')
  .max(300, 'The reason must be 300 characters or fewer');
const decisionSchema = z.enum(DECISIONS);

/** Reads the form. @param two there are two responses to choose from */
export function readJudged(
  given: Judged,
  two: boolean,
):
  | { readonly decision: Decision; readonly reason: string }
  | { readonly faults: readonly { readonly href: string; readonly text: string }[] } {
  const decision = decisionSchema.safeParse(given.decision);
  const reason = reasonSchema.safeParse(given.reason);
  const chosen = decision.success && (two || decision.data !== 'other') ? decision.data : undefined;
  if (chosen !== undefined && reason.success) return { decision: chosen, reason: reason.data };
  return {
    faults: [
      ...(chosen === undefined ? [{ href: '#decision', text: 'Choose what becomes of them' }] : []),
      ...(reason.success ? [] : [{ href: '#reason', text: reason.error.issues[0]?.message ?? '' }]),
    ],
  };
}
