/** Events for admins: which there are, making one, its times, opening, closing and calling off. */
import type { Request, RequestHandler, Response } from 'express';
import { type Fault, frameOf, getStaff } from '../../accounts/signed-in.ts';
import { showDay } from '../../questionnaire/days.ts';
import type { ContactsContext } from '../../web/context.ts';
import { type Form, findValue, formOf } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { leadSaying, type Said } from '../../web/said.ts';
import { asParameters, queryOf, sortList } from '../../web/sorting.ts';
import { wordsFor } from '../../web/words.ts';
import { countBookings } from '../bookings/store.ts';
import { listCalls } from '../calls/store.ts';
import { viewCalls } from '../calls/view.ts';
import { type Event, KINDS, type Kind, type Session } from '../event.ts';
import type { BookingRow, Scene } from '../letters/store.ts';
import { listParticipants } from '../participants/store.ts';
import { forAdmins } from '../routes.ts';
import { callOff, listToCallOff } from '../sessions/store.ts';
import { findEvent, findSession, keyOf, listEvents, listSessions, newKey } from '../store.ts';
import { showSpan, wallDayOf } from '../wall-time.ts';
import { emptyEvent, readEvent, type TypedEvent, typedEventIn, typedOf } from './form.ts';
import { monthAround, monthOf } from './month.ts';
import { copyEvent, createEvent, hasPeople, listToTell, saveEvent, setStatus } from './store.ts';
import { EVENTS_BY, KIND_NAMES, viewEvent, viewSession } from './view.ts';

export const CONFLICT =
  'Nothing was saved: somebody else has changed this since the page was made. What stands here is what you typed; the link beside shows how it is now';

export function eventRoutes(context: ContactsContext): Route[] {
  const { contacts, now, site } = context;
  const scene = (): Scene => ({ now: now(), site: site() });
  const today = () => wallDayOf(now());

  /** How many people have still to be phoned. */
  const countCalls = async (event: Event, sessions: readonly Session[]): Promise<number> => {
    const calls = viewCalls(await listCalls(contacts, event.id), event, sessions, now(), wordsFor('en'));
    return new Set(calls.filter(({ told }) => !told).map(({ booking }) => booking)).size;
  };

  const showList = async (request: Request, response: Response) => {
    const shown = (await listEvents(contacts)).map(async (event) => {
      const sessions = await listSessions(contacts, event.id);
      const view = viewEvent(event, sessions, await countBookings(contacts, event.id), now());
      return { ...view, calls: await countCalls(event, sessions) };
    });
    const month = monthOf(request.query.month, today());
    const { rows: events, links, sorting } = sortList(await Promise.all(shown), request.query, EVENTS_BY, { month });
    const around = monthAround(
      month,
      events.flatMap(({ title, address, times }) => times.map((time) => ({ ...time, title, address }))),
    );
    const beside = ({ name, month }: { readonly name: string; readonly month: string }) => ({
      name,
      href: `?${queryOf({ ...asParameters(sorting), month })}#month`,
    });
    response.render('signups/staff/events', {
      ...frameOf(context, response, 'Events'),
      wide: true,
      events,
      sorting: links,
      month: { ...around, before: beside(around.before), after: beside(around.after) },
    });
  };

  const showOne = async (request: Request, response: Response, errors: readonly Fault[] = []): Promise<void> => {
    const event = await getAsked(context, request);
    const sessions = await listSessions(contacts, event.id);
    const view = viewEvent(event, sessions, await countBookings(contacts, event.id), now());
    // Of interviews each slot shows whose it is.
    const seated = event.kind === 'interview' ? await listParticipants(contacts, event.id) : [];
    response.render('signups/staff/event', {
      ...eventFrame(context, response, event, event.about.title, errors),
      wide: true,
      view,
      key: newKey(),
      calls: await countCalls(event, sessions),
      seen: event.revision,
      sessions: sessions.map((session) => viewSession(session, event, now(), seated)),
    });
  };

  /** The form of what is said and asked, empty, as it is, or as it was typed. */
  const showForm = async (
    response: Response,
    kind: Kind,
    typed: TypedEvent,
    event?: Event,
    errors: readonly Fault[] = [],
  ): Promise<void> =>
    response.render('signups/staff/event-form', {
      ...(event
        ? eventFrame(context, response, event, 'Change what is said', errors)
        : { ...frameOf(context, response, `New ${KIND_NAMES[kind].toLowerCase()}`, errors), back: ALL_EVENTS }),
      action: event ? `${addressOf(event)}/edit` : '/staff/events',
      kind,
      seen: event?.revision,
      key: newKey(),
      now: event && addressOf(event),
      bound: event !== undefined && (await hasPeople(contacts, event.id)),
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
    const id = await createEvent(contacts, kind, read.draft, getStaff(response), now(), keyOf(form));
    leadSaying(context, response, addressOf({ id }), 'event_made');
  };
  const edit = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const form = formOf(request);
    const again = (status: number, faults: readonly Fault[]) =>
      showForm(response.status(status), event.kind, typedEventIn(form, today()), seen(request, event), faults);
    const last = (await listSessions(contacts, event.id)).findLast(({ status }) => status === 'planned');
    const read = readEvent(form, today(), last && wallDayOf(last.startsAt));
    if ('faults' in read) return again(422, read.faults);
    if (findValue(form, 'back') !== undefined) return again(200, []);
    const people = await listToTell(contacts, event, read.draft.about, now());
    if (people.length > 0 && findValue(form, 'sure') === undefined)
      return askWhetherSure(context, request, response, event, people);
    const saved = await saveEvent(contacts, seen(request, event), read.draft, scene(), getStaff(response));
    if (saved === 'longer') return again(422, [{ href: '#keepUntil', text: tooLong(event) }]);
    if (saved === 'conflict') return again(409, [{ href: '#main-content', text: CONFLICT }]);
    leadSaying(context, response, addressOf(event), people.length > 0 ? 'people_told' : 'event_saved');
  };

  /** A decision about an event; then its page, or why nothing was changed. */
  const deciding =
    (said: Said, decide: (seen: Event, request: Request, response: Response) => Promise<string>): RequestHandler =>
    async (request, response) => {
      const event = await getAsked(context, request);
      const saved = await decide(seen(request, event), request, response);
      if (saved === 'no_times')
        return showOne(request, response.status(422), [{ href: '#add-time', text: NO_TIMES[event.kind] }]);
      if (saved === 'over') return showOne(request, response.status(422), [{ href: '#edit', text: OVER }]);
      if (saved === 'conflict')
        return showOne(request, response.status(409), [
          {
            href: '#main-content',
            text: 'Nothing was changed: somebody else has changed this since the page was made. This is how it stands now',
          },
        ]);
      leadSaying(context, response, addressOf(event), said);
    };
  const open = deciding('event_opened', (event, _request, response) =>
    setStatus(contacts, event, 'open', getStaff(response), now()),
  );
  const close = deciding('event_closed', (event, _request, response) =>
    setStatus(contacts, event, 'closed', getStaff(response), now()),
  );
  const askToCallOff = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const session = request.params.session === undefined ? undefined : await getSession(context, request, event);
    response.render('signups/staff/call-off', {
      ...eventFrame(context, response, event, session ? 'Call off a time' : 'Call off the event'),
      action: request.path,
      seen: event.revision,
      session: session && showSpan(session.startsAt, session.minutes),
      ...waysTo(await listToCallOff(contacts, event.id, session?.id, now())),
    });
  };
  const sayOff = deciding('event_called_off', async (event, request, response) => {
    const session = request.params.session === undefined ? undefined : (await getSession(context, request, event)).id;
    return callOff(contacts, event, session, scene(), getStaff(response));
  });
  const copy = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const id = await copyEvent(contacts, event, today(), getStaff(response), now(), keyOf(formOf(request)));
    leadSaying(context, response, `${addressOf({ id })}/edit`, 'event_copied');
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
      await showForm(response, event.kind, typedOf(event), event);
    }),
    forAdmins('post', `${one}/edit`, edit),
    forAdmins('post', `${one}/copy`, copy),
    forAdmins('post', `${one}/open`, open),
    forAdmins('post', `${one}/close`, close),
    forAdmins('get', `${one}/call-off`, askToCallOff),
    forAdmins('post', `${one}/call-off`, sayOff),
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

