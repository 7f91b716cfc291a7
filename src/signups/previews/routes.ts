/** Messages of an event to look at before anybody gets one: as text, and as a mail program shows them. */
import type { Request, Response } from 'express';
import type { ContactsContext } from '../../web/context.ts';
import { htmlOf } from '../../web/mail-html.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { INTERFACE_LANGUAGES, languageName, wordsFor } from '../../web/words.ts';
import { addressOf, eventFrame, getAsked } from '../events/routes.ts';
import { viewMessage } from '../outbox/view.ts';
import { forAdmins } from '../routes.ts';
import { listSessions } from '../store.ts';
import { previewOf, previewsOf } from './made-up.ts';

export function messagePreviewRoutes(context: ContactsContext): Route[] {
  const { contacts, now, site } = context;

  const showList = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    response.render('signups/staff/previews', {
      ...eventFrame(context, response, event, 'What people are written'),
      previews: previewsOf(event).map(({ id, title }) => ({ title, address: `${addressOf(event)}/messages/${id}` })),
    });
  };
  const showOne = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const preview = previewsOf(event).find(({ id }) => id === request.params.news);
    if (!preview) throw new Problem('not_found');
    const setting = { event, sessions: await listSessions(contacts, event.id), now: now(), site: site() };
    response.render('signups/staff/preview', {
      ...eventFrame(context, response, event, preview.title),
      back: { href: `${addressOf(event)}/messages`, text: 'What people are written' },
      versions: INTERFACE_LANGUAGES.map((language) => {
        const message = previewOf(preview, { ...setting, language, t: wordsFor(language) });
        const name = languageName(language);
        return { language, name, message: viewMessage(message, htmlOf(message, site()), name) };
      }),
    });
  };

  const all = '/staff/events/:event/messages';
  return [forAdmins('get', all, showList), forAdmins('get', `${all}/:news`, showOne)];
}
