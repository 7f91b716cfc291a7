/** What is to be done about releases, for the first page of staff: there is no mail that would tell them. */
import { type Account, mayUse } from '../../accounts/account.ts';
import type { Standing } from '../ledger/ledger.ts';
import { addressOf, type Job, titleOf } from '../making/job.ts';
import { isAlone, isOwn, listVerbs } from './decisions.ts';

/** Something to look at, as a link. */
interface Task {
  readonly text: string;
  readonly href: string;
}

/**
 * What somebody finds of one survey.
 * @param underWay work that was asked for and is not done
 * @param home the address of the survey for staff
 */
export function tasksOf(
  staff: Account,
  survey: string,
  {
    standings,
    underWay,
    accounts,
  }: {
    readonly standings: readonly Standing[];
    readonly underWay: Job | undefined;
    readonly accounts: readonly Account[];
  },
  home: string,
): Task[] {
  const waiting = standings.filter(({ state }) => state === 'waiting');
  const makes = mayUse(staff, 'researcher', survey);
  return [
    ...waiting.map((standing) => ({
      text: sayWaiting(standing, staff, survey, isAlone(staff, survey, accounts)),
      href: `${home}/releases/${standing.number}`,
    })),
    ...(underWay && makes ? [{ text: `${titleOf(underWay)}: under way`, href: addressOf(home, underWay.id) }] : []),
  ];
}

function sayWaiting(standing: Standing, staff: Account, survey: string, alone: boolean): string {
  const { number, overtakenBy } = standing;
  if (overtakenBy) return `Release ${number} can no longer be approved: refuse it, and make it again`;
  const mayApprove = listVerbs(standing, staff, survey, alone && isOwn(standing, staff)).includes('approve');
  return mayApprove
    ? `Release ${number} waits for you to look at it, and to approve or refuse it`
    : `Release ${number} waits for somebody else to approve it`;
}
