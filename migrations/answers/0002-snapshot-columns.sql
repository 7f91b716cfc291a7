-- All answers of a survey are read in the order of their keys; without the key in this index, each few thousand of
-- them would sort a million anew.
DROP INDEX responses_by_survey;

CREATE INDEX responses_by_survey ON responses (survey, key);

-- How a variable stands in a snapshot is kept beside its codes, so that counting two of them reads two rows. The
-- columns of earlier snapshots go: nothing reads them again, and a release holds its own figures.
DROP TABLE snapshot_columns;

ALTER TABLE snapshots DROP COLUMN variables;

-- Its row numbers count variables and no people. Without them the key and a million codes would be one entry of an
-- index, and SQLite reads such an entry whole each time it compares a key: two columns took five times as long.
CREATE TABLE snapshot_columns (
  snapshot TEXT NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE,
  variable TEXT NOT NULL,
  about TEXT NOT NULL,
  codes BLOB NOT NULL,
  numbers BLOB,
  PRIMARY KEY (snapshot, variable)
);
