/** What staff decide about a release in the browser: who may, and what the page for it says. */
import { mayUse, type Rights } from '../../accounts/account.ts';
import type { Action } from '../../accounts/audit/audit.ts';
import {
  approve,
  type Decision,
  getStanding,
  type Ledger,
  NotDecided,
  refuse,
  type Standing,
  withdraw,
} from '../ledger/ledger.ts';
import { isSamePerson } from '../ledger/person.ts';

export const VERBS = ['approve', 'refuse', 'withdraw'] as const;
export type Verb = (typeof VERBS)[number];

/** Who may do it, of the release's survey: whoever let a release out is who takes it back. */
export const WHO = { approve: 'approver', refuse: 'member', withdraw: 'approver' } as const;

/** How the audit calls it. */
export const DEED = {
  approve: 'release_approved',
  refuse: 'release_refused',
  withdraw: 'release_withdrawn',
} as const satisfies Readonly<Record<Verb, Action>>;

/** Whether somebody made a release that waits, and so is not who approves it (rule R5). */
export function isOwn({ state, made }: Standing, person: string): boolean {
  return state === 'waiting' && isSamePerson(made?.person ?? '', person);
}

/**
 * The decision, on what the ledger says. Approving one's own, for a study with one member of staff, is left to the
 * command line, where whoever does it holds the data in any case.
 * @throws NotDecided
 */
export function decideAs(verb: Verb, ledger: Ledger, number: number, person: string, reason: string): Decision {
  switch (verb) {
    case 'approve':
      if (isOwn(getStanding(ledger, number), person)) {
        throw new NotDecided(`You made release ${number}, and a release is approved by another person.`);
      }
      return approve(ledger, number, person, undefined);
    case 'refuse':
      return refuse(ledger, number, person, reason);
    case 'withdraw':
      return withdraw(ledger, number, person, reason);
  }
}

/** What somebody can do with a release as it stands. */
export function listVerbs(
  standing: Standing,
  { name, ...rights }: Rights & { readonly name: string },
  survey: string,
): Verb[] {
  const { state, overtakenBy } = standing;
  const isPossible = {
    approve: state === 'waiting' && !overtakenBy && !isOwn(standing, name),
    refuse: state === 'waiting',
    withdraw: state === 'approved' || state === 'superseded',
  };
  return VERBS.filter((verb) => isPossible[verb] && mayUse(rights, WHO[verb], survey));
}

/** What the page before a decision says: what comes of it, and the words on its button. */
export function explain(
  verb: Verb,
  { number, audience }: Standing,
): { readonly lead: string; readonly button: string } {
  const isPublic = audience === 'public';
  switch (verb) {
    case 'approve':
      return isPublic
        ? {
            lead: 'Everybody sees it at once, in the place of the release before it. It can be withdrawn later, but what was seen cannot be unseen.',
            button: 'Approve and publish',
          }
        : {
            lead: 'Researchers of the network can ask figures of its data file at once. It can be withdrawn later, but what was seen cannot be unseen.',
            button: 'Approve',
          };
    case 'refuse':
      return {
        lead: 'Nobody outside sees it, then or later. A release is decided on once: this cannot be taken back.',
        button: 'Refuse it',
      };
    case 'withdraw':
      return isPublic
        ? {
            lead: `Its figures are taken off the site at once, and the release before it stands again. Its page then says that release ${number} was withdrawn, when and why. This cannot be taken back, and what was seen cannot be unseen.`,
            button: 'Withdraw it',
          }
        : {
            lead: 'No figures are given out of its data file any more, and the file is not given out. This cannot be taken back, and what was seen cannot be unseen.',
            button: 'Withdraw it',
          };
  }
}
