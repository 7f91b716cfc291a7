/** What we keep under somebody's mailbox: seeing it, a copy, and having it deleted, by a link that only they get. */
import type { Request, Response } from 'express';
import { emailSchema } from '../../accounts/person.ts';
import type { Fault } from '../../accounts/signed-in.ts';
import { eraseTracesSoon } from '../../db/traces.ts';
import type { ContactsContext } from '../../web/context.ts';
import { findValue, formOf, offeringAgain } from '../../web/forms.ts';
import { dropLink, keepLink, linkOf } from '../../web/links.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { faultsOf, pageOf, sentBy } from '../routes.ts';
import { findEvent, findSession } from '../store.ts';
import { askForData, eraseMailbox, findMailbox, listOwn } from './store.ts';
import { copyOf } from './view.ts';

export function yourDataRoutes(context: ContactsContext): Route[] {
  const { contacts, now, site } = context;

  const showForm = (request: Request, response: Response, email = '', faults: readonly Fault[] = []) => {
    const { frame, t } = pageOf(context, request, response);
    response.render('signups/your-data', { ...frame, ...faultsOf(faults), title: t('yourData.title'), email });
  };
  const ask = async (request: Request, response: Response) => {
    const { lang, t } = pageOf(context, request, response);
    const typed = findValue(formOf(request), 'email') ?? '';
    const email = emailSchema.safeParse(typed);
    if (!email.success) {
      return showForm(request, response.status(422), typed, [{ href: '#email', text: t('takePart.errorEmail') }]);
    }
    await askForData(contacts, email.data, lang, { now: now(), site: site() });
    response.redirect(303, '/your-data/sent');
  };
  const showSent = (request: Request, response: Response) => {
    const { frame, t } = pageOf(context, request, response);
    const sent = sentBy(context);
    response.render('signups/your-data-sent', { ...frame, title: t(`takePart.${sent}Title`), sent });
  };

  const showOwn = async (request: Request, response: Response) => {
    const { frame, lang, t } = pageOf(context, request, response);
    const { email, link } = await getMailbox(request);
    if (!link.kept) return keepLink(context, response, '/your-data', link.token);
    response.render('signups/your-data-own', {
      ...frame,
      title: t('yourData.title'),
      address: `/your-data/${String(request.params.token)}`,
      bookings: await readOwn(email, lang),
    });
  };
  const sendCopy = async (request: Request, response: Response) => {
    const { email } = await getMailbox(request);
    const copy = { email, bookings: await readOwn(email, 'en') };
    response
      .attachment('your-data.json')
      .type('json')
      .send(`${JSON.stringify(copy, undefined, 2)}\n`);
  };
  const erase = async (request: Request, response: Response) => {
    const { frame, t } = pageOf(context, request, response);
    const { email, link } = await getMailbox(request);
    await eraseMailbox(contacts, email, { now: now(), site: site() });
    await eraseTracesSoon(contacts);
    dropLink(context, response, link.token);
    response.render('signups/your-data-gone', { ...frame, languages: [], title: t('yourData.goneTitle') });
  };

  const readOwn = async (email: string, lang: string) => {
    const rows = await listOwn(contacts, email);
    return Promise.all(
      rows.map(async (row) => {
        const event = await findEvent(contacts, row.event);
        const session = row.session === null ? undefined : await findSession(contacts, row.session);
        return copyOf(row, event?.about.title ?? '', session, lang);
      }),
    );
  };
  const getMailbox = async (request: Request) => {
    const link = linkOf(context, request);
    const email = await findMailbox(contacts, link.token, now());
    if (email === undefined) throw new Problem('no_such_link');
    return { email, link };
  };

  const own = '/your-data/:token';
  return [
    { method: 'get', path: '/your-data', who: 'everyone', handle: (...both) => showForm(both[0], both[1]) },
    { method: 'post', path: '/your-data', who: 'everyone', handle: offeringAgain(ask) },
    { method: 'get', path: '/your-data/sent', who: 'everyone', handle: showSent },
    { method: 'get', path: own, who: 'participant', handle: showOwn },
    { method: 'get', path: `${own}/copy.json`, who: 'participant', handle: sendCopy },
    { method: 'post', path: `${own}/erase`, who: 'participant', handle: offeringAgain(erase) },
  ];
}
