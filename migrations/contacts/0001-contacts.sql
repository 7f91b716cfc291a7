-- People who sign up: for workshops, interviews, working together, or the results. This file and the answers' file share
-- no key, no order and no moment, and no code holds both.
--
-- Whom the odd things protect:
--
-- * Respondents who sign up. Nobody can join a name here to an answer there: the finest time on an answer is a week, and
--   nothing here says when somebody signed up. "until" stands on a booking only while it waits for its owner, and goes
--   when they have acted; keys are random; WITHOUT ROWID keeps rows by key and not by arrival. The one order that is
--   kept is that of a waiting list, while somebody is in it.
-- * Participants from who holds this file: of the links that open a booking only hashes are kept, and of a message only
--   to whom and what kind once it has been sent.
-- * Everybody from an administrator with regrets: the audit is only ever added to.
--
-- Moments are UTC: 2027-03-31T12:00:00.000Z. Days are those of Europe/London.

CREATE TABLE events (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  -- Counts changes: whoever saves says which they had seen.
  revision INTEGER NOT NULL,
  -- JSON: what is said of it and what is asked, see the signups room.
  about TEXT NOT NULL,
  -- The day after which contact details go, and JSON: the counts that are left when they have gone.
  keep_until TEXT NOT NULL,
  counts TEXT,
  CONSTRAINT event_kind_is_known CHECK (kind IN ('workshop', 'interview', 'collaboration', 'results')),
  CONSTRAINT event_status_is_known CHECK (status IN ('draft', 'open', 'closed', 'cancelled')),
  CONSTRAINT keep_until_is_a_day CHECK (keep_until LIKE '____-__-__')
) WITHOUT ROWID;

CREATE TABLE sessions (
  id TEXT NOT NULL PRIMARY KEY,
  event TEXT NOT NULL REFERENCES events (id),
  starts_at TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  capacity INTEGER NOT NULL,
  -- An interviewer's name, or a place or link of its own; empty where the event's holds.
  host TEXT NOT NULL,
  place TEXT NOT NULL,
  status TEXT NOT NULL,
  CONSTRAINT starts_at_is_a_moment CHECK (starts_at LIKE '____-__-__T__:__:__.___Z'),
  CONSTRAINT capacity_is_possible CHECK (capacity BETWEEN 1 AND 10000),
  CONSTRAINT minutes_are_possible CHECK (minutes BETWEEN 5 AND 1440),
  CONSTRAINT session_status_is_known CHECK (status IN ('planned', 'cancelled'))
) WITHOUT ROWID;

CREATE INDEX sessions_by_event ON sessions (event, starts_at);

-- The wording that somebody agreed to, once for all who did.
CREATE TABLE consents (
  hash TEXT NOT NULL PRIMARY KEY,
  wording TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE bookings (
  id TEXT NOT NULL PRIMARY KEY,
  event TEXT NOT NULL REFERENCES events (id),
  -- Null where the event has none.
  session TEXT REFERENCES sessions (id),
  state TEXT NOT NULL,
  -- Whether the mailbox has answered.
  confirmed INTEGER NOT NULL,
  -- When a seat that is held, or offered, goes to the next.
  until TEXT,
  -- The place in the waiting list.
  place INTEGER,
  -- Null of somebody who phoned and has none.
  email TEXT,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  -- Of the page on which they signed up: they are written to in it.
  language TEXT NOT NULL,
  -- JSON: what else was asked.
  answers TEXT NOT NULL,
  consent TEXT NOT NULL REFERENCES consents (hash),
  attended INTEGER,
  note TEXT NOT NULL,
  -- Counts what its owner's calendar has been told (RFC 5545, SEQUENCE).
  sequence INTEGER NOT NULL,
  CONSTRAINT booking_key_has_128_bits CHECK (length(id) >= 22),
  CONSTRAINT booking_state_is_known CHECK (state IN ('held', 'waiting', 'offered', 'booked', 'cancelled', 'lapsed')),
  CONSTRAINT until_is_of_what_waits_for_its_owner
    CHECK ((until IS NOT NULL) = (state IN ('held', 'offered') OR (state = 'waiting' AND confirmed = 0))),
  CONSTRAINT place_is_of_who_waits CHECK (place IS NULL OR state IN ('waiting', 'offered')),
  CONSTRAINT booked_is_confirmed CHECK (confirmed = 1 OR state NOT IN ('booked', 'offered')),
  CONSTRAINT email_is_in_lower_case CHECK (email = lower(email)),
  CONSTRAINT attended_is_of_the_booked CHECK (attended IS NULL OR (attended IN (0, 1) AND state = 'booked'))
) WITHOUT ROWID;

CREATE INDEX bookings_by_session ON bookings (session, state);

-- One place a mailbox.
CREATE UNIQUE INDEX one_place_a_mailbox ON bookings (event, email)
  WHERE state IN ('held', 'waiting', 'offered', 'booked');

-- Each message carries a link of its own, so that the store need not know any.
CREATE TABLE links (
  token_hash TEXT NOT NULL PRIMARY KEY,
  booking TEXT NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
  CONSTRAINT link_is_a_hash CHECK (length(token_hash) >= 43)
) WITHOUT ROWID;

CREATE INDEX links_by_booking ON links (booking);

-- Links by which the owner of a mailbox sees and erases all that is kept under it.
CREATE TABLE mailbox_links (
  token_hash TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL,
  until TEXT NOT NULL,
  CONSTRAINT mailbox_link_is_a_hash CHECK (length(token_hash) >= 43)
) WITHOUT ROWID;

-- What has been said to whom, so that it is said once.
CREATE TABLE told (
  booking TEXT NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
  what TEXT NOT NULL,
  PRIMARY KEY (booking, what)
) WITHOUT ROWID;

CREATE TABLE outbox (
  -- Also the name in Message-ID, which a message keeps however often it is sent.
  id TEXT NOT NULL PRIMARY KEY,
  booking TEXT REFERENCES bookings (id) ON DELETE SET NULL,
  kind TEXT NOT NULL,
  email TEXT NOT NULL,
  -- JSON: subject, text, calendar; empty once it is sent or dropped.
  message TEXT NOT NULL,
  state TEXT NOT NULL,
  tries INTEGER NOT NULL,
  -- The next try; of a sent one the day on which its line goes.
  due_at TEXT NOT NULL,
  -- What the mail server said last.
  said TEXT NOT NULL,
  -- The day, for how many a mailbox gets.
  day TEXT NOT NULL,
  CONSTRAINT outbox_state_is_known CHECK (state IN ('waiting', 'sent', 'stopped')),
  CONSTRAINT sent_messages_are_forgotten CHECK (state <> 'sent' OR message = '')
) WITHOUT ROWID;

CREATE INDEX outbox_by_due ON outbox (state, due_at);

CREATE INDEX outbox_by_mailbox ON outbox (email, day);

-- The secret address of the organisers' calendar.
CREATE TABLE feeds (
  name TEXT NOT NULL PRIMARY KEY,
  token_hash TEXT NOT NULL,
  CONSTRAINT feed_is_a_hash CHECK (length(token_hash) >= 43)
) WITHOUT ROWID;

CREATE TABLE audit (
  line INTEGER NOT NULL PRIMARY KEY,
  happened_at TEXT NOT NULL,
  person TEXT,
  person_name TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  object_name TEXT NOT NULL,
  about TEXT NOT NULL
);

CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'lines of the audit are not edited'); END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'lines of the audit are not deleted'); END;

CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE line = NEW.line)
BEGIN SELECT RAISE(ABORT, 'lines of the audit are not replaced'); END;
