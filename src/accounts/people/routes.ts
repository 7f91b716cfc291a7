/** Everybody's accounts, for admins: who there is, who may do what, links to come in by, ending and resuming. */
import type { Request, RequestHandler, Response } from 'express';
import { type Context, wholeAddress } from '../../web/context.ts';
import { formOf } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { leadSaying, type Said } from '../../web/said.ts';
import { sortList } from '../../web/sorting.ts';
import { type Account, findRole, ROLES, roleCode, type Staff, type SurveyRole } from '../account.ts';
import type { ListSurveys } from '../own/routes.ts';
import { emailSchema, nameSchema } from '../person.ts';
import { type Fault, FIRST_PAGE, frameOf, getStaff, typed } from '../routes.ts';
import { daysBefore, INVITATION_DAYS } from '../sessions/limits.ts';
import { findAccount, listAccounts } from '../store.ts';
import { showMoment } from '../times.ts';
import { addAccount, changeRights, deactivate, makeLink, NotChanged, reactivate } from './store.ts';

/** What the list of accounts can be sorted by. */
const ACCOUNTS_BY = {
  name: { text: 'name', of: ({ name }: Account) => name },
  email: { text: 'e-mail address', of: ({ email }: Account) => email },
  standing: {
    text: 'state',
    ways: ['active first', 'active last'],
    of: ({ standing }: Account) => standing,
  },
} as const;

export function peopleRoutes(context: Context, listSurveys: ListSurveys): Route[] {
  const { db, now } = context;

  /** Every role that can be given, and those that somebody has in a survey that is no longer there. */
  const offeredTo = async (held: readonly SurveyRole[]) => {
    const codes = held.map(({ survey }) => [survey, survey] as const);
    const surveys = (await listSurveys()).map(({ survey, title }) => [survey, title] as const);
    const titles = new Map([...codes, ...surveys]);
    return [...titles].map(([survey, title]) => ({
      survey,
      title,
      items: ROLES.map((role) => ({ value: roleCode({ role, survey }), role })),
    }));
  };

  const showList = async (
    request: Request,
    response: Response,
    given: Given = NOTHING,
    errors: readonly Fault[] = [],
  ) => {
    const { rows, links } = sortList(await listAccounts(db), request.query, ACCOUNTS_BY);
    response.render('accounts/list', {
      ...frameOf(context, response, 'Accounts', errors),
      back: FIRST_PAGE,
      wide: true,
      accounts: rows,
      sorting: links,
      surveys: await offeredTo([]),
      given,
      days: INVITATION_DAYS,
    });
  };
  const invite = async (request: Request, response: Response) => {
    const given = givenIn(request);
    const [email, name] = [emailSchema.safeParse(given.email), nameSchema.safeParse(given.name)];
    if (!email.success || !name.success) {
      return showList(request, response.status(422), given, [
        ...(email.success ? [] : [{ href: '#email', text: `Enter ${email.error.issues[0]?.message}` }]),
        ...(name.success ? [] : [{ href: '#name', text: `Enter ${name.error.issues[0]?.message}` }]),
      ]);
    }
    const account = { email: email.data, name: name.data, ...rightsOf(given) };
    let token: string;
    try {
      ({ token } = await addAccount(db, account, getStaff(response), now()));
    } catch (error) {
      if (!(error instanceof NotChanged)) throw error;
      return showList(request, response.status(422), given, [{ href: '#email', text: error.message }]);
    }
    showLink(response, account, token);
  };
  /** Shown once, in reply to the form: only a hash of what is in it is kept. */
  const showLink = (response: Response, { name, email }: Pick<Account, 'name' | 'email'>, token: string) => {
    const path = `/staff/invitations/${token}`;
    response.render('accounts/link', {
      ...frameOf(context, response, `A link for ${name}`),
      back: ALL,
      email,
      link: wholeAddress(context, path) ?? path,
      until: showMoment(daysBefore(now(), -INVITATION_DAYS)),
    });
  };

  const showOne = async (response: Response, account: Account, errors: readonly Fault[] = []) => {
    response.render('accounts/account', {
      ...frameOf(context, response, account.name, errors),
      back: ALL,
      account: { ...account, roles: account.roles.map(roleCode) },
      own: account.id === getStaff(response).id,
      surveys: await offeredTo(account.roles),
    });
  };
  /**
   * A change to the account in the address; then the link that it gives, or the account's page, which says what was
   * done; or why it was not made.
   */
  const changing =
    (change: (account: Account, request: Request, by: Staff) => Promise<{ token: string } | Said>): RequestHandler =>
    async (request, response) => {
      const account = await getAsked(context, request);
      let made: { token: string } | Said;
      try {
        made = await change(account, request, getStaff(response));
      } catch (error) {
        if (!(error instanceof NotChanged)) throw error;
        return showOne(response.status(422), account, [{ href: '#main-content', text: error.message }]);
      }
      if (typeof made === 'object') return showLink(response, account, made.token);
      leadSaying(context, response, addressOf(account.id), made);
    };
  const takeRights = changing(async (account, request, by) => {
    const rights = rightsOf(givenIn(request));
    // One's own page has no box for it.
    const admin = account.id === by.id || rights.admin;
    await changeRights(db, account.id, { ...rights, admin }, by, now());
    return 'rights_saved';
  });
  const renewLink = changing(async (account, request, by) => {
    refuseOwn(account, by);
    const secondFactor = typed(request, 'second-factor') === 'yes';
    return { token: await makeLink(db, account.id, { secondFactor }, by, now()) };
  });
  /** The step before: the passphrase that ends cannot be brought back. */
  const askForLink = async (request: Request, response: Response) => {
    const { id, name, standing } = await getAsked(context, request);
    const address = addressOf(id);
    if (id === getStaff(response).id || standing === 'deactivated') return response.redirect(303, address);
    response.render('accounts/new-link', {
      ...frameOf(context, response, `A new link for ${name}`),
      back: { href: address, text: name },
      action: `${address}/link`,
      invited: standing === 'invited',
      days: INVITATION_DAYS,
    });
  };
  const end = changing(async (account, _request, by) => {
    refuseOwn(account, by);
    await deactivate(db, account.id, by, now());
    return 'account_deactivated';
  });
  const resume = changing(async (account, _request, by) => {
    await reactivate(db, account.id, by, now());
    return 'account_reactivated';
  });

  return [
    {
      method: 'get',
      path: '/staff/accounts',
      who: 'admin',
      handle: (request, response) => showList(request, response),
    },
    { method: 'post', path: '/staff/accounts', who: 'admin', handle: invite },
    {
      method: 'get',
      path: '/staff/accounts/:account',
      who: 'admin',
      handle: async (request, response) => showOne(response, await getAsked(context, request)),
    },
    { method: 'post', path: '/staff/accounts/:account/roles', who: 'admin', handle: takeRights },
    { method: 'get', path: '/staff/accounts/:account/link', who: 'admin', handle: askForLink },
    { method: 'post', path: '/staff/accounts/:account/link', who: 'admin', handle: renewLink },
    { method: 'post', path: '/staff/accounts/:account/deactivate', who: 'admin', handle: end },
    { method: 'post', path: '/staff/accounts/:account/reactivate', who: 'admin', handle: resume },
  ];
}

