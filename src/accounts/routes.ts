/**
 * What every page of staff needs: the guard before the routes, cookies, what was typed. Who is signed in, and the frame
 * of a page, stand in `signed-in.ts`, where other rooms find them. Signing in is in `sign-in/` and `invitations/`, one's
 * own account in `own/`, everybody's in `people/`, the record in `audit/`.
 */
import type { Request, RequestHandler, Response } from 'express';
import type { Context } from '../web/context.ts';
import { type Cookie, clearCookie, cookieNamed, readCookie, setCookie } from '../web/cookies.ts';
import { findValue, formOf } from '../web/forms.ts';
import { Problem } from '../web/problems.ts';
import type { Guard } from '../web/route-table.ts';
import { takeSaid } from '../web/said.ts';
import { mayUse, type Staff } from './account.ts';
import { DEVICE_DAYS } from './sessions/limits.ts';
import { findSession, noteUse, type Session } from './sessions/store.ts';
import type { Scene, SignedIn } from './sign-in/store.ts';
import { keepStaff } from './signed-in.ts';
import { findAccount } from './store.ts';

export { type Fault, FIRST_PAGE, frameOf, getStaff, outerFrame } from './signed-in.ts';

/** The cookie of a session, until the browser closes, and the one by which a browser is known again. */
const sessionCookie = ({ settings }: Context): Cookie => cookieNamed('staff', settings.publicUrl);
const deviceCookie = ({ settings }: Context): Cookie => cookieNamed('staff-device', settings.publicUrl);

const entering = new WeakMap<Response, Session>();

/** The session of whoever is half-way through signing in, in a route for entrants. */
export function getEntrant(response: Response): Session {
  const session = entering.get(response);
  if (!session) throw new Error('This route is not for entrants: its place in the route table is wrong.');
  return session;
}

const SIGN_IN = '/staff/sign-in';

/** Where whoever has come to a step of signing in goes on. */
export function addressOfStep(step: Session['step']): string {
  return { code: `${SIGN_IN}/code`, 'set-up': '/staff/set-up', full: '/staff' }[step];
}

/**
 * Stands before all routes for staff. Whoever is not signed in is led to the sign-in, from every address alike; whoever
 * is signed in and may not use a route is told what they would be told of an address that is none.
 */
export function guardStaff(context: Context): Guard {
  return async (who, request, response) => {
    const session = await findOwnSession(context, request);
    if (!session) {
      response.redirect(303, SIGN_IN);
      return false;
    }
    if (who === 'entrant') {
      entering.set(response, session);
      const own = addressOfStep(session.step);
      if (own !== request.path) response.redirect(303, own);
      return own === request.path;
    }
    if (session.step !== 'full') {
      response.redirect(303, addressOfStep(session.step));
      return false;
    }
    const staff = await getOwner(context, session);
    keepStaff(response, staff);
    response.locals.home = '/staff';
    const { survey } = request.params;
    if (!mayUse(staff, who, typeof survey === 'string' ? survey : undefined)) throw new Problem('not_found');
    response.locals.said = takeSaid(context, request, response);
    return true;
  };
}

/** Behind all routes: an address of staff that is none answers like one that is somebody else's. */
export function hideStaffAddresses(context: Context): RequestHandler {
  const guard = guardStaff(context);
  return async (request, response) => {
    if (await guard('staff', request, response)) throw new Problem('not_found');
  };
}

async function findOwnSession(context: Context, request: Request): Promise<Session | undefined> {
  const token = readCookie(request, sessionCookie(context));
  return token === undefined ? undefined : findSession(context.db, token, context.now());
}

/** Whether the browser brings a session that is over. */
export async function bringsEnded(context: Context, request: Request): Promise<boolean> {
  return readCookie(request, sessionCookie(context)) !== undefined && !(await findOwnSession(context, request));
}

async function getOwner({ db, now }: Context, session: Session): Promise<Staff> {
  await noteUse(db, session, now());
  const account = await findAccount(db, session.account);
  if (!account) throw new Error('A session has no account.');
  return { ...account, session: session.hash };
}

/** What the browser brings along to a step of signing in. @throws Problem unavailable where SECRET is not set */
export function sceneOf(context: Context, request: Request): Scene {
  const { secret } = context.settings;
  if (secret === undefined) {
    context.log.error('nobody can sign in: the setting SECRET is missing');
    throw new Problem('unavailable');
  }
  const token = readCookie(request, sessionCookie(context));
  return { token, device: deviceOf(context, request), now: context.now(), secret };
}

/** The token by which this browser is known, if it is. */
export function deviceOf(context: Context, request: Request): string | undefined {
  return readCookie(request, deviceCookie(context));
}

/** Gives the browser the session that it has come to. */
export function keepSession(context: Context, response: Response, token: string): void {
  setCookie(response, sessionCookie(context), token);
}

/** Gives the browser its full session, and a token to be known by next time. */
export function keepSignedIn(context: Context, response: Response, { token, device }: SignedIn): void {
  keepSession(context, response, token);
  setCookie(response, deviceCookie(context), device, DEVICE_DAYS);
}

/** Takes the session away from the browser, which stays known. */
export function dropSession(context: Context, response: Response): void {
  clearCookie(response, sessionCookie(context));
}

/** What was typed under a name; empty where nothing was posted. */
export const typed = (request: Request, name: string): string => findValue(formOf(request), name) ?? '';
