/** The way in: e-mail address and passphrase, then a code; once, in between, setting up the app that shows codes. */
import type { Request, RequestHandler, Response } from 'express';
import type { Context } from '../../web/context.ts';
import { limitByAddress } from '../../web/rate-limit.ts';
import type { Route } from '../../web/route-table.ts';
import { waitInWords } from '../guesses/guesses.ts';
import {
  addressOfStep,
  bringsEnded,
  deviceOf,
  dropSession,
  type Fault,
  getEntrant,
  keepSession,
  keepSignedIn,
  outerFrame,
  sceneOf,
  typed,
} from '../routes.ts';
import { isKnownDevice } from '../sessions/store.ts';
import { findAccount } from '../store.ts';
import { qrPicture } from './qr.ts';
import { confirmSetUp, giveCode, givePassphrase, newSecretOf } from './store.ts';
import { appAddress, inGroups } from './totp.ts';

/** Wrong tries from one address before all from there are held up, but for browsers that are known. */
const TRIES = { tries: 30, minutes: 10 };

/** One limit for every door that a stranger can knock at. */
export function limitStrangers(context: Context): (handle: RequestHandler) => RequestHandler {
  const spares = async (request: Request) => {
    const device = deviceOf(context, request);
    return device !== undefined && (await isKnownDevice(context.db, device, undefined));
  };
  return limitByAddress({ ...TRIES, spares });
}

export function signInRoutes(context: Context, limited: ReturnType<typeof limitStrangers>): Route[] {
  const { db } = context;
  const slowed = (until: Date): Fault[] => [
    {
      href: '#main-content',
      text: `There were too many wrong tries. Wait ${waitInWords(until, context.now())}, then try again`,
    },
  ];

  const askForPassphrase = (response: Response, email: string, errors: readonly Fault[] = [], note?: string) =>
    response.render('accounts/sign-in', { ...outerFrame(context, 'Staff sign-in', errors), email, note });
  const showSignIn = async (request: Request, response: Response) => {
    const { after } = request.query;
    const told = typeof after === 'string' && Object.hasOwn(NOTES, after) ? NOTES[after] : undefined;
    askForPassphrase(response, '', [], told ?? ((await bringsEnded(context, request)) ? ENDED : undefined));
  };
  const takePassphrase = async (request: Request, response: Response) => {
    const email = typed(request, 'email').trim();
    const passphrase = typed(request, 'passphrase');
    const missing = [
      ...(email === '' ? [{ href: '#email', text: 'Enter your e-mail address' }] : []),
      ...(passphrase === '' ? [{ href: '#passphrase', text: 'Enter your passphrase' }] : []),
    ];
    if (missing.length > 0) return askForPassphrase(response.status(422), email, missing);
    const given = { email: email.toLowerCase(), passphrase };
    const outcome = await givePassphrase(db, given, sceneOf(context, request));
    if (outcome.kind === 'right') {
      keepSession(context, response, outcome.value);
      return response.redirect(303, addressOfStep('code'));
    }
    if (outcome.kind === 'slowed') return askForPassphrase(response.status(429), email, slowed(outcome.until));
    askForPassphrase(response.status(422), email, [
      { href: '#email', text: 'The e-mail address or the passphrase is wrong' },
    ]);
  };

  const askForCode = (response: Response, errors: readonly Fault[] = []) =>
    response.render('accounts/code', outerFrame(context, 'Enter a code', errors));
  const takeCode = async (request: Request, response: Response) => {
    const code = typed(request, 'code');
    if (code.trim() === '') return askForCode(response.status(422), [{ href: '#code', text: 'Enter a code' }]);
    const outcome = await giveCode(db, getEntrant(response), code, sceneOf(context, request));
    if (outcome.kind === 'right') {
      keepSignedIn(context, response, outcome.value);
      return response.redirect(303, '/staff');
    }
    if (outcome.kind === 'slowed') return askForCode(response.status(429), slowed(outcome.until));
    if (outcome.kind === 'wrong') {
      return askForCode(response.status(422), [{ href: '#code', text: 'The code is wrong, or was used before' }]);
    }
    dropSession(context, response);
    response.redirect(303, '/staff/sign-in?after=codes');
  };

  const askToSetUp = async (request: Request, response: Response, errors: readonly Fault[] = []) => {
    const session = getEntrant(response);
    const account = await findAccount(db, session.account);
    const secret = newSecretOf(session, sceneOf(context, request).secret);
    if (secret === undefined || !account) {
      dropSession(context, response);
      return response.redirect(303, '/staff/sign-in');
    }
    const frame = outerFrame(context, 'Set up your second factor', errors);
    const address = appAddress(secret, account.email);
    response.render('accounts/set-up', { ...frame, secret: inGroups(secret), address, qr: qrPicture(address) });
  };
  const setUp = async (request: Request, response: Response) => {
    const outcome = await confirmSetUp(db, getEntrant(response), typed(request, 'code'), sceneOf(context, request));
    if (outcome.kind === 'right') {
      keepSignedIn(context, response, outcome.value);
      return showRecoveryCodes(context, response, outcome.value.codes);
    }
    if (outcome.kind === 'wrong') {
      return askToSetUp(request, response.status(422), [
        { href: '#code', text: 'The code is wrong. Enter the six digits that the app shows now' },
      ]);
    }
    response.redirect(303, '/staff/sign-in');
  };

  return [
    { method: 'get', path: '/staff/sign-in', who: 'everyone', handle: showSignIn },
    { method: 'post', path: '/staff/sign-in', who: 'everyone', handle: limited(takePassphrase) },
    { method: 'get', path: '/staff/sign-in/code', who: 'entrant', handle: (_, response) => askForCode(response) },
    { method: 'post', path: '/staff/sign-in/code', who: 'entrant', handle: limited(takeCode) },
    {
      method: 'get',
      path: '/staff/set-up',
      who: 'entrant',
      handle: (request, response) => askToSetUp(request, response),
    },
    { method: 'post', path: '/staff/set-up', who: 'entrant', handle: setUp },
  ];
}

/** What the sign-in page says to whoever comes from another. */
const NOTES: Readonly<Record<string, string>> = {
  'sign-out': 'You have signed out.',
  everywhere: 'You have signed out everywhere. Every browser has to sign in again.',
  codes: 'There were too many wrong codes. Sign in again.',
};

/** What it says to whoever was signed in, and is led there from another page. */
const ENDED =
  'Your session is over: it was not used for too long, or what you may do was changed. Sign in again to go on.';

/** Shown once, in reply to the form: nothing that was kept could show them again. */
export function showRecoveryCodes(context: Context, response: Response, codes: readonly string[]): void {
  response.render('accounts/recovery-codes', {
    ...outerFrame(context, 'Your recovery codes'),
    codes: codes.map(inGroups),
  });
}