/** One time of an event, that the address names. @throws Problem not_found */
export async function getSession({ contacts }: ContactsContext, request: Request, event: Event): Promise<Session> {
  const session = await findSession(contacts, String(request.params.session), event.id);
  if (!session) throw new Problem('not_found');
  return session;
}

/** The event as it stood when the page was made. */
export function seen(request: Request, event: Event): Event {
  return { ...event, revision: Number(findValue(formOf(request), 'seen') ?? Number.NaN) };
}

/** The step before people are told of a change: how many, and the form to send once more. */
export function askWhetherSure(
  context: ContactsContext,
  request: Request,
  response: Response,
  event: Event,
  people: readonly BookingRow[],
): void {
  response.render('signups/staff/sure', {
    ...eventFrame(context, response, event, 'Save it, and tell people?'),
    action: request.path,
    fields: fieldsOf(formOf(request)),
    ...waysTo(people),
  });
}

/** How many of them can be written to, and how many have to be phoned. */
export const waysTo = (people: readonly BookingRow[]) => ({
  written: people.filter(({ email }) => email !== null).length,
  phone: people.filter(({ email }) => email === null).length,
});

const fieldsOf = (form: Form) =>
  Object.entries(form).flatMap(([name, values]) => [values ?? []].flat().map((value) => ({ name, value })));

const NO_TIMES: Readonly<Record<Kind, string>> = {
  workshop: 'Add a time first: a workshop without a time to come is nothing that people can sign up for',
  interview: 'Add a slot first: interviews without a slot to come are nothing that people can sign up for',
  collaboration: '',
  results: '',
};

const OVER = 'The last day of signing up is over: change it, and then open it';

const tooLong = ({ keepUntil }: Event): string =>
  `People have signed up who were told that their details go after ${showDay(keepUntil)}: choose that day or an earlier one. To keep details longer, copy the event and let people sign up for the copy`;

const kindIn = (given: unknown): Kind | undefined => KINDS.find((kind) => kind === given);
