/** Writing to the people of an event: what is written, how each will read it, and sending it. */
import type { Request, Response } from 'express';
import { type Fault, getStaff } from '../../accounts/signed-in.ts';
import type { ContactsContext } from '../../web/context.ts';
import { findValue, formOf } from '../../web/forms.ts';
import { htmlOf } from '../../web/mail-html.ts';
import type { Route } from '../../web/route-table.ts';
import { leadSaying } from '../../web/said.ts';
import { wordsFor } from '../../web/words.ts';
import { ACTIVE, type State } from '../booking.ts';
import { addressOf, eventFrame, getAsked, waysTo } from '../events/routes.ts';
import { viewMessage } from '../outbox/view.ts';
import { previewOf } from '../previews/made-up.ts';
import { forAdmins } from '../routes.ts';
import { keyOf, listSessions, newKey } from '../store.ts';
import { listAddressed, writeTo } from './store.ts';

const LONGEST = 5000;

/** To whom a letter can go. */
const GROUPS: Readonly<Record<string, readonly State[]>> = {
  booked: ['booked'],
  waiting: ['waiting', 'offered'],
  everybody: ACTIVE,
};

interface Letter {
  readonly to: string;
  readonly words: string;
  /** Of the form that it was first written in. */
  readonly key: string;
}

export function writingRoutes(context: ContactsContext): Route[] {
  const { contacts, now, site } = context;

  const ask = async (
    request: Request,
    response: Response,
    letter: Letter = { to: '', words: '', key: newKey() },
    errors: readonly Fault[] = [],
  ): Promise<void> => {
    const event = await getAsked(context, request);
    response.render('signups/staff/write', {
      ...eventFrame(context, response, event, 'Write to people', errors),
      action: `${addressOf(event)}/write`,
      letter,
    });
  };
  const write = async (request: Request, response: Response) => {
    const event = await getAsked(context, request);
    const form = formOf(request);
    const letter = letterIn((name) => findValue(form, name) ?? '');
    const states = Object.hasOwn(GROUPS, letter.to) ? GROUPS[letter.to] : undefined;
    const faults = faultsIn(letter);
    if (!states || faults.length > 0) return ask(request, response.status(422), letter, faults);
    if (findValue(form, 'back') !== undefined) return ask(request, response, letter);
    const people = await listAddressed(contacts, event.id, states);
    if (people.length === 0) return ask(request, response.status(422), letter, [NOBODY]);
    const { words } = letter;
    if (findValue(form, 'sure') !== undefined) {
      const note = { words, letter: keyOf({ ...letter }) };
      await writeTo(contacts, event, states, note, { now: now(), site: site() }, getStaff(response));
      return leadSaying(context, response, addressOf(event), 'letters_written');
    }
    const setting = { event, sessions: await listSessions(contacts, event.id), now: now(), site: site(), words };
    const message = previewOf({ news: 'note', state: 'booked' }, { ...setting, language: 'en', t: wordsFor('en') });
    response.render('signups/staff/write-sure', {
      ...eventFrame(context, response, event, 'Send this?'),
      action: `${addressOf(event)}/write`,
      letter,
      ...waysTo(people),
      message: viewMessage(message, htmlOf(message, site())),
    });
  };

  const all = '/staff/events/:event/write';
  return [forAdmins('get', all, (...both) => ask(both[0], both[1])), forAdmins('post', all, write)];
}

const letterIn = (typed: (name: string) => string): Letter => ({
  to: typed('to'),
  words: typed('words').replaceAll('\r\n', '\n').trim(),
  key: typed('key'),
});

const faultsIn = ({ to, words }: Letter): Fault[] => [
  ...(Object.hasOwn(GROUPS, to) ? [] : [{ href: '#to', text: 'Choose to whom' }]),
  ...(words === '' ? [{ href: '#words', text: 'Write something' }] : []),
  ...(words.length > LONGEST ? [{ href: '#words', text: 'A letter may have at most 5,000 characters' }] : []),
];

const NOBODY: Fault = { href: '#to', text: 'There is nobody among them who has confirmed' };
