-- Work on releases that was asked for on the site: what is wanted, who wants it, how far it is and what came of it.
-- Finished work is deleted after a while; what was released stands in the ledger.
--
-- Whom the odd things protect:
--
-- * Respondents, whose reviewed words are needed until the work ends: no row that has ended may hold them.
-- * Whoever waits for a release from a second one made beside it: at any moment one piece of work is under way of a survey,
--   and the index says so to two who ask at once, whichever process they ask.

CREATE TABLE release_jobs (
  id TEXT NOT NULL PRIMARY KEY,
  survey TEXT NOT NULL,
  kind TEXT NOT NULL,
  wishes TEXT NOT NULL,
  texts TEXT,
  account TEXT NOT NULL REFERENCES accounts (id),
  -- What the account was called at that moment.
  person TEXT NOT NULL,
  state TEXT NOT NULL,
  progress TEXT,
  asked_at TEXT NOT NULL,
  started_at TEXT,
  ended_at TEXT,
  -- The release's, once it is made.
  number INTEGER,
  -- Why there is none.
  reason TEXT,
  comparison TEXT,
  CONSTRAINT job_has_128_bits CHECK (length(id) >= 22),
  CONSTRAINT job_is_known CHECK (kind IN ('compare', 'make')),
  CONSTRAINT job_state_is_known CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  CONSTRAINT an_end_has_a_time CHECK ((ended_at IS NULL) = (state IN ('queued', 'running'))),
  CONSTRAINT words_go_with_the_end CHECK (texts IS NULL OR state IN ('queued', 'running')),
  CONSTRAINT done_has_a_result CHECK (state <> 'done' OR (kind = 'make' AND number IS NOT NULL) OR (kind = 'compare' AND comparison IS NOT NULL)),
  CONSTRAINT failed_has_a_reason CHECK (state <> 'failed' OR reason IS NOT NULL)
);

CREATE UNIQUE INDEX one_job_of_a_survey ON release_jobs (survey) WHERE state IN ('queued', 'running');

CREATE INDEX release_jobs_by_account ON release_jobs (account);
