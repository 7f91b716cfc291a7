/** Noting who came to a session, on one page for all who were booked. */
import type { Request, Response } from 'express';
import { type Fault, getStaff } from '../../accounts/signed-in.ts';
import type { ContactsContext } from '../../web/context.ts';
import { formOf } from '../../web/forms.ts';
import type { Route } from '../../web/route-table.ts';
import { leadSaying } from '../../web/said.ts';
import { addressOf, eventFrame, getAsked, getSession } from '../events/routes.ts';
import { forAdmins } from '../routes.ts';
import { showSpan } from '../wall-time.ts';
import { readMarks, wordOf } from './form.ts';
import { listBooked, noteCame } from './store.ts';

export function attendanceRoutes(context: ContactsContext): Route[] {
  const { contacts, now } = context;

  const ask = async (request: Request, response: Response, errors: readonly Fault[] = []): Promise<void> => {
    const event = await getAsked(context, request);
    const session = await getSession(context, request, event);
    response.render('signups/staff/came', {
      ...eventFrame(context, response, event, 'Who came?', errors),
      back: { href: `${addressOf(event)}/participants`, text: 'Who takes part' },
      action: request.path,
      when: showSpan(session.startsAt, session.minutes),
      people: (await listBooked(contacts, session.id)).map(({ id, name, organisation, attended }) => ({
        id,
        name,
        organisation,
        came: wordOf(attended),
      })),
    });
  };
  const save = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const session = await getSession(context, request, event);
    const booked = await listBooked(contacts, session.id);
    const marks = readMarks(
      formOf(request),
      booked.map(({ id }) => id),
    );
    const others = await noteCame(contacts, event, session.id, marks, getStaff(response), now());
    if (others.size > 0) {
      const faults = booked
        .filter(({ id }) => others.has(id))
        .map(({ id, name }) => ({
          href: `#came-${id}`,
          text: `${name}: somebody else has noted this meanwhile. It was left as they said; the rest is saved`,
        }));
      return ask(request, response.status(409), faults);
    }
    leadSaying(context, response, `${addressOf(event)}/participants`, 'attendance_saved');
  };

  const came = '/staff/events/:event/sessions/:session/came';
  return [forAdmins('get', came, (...both) => ask(both[0], both[1])), forAdmins('post', came, save)];
}
