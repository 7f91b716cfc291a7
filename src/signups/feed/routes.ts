/** All times of all events as a calendar that organisers subscribe to, at an address that only they know. */
import type { Request, Response } from 'express';
import { frameOf, getStaff } from '../../accounts/signed-in.ts';
import type { ContactsContext } from '../../web/context.ts';
import { findValue, formOf } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { calendarOf } from '../calendar.ts';
import { listEvents, listSessions } from '../store.ts';
import { hasFeed, isFeed, renewFeed } from './store.ts';

const ADDRESS = '/staff/events/calendar';
const TITLE = 'Calendar for organisers';

export function feedRoutes(context: ContactsContext): Route[] {
  const { contacts, now, site } = context;

  const show = async (_request: Request, response: Response, address?: string): Promise<void> => {
    response.render('signups/staff/calendar', {
      ...frameOf(context, response, TITLE),
      back: { href: '/staff/events', text: 'All events' },
      has: await hasFeed(contacts),
      address,
    });
  };
  /** Makes an address; where there is one, which ends with it, only when asked once more. */
  const renew = async (request: Request, response: Response) => {
    if (findValue(formOf(request), 'sure') === undefined && (await hasFeed(contacts))) {
      return response.render('signups/staff/calendar-sure', {
        ...frameOf(context, response, 'Make a new address?'),
        back: { href: ADDRESS, text: TITLE },
      });
    }
    const token = await renewFeed(contacts, getStaff(response), now());
    await show(request, response, new URL(`/calendar/${token}`, site()).href);
  };
  const send = async (request: Request, response: Response) => {
    if (!(await isFeed(contacts, String(request.params.token)))) throw new Problem('not_found');
    const events = (await listEvents(contacts)).filter(({ status }) => status !== 'draft');
    const entries = events.map(async (event) =>
      (await listSessions(contacts, event.id)).map((session) => ({
        uid: session.id,
        sequence: event.revision,
        event,
        session,
        // How many and not who: a calendar is shared, and copied to servers that are not ours.
        notes: `${session.taken} of ${session.capacity} seats taken, ${session.waiting} waiting\n${new URL(`/staff/events/${event.id}`, site()).href}`,
      })),
    );
    const text = calendarOf((await Promise.all(entries)).flat(), { site: site(), now: now(), name: 'Soundings' });
    response.type('text/calendar; charset=utf-8').send(text);
  };

  return [
    { method: 'get', path: ADDRESS, who: 'admin', handle: (...both) => show(both[0], both[1]) },
    { method: 'post', path: ADDRESS, who: 'admin', handle: renew },
    { method: 'get', path: '/calendar/:token', who: 'everyone', handle: send },
  ];
}
