-- The ledger of releases: who made, approved, refused or withdrew which release, and which attempts came to nothing.
-- Lines are only ever added; a line's place is part of its key, so that two decisions made at once cannot both be the
-- next. What was released stays in its own row, as it was.
CREATE TABLE release_events (
  survey TEXT NOT NULL,
  line INTEGER NOT NULL,
  number INTEGER,
  event TEXT NOT NULL,
  person TEXT NOT NULL,
  happened_on TEXT NOT NULL,
  reason TEXT NOT NULL,
  about TEXT NOT NULL,
  PRIMARY KEY (survey, line),
  CONSTRAINT event_is_known CHECK (event IN ('made', 'approved', 'refused', 'withdrawn', 'failed', 'cancelled')),
  CONSTRAINT a_release_or_an_attempt CHECK ((number IS NULL) = (event IN ('failed', 'cancelled'))),
  CONSTRAINT happened_on_is_a_day CHECK (happened_on LIKE '____-__-__')
);

-- Releases made so far were published at once, by one person whose name was not asked.
INSERT INTO release_events (survey, line, number, event, person, happened_on, reason, about)
SELECT survey, ROW_NUMBER() OVER (PARTITION BY survey ORDER BY number), number, 'approved', '', MAX(made_on),
  'Made before a second person was asked to approve releases.', '{}'
FROM releases
GROUP BY survey, number;

-- What the audit of later releases needs to know of this one. For staff: it holds figures that are hidden in public.
ALTER TABLE releases ADD COLUMN working TEXT;
