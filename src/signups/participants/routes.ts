/** Who takes part in an event, for admins. */
import type { Request, Response } from 'express';
import { type Fault, getStaff } from '../../accounts/signed-in.ts';
import type { ContactsContext } from '../../web/context.ts';
import { findValue, formOf } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { wordsFor } from '../../web/words.ts';
import { ACTIVE, type State } from '../booking.ts';
import type { Event } from '../event.ts';
import { addressOf, eventFrame, getAsked } from '../events/routes.ts';
import { record } from '../events/store.ts';
import type { BookingRow, Scene } from '../letters/store.ts';
import { forAdmins } from '../routes.ts';
import { bookByPhone } from '../seats/store.ts';
import { listSessions } from '../store.ts';
import { readSignUp, type Typed, typedIn } from '../take-part/form.ts';
import { viewSessions } from '../take-part/view.ts';
import { endFor, findParticipant, listParticipants, noteAbout, recordTaken, writeTo } from './store.ts';
import { participantsCsv, sumUpNeeds, viewParticipant } from './view.ts';

const LONGEST_NOTE = 2000;
const LONGEST_LETTER = 5000;

/** To whom a letter can go. */
const GROUPS: Readonly<Record<string, readonly State[]>> = {
  booked: ['booked'],
  waiting: ['waiting', 'offered'],
  everybody: ACTIVE,
};

