/** Who takes part in an event, for admins. */
import type { Request, Response } from 'express';
import type { Actor } from '../../accounts/account.ts';
import { type Fault, getStaff } from '../../accounts/signed-in.ts';
import { showDay } from '../../questionnaire/days.ts';
import type { ContactsContext } from '../../web/context.ts';
import { findValue, formOf } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { leadSaying } from '../../web/said.ts';
import { sortList } from '../../web/sorting.ts';
import { type Words, wordsFor } from '../../web/words.ts';
import { canMove } from '../booking.ts';
import { type Event, hasSessions } from '../event.ts';
import { addressOf, eventFrame, getAsked } from '../events/routes.ts';
import { record } from '../events/store.ts';
import type { BookingRow, Scene } from '../letters/store.ts';
import { forAdmins } from '../routes.ts';
import { bookByPhone, type Done, canChange as isChangeable } from '../seats/store.ts';
import { keyOf, listSessions, newKey } from '../store.ts';
import { readSignUp, type Typed, typedIn } from '../take-part/form.ts';
import { viewOthers, viewSessions } from '../take-part/view.ts';
import { acceptFor, endFor, findParticipant, listParticipants, moveFor, noteAbout, recordTaken } from './store.ts';
import {
  IN_ONE_LIST,
  participantsCsv,
  sumUpNeeds,
  tellEnd,
  UNDER_TIMES,
  viewByTime,
  viewInOneList,
  viewParticipant,
} from './view.ts';

const LONGEST_NOTE = 2000;

