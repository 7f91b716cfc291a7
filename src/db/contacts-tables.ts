import type { AuditTable } from './tables.ts';

/**
 * The tables of the contacts store as Kysely sees them. What each column means, and whom its constraints protect, is said
 * in `migrations/contacts`; a test compares the two. Columns named "JSON" hold text that a store parses with Zod.
 */
export interface ContactsTables {
  events: EventsTable;
  sessions: SessionsTable;
  consents: ConsentsTable;
  bookings: BookingsTable;
  links: LinksTable;
  mailbox_links: MailboxLinksTable;
  told: ToldTable;
  calls: CallsTable;
  outbox: OutboxTable;
  feeds: FeedsTable;
  audit: AuditTable;
}

interface EventsTable {
  id: string;
  kind: 'workshop' | 'interview' | 'collaboration' | 'results';
  status: 'draft' | 'open' | 'closed' | 'cancelled';
  revision: number;
  /** JSON. */
  about: string;
  /** A day: 2027-03-31. */
  keep_until: string;
  /** JSON; null until contact details have gone. */
  counts: string | null;
}

interface SessionsTable {
  id: string;
  event: string;
  /** A moment: 2027-03-31T12:00:00.000Z. */
  starts_at: string;
  minutes: number;
  capacity: number;
  host: string;
  place: string;
  status: 'planned' | 'cancelled';
}

interface ConsentsTable {
  /** SHA-256 of the wording, in hex. */
  hash: string;
  wording: string;
}

interface BookingsTable {
  id: string;
  event: string;
  session: string | null;
  state: 'held' | 'waiting' | 'offered' | 'booked' | 'cancelled' | 'lapsed';
  confirmed: 0 | 1;
  /** A moment. */
  until: string | null;
  place: number | null;
  /** In lower case. */
  email: string | null;
  name: string;
  organisation: string;
  language: string;
  /** JSON. */
  answers: string;
  consent: string;
  attended: 0 | 1 | null;
  note: string;
  sequence: number;
}

interface LinksTable {
  token_hash: string;
  booking: string;
}

interface MailboxLinksTable {
  token_hash: string;
  email: string;
  /** A moment. */
  until: string;
}

interface ToldTable {
  booking: string;
  what: string;
}

interface CallsTable {
  booking: string;
  news: string;
  /** Empty but for what organisers write. */
  letter: string;
  words: string;
  round: number;
  told: 0 | 1;
}

interface OutboxTable {
  id: string;
  booking: string | null;
  kind: string;
  email: string;
  /** JSON, or empty. */
  message: string;
  state: 'waiting' | 'sent' | 'stopped';
  tries: number;
  /** A moment. */
  due_at: string;
  said: string;
  /** A day. */
  day: string;
}

interface FeedsTable {
  name: string;
  token_hash: string;
}