export function participantRoutes(context: ContactsContext): Route[] {
  const { contacts, now, site } = context;
  const scene = (): Scene => ({ now: now(), site: site() });

  const showList = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const [people, sessions] = [await listParticipants(contacts, event.id), await listSessions(contacts, event.id)];
    response.render('signups/staff/participants', {
      ...eventFrame(context, response, event, 'Who takes part'),
      wide: true,
      address: addressOf(event),
      people: people.map((row) => viewParticipant(row, sessions)),
      needs: sumUpNeeds(people),
    });
  };
  const sendList = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const [people, sessions] = [await listParticipants(contacts, event.id), await listSessions(contacts, event.id)];
    await recordTaken(contacts, event, getStaff(response), now());
    response
      .attachment(`${event.id}-participants.csv`)
      .type('text/csv; charset=utf-8')
      .send(participantsCsv(people, sessions));
  };

  const showPhone = async (
    request: Request,
    response: Response,
    typed: Typed = {},
    errors: readonly Fault[] = [],
  ): Promise<void> => {
    const event = await getAsked(context, request);
    const sessions = viewSessions(await listSessions(contacts, event.id), now(), { lang: 'en', t: wordsFor('en') });
    response.render('signups/staff/phone', {
      ...eventFrame(context, response, event, 'A booking by phone', errors),
      action: `${addressOf(event)}/participants`,
      sessions,
      asks: event.about.asks,
      stages: event.about.stages,
      consent: event.about.consent,
      typed,
    });
  };
  const takePhone = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const typed = typedIn(formOf(request), event);
    const sessions = (await listSessions(contacts, event.id)).map(({ id }) => id);
    const read = readSignUp(typed, event, sessions, wordsFor('en'), { needsEmail: false });
    if ('faults' in read) return showPhone(request, response.status(422), typed, read.faults);
    const { session, wait, person } = read.signUp;
    const wanted = { event: event.id, session, wait, person: { ...person, language: 'en' } };
    const booked = await bookByPhone(contacts, wanted, scene(), (trx) =>
      record(trx, 'booking_taken', event, getStaff(response), now()),
    );
    const refusal = REFUSALS[booked];
    if (refusal) return showPhone(request, response.status(422), typed, [refusal]);
    response.redirect(303, `${addressOf(event)}/participants`);
  };

  const showOne = async (
    request: Request,
    response: Response,
    errors: readonly Fault[] = [],
    typed?: string,
  ): Promise<void> => {
    const { event, person } = await getParticipant(request);
    const view = viewParticipant(person, await listSessions(contacts, event.id));
    response.render('signups/staff/participant', {
      ...eventFrame(context, response, event, view.name, errors),
      back: { href: `${addressOf(event)}/participants`, text: 'Who takes part' },
      view,
      seen: seenCode(person),
      note: typed ?? view.note,
      active: ACTIVE.some((state) => state === person.state),
    });
  };
  const note = async (request: Request, response: Response) => {
    const { event, person } = await getParticipant(request);
    const form = formOf(request);
    const words = (findValue(form, 'note') ?? '').replaceAll('\r\n', '\n').trim();
    if (words.length > LONGEST_NOTE) {
      return showOne(
        request,
        response.status(422),
        [{ href: '#note', text: `A note may have at most ${LONGEST_NOTE} characters` }],
        words,
      );
    }
    const came = ATTENDED[findValue(form, 'attended') ?? ''] ?? null;
    const fresh = findValue(form, 'seen') === seenCode(person);
    if (!fresh || !(await noteAbout(contacts, person, { note: words, attended: came }))) {
      const text = `Nothing was saved: somebody else has noted something since the page was made. It is: “${person.note}”`;
      return showOne(request, response.status(409), [{ href: '#note', text }], words);
    }
    response.redirect(303, `${addressOf(event)}/participants`);
  };
  const end = async (request: Request, response: Response) => {
    const { event, person } = await getParticipant(request);
    await endFor(contacts, event, person.id, scene(), getStaff(response));
    response.redirect(303, `${addressOf(event)}/participants`);
  };

  const showLetter = async (
    request: Request,
    response: Response,
    typed: Typed = {},
    errors: readonly Fault[] = [],
  ): Promise<void> => {
    const event = await getAsked(context, request);
    response.render('signups/staff/write', {
      ...eventFrame(context, response, event, 'Write to people', errors),
      action: `${addressOf(event)}/write`,
      typed,
    });
  };
  const write = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const form = formOf(request);
    const typed = {
      to: findValue(form, 'to') ?? '',
      words: (findValue(form, 'words') ?? '').replaceAll('\r\n', '\n').trim(),
    };
    const states = Object.hasOwn(GROUPS, typed.to) ? GROUPS[typed.to] : undefined;
    const errors = [
      ...(states ? [] : [{ href: '#to', text: 'Choose to whom' }]),
      ...(typed.words === '' ? [{ href: '#words', text: 'Write something' }] : []),
      ...(typed.words.length > LONGEST_LETTER
        ? [{ href: '#words', text: `A letter may have at most ${LONGEST_LETTER} characters` }]
        : []),
    ];
    if (!states || errors.length > 0) return showLetter(request, response.status(422), typed, errors);
    const sent = await writeTo(contacts, event, { states, words: typed.words }, scene(), getStaff(response));
    if (sent === 0)
      return showLetter(request, response.status(422), typed, [
        { href: '#to', text: 'There is nobody with an e-mail address among them' },
      ]);
    response.redirect(303, '/staff/events/messages');
  };

  const getParticipant = async (request: Request): Promise<{ event: Event; person: BookingRow }> => {
    const event = await getAsked(context, request);
    const person = await findParticipant(contacts, event.id, String(request.params.booking));
    if (!person || person.name === '') throw new Problem('not_found');
    return { event, person };
  };

  const one = '/staff/events/:event';
  return [
    forAdmins('get', `${one}/participants`, showList),
    forAdmins('get', `${one}/participants.csv`, sendList),
    forAdmins('get', `${one}/participants/new`, (...both) => showPhone(both[0], both[1])),
    forAdmins('post', `${one}/participants`, takePhone),
    forAdmins('get', `${one}/participants/:booking`, (...both) => showOne(both[0], both[1])),
    forAdmins('post', `${one}/participants/:booking/note`, note),
    forAdmins('post', `${one}/participants/:booking/cancel`, end),
    forAdmins('get', `${one}/write`, (...both) => showLetter(both[0], both[1])),
    forAdmins('post', `${one}/write`, write),
  ];
}

/** How somebody stood on a page: what is noted, and whether they came. */
const seenCode = ({ note, attended }: BookingRow): string => JSON.stringify([note, attended]);

const ATTENDED: Readonly<Record<string, 0 | 1>> = { yes: 1, no: 0 };

const REFUSALS: Readonly<Record<string, Fault>> = {
  full: {
    href: '#wait',
    text: 'No seat is free at that time. Tick the box to put them on the waiting list, or choose another',
  },
  closed: { href: '#session', text: 'That time is over or called off: choose another' },
  again: { href: '#email', text: 'This mailbox has a booking of this event already' },
};