export function participantRoutes(context: ContactsContext): Route[] {
  const { contacts, now, site } = context;
  const scene = (): Scene => ({ now: now(), site: site() });

  const showList = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const [people, sessions] = [await listParticipants(contacts, event.id), await listSessions(contacts, event.id)];
    const { rows, links, sorting } = hasSessions(event.kind)
      ? sortList(people, request.query, UNDER_TIMES)
      : sortList(people, request.query, IN_ONE_LIST);
    const groups = sorting.by === 'time' ? viewByTime(rows, event, sessions, now()) : viewInOneList(rows, sessions);
    response.render('signups/staff/participants', {
      ...eventFrame(context, response, event, 'Who takes part'),
      wide: true,
      address: addressOf(event),
      event: event.about.title,
      several: people.length > 1,
      groups: sorting.down && sorting.by === 'time' ? groups.toReversed() : groups,
      sorting: links,
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
    const event = withPhone(await getAsked(context, request));
    response.render('signups/staff/phone', {
      ...eventFrame(context, response, event, 'A booking by phone', errors),
      action: `${addressOf(event)}/participants`,
      key: newKey(),
      sessions: viewSessions(await listSessions(contacts, event.id), now(), ENGLISH),
      asks: event.about.asks,
      stages: event.about.stages,
      consent: event.about.consent,
      keptUntil: showDay(event.keepUntil),
      typed,
    });
  };
  const takePhone = async (request: Request, response: Response) => {
    const event = withPhone(await getAsked(context, request));
    const form = formOf(request);
    const typed = typedIn((field) => findValue(form, field), event);
    const sessions = (await listSessions(contacts, event.id)).map(({ id }) => id);
    const read = readSignUp(typed, event, sessions, onThePhone, { needsEmail: false });
    const faults = [...('faults' in read ? read.faults : []), ...(isReachable(typed) ? [] : [UNREACHABLE])];
    if ('faults' in read || faults.length > 0) return showPhone(request, response.status(422), typed, faults);
    const { session, wait, person } = read.signUp;
    const wanted = { id: keyOf(form), event: event.id, session, wait, person: { ...person, language: 'en' } };
    const booked = await bookByPhone(contacts, wanted, scene(), (trx) =>
      record(trx, 'booking_taken', event, getStaff(response), now()),
    );
    const refusal = REFUSALS[booked];
    if (refusal) return showPhone(request, response.status(422), typed, [refusal]);
    leadSaying(context, response, `${addressOf(event)}/participants`, 'booking_taken');
  };

  const showOne = async (
    request: Request,
    response: Response,
    errors: readonly Fault[] = [],
    typed?: string,
  ): Promise<void> => {
    const { event, person } = await getShown(request);
    const sessions = await listSessions(contacts, event.id);
    const view = viewParticipant(person, sessions);
    const canChange = await isChangeable(contacts, person, now());
    response.render('signups/staff/participant', {
      ...eventFrame(context, response, event, view.name, errors),
      back: { href: `${addressOf(event)}/participants`, text: 'Who takes part' },
      view,
      seen: seenCode(person),
      note: typed ?? view.note,
      canCancel: canChange,
      canAccept: canChange && person.state === 'offered',
      waits: person.state === 'waiting',
      others: canChange && canMove(person) ? viewOthers(person, sessions, now(), ENGLISH) : [],
    });
  };
  const askToEnd = async (request: Request, response: Response) => {
    const { event, person } = await getShown(request);
    const view = viewParticipant(person, await listSessions(contacts, event.id));
    if (!(await isChangeable(contacts, person, now()))) return response.redirect(303, view.address);
    response.render('signups/staff/end-booking', {
      ...eventFrame(context, response, event, view.isNobody ? 'Free this seat?' : 'Cancel their booking?'),
      back: { href: view.address, text: view.name },
      view,
      told: tellEnd(view),
    });
  };
  const note = async (request: Request, response: Response) => {
    const { event, person } = await getShown(request);
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
    // The same form, sent twice, is no conflict.
    const isSo = person.note === words && person.attended === came;
    if (
      !isSo &&
      (!fresh ||
        !(await noteAbout(contacts, event, person, { note: words, attended: came }, getStaff(response), now())))
    ) {
      const text = `Nothing was saved: somebody else has noted something since the page was made. It is: “${person.note}”`;
      return showOne(request, response.status(409), [{ href: '#note', text }], words);
    }
    leadSaying(context, response, `${addressOf(event)}/participants`, 'participant_noted');
  };

  /** Something done for somebody who phoned, and back to them; or why it was not done. */
  const doing =
    (act: (event: Event, id: string, scene: Scene, by: Actor, request: Request) => Promise<Done | 'full'>) =>
    async (request: Request, response: Response): Promise<void> => {
      const { event, person } = await getParticipant(request);
      const done = await act(event, person.id, scene(), getStaff(response), request);
      const refusal = NOT_DONE[done];
      if (refusal) return showOne(request, response.status(409), [refusal]);
      // Of whoever had not confirmed nothing is left to show.
      const page = person.confirmed === 1 ? `/${person.id}` : '';
      leadSaying(context, response, `${addressOf(event)}/participants${page}`, 'participant_changed');
    };
  const end = doing((event, id, at, by) => endFor(contacts, event, id, at, by));
  const accept = doing((event, id, at, by) => acceptFor(contacts, event, id, at, by));
  const move = doing((event, id, at, by, request) =>
    moveFor(contacts, event, id, findValue(formOf(request), 'session') ?? '', at, by),
  );

  const getParticipant = async (request: Request): Promise<{ event: Event; person: BookingRow }> => {
    const event = await getAsked(context, request);
    const person = await findParticipant(contacts, event.id, String(request.params.booking));
    if (!person) throw new Problem('not_found');
    return { event, person };
  };
  /** Not those whose details have gone. */
  const getShown = async (request: Request): Promise<{ event: Event; person: BookingRow }> => {
    const found = await getParticipant(request);
    if (found.person.name === '' && found.person.state !== 'held') throw new Problem('not_found');
    return found;
  };

  const one = '/staff/events/:event';
  return [
    forAdmins('get', `${one}/participants`, showList),
    forAdmins('get', `${one}/participants.csv`, sendList),
    forAdmins('get', `${one}/participants/new`, (...both) => showPhone(both[0], both[1])),
    forAdmins('post', `${one}/participants`, takePhone),
    forAdmins('get', `${one}/participants/:booking`, (...both) => showOne(both[0], both[1])),
    forAdmins('post', `${one}/participants/:booking/note`, note),
    forAdmins('get', `${one}/participants/:booking/cancel`, askToEnd),
    forAdmins('post', `${one}/participants/:booking/cancel`, end),
    forAdmins('post', `${one}/participants/:booking/accept`, accept),
    forAdmins('post', `${one}/participants/:booking/move`, move),
  ];
}

/** How somebody stood on a page: what is noted, and whether they came. */
const seenCode = ({ note, attended }: BookingRow): string => JSON.stringify([note, attended]);

const ATTENDED: Readonly<Record<string, 0 | 1>> = { yes: 1, no: 0 };

const ENGLISH = { lang: 'en', t: wordsFor('en') } as const;

/** What is wrong, as it is said to who types for somebody else. */
const OF_OTHERS: Readonly<Record<string, string>> = {
  'takePart.errorName': 'Enter their name: letters first, at most 100 characters',
  'takePart.errorOrganisation': 'Enter the name of their organisation in at most 200 characters',
  'takePart.errorAgree':
    'Read the text to them, and tick the box if they agree: without it nothing can be kept of them',
};
const onThePhone: Words = (key, values) => OF_OTHERS[key] ?? ENGLISH.t(key, values);

/** Whoever phones is asked for a phone number, also where the form on the site does not: they may have no mailbox. */
const withPhone = (event: Event): Event => ({
  ...event,
  about: { ...event.about, asks: [...new Set([...event.about.asks, 'phone' as const])] },
});

const isReachable = ({ email = '', phone = '' }: Typed): boolean => email.trim() !== '' || phone.trim() !== '';

const UNREACHABLE: Fault = {
  href: '#email',
  text: 'Enter an e-mail address or a phone number: they have to hear of it if something changes',
};

const NOT_DONE: Readonly<Partial<Record<Done | 'full', Fault>>> = {
  late: { href: '#main-content', text: 'Nothing was changed: this is over, or it has begun. This is how it stands' },
  gone: { href: '#session', text: 'Nothing was changed: choose a time that is still to come' },
  full: { href: '#session', text: 'Nothing was changed: no seat is free at that time. Choose another' },
};

const REFUSALS: Readonly<Record<string, Fault>> = {
  full: {
    href: '#wait',
    text: 'No seat is free at that time. Tick the box to put them on the waiting list, or choose another',
  },
  closed: { href: '#session', text: 'That time is over or called off: choose another' },
  again: { href: '#email', text: 'This mailbox has a booking of this event already' },
};
