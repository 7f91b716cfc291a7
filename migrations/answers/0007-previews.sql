-- Previews: test answers that staff give to look at a version as respondents see it.
--
-- Whom the odd things protect:
--
-- * The reader of results. Test answers stand in a table of their own, which no count, snapshot, result or release reads,
--   so that none is ever taken for what somebody answered.
-- * Colleagues from each other, and one tab from the next. A preview belongs to the account that began it and has a random
--   id, which stands in the address of its pages.
--
-- The version may be a draft that was never published, and may be gone before its preview is: no foreign key names it.

CREATE TABLE previews (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id),
  version_hash TEXT NOT NULL,
  -- As it began, to start again from.
  first_answers TEXT NOT NULL,
  answers TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  CONSTRAINT preview_id_is_random CHECK (length(id) >= 26)
) WITHOUT ROWID;

CREATE INDEX previews_by_expiry ON previews (expires_at);
