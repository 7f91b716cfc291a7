/** One's own booking, by the link in a message. Looking changes nothing: mail scanners open every link. */
import type { Request, RequestHandler, Response } from 'express';
import type { Fault } from '../../accounts/signed-in.ts';
import { mixSoon } from '../../db/traces.ts';
import type { ContactsContext } from '../../web/context.ts';
import { findValue, formOf, offeringAgain } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { calendarOf } from '../calendar.ts';
import { hasSessions } from '../event.ts';
import { findLinked, type Scene } from '../letters/store.ts';
import { faultsOf, pageOf } from '../routes.ts';
import { accept, cancel, confirm, move } from '../seats/store.ts';
import { type Db, findEvent, listSessions } from '../store.ts';
import { viewSessions } from '../take-part/view.ts';
import { viewBooking } from './view.ts';

export function mineRoutes(context: ContactsContext): Route[] {
  const { contacts, now, site } = context;
  const sceneNow = (): Scene => ({ now: now(), site: site() });
  const tokenIn = (request: Request) => String(request.params.token);

  const getOwn = async (request: Request) => {
    const booking = await findLinked(contacts, tokenIn(request));
    const event = booking && (await findEvent(contacts, booking.event));
    if (!booking || !event) throw new Problem('not_found');
    const sessions = await listSessions(contacts, event.id);
    return { booking, event, sessions, session: sessions.find(({ id }) => id === booking.session) };
  };

  const show = async (request: Request, response: Response, faults: readonly Fault[] = []): Promise<void> => {
    const { booking, event, sessions, session } = await getOwn(request);
    const { frame, ...language } = pageOf(context, request, response);
    const view = viewBooking(booking, event, session, now(), language);
    response.render('signups/booking', {
      ...frame,
      ...faultsOf(faults),
      title: language.t('takePart.mineTitle'),
      address: `/bookings/${tokenIn(request)}`,
      view,
      others: view.canMove
        ? viewSessions(sessions, now(), language).filter(({ id, full }) => !full && id !== booking.session)
        : [],
      again: `/take-part/${event.id}`,
    });
  };

  /** What the owner does, and back to the booking as it stands then. */
  const doing =
    (act: (db: Db, token: string, scene: Scene) => Promise<string>): RequestHandler =>
    async (request, response) => {
      const done = await act(contacts, tokenIn(request), sceneNow());
      if (done === 'gone') throw new Problem('not_found');
      if (done === 'late') {
        const { t } = pageOf(context, request, response);
        return show(request, response.status(410), [{ href: '#main-content', text: t('takePart.late') }]);
      }
      mixSoon(contacts);
      response.redirect(303, `/bookings/${tokenIn(request)}`);
    };

  const change = async (request: Request, response: Response) => {
    const { t } = pageOf(context, request, response);
    const to = findValue(formOf(request), 'session') ?? '';
    const { sessions } = await getOwn(request);
    const faultAt = (text: string) => show(request, response.status(422), [{ href: '#session', text }]);
    if (!sessions.some(({ id }) => id === to)) return faultAt(t('takePart.errorWhen'));
    const done = await move(contacts, tokenIn(request), to, sceneNow());
    if (done === 'full' || done === 'gone') return faultAt(t('takePart.moveFull'));
    if (done === 'late')
      return show(request, response.status(410), [{ href: '#main-content', text: t('takePart.late') }]);
    mixSoon(contacts);
    response.redirect(303, `/bookings/${tokenIn(request)}`);
  };

  const giveCalendar = async (request: Request, response: Response) => {
    const { booking, event, session } = await getOwn(request);
    if (booking.state !== 'booked' || !session || !hasSessions(event.kind)) throw new Problem('not_found');
    const notes = new URL(`/bookings/${tokenIn(request)}`, site()).href;
    const entry = { uid: booking.id, sequence: booking.sequence, event, session, notes };
    response
      .attachment('invite.ics')
      .type('text/calendar; charset=utf-8')
      .send(calendarOf([entry], sceneNow()));
  };

  const own = '/bookings/:token';
  return [
    { method: 'get', path: own, who: 'participant', handle: (...both) => show(both[0], both[1]) },
    { method: 'post', path: `${own}/confirm`, who: 'participant', handle: offeringAgain(doing(confirm)) },
    { method: 'post', path: `${own}/accept`, who: 'participant', handle: offeringAgain(doing(accept)) },
    { method: 'post', path: `${own}/cancel`, who: 'participant', handle: offeringAgain(doing(cancel)) },
    { method: 'post', path: `${own}/move`, who: 'participant', handle: offeringAgain(change) },
    { method: 'get', path: `${own}/invite.ics`, who: 'participant', handle: giveCalendar },
  ];
}
