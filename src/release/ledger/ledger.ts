/**
 * The ledger of a survey's releases (rules R1 and R5): what was made, who approved it, what became of it. Where a
 * release stands is worked out from its lines and never stored.
 */
import { accountOf, isSamePerson, nameOf, type Person } from './person.ts';

export type Audience = 'public' | 'network';

export interface LedgerLine {
  /** From 1. */
  readonly line: number;
  /** The release's; undefined of an attempt that came to nothing. */
  readonly number: number | undefined;
  readonly event: 'made' | 'approved' | 'refused' | 'withdrawn' | 'failed' | 'cancelled';
  /** Empty where nobody was asked for a name. */
  readonly person: string;
  /** The account of whoever it was; absent where only the name is known. */
  readonly account?: string | undefined;
  /** YYYY-MM-DD. */
  readonly on: string;
  /** Empty where none was needed. */
  readonly reason: string;
}

/** What a release holds, without what stands in it. */
export interface Part {
  readonly id: string;
  readonly number: number;
  readonly kind: 'tables' | 'microdata';
  readonly audience: Audience;
  readonly madeOn: string;
  /** SHA-256 of its content in hex. */
  readonly hash: string;
}

export interface Ledger {
  readonly survey: string;
  readonly lines: readonly LedgerLine[];
  readonly parts: readonly Part[];
}

export type State = 'waiting' | 'approved' | 'superseded' | 'refused' | 'withdrawn';

export interface Standing {
  readonly number: number;
  readonly state: State;
  readonly audience: Audience;
  readonly parts: readonly Part[];
  readonly made: LedgerLine | undefined;
  readonly approved: LedgerLine | undefined;
  /** Why it is refused or withdrawn, by whom and when. */
  readonly ended: LedgerLine | undefined;
  /** The release that stands in its place. */
  readonly supersededBy: number | undefined;
  /** While it waits: what was approved or withdrawn after it was made, so that it cannot be approved any more. */
  readonly overtakenBy: LedgerLine | undefined;
}

/** Every release with where it stands, the first made first. */
export function standingsOf({ lines, parts }: Ledger): Standing[] {
  const numbers = [...new Set(parts.map(({ number }) => number))].sort((one, other) => one - other);
  const standings = numbers.map((number): Standing => {
    const own = parts.filter((part) => part.number === number);
    const find = (...events: readonly LedgerLine['event'][]) =>
      lines.find((line) => line.number === number && events.includes(line.event));
    const ended = find('refused', 'withdrawn');
    const approved = find('approved');
    const state = ended?.event === 'withdrawn' ? 'withdrawn' : ended ? 'refused' : approved ? 'approved' : 'waiting';
    const audience = own.some((part) => part.audience === 'public') ? 'public' : 'network';
    const made = find('made');
    const overtakenBy = state === 'waiting' ? decidedSince(lines, made) : undefined;
    return { number, state, audience, parts: own, made, approved, ended, supersededBy: undefined, overtakenBy };
  });
  return standings.map((standing) => {
    const later = standings.findLast(
      ({ number, state, audience }) =>
        number > standing.number && state === 'approved' && audience === standing.audience,
    );
    if (standing.state !== 'approved' || !later) return standing;
    return { ...standing, state: 'superseded', supersededBy: later.number };
  });
}

/** What changed that a release made before it was not checked beside. */
function decidedSince(lines: Ledger['lines'], made: LedgerLine | undefined): LedgerLine | undefined {
  const since = made?.line ?? 0;
  return lines.find(({ line, event }) => line > since && (event === 'approved' || event === 'withdrawn'));
}

/** Why a release that waits cannot be approved any more, in a sentence; undefined where it can. */
export function whyOvertaken({ number, overtakenBy }: Pick<Standing, 'number' | 'overtakenBy'>): string | undefined {
  return (
    overtakenBy &&
    `Release ${overtakenBy.number} was ${overtakenBy.event} after release ${number} was made, so release ${number} was not checked beside it.`
  );
}