const addressOf = (id: string): string => `/staff/accounts/${id}`;

/** Where a page about one account, or made from the list, leads back to. */
const ALL = { href: '/staff/accounts', text: 'Accounts' };

/** What somebody cannot do to themselves: they could not undo it. */
function refuseOwn({ id }: Account, by: Staff): void {
  if (id === by.id) throw new NotChanged('Another admin has to do that for your account.');
}

/** The account that the address names. @throws Problem not_found */
async function getAsked({ db }: Context, request: Request): Promise<Account> {
  const account = await findAccount(db, String(request.params.account));
  if (!account) throw new Problem('not_found');
  return account;
}

/** What was typed and ticked in the form of an account, to be shown again where something is wrong. */
interface Given {
  readonly email: string;
  readonly name: string;
  readonly admin: boolean;
  readonly roles: readonly string[];
}

const NOTHING: Given = { email: '', name: '', admin: false, roles: [] };

function givenIn(request: Request): Given {
  const { roles = [] } = formOf(request);
  return {
    email: typed(request, 'email'),
    name: typed(request, 'name'),
    admin: typed(request, 'admin') === 'yes',
    roles: typeof roles === 'string' ? [roles] : roles,
  };
}

/** The roles among what was ticked, each once; what is none was not on the page. */
function rightsOf({ admin, roles }: Given) {
  return { admin, roles: [...new Set(roles)].flatMap((code) => findRole(code) ?? []) };
}
