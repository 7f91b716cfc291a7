/** The audit: who did what to which object when. Holds no answers, no codes, no tokens and no passphrases. */
import { z } from 'zod';
import type { Sorting } from '../../web/sorting.ts';
import type { Role } from '../account.ts';

/** What a line may say beside who, what and to which object. */
const aboutSchema = z.strictObject({
  role: z.enum(['researcher', 'approver']).optional(),
  survey: z.string().optional(),
  /** How many were written to, and how many have to be phoned. */
  written: z.int().optional(),
  phone: z.int().optional(),
});
export type About = z.infer<typeof aboutSchema>;

export const readAbout = (json: string): About => aboutSchema.parse(JSON.parse(json));

const A_ROLE: Readonly<Record<Role, string>> = { researcher: 'a researcher', approver: 'an approver' };
const asRole = ({ role, survey }: About) => `${role ? A_ROLE[role] : 'somebody'} of ${survey ?? 'a survey'}`;

/** What participants have heard of it, behind the rest of the sentence. */
function heard({ written, phone }: About): string {
  const ways = [
    written !== undefined && written > 0 && `${written} ${written === 1 ? 'was' : 'were'} written to`,
    phone !== undefined && phone > 0 && `${phone} ${phone === 1 ? 'has' : 'have'} to be phoned`,
  ].filter((way) => way !== false);
  return ways.length > 0 ? `; ${ways.join(', ')}` : '';
}

type Sentences = Readonly<Record<string, (whom: string, about: About) => string>>;

/** What is written down beside the answers, as the part of a sentence after who did it. Each is given the object's name. */
const BESIDE_ANSWERS = {
  account_added: (whom) => `made an account for ${whom}`,
  invitation_used: () => 'took up the link and chose a passphrase',
  link_made: (whom) => `made a new link for ${whom}, whose passphrase ended`,
  second_factor_reset: (whom) => `reset the second factor of ${whom}`,
  second_factor_set: () => 'set up a second factor',
  signed_in: () => 'signed in',
  sign_in_slowed: (whom) => `typed a wrong passphrase or code for ${whom} five times, had to wait, and went on`,
  recovery_code_used: () => 'signed in with a recovery code',
  recovery_codes_made: () => 'made new recovery codes',
  passphrase_changed: () => 'changed their passphrase',
  signed_out: () => 'signed out',
  signed_out_everywhere: () => 'signed out everywhere',
  role_given: (whom, about) => `made ${whom} ${asRole(about)}`,
  role_taken: (whom, about) => `ended that ${whom} is ${asRole(about)}`,
  admin_given: (whom) => `made ${whom} an admin`,
  admin_taken: (whom) => `ended that ${whom} is an admin`,
  account_deactivated: (whom) => `deactivated the account of ${whom}`,
  account_reactivated: (whom) => `reactivated the account of ${whom}`,
  survey_draft_saved: (what) => `saved a draft of ${what}`,
  survey_draft_discarded: (what) => `threw away the draft of ${what}`,
  survey_published: (what) => `published ${what}`,
  survey_closing: (what) => `decided to close ${what}`,
  survey_closed: (what) => `closed ${what}`,
  survey_reopened: (what) => `opened ${what} again`,
  survey_archived: (what) => `put ${what} into the archive`,
  survey_unarchived: (what) => `took ${what} out of the archive`,
  answers_set_aside: (what) => `set aside the answers ${what}`,
  answers_kept: (what) => `kept the answers ${what}`,
  release_tried: (what) => `compared settings for a data file of ${what}`,
  release_texts_read: (what) => `read what people typed in ${what}, to decide what of it may leave`,
  release_made: (what) => `made ${what}`,
  release_stopped: (what) => `stopped the making of a release of ${what}`,
  release_approved: (what) => `approved ${what}`,
  release_refused: (what) => `refused ${what}`,
  release_withdrawn: (what) => `withdrew ${what}`,
  release_taken: (what) => `downloaded the data file of ${what}`,
} satisfies Sentences;

/** The same beside sign-ups. */
const BESIDE_SIGN_UPS = {
  event_made: (what) => `made the event ${what}`,
  event_changed: (what, about) => `changed the event ${what}${heard(about)}`,
  event_opened: (what) => `opened ${what} for signing up`,
  event_closed: (what) => `closed ${what} for signing up`,
  event_called_off: (what, about) => `called off ${what}${heard(about)}`,
  session_added: (what) => `added a time to ${what}`,
  session_changed: (what, about) => `changed a time of ${what}${heard(about)}`,
  session_called_off: (what, about) => `called off a time of ${what}${heard(about)}`,
  booking_taken: (what) => `took a booking for ${what} from somebody who phoned`,
  booking_ended: (what) => `cancelled a booking of ${what}`,
  booking_moved: (what) => `moved a booking of ${what} to another time`,
  offer_taken: (what) => `took a place of ${what} for somebody whom it was offered to`,
  participants_written_to: (what, about) => `wrote to people of ${what}${heard(about)}`,
  participant_noted: (what) => `noted something about somebody of ${what}`,
  attendance_noted: (what) => `noted who came to ${what}`,
  participant_phoned: (what) => `noted that somebody of ${what} has been told by phone`,
  participant_not_phoned: (what) => `noted that somebody of ${what} has still to be phoned`,
  participants_taken: (what) => `downloaded who is coming to ${what}`,
  message_passed_on: () => 'noted that a message to a participant has been passed on',
  message_tried_again: () => 'had a message to a participant sent once more',
  calendar_renewed: () => 'made a new address for the calendar of organisers',
} satisfies Sentences;

