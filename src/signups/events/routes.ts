/** Events for admins: which there are, making one, its times, opening, closing and calling off. */
import type { Request, RequestHandler, Response } from 'express';
import { type Fault, frameOf, getStaff } from '../../accounts/signed-in.ts';
import type { ContactsContext } from '../../web/context.ts';
import { findValue, formOf } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { countBookings } from '../bookings/store.ts';
import { type Event, KINDS, type Kind, type Session } from '../event.ts';
import type { Scene } from '../letters/store.ts';
import { forAdmins } from '../routes.ts';
import { findEvent, findSession, listEvents, listSessions } from '../store.ts';
import { wallDayOf } from '../wall-time.ts';
import { emptyEvent, readEvent, type TypedEvent, typedEventIn, typedOf } from './form.ts';
import { monthAround, monthOf } from './month.ts';
import { EMPTY_SESSION, readSession, type TypedSession, typedSessionIn, typedSessionOf } from './session-form.ts';
import { addSessions, callOff, changeSession, copyEvent, createEvent, saveEvent, setStatus } from './store.ts';
import { KIND_NAMES, viewEvent, viewSession } from './view.ts';

const CONFLICT =
  'Nothing was saved: somebody else has changed this since the page was made. What stands here is what you typed; the link beside shows how it is now';

