/** What pages share: a participant's language and frame, and the doors for admins. */
import type { Request, RequestHandler, Response } from 'express';
import type { Fault } from '../accounts/signed-in.ts';
import type { ContactsContext } from '../web/context.ts';
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

/** Which words say how a message comes: where there is no mail server, organisers pass it on. */
export const sentBy = ({ settings }: ContactsContext): 'sent' | 'passed' => (settings.sendsMail ? 'sent' : 'passed');

/** What was shown in reply to a form is shown by the page that the form stands on. */
const shownAt = ({ path }: Request): string => path.replace(/\/(bookings|confirm|accept|cancel|move|erase)$/, '');

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
