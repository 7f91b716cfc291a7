/** Releases as staff see them: where each stands, who did what with it, and what is to be done. */
import type { Account } from '../../accounts/account.ts';
import { type ShownMoment, showDate } from '../../accounts/times.ts';
import { type LedgerLine, makerOf, type Standing, whyOvertaken } from '../ledger/ledger.ts';
import { isSamePerson } from '../ledger/person.ts';
import { listParts, sayState } from '../ledger/words.ts';
import { personOf } from './decisions.ts';

/** Something that happened: "made", by whom, when and why. */
interface ShownEvent {
  readonly what: string;
  readonly day: ShownMoment;
  /** Empty where nobody was asked for a name. */
  readonly person: string;
  readonly reason: string;
}

export interface ReleaseView {
  readonly number: number;
  readonly href: string;
  readonly state: string;
  readonly waits: boolean;
  readonly holds: string;
  readonly events: readonly ShownEvent[];
  /** Why it can no longer be approved. */
  readonly overtaken: string | undefined;
}

const showEvent = ({ event, on, person, reason }: LedgerLine): ShownEvent => ({
  what: event,
  day: showDate(on),
  person,
  reason,
});

/** @param home the address of the survey's releases, for staff */
export function viewRelease(standing: Standing, home: string): ReleaseView {
  const { number, state, audience, parts, made, approved, ended } = standing;
  const noted = [made, approved, ended].flatMap((line) => (line ? [showEvent(line)] : []));
  // Of releases from before the ledger only the day is known.
  const first = made ? [] : [{ what: 'made', day: showDate(parts[0]?.madeOn ?? ''), person: '', reason: '' }];
  return {
    number,
    href: `${home}/${number}`,
    state: sayState(standing),
    waits: state === 'waiting',
    holds: `${listParts(standing)
      .map((part) => (part === 'tables' ? part : `a ${part}`))
      .join(' and ')} for ${audience === 'public' ? 'the public' : 'the network'}`,
    events: [...first, ...noted],
    overtaken: whyOvertaken(standing),
  };
}

/** Attempts that came to nothing, the newest first. @param say a reason, for a page */
export function viewAttempts(lines: readonly LedgerLine[], say: (reason: string) => string): ShownEvent[] {
  return lines
    .filter(({ number }) => number === undefined)
    .map((line) => ({ ...showEvent(line), reason: say(line.reason) }))
    .toReversed();
}

/** Who can approve a release that waits: approvers of the survey that can sign in, but for its maker (rule R5). */
export function approversOf(standing: Standing, survey: string, accounts: readonly Account[]): string[] {
  return accounts
    .filter((account) => account.standing === 'active')
    .filter(({ roles }) => roles.some((each) => each.survey === survey && each.role === 'approver'))
    .filter((account) => !isSamePerson(personOf(account), makerOf(standing)))
    .map(({ name }) => name);
}