/** What cannot be decided so; the message says why and what to do. */
export class NotDecided extends Error {
  override readonly name = 'NotDecided';
}

/** A decision about a release, before it has its place in the ledger. */
export interface Decision {
  readonly number: number;
  readonly event: 'approved' | 'refused' | 'withdrawn';
  readonly person: Person;
  readonly reason: string;
}

/** Who made a release. Of those from before the ledger it is not known, and the name is empty. */
export function makerOf({ made }: Pick<Standing, 'made'>): Person {
  const { person = '', account } = made ?? {};
  return account === undefined ? person : { name: person, account };
}

/**
 * Another person than its maker lets a release out (rule R5).
 * @param alone why there is no other person, in a study that has one member of staff
 * @throws NotDecided
 */
export function approve(ledger: Ledger, number: number, person: Person, alone: string | undefined): Decision {
  const standing = getStanding(ledger, number);
  if (standing.state !== 'waiting') throw new NotDecided(`Release ${number} ${IS[standing.state]}. ${ONCE}`);
  const maker = makerOf(standing);
  if (alone !== undefined && !isSamePerson(maker, person)) {
    throw new NotDecided(
      `Release ${number} was made by ${nameOf(maker)} and not by ${nameOf(person)}, so you are not alone. Leave --alone out: what stands on the record has to be true.`,
    );
  }
  if (alone === undefined && isSamePerson(maker, person)) {
    throw new NotDecided(
      `Release ${number} was made by ${nameOf(maker)}${renamed(maker, person)}, and a release is approved by another person. Ask a colleague to approve it with --by and their own name. If you are the only member of staff, say so with --alone "WHY": the reason is kept on the record.`,
    );
  }
  const overtaken = whyOvertaken(standing);
  if (overtaken !== undefined) throw new NotDecided(`${overtaken} Make it again.`);
  return { number, event: 'approved', person, reason: alone ?? '' };
}

/** Whoever is refused by their account and not by their name has to be told that it is the same. */
function renamed(maker: Person, person: Person): string {
  const isByAccount = accountOf(maker) !== undefined && !isSamePerson(nameOf(maker), nameOf(person));
  return isByAccount ? `, with the account of ${nameOf(person)}` : '';
}

/** Somebody says no to a release that waits, its maker too. @throws NotDecided */
export function refuse(ledger: Ledger, number: number, person: Person, reason: string): Decision {
  const { state } = getStanding(ledger, number);
  if (state === 'waiting') return { number, event: 'refused', person, reason };
  const mend = state === 'approved' || state === 'superseded' ? ' Withdraw it instead.' : '';
  throw new NotDecided(`Release ${number} ${IS[state]}, so it cannot be refused any more.${mend}`);
}

/** Takes a release that is out off its page: its figures were seen, and the ledger keeps them. @throws NotDecided */
export function withdraw(ledger: Ledger, number: number, person: Person, reason: string): Decision {
  const { state } = getStanding(ledger, number);
  if (state === 'approved' || state === 'superseded') return { number, event: 'withdrawn', person, reason };
  const mend = state === 'waiting' ? ' Refuse it instead.' : '';
  throw new NotDecided(`Release ${number} ${IS[state]}, so there is nothing to withdraw.${mend}`);
}

const ONCE = 'Each release is decided on once.';

const IS: Readonly<Record<State, string>> = {
  waiting: 'waits for approval',
  approved: 'is approved already',
  superseded: 'is approved already, and a later one stands in its place',
  refused: 'was refused',
  withdrawn: 'was withdrawn',
};

/** @throws NotDecided where there is no such release */
export function getStanding(ledger: Ledger, number: number): Standing {
  const standings = standingsOf(ledger);
  const found = standings.find((standing) => standing.number === number);
  if (found) return found;
  const numbers = standings.map((standing) => standing.number);
  throw new NotDecided(
    numbers.length === 0
      ? `Nothing has been released of ${ledger.survey} yet.`
      : `There is no release ${number} of ${ledger.survey}. There ${numbers.length === 1 ? 'is' : 'are'}: ${numbers.join(', ')}.`,
  );
}
