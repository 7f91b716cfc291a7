/**
 * The tables of the answers store as Kysely sees them. What each column means, and whom its constraints protect, is
 * said in `migrations/answers`; a test compares the two. Columns named "JSON" hold text that a store parses with Zod.
 */
export interface AnswersTables {
  survey_versions: SurveyVersionsTable;
  surveys: SurveysTable;
  drafts: DraftsTable;
  responses: ResponsesTable;
  tallies: TalliesTable;
  snapshots: SnapshotsTable;
  snapshot_columns: SnapshotColumnsTable;
  releases: ReleasesTable;
  release_events: ReleaseEventsTable;
}

interface SurveyVersionsTable {
  hash: string;
  survey: string;
  version: string;
  /** JSON: the whole questionnaire, exactly as published. */
  source: string;
  /** A day: 2027-03-31. */
  published_on: string;
}

interface SurveysTable {
  survey: string;
  live_hash: string;
  status: 'open' | 'closed';
}

interface DraftsTable {
  token_hash: string;
  survey: string;
  version_hash: string;
  information_version: string;
  consent_version: string;
  language: string;
  /** JSON: Answers. */
  answers: string;
  /** An ISO week: 2027-W05. */
  expires_week: string;
}

interface ResponsesTable {
  key: string;
  survey: string;
  version_hash: string;
  information_version: string;
  consent_version: string;
  language: string;
  /** JSON: Answers. */
  answers: string;
  /** JSON: see the responses room. */
  filled: string;
  withdrawal_hash: string | null;
  /** An ISO week: 2027-W05. */
  week: string;
  origin: 'web' | 'import' | 'simulated';
}

interface TalliesTable {
  survey: string;
  ending: string;
  /** An ISO week: 2027-W05. */
  week: string;
  n: number;
}

interface SnapshotsTable {
  id: string;
  survey: string;
  /** A day: 2027-03-31. */
  made_on: string;
  /** How many responses, which is the length of each column. */
  responses: number;
}

interface SnapshotColumnsTable {
  snapshot: string;
  variable: string;
  /** JSON: how the variable stands in the snapshot, read back as it was written. */
  about: string;
  /** A code for each response, of one byte or two. */
  codes: Uint8Array;
  /** For a number: its value for each response, in eight bytes. */
  numbers: Uint8Array | null;
}

interface ReleasesTable {
  id: string;
  survey: string;
  number: number;
  kind: 'tables' | 'microdata';
  snapshot: string;
  /** A day: 2027-03-31. */
  made_on: string;
  /** JSON. */
  settings: string;
  content: string;
  hash: string;
  /** JSON, for staff: what the audit of later releases needs to know of this one. */
  working: string | null;
}

interface ReleaseEventsTable {
  survey: string;
  /** From 1, for each survey. */
  line: number;
  /** Of the release; null of an attempt that came to nothing. */
  number: number | null;
  event: 'made' | 'approved' | 'refused' | 'withdrawn' | 'failed' | 'cancelled';
  person: string;
  /** A day: 2027-03-31. */
  happened_on: string;
  reason: string;
  /** JSON. */
  about: string;
}
