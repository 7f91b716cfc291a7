/**
 * P2: somebody with every file of a running site, its logs, a backup and the lists that it gives out, who knows when each
 * request came, tries to tell which answers were given by who signed up. Written apart from the program.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openAnswers, openContacts } from '../../src/db/open.ts';
import type { AnswersTables } from '../../src/db/tables.ts';
import { eraseTraces, truncateWal } from '../../src/db/traces.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { randomFrom } from '../../src/questionnaire/random.ts';
import { startDraft } from '../../src/responses/answer/store.ts';
import { submitDraft } from '../../src/responses/finish/store.ts';
import { hashCode, withdrawalCode } from '../../src/responses/store.ts';
import { askForPlace, confirm } from '../../src/signups/seats/store.ts';
import { madeUp } from '../release/choirs.ts';
import { addEvent, type Contacts, person, SITE, tokenFrom } from '../support/contacts.ts';
import { sourceOf } from '../support/fieldwork.ts';
import { testFolder } from '../support/folder.ts';

const PEOPLE = 200;
const SIGN_UPS = 70;
const WEEK = '2027-W09';
const START = Date.parse('2027-03-01T09:00:00.000Z');

/** What happened, in order: the log of requests, which has times and says nothing of whom. */
interface Story {
  readonly log: readonly { readonly at: number; readonly what: 'answered' | 'signed up' }[];
  /** Whose answers each booking's owner gave: what the attacker is after. */
  readonly truth: ReadonlyMap<string, string>;
  readonly when: ReadonlyMap<string, number>;
}

interface Site {
  readonly folder: string;
  readonly answers: Kysely<AnswersTables>;
  readonly contacts: Contacts;
}

async function openBoth(): Promise<Site> {
  const folder = testFolder();
  const [answers, contacts] = await Promise.all([
    openAnswers(join(folder, 'answers.sqlite')),
    openContacts(join(folder, 'contacts.sqlite')),
  ]);
  for (const store of [answers, contacts]) onTestFinished(() => store.close());
  await sql`PRAGMA synchronous = OFF`.execute(answers.db);
  await sql`PRAGMA synchronous = OFF`.execute(contacts.db);
  return { folder, answers: answers.db, contacts: contacts.db };
}

/**
 * 200 people answer one after the other; 70 of them sign up within two minutes of it. The last one's row is mixed too:
 * whoever takes the files sooner than a minute after it learns who came last.
 */
async function play({ answers, contacts }: Site, mixes = true): Promise<Story> {
  const survey = getSurvey(sourceOf('two-languages'));
  const { hash } = await publishVersion(answers, sourceOf('two-languages'), '2027-03-01');
  await addEvent(contacts, [1000], { startsAt: '2027-04-01T10:00:00.000Z' });
  const random = randomFrom(7);
  const given = madeUp(survey, PEOPLE, 7);
  const log: { at: number; what: 'answered' | 'signed up' }[] = [];
  const keys = new Map<number, string>();
  const due: { who: number; at: number }[] = [];
  const truth = new Map<string, string>();
  const when = new Map<string, number>();
  let clock = START;
  const signUp = async ({ who, at }: { who: number; at: number }) => {
    const email = `somebody${who}@example.org`;
    const scene = { now: new Date(at), site: SITE };
    await askForPlace(contacts, { event: 'made-up', session: 'session-0', wait: false, person: person(email) }, scene);
    await confirm(contacts, await tokenFrom(contacts, email, 'confirm'), scene);
    const { id } = await contacts
      .selectFrom('bookings')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirstOrThrow();
    truth.set(id, keys.get(who) ?? '');
    when.set(id, at);
    log.push({ at, what: 'signed up' });
    await truncateWal(contacts);
  };
  for (let who = 0; who < PEOPLE; who++) {
    clock += 60_000 + Math.floor(random() * 240_000);
    for (const early of due.filter(({ at }) => at <= clock)) await signUp(early);
    due.splice(0, due.length, ...due.filter(({ at }) => at > clock));
    const draft = {
      survey: survey.file.survey,
      versionHash: hash,
      informationVersion: survey.file.information.version,
      consentVersion: survey.file.consent.version,
      language: 'en',
      answers: given[who] ?? {},
    };
    const code = await startDraft(answers, draft, '2027-W20');
    expect(await submitDraft(answers, draft.survey, code, WEEK)).toBe('submitted');
    const own = hashCode(withdrawalCode(code));
    const { key } = await answers
      .selectFrom('responses')
      .select('key')
      .where('withdrawal_hash', '=', own)
      .executeTakeFirstOrThrow();
    keys.set(who, key);
    when.set(key, clock);
    log.push({ at: clock, what: 'answered' });
    if (random() < SIGN_UPS / PEOPLE) due.push({ who, at: clock + Math.floor(random() * 120_000) });
    // As a running server does each second, and a minute after somebody has sent answers: here nobody waits for either.
    await truncateWal(answers);
    if (mixes) await eraseTraces(answers);
  }
  for (const late of due) await signUp(late);
  return { log: log.toSorted((one, other) => one.at - other.at), truth, when };
}

