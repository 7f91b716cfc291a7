-- What staff follow fieldwork by: who left on the way, how many came, and responses that a person has to look at.
--
-- Whom the odd things protect:
--
-- * Whoever left without sending. Their draft is deleted, and what is remembered of it are counts: how many left, at
--   which stage, at which page. No row is about one draft, and no page is counted together with a stage.
-- * Whoever answers while staff look. `fieldwork_counts.shown` holds figures in steps, as they were counted at the end
--   of a week, and pages show those; `n` says how many there were, so that the next count waits for ten more.
-- * Whoever takes their answers back. What points to a response goes with it. A doubt names responses by references of
--   chance and holds none of their answers, so that it may stand until the week is over.
-- * The reader of a release. A response that is set aside stays where it is, can be taken back like any other, and is
--   left out of snapshots.

CREATE TABLE left_drafts (
  survey TEXT NOT NULL REFERENCES surveys (survey),
  week TEXT NOT NULL,
  stage TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (survey, week, stage),
  CONSTRAINT left_week_is_a_week CHECK (week LIKE '____-W__'),
  CONSTRAINT left_n_is_a_count CHECK (n >= 0)
);

CREATE TABLE left_pages (
  survey TEXT NOT NULL REFERENCES surveys (survey),
  week TEXT NOT NULL,
  page TEXT NOT NULL,
  saw INTEGER NOT NULL,
  stopped INTEGER NOT NULL,
  PRIMARY KEY (survey, week, page),
  CONSTRAINT left_pages_week_is_a_week CHECK (week LIKE '____-W__'),
  CONSTRAINT who_stopped_there_saw_it CHECK (stopped >= 0 AND saw >= stopped)
);

CREATE TABLE fieldwork_counts (
  survey TEXT NOT NULL REFERENCES surveys (survey),
  flow TEXT NOT NULL,
  week TEXT NOT NULL,
  n INTEGER NOT NULL,
  shown TEXT NOT NULL,
  PRIMARY KEY (survey, flow, week),
  CONSTRAINT flow_is_known CHECK (flow IN ('begun', 'sent', 'left', 'withdrawn')),
  CONSTRAINT counted_week_is_a_week CHECK (week LIKE '____-W__')
);

CREATE TABLE listed_responses (
  response TEXT NOT NULL PRIMARY KEY REFERENCES responses (key) ON DELETE CASCADE,
  survey TEXT NOT NULL REFERENCES surveys (survey),
  reference TEXT NOT NULL,
  set_aside INTEGER NOT NULL,
  CONSTRAINT one_reference_a_response UNIQUE (reference),
  CONSTRAINT set_aside_is_yes_or_no CHECK (set_aside IN (0, 1))
) WITHOUT ROWID;

CREATE TABLE doubts (
  id TEXT NOT NULL PRIMARY KEY,
  survey TEXT NOT NULL REFERENCES surveys (survey),
  kind TEXT NOT NULL,
  version TEXT NOT NULL,
  one TEXT NOT NULL,
  other TEXT,
  about TEXT NOT NULL,
  decision TEXT,
  reason TEXT NOT NULL,
  person TEXT NOT NULL,
  CONSTRAINT doubt_has_128_bits CHECK (length(id) >= 22),
  CONSTRAINT kind_of_doubt_is_known CHECK (kind IN ('double', 'stage')),
  CONSTRAINT a_double_has_two CHECK ((other IS NOT NULL) = (kind = 'double')),
  CONSTRAINT decision_is_known CHECK (decision IN ('kept', 'one', 'other'))
) WITHOUT ROWID;

CREATE INDEX doubts_by_survey ON doubts (survey, id);
