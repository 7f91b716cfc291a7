import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { ContactsTables } from '../../src/db/contacts-tables.ts';
import type { AnswersTables } from '../../src/db/tables.ts';
import { testContacts } from '../support/contacts.ts';
import { testDatabase } from '../support/database.ts';
import { addResponse, addSurvey } from '../support/rows.ts';

/** The compiler says when a column of the types is missing here or one is too many. */
type Columns<Tables> = { [Table in keyof Tables]: { [Column in keyof Tables[Table]]: true } };

/** Of either store. */
const audit = {
  line: true,
  happened_at: true,
  person: true,
  person_name: true,
  action: true,
  object: true,
  object_name: true,
  about: true,
} as const;

const answers: Columns<AnswersTables> = {
  survey_versions: { hash: true, survey: true, version: true, source: true, published_on: true },
  surveys: { survey: true, live_hash: true, status: true, last_day: true, last_begin: true, archived_on: true },
  draft_versions: { survey: true, version: true, hash: true, source: true, saved_by: true, saved_at: true },
  drafts: {
    token_hash: true,
    survey: true,
    version_hash: true,
    information_version: true,
    consent_version: true,
    language: true,
    answers: true,
    expires_week: true,
  },
  responses: {
    key: true,
    survey: true,
    version_hash: true,
    information_version: true,
    consent_version: true,
    language: true,
    answers: true,
    filled: true,
    withdrawal_hash: true,
    week: true,
    origin: true,
  },
  tallies: { survey: true, ending: true, week: true, n: true },
  previews: { id: true, account: true, version_hash: true, first_answers: true, answers: true, expires_at: true },
  left_drafts: { survey: true, week: true, stage: true, n: true },
  left_pages: { survey: true, week: true, page: true, saw: true, stopped: true },
  fieldwork_counts: { survey: true, flow: true, week: true, n: true, shown: true },
  listed_responses: { response: true, survey: true, reference: true, set_aside: true },
  doubts: {
    id: true,
    survey: true,
    kind: true,
    version: true,
    one: true,
    other: true,
    about: true,
    decision: true,
    reason: true,
    person: true,
  },
  snapshots: { id: true, survey: true, made_on: true, responses: true },
  snapshot_columns: { snapshot: true, variable: true, about: true, codes: true, numbers: true },
  releases: {
    id: true,
    survey: true,
    number: true,
    kind: true,
    snapshot: true,
    made_on: true,
    settings: true,
    content: true,
    hash: true,
    working: true,
  },
  release_events: {
    survey: true,
    line: true,
    number: true,
    event: true,
    person: true,
    happened_on: true,
    reason: true,
    about: true,
  },
  release_jobs: {
    id: true,
    survey: true,
    kind: true,
    wishes: true,
    texts: true,
    account: true,
    person: true,
    state: true,
    progress: true,
    asked_at: true,
    started_at: true,
    ended_at: true,
    number: true,
    reason: true,
    comparison: true,
  },
  accounts: {
    id: true,
    email: true,
    name: true,
    admin: true,
    passphrase: true,
    totp_secret: true,
    totp_step: true,
    created_at: true,
    disabled_at: true,
  },
  account_roles: { account: true, survey: true, role: true },
  recovery_codes: { code_hash: true, account: true },
  invitations: { token_hash: true, account: true, expires_at: true },
  sessions: {
    token_hash: true,
    account: true,
    step: true,
    new_secret: true,
    wrong_codes: true,
    began_at: true,
    seen_at: true,
  },
  devices: { token_hash: true, account: true, seen_at: true },
  guesses: { bucket: true, failures: true, last_at: true },
  audit,
};

const contacts: Columns<ContactsTables> = {
  events: { id: true, kind: true, status: true, revision: true, about: true, keep_until: true, counts: true },
  sessions: {
    id: true,
    event: true,
    starts_at: true,
    minutes: true,
    capacity: true,
    host: true,
    place: true,
    status: true,
  },
  consents: { hash: true, wording: true },
  bookings: {
    id: true,
    event: true,
    session: true,
    state: true,
    confirmed: true,
    until: true,
    place: true,
    email: true,
    name: true,
    organisation: true,
    language: true,
    answers: true,
    consent: true,
    attended: true,
    note: true,
    sequence: true,
  },
  links: { token_hash: true, booking: true },
  mailbox_links: { token_hash: true, email: true, until: true },
  told: { booking: true, what: true },
  calls: { booking: true, news: true, letter: true, words: true, round: true, told: true },
  outbox: {
    id: true,
    booking: true,
    kind: true,
    email: true,
    message: true,
    state: true,
    tries: true,
    due_at: true,
    said: true,
    day: true,
  },
  feeds: { name: true, token_hash: true },
  audit,
};

