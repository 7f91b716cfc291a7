/** What everybody may know of the releases of a survey. */
import { showDay } from '../../questionnaire/days.ts';
import type { Part, Standing, State } from '../ledger/ledger.ts';
import type { Say } from './words.ts';

/** A release in a list, in the words of a page. */
interface ListedRelease {
  readonly number: number;
  readonly state: State;
  readonly supersededBy: number | undefined;
  readonly href: string;
  readonly day: string;
  /** When it was withdrawn, and why. */
  readonly endedOn: string | undefined;
  readonly reason: string | undefined;
  /** The address of the newest results. */
  readonly newest: string;
  readonly tables: boolean;
  /** The address of its data file. */
  readonly bundle: string | undefined;
}

/** @param place the language of the page, and the address of the survey */
export function listRelease(
  standing: Standing,
  { lang, home }: { readonly lang: string; readonly home: string },
): ListedRelease {
  const { number, state, parts, ended, supersededBy } = standing;
  const href = `${home}/releases/${number}`;
  return {
    number,
    state,
    supersededBy,
    href,
    day: showDay(parts[0]?.madeOn ?? '', lang),
    endedOn: ended && showDay(ended.on, lang),
    reason: ended?.reason,
    newest: `${home}/results`,
    tables: partOf(standing, 'tables') !== undefined,
    bundle: state !== 'withdrawn' && partOf(standing, 'microdata') ? `${href}/bundle.zip` : undefined,
  };
}

/** What every page of a release that is not its published one says first. */
export function noticeOf({ number, state, overtakenBy }: Standing, t: Say): string {
  const waits = overtakenBy ? 'release.waitsInVain' : 'release.waits';
  return t(state === 'waiting' ? waits : 'release.copy', { number });
}

/** Whether the public has seen it: then its address answers for ever. */
export function isSeen({ approved, audience }: Standing): boolean {
  return approved !== undefined && audience === 'public';
}

/** A part of a release that is for the public. */
export function partOf({ parts }: Standing, kind: Part['kind']): Part | undefined {
  return parts.find((part) => part.kind === kind && part.audience === 'public');
}
