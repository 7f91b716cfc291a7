/** One's own booking, by the link in a message. Looking changes nothing: mail scanners open every link. */
import type { Request, RequestHandler, Response } from 'express';
import type { Fault } from '../../accounts/signed-in.ts';
import { mixSoon } from '../../db/traces.ts';
import type { ContactsContext } from '../../web/context.ts';
import { findValue, formOf, offeringAgain } from '../../web/forms.ts';
import { dropLink, keepLink, linkOf } from '../../web/links.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { calendarOf, ownNotes } from '../calendar.ts';
import { hasSessions } from '../event.ts';
import { findLinked, type Scene } from '../letters/store.ts';
import { faultsOf, pageOf } from '../routes.ts';
import { accept, cancel, confirm, type Done, move } from '../seats/store.ts';
import { type Db, findEvent, listSessions } from '../store.ts';
import { viewOthers } from '../take-part/view.ts';
import { viewBooking } from './view.ts';

/** What came of it: `none` where no time was chosen. */
type Outcome = Done | 'full' | 'none';

/** What is said where something could not be done. */
const FAULTS = {
  late: { status: 410, href: '#main-content', words: 'takePart.late' },
  full: { status: 422, href: '#session', words: 'takePart.moveFull' },
  none: { status: 422, href: '#session', words: 'takePart.errorWhen' },
} as const;

export function mineRoutes(context: ContactsContext): Route[] {
  const { contacts, now, site } = context;
  const sceneNow = (): Scene => ({ now: now(), site: site() });

  const getOwn = async (request: Request, response: Response) => {
    const link = linkOf(context, request);
    const booking = await findLinked(contacts, link.token);
    const page = pageOf(context, request, response, booking?.language);
    const event = booking && (await findEvent(contacts, booking.event));
    if (!booking || !event) throw new Problem('no_such_link');
    const sessions = await listSessions(contacts, event.id);
    return { link, page, booking, event, sessions, session: sessions.find(({ id }) => id === booking.session) };
  };

  const open = async (request: Request, response: Response) => {
    const { link } = await getOwn(request, response);
    if (!link.kept) return keepLink(context, response, '/bookings', link.token);
    return show(request, response);
  };

  const show = async (request: Request, response: Response, faults: readonly Fault[] = []): Promise<void> => {
    const { link, page, booking, event, sessions, session } = await getOwn(request, response);
    const { frame, ...language } = page;
    const view = viewBooking(booking, event, session, now(), language);
    const others = view.canMove ? viewOthers(booking, sessions, now(), language) : [];
    if (view.isOver) dropLink(context, response, link.token);
    response.render('signups/booking', {
      ...frame,
      // Once it is over the address opens nothing, in no language.
      ...(view.isOver && { languages: [] }),
      // Where no time is left to choose, there is nothing that a fault could lead to.
      ...faultsOf(others.length > 0 ? faults : faults.map((fault) => ({ ...fault, href: '#main-content' }))),
      title: language.t(view.isList ? 'takePart.mineListTitle' : 'takePart.mineTitle'),
      address: `/bookings/${String(request.params.token)}`,
      view,
      others,
      again: `/take-part/${event.id}`,
    });
  };

  /** What the owner does, and back to the booking as it stands then. */
  const doing = (act: (db: Db, token: string, scene: Scene, request: Request) => Promise<Outcome>): RequestHandler =>
    offeringAgain(async (request, response) => {
      const { link, page } = await getOwn(request, response);
      const done = await act(contacts, link.token, sceneNow(), request);
      if (done === 'gone') throw new Problem('no_such_link');
      if (done !== 'done') {
        const { status, href, words } = FAULTS[done];
        return show(request, response.status(status), [{ href, text: page.t(words) }]);
      }
      mixSoon(contacts);
      response.redirect(303, `/bookings/${String(request.params.token)}`);
    });

  const change = async (db: Db, token: string, scene: Scene, request: Request): Promise<Outcome> => {
    const to = findValue(formOf(request), 'session') ?? '';
    const done = to === '' ? 'none' : await move(db, token, to, scene);
    // A time that was there when the page was shown has been called off, or has begun.
    return done === 'gone' ? 'full' : done;
  };

  const giveCalendar = async (request: Request, response: Response) => {
    const { link, booking, event, session } = await getOwn(request, response);
    if (booking.state !== 'booked' || !session || !hasSessions(event.kind)) throw new Problem('not_found');
    const notes = ownNotes(event, new URL(`/bookings/${link.token}`, site()));
    const entry = { uid: booking.id, sequence: booking.sequence, event, session, notes };
    response
      .attachment('invite.ics')
      .type('text/calendar; charset=utf-8')
      .send(calendarOf([entry], sceneNow()));
  };

  const own = '/bookings/:token';
  return [
    { method: 'get', path: own, who: 'participant', handle: open },
    { method: 'post', path: `${own}/confirm`, who: 'participant', handle: doing(confirm) },
    { method: 'post', path: `${own}/accept`, who: 'participant', handle: doing(accept) },
    { method: 'post', path: `${own}/cancel`, who: 'participant', handle: doing(cancel) },
    { method: 'post', path: `${own}/move`, who: 'participant', handle: doing(change) },
    { method: 'get', path: `${own}/invite.ics`, who: 'participant', handle: giveCalendar },
  ];
}