test.each([
  ['answers', answers, testDatabase],
  ['contacts', contacts, testContacts],
] as const)(
  'the types of the %s store name the tables and columns that its migrations make',
  async (_, typed, open) => {
    const { rows } = await sql<{ place: string }>`
    SELECT m.name || '.' || c.name AS place FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name <> 'migrations'`.execute(await open());
    const named = Object.entries(typed).flatMap(([table, columns]) => Object.keys(columns).map((c) => `${table}.${c}`));
    expect(rows.map(({ place }) => place).sort()).toEqual(named.sort());
  },
);

const good = {
  key: 'k'.repeat(32),
  survey: 's1',
  version_hash: 'h1',
  information_version: '1',
  consent_version: '1',
  language: 'en',
  answers: '{}',
  filled: '[]',
  withdrawal_hash: 'w'.repeat(43),
  week: '2027-W05',
  origin: 'web',
} as const;

test.each([
  ['a counter for a key', { key: '17' }, 'key_has_128_bits'],
  ['a day for a week', { week: '2027-02-03' }, 'week_is_a_week'],
  ['a clock time for a week', { week: '2027-02-03T10:11:12Z' }, 'week_is_a_week'],
  ['a withdrawal code that is not hashed', { withdrawal_hash: 'AB12-CD34' }, 'withdrawal_hash_is_a_hash'],
  ['a person who could not withdraw', { withdrawal_hash: null }, 'who_answers_here_can_withdraw'],
  ['a survey that was not published', { survey: 's2' }, 'FOREIGN KEY'],
  ['a version that was not published', { version_hash: 'h2' }, 'FOREIGN KEY'],
])('the store refuses a response with %s', async (_what, change, constraint) => {
  const db = await testDatabase();
  await addSurvey(db);
  await expect(
    db
      .insertInto('responses')
      .values({ ...good, ...change })
      .execute(),
  ).rejects.toThrow(constraint);
  await db.insertInto('responses').values(good).execute();
});

test('the store refuses a second response with the same withdrawal code, but not many without one', async () => {
  const db = await testDatabase();
  await addSurvey(db);
  const add = (key: string, withdrawal_hash: string | null) =>
    db
      .insertInto('responses')
      .values({ ...good, key: key.repeat(32), withdrawal_hash, origin: 'import' })
      .execute();
  await add('a', 'w'.repeat(43));
  await expect(add('b', 'w'.repeat(43))).rejects.toThrow('UNIQUE constraint failed: responses.withdrawal_hash');
  await add('c', null);
  await add('d', null);
});

test('the rows of people have no number that counts them', async () => {
  const db = await testDatabase();
  await addSurvey(db);
  await addResponse(db, '{}');
  for (const table of ['drafts', 'responses']) {
    await expect(sql`SELECT rowid FROM ${sql.table(table)}`.execute(db)).rejects.toThrow('no such column: rowid');
  }
});

test('the responses of a survey come in the order of their keys without being sorted', async () => {
  const db = await testDatabase();
  const { rows } = await sql<{ detail: string }>`EXPLAIN QUERY PLAN
    SELECT answers FROM responses WHERE survey = 's1' AND key > 'k' ORDER BY key LIMIT 10`.execute(db);
  expect(rows.map(({ detail }) => detail)).toEqual([
    'SEARCH responses USING INDEX responses_by_survey (survey=? AND key>?)',
  ]);
});

test('the columns of a snapshot go with it, and a release from it stays', async () => {
  const db = await testDatabase();
  await addSurvey(db);
  const made_on = '2027-03-31';
  await db.insertInto('snapshots').values({ id: 'a', survey: 's1', made_on, responses: 2 }).execute();
  const codes = new Uint8Array([1, 255]);
  await db.insertInto('snapshot_columns').values({ snapshot: 'a', variable: 'S1', about: '{}', codes }).execute();
  await db
    .insertInto('releases')
    .values({
      id: 'r',
      survey: 's1',
      number: 1,
      kind: 'tables',
      snapshot: 'a',
      made_on,
      settings: '{}',
      content: '',
      hash: '',
    })
    .execute();
  const column = await db.selectFrom('snapshot_columns').select('codes').executeTakeFirstOrThrow();
  expect([...column.codes]).toEqual([1, 255]);

  await db.deleteFrom('snapshots').execute();
  expect(await db.selectFrom('snapshot_columns').selectAll().execute()).toEqual([]);
  expect(await db.selectFrom('releases').select('id').execute()).toEqual([{ id: 'r' }]);
});