export function eventRoutes(context: ContactsContext): Route[] {
  const { contacts, now, site } = context;
  const scene = (): Scene => ({ now: now(), site: site() });
  const today = () => wallDayOf(now());

  const showList = async (request: Request, response: Response) => {
    const shown = (await listEvents(contacts)).map(async (event) => ({
      ...viewEvent(event, await listSessions(contacts, event.id), await countBookings(contacts, event.id), now()),
    }));
    const events = (await Promise.all(shown)).toSorted((one, other) => (one.next < other.next ? -1 : 1));
    const month = monthOf(request.query.month, today());
    response.render('signups/staff/events', {
      ...frameOf(context, response, 'Events'),
      wide: true,
      events,
      month: monthAround(
        month,
        events.flatMap(({ title, address, times }) => times.map((time) => ({ ...time, title, address }))),
      ),
    });
  };

  const showOne = async (request: Request, response: Response, errors: readonly Fault[] = []): Promise<void> => {
    const event = await getAsked(context, request);
    const sessions = await listSessions(contacts, event.id);
    const view = viewEvent(event, sessions, await countBookings(contacts, event.id), now());
    response.render('signups/staff/event', {
      ...eventFrame(context, response, event, event.about.title, errors),
      wide: true,
      view,
      seen: event.revision,
      sessions: sessions.map((session) => viewSession(session, event, now())),
    });
  };

  /** The form of what is said and asked, empty, as it is, or as it was typed. */
  const showForm = (response: Response, kind: Kind, typed: TypedEvent, event?: Event, errors: readonly Fault[] = []) =>
    response.render('signups/staff/event-form', {
      ...(event
        ? eventFrame(context, response, event, 'Change what is said', errors)
        : { ...frameOf(context, response, `New ${KIND_NAMES[kind].toLowerCase()}`, errors), back: ALL_EVENTS }),
      action: event ? `${addressOf(event)}/edit` : '/staff/events',
      kind,
      seen: event?.revision,
      now: event && addressOf(event),
      typed,
    });
  const askForNew = (request: Request, response: Response) => {
    const kind = kindIn(request.query.kind);
    if (kind) return showForm(response, kind, emptyEvent(today()));
    response.render('signups/staff/kinds', {
      ...frameOf(context, response, 'A new event'),
      back: ALL_EVENTS,
      kinds: KINDS,
    });
  };
  const create = async (request: Request, response: Response) => {
    const form = formOf(request);
    const kind = kindIn(form.kind);
    if (!kind) throw new Problem('bad_form');
    const read = readEvent(form, today());
    if ('faults' in read)
      return showForm(response.status(422), kind, typedEventIn(form, today()), undefined, read.faults);
    const id = await createEvent(contacts, kind, read.draft, getStaff(response), now());
    response.redirect(303, `/staff/events/${id}`);
  };
  const edit = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const form = formOf(request);
    const again = (status: number, faults: readonly Fault[]) =>
      showForm(
        response.status(status),
        event.kind,
        typedEventIn(form, today()),
        { ...event, revision: seenIn(request) },
        faults,
      );
    const last = (await listSessions(contacts, event.id)).findLast(({ status }) => status === 'planned');
    const read = readEvent(form, today(), last && wallDayOf(last.startsAt));
    if ('faults' in read) return again(422, read.faults);
    const seen = { ...event, revision: seenIn(request) };
    if ((await saveEvent(contacts, seen, read.draft, getStaff(response), now())) === 'conflict') {
      return again(409, [{ href: '#main-content', text: CONFLICT }]);
    }
    response.redirect(303, addressOf(event));
  };

  const showSession = (
    response: Response,
    event: Event,
    typed: TypedSession,
    session?: Session,
    errors: readonly Fault[] = [],
  ) =>
    response.render('signups/staff/session-form', {
      ...eventFrame(context, response, event, session ? 'Change a time' : 'Add a time', errors),
      action: `${addressOf(event)}/sessions${session ? `/${session.id}` : ''}`,
      interview: event.kind === 'interview',
      isNew: !session,
      seen: event.revision,
      typed,
    });
  const askForSession = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const session = request.params.session === undefined ? undefined : await getSession(request, event);
    showSession(response, event, session ? typedSessionOf(session) : EMPTY_SESSION, session);
  };
  const addTimes = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const form = formOf(request);
    const read = readSession(form, event, now());
    const seen = { ...event, revision: seenIn(request) };
    if ('faults' in read) return showSession(response.status(422), seen, typedSessionIn(form), undefined, read.faults);
    if ((await addSessions(contacts, seen, read.slots, getStaff(response), now())) === 'conflict') {
      return showSession(response.status(409), event, typedSessionIn(form), undefined, [
        { href: '#main-content', text: CONFLICT },
      ]);
    }
    response.redirect(303, addressOf(event));
  };
  const changeTime = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const session = await getSession(request, event);
    const form = formOf(request);
    const seen = { ...event, revision: seenIn(request) };
    const again = (status: number, shown: Event, faults: readonly Fault[]) =>
      showSession(response.status(status), shown, typedSessionIn(form), session, faults);
    const read = readSession(form, event, now());
    if ('faults' in read) return again(422, seen, read.faults);
    const [slot] = read.slots;
    if (!slot) throw new Problem('bad_form');
    const saved = await changeSession(contacts, seen, session.id, slot, scene(), getStaff(response));
    if (saved === 'below')
      return again(422, event, [
        { href: '#capacity', text: 'More seats are taken than that. Cancel bookings first, or keep as many' },
      ]);
    if (saved === 'conflict') return again(409, event, [{ href: '#main-content', text: CONFLICT }]);
    response.redirect(303, addressOf(event));
  };

  /** A decision about an event; then its page, or why nothing was changed. */
  const deciding =
    (decide: (seen: Event, request: Request, response: Response) => Promise<string>): RequestHandler =>
    async (request, response) => {
      const event = await getAsked(context, request);
      const saved = await decide({ ...event, revision: seenIn(request) }, request, response);
      if (saved === 'conflict')
        return showOne(request, response.status(409), [
          {
            href: '#main-content',
            text: 'Nothing was changed: somebody else has changed this since the page was made. This is how it stands now',
          },
        ]);
      response.redirect(303, addressOf(event));
    };
  const open = deciding((seen, _request, response) => setStatus(contacts, seen, 'open', getStaff(response), now()));
  const close = deciding((seen, _request, response) => setStatus(contacts, seen, 'closed', getStaff(response), now()));
  const askToCallOff = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const session = request.params.session === undefined ? undefined : await getSession(request, event);
    response.render('signups/staff/call-off', {
      ...eventFrame(context, response, event, session ? 'Call off a time' : 'Call off the event'),
      action: request.path,
      seen: event.revision,
      session: session && viewSession({ ...session, taken: 0, waiting: 0 }, event, now()).when,
    });
  };
  const sayOff = deciding(async (seen, request, response) => {
    const session = request.params.session === undefined ? undefined : (await getSession(request, seen)).id;
    return callOff(contacts, seen, session, scene(), getStaff(response));
  });
  const copy = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const id = await copyEvent(contacts, event, today(), getStaff(response), now());
    response.redirect(303, `/staff/events/${id}/edit`);
  };

  const getSession = async (request: Request, event: Event): Promise<Session> => {
    const session = await findSession(contacts, String(request.params.session), event.id);
    if (!session) throw new Problem('not_found');
    return session;
  };

  const all = '/staff/events';
  const one = `${all}/:event`;
  return [
    forAdmins('get', all, showList),
    forAdmins('get', `${all}/new`, askForNew),
    forAdmins('post', all, create),
    forAdmins('get', one, (...both) => showOne(both[0], both[1])),
    forAdmins('get', `${one}/edit`, async (request, response) => {
      const event = await getAsked(context, request);
      showForm(response, event.kind, typedOf(event), event);
    }),
    forAdmins('post', `${one}/edit`, edit),
    forAdmins('post', `${one}/copy`, copy),
    forAdmins('post', `${one}/open`, open),
    forAdmins('post', `${one}/close`, close),
    forAdmins('get', `${one}/call-off`, askToCallOff),
    forAdmins('post', `${one}/call-off`, sayOff),
    forAdmins('get', `${one}/sessions/new`, askForSession),
    forAdmins('post', `${one}/sessions`, addTimes),
    forAdmins('get', `${one}/sessions/:session`, askForSession),
    forAdmins('post', `${one}/sessions/:session`, changeTime),
    forAdmins('get', `${one}/sessions/:session/call-off`, askToCallOff),
    forAdmins('post', `${one}/sessions/:session/call-off`, sayOff),
  ];
}

const ALL_EVENTS = { href: '/staff/events', text: 'All events' };

/** Where admins find an event. */
export const addressOf = ({ id }: Pick<Event, 'id'>): string => `/staff/events/${id}`;

/** The event that the address names. @throws Problem not_found */
export async function getAsked({ contacts }: ContactsContext, request: Request): Promise<Event> {
  const event = await findEvent(contacts, String(request.params.event));
  if (!event) throw new Problem('not_found');
  return event;
}

/** The frame of a page about an event, which leads back to its first page, or from there to all. */
export function eventFrame(
  context: ContactsContext,
  response: Response,
  event: Event,
  title: string,
  errors: readonly Fault[] = [],
) {
  const first = addressOf(event);
  const back = response.req.path === first ? ALL_EVENTS : { href: first, text: event.about.title };
  return { ...frameOf(context, response, title, errors), back };
}

/** Which state of the event the page was made of. */
function seenIn(request: Request): number {
  return Number(findValue(formOf(request), 'seen') ?? Number.NaN);
}

const kindIn = (given: unknown): Kind | undefined => KINDS.find((kind) => kind === given);
