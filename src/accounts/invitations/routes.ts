/** The page behind a link that works once. Opening it changes nothing: mail scanners open every link. */
import type { Request, RequestHandler, Response } from 'express';
import type { Context } from '../../web/context.ts';
import { dropLink, keepLink, type Link, linkOf } from '../../web/links.ts';
import type { Route } from '../../web/route-table.ts';
import { findPassphraseProblem, PASSPHRASE_RULE } from '../passphrase.ts';
import { nameSchema } from '../person.ts';
import { addressOfStep, type Fault, keepSession, outerFrame, sceneOf, typed } from '../routes.ts';
import { acceptInvitation, findInvited } from './store.ts';

export function invitationRoutes(context: Context, limited: (handle: RequestHandler) => RequestHandler): Route[] {
  const { db, now } = context;
  const findOne = async (request: Request) => {
    const link = linkOf(context, request);
    return { link, invited: await findInvited(db, link.token, now()) };
  };
  /** Used, expired, taken back and never made look alike, and so does an address whose cookie is not there. */
  const sayOver = (response: Response, { token, kept }: Link) => {
    if (kept) dropLink(context, response, token);
    response.status(410).render('accounts/invitation-over', outerFrame(context, 'This link does not work any more'));
  };

  const ask = (request: Request, response: Response, shown: Shown, errors: readonly Fault[] = []) =>
    response.render('accounts/invitation', {
      ...outerFrame(context, 'Choose your passphrase', errors),
      ...shown,
      action: `${ROOM}/${encodeURIComponent(String(request.params.token))}`,
      rule: PASSPHRASE_RULE,
    });
  const show = async (request: Request, response: Response) => {
    const { link, invited } = await findOne(request);
    if (!invited) return sayOver(response, link);
    if (!link.kept) return keepLink(context, response, ROOM, link.token);
    ask(request, response, invited);
  };
  const accept = async (request: Request, response: Response) => {
    const { link, invited } = await findOne(request);
    if (!invited) return sayOver(response, link);
    const { email } = invited;
    const [given, passphrase] = [typed(request, 'name'), typed(request, 'passphrase')];
    const name = nameSchema.safeParse(given);
    const problem = findPassphraseProblem(passphrase, { email, name: given });
    if (!name.success || problem !== undefined) {
      return ask(request, response.status(422), { email, name: given }, [
        ...(name.success ? [] : [{ href: '#name', text: 'Enter your name: letters first, at most 100 characters' }]),
        ...(problem === undefined ? [] : [{ href: '#passphrase', text: problem }]),
      ]);
    }
    const scene = sceneOf(context, request);
    const token = await acceptInvitation(db, link.token, { name: name.data, passphrase }, scene);
    if (token === undefined) return sayOver(response, link);
    dropLink(context, response, link.token);
    keepSession(context, response, token);
    response.redirect(303, addressOfStep('set-up'));
  };
  return [
    { method: 'get', path: `${ROOM}/:token`, who: 'everyone', handle: show },
    { method: 'post', path: `${ROOM}/:token`, who: 'everyone', handle: limited(accept) },
  ];
}

const ROOM = '/staff/invitations';

/** Whose account it is, and what stands in the box for the name. */
interface Shown {
  readonly email: string;
  readonly name: string;
}
