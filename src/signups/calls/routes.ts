/** Whom to phone about an event, since they gave no mailbox, and ticking off who has been told. */
import type { Request, Response } from 'express';
import { type Fault, getStaff } from '../../accounts/signed-in.ts';
import type { ContactsContext } from '../../web/context.ts';
import { formOf } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { wordsFor } from '../../web/words.ts';
import { addressOf, eventFrame, getAsked } from '../events/routes.ts';
import { forAdmins } from '../routes.ts';
import { listSessions } from '../store.ts';
import { readTick } from './form.ts';
import { listCalls, tick } from './store.ts';
import { viewCalls } from './view.ts';

const OTHERWISE = 'Nothing was ticked off: there is something else to tell them by now. This is how it stands';

export function callRoutes(context: ContactsContext): Route[] {
  const { contacts, now } = context;

  const showList = async (request: Request, response: Response, errors: readonly Fault[] = []): Promise<void> => {
    const event = await getAsked(context, request);
    const [calls, sessions] = [await listCalls(contacts, event.id), await listSessions(contacts, event.id)];
    const shown = viewCalls(calls, event, sessions, now(), wordsFor('en'));
    response.render('signups/staff/calls', {
      ...eventFrame(context, response, event, 'To be phoned', errors),
      action: `${addressOf(event)}/calls`,
      open: shown.filter(({ told }) => !told),
      told: shown.filter(({ told }) => told),
    });
  };
  const tickOff = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const read = readTick(formOf(request));
    if (!read) throw new Problem('bad_form');
    const { told, ...seen } = read;
    const done = await tick(contacts, event, seen, told, getStaff(response), now());
    if (!done) return showList(request, response.status(409), [{ href: '#main-content', text: OTHERWISE }]);
    response.redirect(303, `${addressOf(event)}/calls`);
  };

  const all = '/staff/events/:event/calls';
  return [forAdmins('get', all, (...both) => showList(both[0], both[1])), forAdmins('post', all, tickOff)];
}