const SENTENCES = { ...BESIDE_ANSWERS, ...BESIDE_SIGN_UPS };
export type Action = keyof typeof SENTENCES;

/** Every action with its words. */
const ACTION_NAMES: Readonly<Record<Action, string>> = {
  account_added: 'Account made',
  invitation_used: 'Link taken up',
  link_made: 'New link made',
  second_factor_reset: 'Second factor reset',
  second_factor_set: 'Second factor set up',
  signed_in: 'Signed in',
  sign_in_slowed: 'Sign-in slowed',
  recovery_code_used: 'Recovery code used',
  recovery_codes_made: 'Recovery codes made',
  passphrase_changed: 'Passphrase changed',
  signed_out: 'Signed out',
  signed_out_everywhere: 'Signed out everywhere',
  role_given: 'Role given',
  role_taken: 'Role taken',
  admin_given: 'Made an admin',
  admin_taken: 'No longer an admin',
  account_deactivated: 'Account deactivated',
  account_reactivated: 'Account reactivated',
  survey_draft_saved: 'Draft of a version saved',
  survey_draft_discarded: 'Draft of a version thrown away',
  survey_published: 'Version published',
  survey_closing: 'Last day set',
  survey_closed: 'Survey closed',
  survey_reopened: 'Survey opened again',
  survey_archived: 'Survey put into the archive',
  survey_unarchived: 'Survey taken out of the archive',
  answers_set_aside: 'Answers set aside',
  answers_kept: 'Answers kept',
  release_tried: 'Settings compared',
  release_texts_read: 'Typed answers read',
  release_made: 'Release made',
  release_stopped: 'Making a release stopped',
  release_approved: 'Release approved',
  release_refused: 'Release refused',
  release_withdrawn: 'Release withdrawn',
  release_taken: 'Data file downloaded',
  event_made: 'Event made',
  event_changed: 'Event changed',
  event_opened: 'Event opened',
  event_closed: 'Event closed',
  event_called_off: 'Event called off',
  session_added: 'Time added',
  session_changed: 'Time changed',
  session_called_off: 'Time called off',
  booking_taken: 'Booking taken by phone',
  booking_ended: 'Booking cancelled',
  booking_moved: 'Booking moved',
  offer_taken: 'Offer taken for somebody',
  participants_written_to: 'Participants written to',
  participant_noted: 'Participant noted about',
  attendance_noted: 'Attendance noted',
  participant_phoned: 'Participant phoned',
  participant_not_phoned: 'Participant still to be phoned',
  participants_taken: 'Participants downloaded',
  message_passed_on: 'Message passed on',
  message_tried_again: 'Message sent once more',
  calendar_renewed: 'Calendar address renewed',
};

/** What can stand in the record of a store, with its words, for the list to choose from. */
export function actionsBeside(store: 'answers' | 'sign-ups'): { value: string; text: string }[] {
  const there = store === 'answers' ? BESIDE_ANSWERS : BESIDE_SIGN_UPS;
  return Object.entries(ACTION_NAMES).flatMap(([value, text]) =>
    Object.hasOwn(there, value) ? [{ value, text }] : [],
  );
}

const isAction = (name: string): name is Action => Object.hasOwn(SENTENCES, name);

/** A line as it is read back. */
export interface AuditLine {
  readonly line: number;
  readonly at: Date;
  readonly personName: string;
  readonly action: string;
  readonly objectName: string;
  readonly about: About;
}

/** A line as a sentence. An action of a later version is told by its name. */
export function sentenceOf({ personName, action, objectName, about }: AuditLine): string {
  const deed = isAction(action) ? SENTENCES[action](objectName, about) : `${action} ${objectName}`;
  return `${personName} ${deed}.`;
}

/** What to look for. Days are in UTC, both among what is found. */
export interface AuditFilter {
  /** An account: what it did, and what was done to it. */
  readonly account?: string | undefined;
  /** A survey, a release or an event, as a line names it: `survey:ai-adoption`. */
  readonly object?: string | undefined;
  readonly action?: Action | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What the record can be sorted by. */
export const DEEDS_BY = {
  newest: { text: 'time', ways: ['newest first', 'oldest first'] },
  person: { text: 'person' },
} as const;
export type DeedOrder = Sorting<keyof typeof DEEDS_BY>;

export const NEWEST_FIRST: DeedOrder = { by: 'newest', down: false };

const day = z.iso.date();
const filterSchema = z.object({
  account: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional()
    .catch(undefined),
  object: z
    .string()
    .regex(/^(survey|release|event):.{1,100}$/)
    .optional()
    .catch(undefined),
  action: z.string().refine(isAction).optional().catch(undefined),
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
});

/** The filter in an address; what cannot be one is left out. */
export function readFilter(query: Readonly<Record<string, unknown>>): AuditFilter {
  return filterSchema.parse(query);
}
