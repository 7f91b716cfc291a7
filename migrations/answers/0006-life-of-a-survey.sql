-- A survey's life before it is published, at its end, and after it.
--
-- Whom the odd things protect:
--
-- * Respondents who have begun. After the day `last_begin` nobody new may begin, and they may still send until `last_day`,
--   which is told to them: closing for everybody at once would cost them what they typed. The day before today means that
--   nobody may begin from now on.
-- * Respondents of a survey that is over. What is in the archive has left the lists and nothing else: its results stay out,
--   and answers can be taken back until the day that was promised.
-- * Whoever writes a questionnaire. A draft of a version is kept apart from `survey_versions`, where nothing ever changes
--   and whose versions people may have answered; here no table of people can point.

ALTER TABLE surveys ADD COLUMN last_begin TEXT
  CONSTRAINT last_begin_is_a_day CHECK (last_begin LIKE '____-__-__')
  CONSTRAINT whoever_has_begun_has_days_left CHECK (last_begin IS NULL OR (last_day IS NOT NULL AND last_begin < last_day));

ALTER TABLE surveys ADD COLUMN archived_on TEXT CONSTRAINT archived_on_is_a_day CHECK (archived_on LIKE '____-__-__');

CREATE TABLE draft_versions (
  survey TEXT NOT NULL,
  version TEXT NOT NULL,
  hash TEXT NOT NULL,
  source TEXT NOT NULL,
  -- The name of that moment, as in the audit.
  saved_by TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (survey, version)
);

-- How many answered under each version is counted from these alone, without reading what they answered.
CREATE INDEX responses_by_version ON responses (survey, version_hash);

CREATE INDEX drafts_by_version ON drafts (survey, version_hash);