/** Every order in which keys can be read out of a store's files and rows. */
async function ordersOf(db: Contacts, files: readonly string[], table: string, key: string): Promise<string[][]> {
  const rows = (await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(table)}`.execute(db)).rows;
  const keys = rows.map((row) => String(row[key]));
  const columns = Object.keys(rows[0] ?? {}).filter((column) => new Set(rows.map((row) => row[column])).size > 1);
  const byColumn = columns.map((column) =>
    rows
      .toSorted((one, other) => (String(one[column]) < String(other[column]) ? -1 : 1))
      .map((row) => String(row[key])),
  );
  const byBytes = files.map((file) => {
    const bytes = readFileSync(file, 'latin1');
    const firstAt = new Map(keys.map((each) => [each, bytes.indexOf(each)]));
    return keys
      .filter((each) => (firstAt.get(each) ?? -1) >= 0)
      .toSorted((one, other) => (firstAt.get(one) ?? 0) - (firstAt.get(other) ?? 0));
  });
  return [keys, ...byColumn, ...byBytes].filter((order) => order.length === keys.length);
}

/**
 * Takes an order of the answers and one of the sign-ups for the order in which they came: whoever signs up is taken for
 * whoever had answered last by then, or next to last. @returns the most that any pair of orders gives
 */
function bestJoin(
  answerOrders: readonly string[][],
  bookingOrders: readonly string[][],
  { log, truth }: Story,
): number {
  let best = 0;
  for (const answers of answerOrders.flatMap((order) => [order, order.toReversed()]))
    for (const bookings of bookingOrders.flatMap((order) => [order, order.toReversed()]))
      for (const back of [1, 2, 3]) {
        let [answered, signedUp, right] = [0, 0, 0];
        for (const { what } of log) {
          if (what === 'answered') answered += 1;
          else {
            const guess = answers[answered - back];
            if (guess !== undefined && truth.get(bookings[signedUp] ?? '') === guess) right += 1;
            signedUp += 1;
          }
        }
        best = Math.max(best, right);
      }
  return best;
}

/** What as many tries with orders from chance give at most, in a hundred rounds; keys are new in each run, so with two more. */
function chanceOf(tries: number, story: Story): number {
  const random = randomFrom(20270301);
  const [keys, bookings] = [[...story.when.keys()].filter((key) => !story.truth.has(key)), [...story.truth.keys()]];
  const shuffled = (list: readonly string[]) =>
    list
      .map((each) => [random(), each] as const)
      .toSorted(([a], [b]) => a - b)
      .map(([, each]) => each);
  const rounds = Array.from({ length: 100 }, () => {
    let best = 0;
    for (let each = 0; each < tries / 4; each++)
      best = Math.max(best, bestJoin([shuffled(keys)], [shuffled(bookings)], story));
    return best;
  }).toSorted((a, b) => a - b);
  return (rounds.at(-1) ?? 0) + 2;
}

async function attack(site: Site, story: Story) {
  const backup = join(site.folder, 'backup');
  await sql`VACUUM INTO ${sql.lit(`${backup}-answers`)}`.execute(site.answers);
  await sql`VACUUM INTO ${sql.lit(`${backup}-contacts`)}`.execute(site.contacts);
  const filesOf = (name: string) => [
    join(site.folder, `${name}.sqlite`),
    join(site.folder, `${name}.sqlite-wal`),
    `${backup}-${name}`,
  ];
  // The attacker reads whatever tables there are.
  const answerOrders = await ordersOf(site.answers as unknown as Contacts, filesOf('answers'), 'responses', 'key');
  const bookingOrders = [
    ...(await ordersOf(site.contacts, filesOf('contacts'), 'bookings', 'id')),
    ...(await ordersOf(site.contacts, filesOf('contacts'), 'outbox', 'booking')).map((order) => [...new Set(order)]),
  ];
  const tries = answerOrders.length * bookingOrders.length * 4;
  return { right: bestJoin(answerOrders, bookingOrders, story), tries };
}

test('who signed up cannot be joined to what they answered', async () => {
  const site = await openBoth();
  const story = await play(site);
  const { right, tries } = await attack(site, story);
  const chance = chanceOf(tries, story);
  console.info(
    `Of ${story.truth.size} who signed up, ${right} were joined to their answers at best, in ${tries} tries; chance gives up to ${chance}.`,
  );
  expect(story.truth.size).toBeGreaterThan(50);
  expect(right).toBeLessThanOrEqual(chance);
}, 180_000);

test('planted: where rows lie as they came, some are', async () => {
  // Keys are new in each play, and where a page of the file overflowed decides how much of the order is left.
  const found: boolean[] = [];
  while (!found.includes(true) && found.length < 8) {
    const site = await openBoth();
    const story = await play(site, false);
    const { right, tries } = await attack(site, story);
    console.info(`With rows as they came, ${right} of ${story.truth.size} were joined.`);
    found.push(right > chanceOf(tries, story));
  }
  expect(found).toContain(true);
}, 180_000);

test('planted: with a time on answers and bookings they are', async () => {
  const site = await openBoth();
  const story = await play(site);
  for (const [db, table, key] of [
    [site.answers as unknown as Contacts, 'responses', 'key'],
    [site.contacts, 'bookings', 'id'],
  ] as const) {
    await sql`ALTER TABLE ${sql.table(table)} ADD COLUMN planted INTEGER`.execute(db);
    for (const [id, at] of story.when)
      await sql`UPDATE ${sql.table(table)} SET planted = ${at} WHERE ${sql.ref(key)} = ${id}`.execute(db);
  }
  const { right } = await attack(site, story);
  console.info(`With times planted, ${right} of ${story.truth.size} were joined.`);
  expect(right / story.truth.size).toBeGreaterThan(0.8);
}, 180_000);
