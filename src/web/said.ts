/**
 * What a page of staff says once, about what somebody just did: its name goes with the redirect in a cookie, for the
 * page that it leads to. No link can make a page say it, and it is gone when the page is loaded again.
 */
import type { Request, Response } from 'express';
import type { Context } from './context.ts';
import { type Cookie, clearCookie, cookieNamed, readCookie, setCookie } from './cookies.ts';

const WORDS = {
  account_deactivated: 'The account is deactivated. Its sessions have ended.',
  account_reactivated: 'The account is open again: its owner can sign in with what they had.',
  answers_kept: 'The answers are kept.',
  answers_set_aside: 'The answers are set aside: no count and no release has them.',
  attendance_saved: 'Who came is saved.',
  booking_taken: 'They are on the list below.',
  draft_discarded: 'The draft is thrown away.',
  draft_saved: 'The file is saved as a draft.',
  event_called_off: 'It is called off. Whoever has a mailbox is written to.',
  event_closed: 'It is closed: nobody new can sign up.',
  event_copied: 'This is the copy. Only staff see it, and it has no times yet.',
  event_made: 'It is made. Only staff see it.',
  event_opened: 'It is open: people can sign up.',
  event_saved: 'It is saved.',
  letters_written: 'Your letter goes to each of them. What has not been sent stands under Messages.',
  message_passed_on: 'It is noted as passed on, and what it said is forgotten.',
  participant_changed: 'It is done. This is how it stands now.',
  participant_noted: 'It is noted.',
  passphrase_changed: 'Your passphrase is changed. All your other sessions have ended.',
  preview_ended: 'The preview has ended. Its test answers are deleted.',
  release_approved: 'The release is approved, and out.',
  release_refused: 'The release is refused. Nobody outside sees it.',
  release_withdrawn: 'The release is withdrawn. Its figures and files are given out no more.',
  rights_saved: 'What this account may do is saved.',
  people_told: 'It is saved, and people are told.',
  survey_archived: 'The survey is in the archive.',
  survey_closed: 'The survey is closed. It takes no more answers.',
  survey_closing: 'The last day is set. The status below says until when people can answer.',
  survey_published: 'The version is published. It is live now.',
  survey_reopened: 'The survey is open again. It takes answers.',
  survey_unarchived: 'The survey is out of the archive, closed as it was.',
} as const;

export type Said = keyof typeof WORDS;

type Site = Pick<Context, 'settings'>;

const cookieOf = ({ settings }: Site): Cookie => cookieNamed('staff-said', settings.publicUrl);

/** Who does not follow the redirect within a minute is not told on another day. */
const DAYS = 1 / (24 * 60);

/** Another tab, a file or a page's script must not take away what this page is to say. */
const cookieValue = (said: Said, address: string): string => `${said}-${Buffer.from(address).toString('base64url')}`;

/** Leads to a page, which says this once. */
export function leadSaying(site: Site, response: Response, address: string, said: Said): void {
  setCookie(response, cookieOf(site), cookieValue(said, address), DAYS);
  response.redirect(303, address);
}

const isSaid = (name: string): name is Said => Object.hasOwn(WORDS, name);

/** What the page that is asked for has to say, and will not say again; undefined where it is nothing. */
export function takeSaid(site: Site, request: Request, response: Response): string | undefined {
  const cookie = cookieOf(site);
  const value = readCookie(request, cookie);
  const [said = ''] = value?.split('-') ?? [];
  if (request.method !== 'GET' || !isSaid(said) || value !== cookieValue(said, request.originalUrl)) return undefined;
  clearCookie(response, cookie);
  return WORDS[said];
}
