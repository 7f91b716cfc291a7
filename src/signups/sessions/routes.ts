/** The times of an event for admins: adding some, and changing one. */
import type { Request, Response } from 'express';
import { type Fault, getStaff } from '../../accounts/signed-in.ts';
import type { ContactsContext } from '../../web/context.ts';
import { findValue, formOf } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { leadSaying } from '../../web/said.ts';
import { listSeated } from '../bookings/store.ts';
import type { Event, Session } from '../event.ts';
import { addressOf, askWhetherSure, CONFLICT, eventFrame, getAsked, getSession, seen } from '../events/routes.ts';
import { forAdmins } from '../routes.ts';
import { keyOf, newKey } from '../store.ts';
import { type Clash, tellClash } from './clash.ts';
import { EMPTY_SESSION, readSession, type TypedSession, typedSessionIn, typedSessionOf } from './form.ts';
import { addSessions, changeSession, findClash, isMoved } from './store.ts';

export function sessionRoutes(context: ContactsContext): Route[] {
  const { contacts, now, site } = context;

  const showForm = (
    response: Response,
    event: Event,
    typed: TypedSession,
    session?: Session,
    errors: readonly Fault[] = [],
  ) =>
    response.render('signups/staff/session-form', {
      ...eventFrame(
        context,
        response,
        event,
        session ? 'Change a time' : event.kind === 'interview' ? 'Add slots' : 'Add a time',
        errors,
      ),
      action: `${addressOf(event)}/sessions${session ? `/${session.id}` : ''}`,
      interview: event.kind === 'interview',
      isNew: !session,
      seen: event.revision,
      key: newKey(),
      typed,
    });
  const ask = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const session = request.params.session === undefined ? undefined : await getSession(context, request, event);
    showForm(response, event, session ? typedSessionOf(session) : EMPTY_SESSION, session);
  };
  const add = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const form = formOf(request);
    const read = readSession(form, event, now());
    const asSeen = seen(request, event);
    if ('faults' in read) return showForm(response.status(422), asSeen, typedSessionIn(form), undefined, read.faults);
    const saved = await addSessions(contacts, asSeen, read.slots, getStaff(response), now(), keyOf(form));
    if (saved === 'conflict') {
      return showForm(response.status(409), event, typedSessionIn(form), undefined, [
        { href: '#main-content', text: CONFLICT },
      ]);
    }
    if (saved !== 'saved')
      return showForm(response.status(422), asSeen, typedSessionIn(form), undefined, [faultOf(saved, event)]);
    leadSaying(context, response, addressOf(event), 'event_saved');
  };
  const change = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const session = await getSession(context, request, event);
    const form = formOf(request);
    const asSeen = seen(request, event);
    const again = (status: number, shown: Event, faults: readonly Fault[]) =>
      showForm(response.status(status), shown, typedSessionIn(form), session, faults);
    const read = readSession(form, event, now());
    if ('faults' in read) return again(422, asSeen, read.faults);
    if (findValue(form, 'back') !== undefined) return again(200, asSeen, []);
    const [slot] = read.slots;
    if (!slot) throw new Problem('bad_form');
    // Before anybody is asked whether people shall be told of it.
    const clash = await findClash(contacts, event, read.slots, session.id);
    if (clash) return again(422, asSeen, [faultOf(clash, event)]);
    const people = await listSeated(contacts, isMoved(session, slot) ? [session.id] : []);
    if (people.length > 0 && findValue(form, 'sure') === undefined)
      return askWhetherSure(context, request, response, event, people);
    const scene = { now: now(), site: site() };
    const saved = await changeSession(contacts, asSeen, session.id, slot, scene, getStaff(response));
    if (saved === 'below')
      return again(422, event, [
        { href: '#capacity', text: 'More seats are taken than that. Cancel bookings first, or keep as many' },
      ]);
    if (saved === 'conflict') return again(409, event, [{ href: '#main-content', text: CONFLICT }]);
    if (saved !== 'saved') return again(422, asSeen, [faultOf(saved, event)]);
    leadSaying(context, response, addressOf(event), people.length > 0 ? 'people_told' : 'event_saved');
  };

  const all = '/staff/events/:event/sessions';
  return [
    forAdmins('get', `${all}/new`, ask),
    forAdmins('post', all, add),
    forAdmins('get', `${all}/:session`, ask),
    forAdmins('post', `${all}/:session`, change),
  ];
}

const faultOf = (clash: Clash, { id }: Event): Fault => ({ href: '#time', text: tellClash(clash, id) });
