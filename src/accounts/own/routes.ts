/** The first page of staff, and one's own account. */
import type { Request, Response } from 'express';
import type { Context } from '../../web/context.ts';
import type { Route } from '../../web/route-table.ts';
import { leadSaying } from '../../web/said.ts';
import { mayLookAt, mayUse, type Staff } from '../account.ts';
import { waitInWords } from '../guesses/guesses.ts';
import { findPassphraseProblem, PASSPHRASE_RULE } from '../passphrase.ts';
import { countRecoveryCodes } from '../recovery/store.ts';
import { deviceOf, dropSession, type Fault, FIRST_PAGE, frameOf, getStaff, keepSession, typed } from '../routes.ts';
import { IDLE_MINUTES, LONGEST_HOURS } from '../sessions/limits.ts';
import { listSessions } from '../sessions/store.ts';
import { showRecoveryCodes } from '../sign-in/routes.ts';
import type { Outcome } from '../sign-in/store.ts';
import { showMoment } from '../times.ts';
import { changePassphrase, renewRecoveryCodes, signOut, signOutEverywhere } from './store.ts';

/** A survey as staff see it listed. */
interface ListedSurvey {
  readonly survey: string;
  readonly title: string;
  /** Whether it takes answers now; a draft was never published, and has no page for respondents. */
  readonly standing: 'draft' | 'open' | 'closed';
}

export type ListSurveys = () => Promise<readonly ListedSurvey[]>;

/** Something that waits for somebody, in a survey of this title. */
interface Task {
  readonly survey: string;
  readonly text: string;
  readonly href: string;
}

/** @param listTasks what waits for somebody in these surveys: other rooms know */
export function ownRoutes(
  context: Context,
  listSurveys: ListSurveys,
  listTasks: (staff: Staff, surveys: readonly ListedSurvey[]) => Promise<readonly Task[]>,
): Route[] {
  const { db, now } = context;
  const scene = (request: Request) => ({ device: deviceOf(context, request), now: now() });

  const showHome = async (_request: Request, response: Response) => {
    const staff = getStaff(response);
    const surveys = (await listSurveys()).filter(({ survey }) => mayLookAt(staff, survey));
    const rolesOf = (survey: string) => staff.roles.filter((each) => each.survey === survey).map(({ role }) => role);
    response.render('accounts/home', {
      ...frameOf(context, response, 'Staff'),
      admin: staff.admin,
      tasks: await listTasks(staff, surveys),
      surveys: surveys.map((each) => ({
        ...each,
        roles: rolesOf(each.survey),
        research: mayUse(staff, 'researcher', each.survey),
      })),
    });
  };

  const showOwn = async (response: Response, errors: readonly Fault[] = []) => {
    const staff = getStaff(response);
    const sessions = await listSessions(db, staff.id, now());
    response.render('accounts/own', {
      ...frameOf(context, response, 'Your account', errors),
      back: FIRST_PAGE,
      account: staff,
      codesLeft: await countRecoveryCodes(db, staff.id),
      rule: PASSPHRASE_RULE,
      limits: { minutes: IDLE_MINUTES, hours: LONGEST_HOURS },
      sessions: sessions.map(({ hash, beganAt, seenAt }) => ({
        here: hash === staff.session,
        began: showMoment(beganAt),
        seen: showMoment(seenAt),
      })),
    });
  };
  /** What came of asking for the passphrase again, where it was not right. */
  const refuse = (response: Response, outcome: Exclude<Outcome<unknown>, { kind: 'right' }>, href: string) => {
    if (outcome.kind === 'over') return response.redirect(303, '/staff/sign-in');
    if (outcome.kind === 'wrong') {
      return showOwn(response.status(422), [{ href, text: 'The passphrase that you have now is another' }]);
    }
    const wait = waitInWords(outcome.until, now());
    return showOwn(response.status(429), [
      { href, text: `There were too many wrong tries. Wait ${wait}, then try again` },
    ]);
  };

  const takePassphrase = async (request: Request, response: Response) => {
    const staff = getStaff(response);
    const [current, fresh] = [typed(request, 'current'), typed(request, 'fresh')];
    const problem = findPassphraseProblem(fresh, staff);
    const errors = [
      ...(current === '' ? [{ href: '#current', text: 'Enter the passphrase that you have now' }] : []),
      ...(problem === undefined ? [] : [{ href: '#fresh', text: problem }]),
    ];
    if (errors.length > 0) return showOwn(response.status(422), errors);
    const outcome = await changePassphrase(db, staff, { current, fresh }, scene(request));
    if (outcome.kind !== 'right') return refuse(response, outcome, '#current');
    keepSession(context, response, outcome.value);
    leadSaying(context, response, '/staff/account', 'passphrase_changed');
  };
  const takeCodes = async (request: Request, response: Response) => {
    const current = typed(request, 'passphrase');
    if (current === '') {
      return showOwn(response.status(422), [{ href: '#passphrase', text: 'Enter your passphrase' }]);
    }
    const outcome = await renewRecoveryCodes(db, getStaff(response), current, scene(request));
    if (outcome.kind !== 'right') return refuse(response, outcome, '#passphrase');
    showRecoveryCodes(context, response, outcome.value);
  };

  const leave = async (_request: Request, response: Response) => {
    await signOut(db, getStaff(response), now());
    dropSession(context, response);
    response.redirect(303, '/staff/sign-in?after=sign-out');
  };
  const leaveEverywhere = async (_request: Request, response: Response) => {
    await signOutEverywhere(db, getStaff(response), now());
    dropSession(context, response);
    response.redirect(303, '/staff/sign-in?after=everywhere');
  };
  return [
    { method: 'get', path: '/staff', who: 'staff', handle: showHome },
    { method: 'post', path: '/staff/sign-out', who: 'staff', handle: leave },
    { method: 'get', path: '/staff/account', who: 'staff', handle: (_, response) => showOwn(response) },
    { method: 'post', path: '/staff/account/passphrase', who: 'staff', handle: takePassphrase },
    { method: 'post', path: '/staff/account/recovery-codes', who: 'staff', handle: takeCodes },
    { method: 'post', path: '/staff/account/sign-out-everywhere', who: 'staff', handle: leaveEverywhere },
  ];
}
