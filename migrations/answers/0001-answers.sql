-- The answers store: what people answered, and what was made of it. Names and addresses live in another file.
--
-- Whom the odd things protect:
--
-- * A respondent from someone who holds this file and a list of who signed up when. Keys are random, of at least 128
--   bits; the finest time about a person is a week ('2027-W05'); and the tables of people are WITHOUT ROWID, so that
--   no row number counts them in the order they came. The CHECKs refuse what would quietly undo this: a counter for a
--   key, a date or a clock time for a week, a short code where the hash of a secret belongs.
-- * A respondent who wants their answers back: whoever answered here has a withdrawal code. Only its hash is kept.
-- * A respondent and the reader of results: a response keeps which questionnaire, information and consent it was given
--   under, and an unpublished questionnaire cannot be answered.
-- * The reader of a release: a release points at its snapshot without a foreign key. A snapshot holds people's codes
--   and is purged; what was published from it stays on the record.
--
-- Portable by intent: WITHOUT ROWID and BLOB are the only words PostgreSQL would not take, and a second engine drops
-- the one and reads the other as BYTEA. Hence no JSON functions, no STRICT tables, no triggers and no AUTOINCREMENT.

CREATE TABLE survey_versions (
  hash TEXT NOT NULL PRIMARY KEY,
  survey TEXT NOT NULL,
  version TEXT NOT NULL,
  source TEXT NOT NULL,
  published_on TEXT NOT NULL,
  CONSTRAINT published_on_is_a_day CHECK (published_on LIKE '____-__-__'),
  CONSTRAINT one_source_a_version UNIQUE (survey, version)
);

CREATE TABLE surveys (
  survey TEXT NOT NULL PRIMARY KEY,
  live_hash TEXT NOT NULL REFERENCES survey_versions (hash),
  status TEXT NOT NULL,
  CONSTRAINT status_is_known CHECK (status IN ('open', 'closed'))
);

CREATE TABLE drafts (
  token_hash TEXT NOT NULL PRIMARY KEY,
  survey TEXT NOT NULL REFERENCES surveys (survey),
  version_hash TEXT NOT NULL REFERENCES survey_versions (hash),
  information_version TEXT NOT NULL,
  consent_version TEXT NOT NULL,
  language TEXT NOT NULL,
  answers TEXT NOT NULL,
  expires_week TEXT NOT NULL,
  CONSTRAINT token_hash_is_a_hash CHECK (length(token_hash) >= 43),
  CONSTRAINT expires_week_is_a_week CHECK (expires_week LIKE '____-W__')
) WITHOUT ROWID;

CREATE INDEX drafts_by_expiry ON drafts (expires_week);

CREATE TABLE responses (
  key TEXT NOT NULL PRIMARY KEY,
  survey TEXT NOT NULL REFERENCES surveys (survey),
  version_hash TEXT NOT NULL REFERENCES survey_versions (hash),
  information_version TEXT NOT NULL,
  consent_version TEXT NOT NULL,
  language TEXT NOT NULL,
  answers TEXT NOT NULL,
  filled TEXT NOT NULL,
  withdrawal_hash TEXT,
  week TEXT NOT NULL,
  origin TEXT NOT NULL,
  CONSTRAINT key_has_128_bits CHECK (length(key) >= 22),
  CONSTRAINT one_withdrawal_code_a_response UNIQUE (withdrawal_hash),
  CONSTRAINT withdrawal_hash_is_a_hash CHECK (length(withdrawal_hash) >= 43),
  CONSTRAINT week_is_a_week CHECK (week LIKE '____-W__'),
  CONSTRAINT origin_is_known CHECK (origin IN ('web', 'import', 'simulated')),
  CONSTRAINT who_answers_here_can_withdraw CHECK (origin <> 'web' OR withdrawal_hash IS NOT NULL)
) WITHOUT ROWID;

CREATE INDEX responses_by_survey ON responses (survey, week);

CREATE TABLE tallies (
  survey TEXT NOT NULL REFERENCES surveys (survey),
  ending TEXT NOT NULL,
  week TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (survey, ending, week),
  CONSTRAINT tally_week_is_a_week CHECK (week LIKE '____-W__'),
  CONSTRAINT n_is_a_count CHECK (n >= 0)
);

CREATE TABLE snapshots (
  id TEXT NOT NULL PRIMARY KEY,
  survey TEXT NOT NULL REFERENCES surveys (survey),
  made_on TEXT NOT NULL,
  responses INTEGER NOT NULL,
  variables TEXT NOT NULL,
  CONSTRAINT snapshot_made_on_is_a_day CHECK (made_on LIKE '____-__-__')
);

CREATE INDEX snapshots_by_survey ON snapshots (survey);

CREATE TABLE snapshot_columns (
  snapshot TEXT NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE,
  variable TEXT NOT NULL,
  codes BLOB NOT NULL,
  PRIMARY KEY (snapshot, variable)
) WITHOUT ROWID;

CREATE TABLE releases (
  id TEXT NOT NULL PRIMARY KEY,
  survey TEXT NOT NULL REFERENCES surveys (survey),
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  made_on TEXT NOT NULL,
  settings TEXT NOT NULL,
  content TEXT NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT kind_is_known CHECK (kind IN ('tables', 'microdata')),
  CONSTRAINT release_made_on_is_a_day CHECK (made_on LIKE '____-__-__'),
  CONSTRAINT one_number_a_release UNIQUE (survey, kind, number)
);
