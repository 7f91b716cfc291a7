import type { Generated } from 'kysely';

/**
 * The tables of the answers store as Kysely sees them. What each column means, and whom its constraints protect, is
 * said in `migrations/answers`; a test compares the two. Columns named "JSON" hold text that a store parses with Zod.
 */
export interface AnswersTables {
  survey_versions: SurveyVersionsTable;
  surveys: SurveysTable;
  draft_versions: DraftVersionsTable;
  drafts: DraftsTable;
  responses: ResponsesTable;
  tallies: TalliesTable;
  previews: PreviewsTable;
  left_drafts: LeftDraftsTable;
  left_pages: LeftPagesTable;
  fieldwork_counts: FieldworkCountsTable;
  listed_responses: ListedResponsesTable;
  doubts: DoubtsTable;
  snapshots: SnapshotsTable;
  snapshot_columns: SnapshotColumnsTable;
  releases: ReleasesTable;
  release_events: ReleaseEventsTable;
  release_jobs: ReleaseJobsTable;
  accounts: AccountsTable;
  account_roles: AccountRolesTable;
  recovery_codes: RecoveryCodesTable;
  invitations: InvitationsTable;
  sessions: SessionsTable;
  devices: DevicesTable;
  guesses: GuessesTable;
  audit: AuditTable;
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
  /** A day: 2027-03-31; null where the team has set none. */
  last_day: string | null;
  /** A day: the last on which somebody new may begin; null where that is the last day of all. */
  last_begin: string | null;
  /** A day; null where it is not in the archive. */
  archived_on: string | null;
}

interface DraftVersionsTable {
  survey: string;
  version: string;
  /** SHA-256 of the file's text, in hex. */
  hash: string;
  /** JSON: a questionnaire as its author left it, which may be wrong. */
  source: string;
  /** A name. */
  saved_by: string;
  /** A moment. */
  saved_at: string;
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

interface PreviewsTable {
  id: string;
  account: string;
  version_hash: string;
  /** JSON: Answers. */
  first_answers: string;
  /** JSON: Answers. */
  answers: string;
  /** A moment. */
  expires_at: string;
}

interface LeftDraftsTable {
  survey: string;
  /** An ISO week: 2027-W05. */
  week: string;
  /** Empty where they left before it was known. */
  stage: string;
  n: number;
}

interface LeftPagesTable {
  survey: string;
  week: string;
  page: string;
  /** How many of those who left came to the page, and how many of them no further. */
  saw: number;
  stopped: number;
}

interface FieldworkCountsTable {
  survey: string;
  flow: 'begun' | 'sent' | 'left' | 'withdrawn';
  week: string;
  n: number;
  /** JSON: Shown, see `responses/fieldwork/counts.ts`. */
  shown: string;
}

interface ListedResponsesTable {
  response: string;
  survey: string;
  reference: string;
  set_aside: 0 | 1;
}

interface DoubtsTable {
  id: string;
  survey: string;
  kind: 'double' | 'stage';
  version: string;
  /** References. */
  one: string;
  other: string | null;
  /** JSON: About, see `responses/doubts/doubt.ts`. */
  about: string;
  decision: 'kept' | 'one' | 'other' | null;
  reason: string;
  person: string;
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

interface ReleaseJobsTable {
  id: string;
  survey: string;
  kind: 'compare' | 'make';
  /** JSON. */
  wishes: string;
  /** JSON: what people typed, reviewed; null once the work has ended. */
  texts: string | null;
  account: string;
  person: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  /** JSON; null before it begins and once it has ended. */
  progress: string | null;
  /** Moments. */
  asked_at: string;
  started_at: string | null;
  ended_at: string | null;
  number: number | null;
  reason: string | null;
  /** JSON. */
  comparison: string | null;
}

interface AccountsTable {
  id: string;
  /** In lower case. */
  email: string;
  name: string;
  admin: 0 | 1;
  /** `scrypt$N$r$p$salt$hash`; null until the invitation is taken up. */
  passphrase: string | null;
  /** `aes-256-gcm$iv$tag$text`, sealed with SECRET; null until it is set up. */
  totp_secret: string | null;
  /** The last step of time whose code was accepted. */
  totp_step: number;
  /** A moment: 2027-03-31T12:00:00.000Z. */
  created_at: string;
  disabled_at: string | null;
}

interface AccountRolesTable {
  account: string;
  survey: string;
  role: 'researcher' | 'approver';
}

interface RecoveryCodesTable {
  code_hash: string;
  account: string;
}

interface InvitationsTable {
  token_hash: string;
  account: string;
  /** A moment. */
  expires_at: string;
}

interface SessionsTable {
  token_hash: string;
  account: string;
  step: 'code' | 'set-up' | 'full';
  /** Sealed. */
  new_secret: string | null;
  wrong_codes: number;
  /** Moments. */
  began_at: string;
  seen_at: string;
}

interface DevicesTable {
  token_hash: string;
  account: string;
  /** A moment. */
  seen_at: string;
}

interface GuessesTable {
  bucket: string;
  failures: number;
  /** A moment. */
  last_at: string;
}

/** Of either store. */
export interface AuditTable {
  /** From 1. */
  line: Generated<number>;
  /** A moment. */
  happened_at: string;
  person: string | null;
  person_name: string;
  action: string;
  /** What was done to: `account:`, `survey:` or `release:` and its id. */
  object: string;
  object_name: string;
  /** JSON. */
  about: string;
}
