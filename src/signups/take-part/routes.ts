/** For whoever would take part: what there is, and the form to sign up by. */
import type { Request, Response } from 'express';
import type { Fault } from '../../accounts/signed-in.ts';
import { mixSoon } from '../../db/traces.ts';
import { showDay } from '../../questionnaire/days.ts';
import type { ContactsContext } from '../../web/context.ts';
import { findValue, formOf, offeringAgain } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import { noticeCrowds } from '../../web/rate-limit.ts';
import type { Route } from '../../web/route-table.ts';
import { CROWD } from '../booking.ts';
import { type Event, hasSessions, isOpen } from '../event.ts';
import { faultsOf, pageOf, sentBy } from '../routes.ts';
import { askForPlace } from '../seats/store.ts';
import { findEvent, listEvents, listSessions } from '../store.ts';
import { wallDayOf } from '../wall-time.ts';
import { readSignUp, type Typed, typedIn } from './form.ts';
import { type Language, viewEvent, viewSessions } from './view.ts';

export function takePartRoutes(context: ContactsContext): Route[] {
  const { contacts, now, site } = context;
  const isCrowded = noticeCrowds(CROWD, (request) => String(request.params.event));
  const viewOf = (event: Event, language: Language) => viewEvent(event, language, (day) => showDay(day, language.lang));

  const showList = async (request: Request, response: Response) => {
    const { frame, ...language } = pageOf(context, request, response);
    const open = (await listEvents(contacts)).filter((event) => isOpen(event, wallDayOf(now())));
    const events = open.map(async (event) => ({
      ...viewOf(event, language),
      sessions: viewSessions(await listSessions(contacts, event.id), now(), language),
    }));
    response.render('signups/list', {
      ...frame,
      title: language.t('takePart.title'),
      events: await Promise.all(events),
    });
  };

  const showOne = async (
    request: Request,
    response: Response,
    typed: Typed = {},
    faults: readonly Fault[] = [],
  ): Promise<void> => {
    const event = await getAsked(request);
    const { frame, ...language } = pageOf(context, request, response);
    const { opensOn, title } = event.about;
    const today = wallDayOf(now());
    const sessions = viewSessions(await listSessions(contacts, event.id), now(), language);
    response.render('signups/event', {
      ...frame,
      ...faultsOf(faults),
      title,
      back: { href: '/take-part', text: language.t('takePart.title') },
      event: viewOf(event, language),
      sessions,
      open: isOpen(event, today) && (!hasSessions(event.kind) || sessions.length > 0),
      opens: event.status === 'open' && opensOn && opensOn > today ? showDay(opensOn, language.lang) : undefined,
      calledOff: event.status === 'cancelled',
      keptUntil: showDay(event.keepUntil, language.lang),
      typed,
    });
  };

  const book = async (request: Request, response: Response) => {
    const event = await getAsked(request);
    const { lang, t } = pageOf(context, request, response);
    const typed = typedIn((field) => findValue(formOf(request), field), event);
    const sessions = (await listSessions(contacts, event.id)).map(({ id }) => id);
    const read = readSignUp(typed, event, sessions, t);
    if ('faults' in read) return showOne(request, response.status(422), typed, read.faults);
    const { session, wait, person } = read.signUp;
    const crowded = await isCrowded(request, response);
    const wanted = { event: event.id, session, wait, crowded, person: { ...person, language: lang } };
    const asked = await askForPlace(contacts, wanted, { now: now(), site: site() });
    if (asked === 'kept') {
      mixSoon(contacts);
      return response.redirect(303, `/take-part/${event.id}/sent`);
    }
    if (asked === 'full') {
      return showOne(request, response.status(422), typed, [{ href: '#wait', text: t('takePart.errorFull') }]);
    }
    // Of an event that is closed there is no form; of one whose time has just begun there is, with what was typed.
    const faults = isOpen(event, wallDayOf(now())) ? [{ href: '#session', text: t('takePart.errorGone') }] : [];
    return showOne(request, response.status(410), typed, faults);
  };

  const showSent = async (request: Request, response: Response) => {
    const { about } = await getAsked(request);
    const { frame, t } = pageOf(context, request, response);
    const sent = sentBy(context);
    response.render('signups/sent', { ...frame, title: t(`takePart.${sent}Title`), sent, event: about.title });
  };

  /** What is being written, and what was never there, look alike. */
  const getAsked = async (request: Request): Promise<Event> => {
    const event = await findEvent(contacts, String(request.params.event));
    if (!event || event.status === 'draft') throw new Problem('not_found');
    return event;
  };

  return [
    { method: 'get', path: '/take-part', who: 'everyone', handle: showList },
    { method: 'get', path: '/take-part/:event', who: 'everyone', handle: (...both) => showOne(both[0], both[1]) },
    { method: 'post', path: '/take-part/:event/bookings', who: 'everyone', handle: offeringAgain(book) },
    { method: 'get', path: '/take-part/:event/sent', who: 'everyone', handle: showSent },
  ];
}
