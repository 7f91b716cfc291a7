/** What pages share: a participant's language and frame, and the doors for admins. */
import type { Request, RequestHandler, Response } from 'express';
import { hashToken } from '../accounts/secrets/store.ts';
import type { Fault } from '../accounts/signed-in.ts';
import type { ContactsContext } from '../web/context.ts';
import { clearCookie, cookieNamed, readCookie, setCookie } from '../web/cookies.ts';
import { offeringAgain } from '../web/forms.ts';
import { languageOf, rememberLanguage } from '../web/language.ts';
import type { Route } from '../web/route-table.ts';
import { INTERFACE_LANGUAGES, languageName, type Words, wordsFor } from '../web/words.ts';

export interface Page {
  readonly lang: string;
  readonly t: Words;
  readonly frame: Readonly<Record<string, unknown>>;
}

/** The scene of a page, which remembers the language that was asked for. @param likely the language where nobody has chosen one */
export function pageOf(context: ContactsContext, request: Request, response: Response, likely?: string): Page {
  const lang = languageOf(context, request, INTERFACE_LANGUAGES, likely);
  rememberLanguage(context, request, response, lang);
  response.locals.lang = lang;
  response.locals.home = '/take-part';
  return {
    lang,
    t: wordsFor(lang),
    frame: {
      lang,
      synthetic: context.settings.trial ?? false,
      languages: INTERFACE_LANGUAGES.map((each) => ({
        lang: each,
        name: languageName(each),
        href: `${shownAt(request)}?lang=${each}`,
      })),
    },
  };
}

/** What was shown in reply to a form is shown by the page that the form stands on. */
const shownAt = ({ path }: Request): string => path.replace(/\/(bookings|confirm|accept|cancel|move|erase)$/, '');

/**
 * The token of a link in a message, by which a page is opened. It stands in the address as it came, or in a cookie once
 * `keepLink` has put it there; then the address holds its name, which opens nothing without the cookie.
 */
export function linkOf(context: ContactsContext, request: Request): { readonly token: string; readonly kept: boolean } {
  const given = String(request.params.token);
  const token = readCookie(request, linkCookie(context, given));
  return token !== undefined && nameOf(token) === given ? { token, kept: true } : { token: given, kept: false };
}

/** Puts a link's token into a cookie until the browser closes, and leads to the address without it: addresses stay in a browser's history. */
export function keepLink(context: ContactsContext, response: Response, room: string, token: string): void {
  const name = nameOf(token);
  setCookie(response, linkCookie(context, name), token);
  response.redirect(303, `${room}/${name}`);
}

/** Takes the cookie of a link away, where there is nothing more to do by it. */
export function dropLink(context: ContactsContext, response: Response, token: string): void {
  clearCookie(response, linkCookie(context, nameOf(token)));
}

/** Half of the hash: 128 bits, by which several links are told apart in one browser. */
const nameOf = (token: string): string => hashToken(token).slice(0, 32);

const linkCookie = ({ settings }: ContactsContext, name: string) => cookieNamed(`link-${name}`, settings.publicUrl);

/** A door for admins alone. */
export const forAdmins = (method: Route['method'], path: string, handle: RequestHandler): Route => ({
  method,
  path,
  who: 'admin',
  handle: method === 'post' ? offeringAgain(handle) : handle,
});

/** For the summary above a form, and at its boxes. */
export function faultsOf(errors: readonly Fault[]) {
  return {
    errors,
    errorAt: (href: string) => {
      const found = errors.find((fault) => fault.href === href);
      return found && { text: found.text };
    },
  };
}
