/** Work on a release that was asked for on the site. */
import { z } from 'zod';
import { GATES, overridesBy } from '../overrides.ts';
import type { Compared } from './comparison.ts';
import type { ReviewFile, Wanted, Wishes } from './wanted.ts';

/** Making a release, or comparing what settings of its data file would risk and lose. */
export type Kind = 'compare' | 'make';

const names = z.array(z.string());

/** What was asked for, as a form has it. */
export const jobWishesSchema = z
  .strictObject({
    audience: z.enum(['public', 'network']),
    tables: z.boolean(),
    data: z.boolean(),
    k: z.int().optional(),
    keyNames: names.optional(),
    keep: names.optional(),
    /** Why it is made where it would be refused. */
    overrides: z.array(z.object({ gate: z.enum(GATES), reason: z.string() })).optional(),
    /** Of work from before each gate had a reason of its own: one for all. */
    override: z.string().optional(),
    /** Who read what people typed. */
    reviewedBy: z.string().optional(),
  })
  .transform(({ override: reason, ...wishes }) =>
    reason === undefined ? wishes : { ...wishes, overrides: GATES.map((gate) => ({ gate, reason })) },
  );
export type JobWishes = z.infer<typeof jobWishesSchema> & Wishes;

export const textsSchema = z.array(z.object({ name: z.string(), text: z.string() }));

/** A part of the work, and how much of it is done: never how many answers there are. */
export const progressSchema = z.object({ what: z.string(), percent: z.int() });
type Progress = z.infer<typeof progressSchema>;

export interface Job {
  readonly id: string;
  readonly survey: string;
  readonly kind: Kind;
  readonly wishes: JobWishes;
  /** What people typed, reviewed: until it ends. */
  readonly texts: readonly ReviewFile[] | undefined;
  /** Who asked for it, as they were called then. */
  readonly person: { readonly name: string; readonly account: string };
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly progress: Progress | undefined;
  readonly askedAt: Date;
  readonly endedAt: Date | undefined;
  /** The release that was made. */
  readonly number: number | undefined;
  /** Why it failed. */
  readonly reason: string | undefined;
  readonly comparison: readonly Compared[] | undefined;
}

/** Whether it waits for its turn or is being done. */
export const isUnderWay = ({ state }: Pick<Job, 'state'>): boolean => state === 'queued' || state === 'running';

/** What it is, as a heading and in a list. */
export const titleOf = ({ kind }: Pick<Job, 'kind'>): string =>
  kind === 'make' ? 'Making a release' : 'Comparing settings';

/** Where staff find it. @param home the address of the survey for staff */
export const addressOf = (home: string, id: string): string => `${home}/making/${id}`;

/** @param today YYYY-MM-DD: the day that the release is of */
export function wantedOf({ survey, wishes, person, texts }: Job, today: string): Wanted {
  const overrides = wishes.overrides && overridesBy(person.name, wishes.overrides);
  return { ...wishes, survey, person, today, overrides, texts };
}
