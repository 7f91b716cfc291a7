/** What staff decide about a release in the browser: who may, and what the page for it says. */
import { type Account, mayUse } from '../../accounts/account.ts';
import {
  approve,
  type Decision,
  getStanding,
  type Ledger,
  makerOf,
  NotDecided,
  refuse,
  type Standing,
  withdraw,
} from '../ledger/ledger.ts';
import { isSamePerson, nameOf, type Person } from '../ledger/person.ts';

export const VERBS = ['approve', 'refuse', 'withdraw'] as const;
export type Verb = (typeof VERBS)[number];

/** Who may do it, of the release's survey: whoever let a release out is who takes it back. */
export const WHO = { approve: 'approver', refuse: 'member', withdraw: 'approver' } as const;

/** Somebody of the staff as the ledger knows them. */
export const personOf = ({ id, name }: Pick<Account, 'id' | 'name'>): Person => ({ name, account: id });

/** Whether somebody made a release that waits, and so is not who approves it (rule R5). */
export function isOwn(standing: Standing, staff: Pick<Account, 'id' | 'name'>): boolean {
  return standing.state === 'waiting' && isSamePerson(makerOf(standing), personOf(staff));
}

/** Whether a study has one member of staff: nobody else has a part in it who has, or could have, come in. */
export function isAlone({ id }: Pick<Account, 'id'>, survey: string, accounts: readonly Account[]): boolean {
  return !accounts.some(
    ({ id: other, standing, roles }) =>
      other !== id && standing !== 'deactivated' && roles.some((each) => each.survey === survey),
  );
}

/**
 * The decision, on what the ledger says.
 * @param alone whether it is one's own, in a study with one member of staff; the reason is then why
 * @throws NotDecided
 */
export function decideAs(
  verb: Verb,
  ledger: Ledger,
  number: number,
  staff: Pick<Account, 'id' | 'name'>,
  { reason, alone }: { readonly reason: string; readonly alone: boolean },
): Decision {
  const person = personOf(staff);
  switch (verb) {
    case 'approve': {
      const standing = getStanding(ledger, number);
      if (!alone && isOwn(standing, staff)) {
        const name = nameOf(makerOf(standing));
        const as = isSamePerson(name, staff.name) ? '' : ` as ${name}`;
        throw new NotDecided(`You made release ${number}${as}, and a release is approved by another person.`);
      }
      return approve(ledger, number, person, alone ? reason : undefined);
    }
    case 'refuse':
      return refuse(ledger, number, person, reason);
    case 'withdraw':
      return withdraw(ledger, number, person, reason);
  }
}

/** What somebody can do with a release as it stands. @param alone whether they are the only member of staff */
export function listVerbs(standing: Standing, staff: Account, survey: string, alone: boolean): Verb[] {
  const { state, overtakenBy } = standing;
  const isPossible = {
    approve: state === 'waiting' && !overtakenBy && (alone || !isOwn(standing, staff)),
    refuse: state === 'waiting',
    withdraw: state === 'approved' || state === 'superseded',
  };
  return VERBS.filter((verb) => isPossible[verb] && mayUse(staff, WHO[verb], survey));
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
