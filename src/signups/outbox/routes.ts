/** The outbox for admins: what is to be sent, what was, and what no mail server would take. */
import type { Request, Response } from 'express';
import { frameOf, getStaff } from '../../accounts/signed-in.ts';
import { showMoment } from '../../accounts/times.ts';
import { findLetter, type ListedLetter, listLetters } from '../../mail/store.ts';
import { showDay } from '../../questionnaire/days.ts';
import type { ContactsContext } from '../../web/context.ts';
import { htmlOf } from '../../web/mail-html.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { leadSaying } from '../../web/said.ts';
import { wordsFor } from '../../web/words.ts';
import { forAdmins } from '../routes.ts';
import { notePassedOn, sendOnceMore } from './store.ts';
import { viewMessage } from './view.ts';

const ON_A_PAGE = 200;

export function outboxRoutes(context: ContactsContext): Route[] {
  const { contacts, now, settings, site } = context;
  const sends = settings.sendsMail ?? false;

  const showList = async (_request: Request, response: Response) => {
    const letters = await listLetters(contacts, ON_A_PAGE);
    response.render('signups/staff/messages', {
      ...frameOf(context, response, 'Messages'),
      back: { href: '/staff/events', text: 'All events' },
      wide: true,
      letters: letters.map((letter) => viewLetter(letter, sends, site())),
      sends,
    });
  };
  const showOne = async (request: Request, response: Response) => {
    response.render('signups/staff/message', {
      ...frameOf(context, response, 'A message'),
      back: { href: '/staff/events/messages', text: 'Messages' },
      letter: viewLetter(await getLetter(request), sends, site()),
    });
  };
  const again = async (request: Request, response: Response) => {
    const { id } = await getLetter(request);
    await sendOnceMore(contacts, id, getStaff(response), now());
    response.redirect(303, `/staff/events/messages/${id}`);
  };
  const passOn = async (request: Request, response: Response) => {
    await notePassedOn(contacts, (await getLetter(request)).id, getStaff(response), now());
    leadSaying(context, response, '/staff/events/messages', 'message_passed_on');
  };

  const getLetter = async (request: Request): Promise<ListedLetter> => {
    const letter = await findLetter(contacts, String(request.params.message));
    if (!letter) throw new Problem('not_found');
    return letter;
  };

  const all = '/staff/events/messages';
  return [
    forAdmins('get', all, showList),
    forAdmins('get', `${all}/:message`, showOne),
    forAdmins('post', `${all}/:message/again`, again),
    forAdmins('post', `${all}/:message/passed-on`, passOn),
  ];
}

/** What is left of a subject that is forgotten: “Booked”. */
const titleOf = (kind: string): string => wordsFor('en')(`mail.${kind}Subject`, { title: '' }).replace(/: $/, '');

const STATES = { waiting: 'To be sent', sent: 'Sent', stopped: 'Not taken' } as const;

function viewLetter(
  { id, kind, email, message, state, tries, dueAt, said, day }: ListedLetter,
  sends: boolean,
  site: URL,
) {
  return {
    address: `/staff/events/messages/${id}`,
    email,
    subject: message?.subject ?? titleOf(kind),
    message: message && viewMessage(message, htmlOf(message, site)),
    state,
    byHand: state === 'stopped' || (state === 'waiting' && !sends),
    standing: state === 'waiting' && !sends ? 'To be passed on by you' : STATES[state],
    next: state === 'waiting' && tries > 0 ? showMoment(dueAt) : undefined,
    said,
    day: showDay(day),
  };
}
