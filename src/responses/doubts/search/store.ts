/** Looking for doubts, in the background: possible doubles, and stages that are read in two ways. */
import { randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { AnswersTables } from '../../../db/tables.ts';
import { inTransaction } from '../../../db/transaction.ts';
import { allFieldsOf, type Survey } from '../../../questionnaire/survey.ts';
import { encodeCode } from '../../codes.ts';
import { ENOUGH } from '../../fieldwork/counts.ts';
import { sentBatches } from '../../fieldwork/people/store.ts';
import { pause } from '../../pause.ts';
import { answersJson } from '../../store.ts';
import { BLOCKS, differenceOf, leastAnswered, type Prints, pairsAlike, printsOf } from '../doubles.ts';
import { type Double, listedOf, lotsOf, type StageCheck } from '../doubt.ts';
import { checkStage } from '../stage-check.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** A doubt before its responses have references. */
interface Found {
  readonly kind: 'double' | 'stage';
  readonly version: string;
  readonly keys: readonly string[];
  readonly about: Double | StageCheck;
}

/**
 * Makes the list anew, from the responses up to the end of a week. What was decided stays, as long as the response is there.
 * @param week the last week that is over
 */
export async function renewDoubts(db: Db, live: Survey, week: string): Promise<void> {
  const { survey } = live.file;
  const { versions, stages } = await lookThrough(db, survey, week);
  const weeks = new Map<string, number>();
  for (const { sentIn } of versions.values()) for (const each of sentIn) weeks.set(each, (weeks.get(each) ?? 0) + 1);
  const doubles = await findDoubles(db, versions, lotsOf(weeks));
  const checks = [...stages.values()].flatMap(({ n, stay, more }) => [
    ...stay,
    ...more.slice(0, Math.max(0, listedOf(n) - stay.length)),
  ]);
  await inTransaction(db, (trx) => writeList(trx, survey, [...doubles, ...checks]));
}

/** What is remembered of the responses to a version, in the same order. */
interface Version {
  readonly fields: readonly string[];
  readonly least: number;
  readonly keys: string[];
  readonly sentIn: string[];
  readonly prints: Prints[];
}

/** Responses with the same stages. Who is on the list stays: it must not get shorter when one of them is taken back. */
interface SameStages {
  n: number;
  readonly stay: Found[];
  readonly more: Found[];
}

async function lookThrough(db: Db, survey: string, until: string) {
  const versions = new Map<string, Version>();
  const stages = new Map<string, SameStages>();
  const listed = await listChecked(db, survey);
  const { n } = await db
    .selectFrom('responses')
    .select((select) => select.fn.countAll().as('n'))
    .where('survey', '=', survey)
    .executeTakeFirstOrThrow();
  for await (const batch of sentBatches(db, survey, until)) {
    for (const { key, survey: asked, week, answers } of batch) {
      const { version } = asked.file;
      const own = versions.get(version) ?? newVersion(asked, Number(n));
      versions.set(version, own);
      own.keys.push(key);
      own.sentIn.push(week);
      own.prints.push(printsOf(own.fields, answers, own.least));
      const about = checkStage(asked, answers);
      if (!about) continue;
      const name = `${version} ${JSON.stringify(about)}`;
      const same = stages.get(name) ?? { n: 0, stay: [], more: [] };
      stages.set(name, same);
      same.n += 1;
      const found = { kind: 'stage', version, keys: [key], about } as const;
      if (listed.has(key)) same.stay.push(found);
      else if (same.more.length < listedOf(Number(n))) same.more.push(found);
    }
  }
  return { versions, stages };
}

function newVersion(survey: Survey, n: number): Version {
  const asked = [...survey.questions.values()].filter(({ code }) => code !== survey.file.consent.question);
  return { fields: asked.flatMap(allFieldsOf), least: leastAnswered(n), keys: [], sentIn: [], prints: [] };
}

/** The keys of the responses that are on the list for their stage. */
async function listChecked(db: Db, survey: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('doubts')
    .innerJoin('listed_responses', 'listed_responses.reference', 'doubts.one')
    .select('listed_responses.response')
    .where('doubts.survey', '=', survey)
    .where('doubts.kind', '=', 'stage')
    .execute();
  return new Set(rows.map(({ response }) => response));
}

/** More pairs than these were made by a program. */
const MOST_COMPARED = 20_000;
const MOST_DOUBLES = 200;
const COMPARED_AT_ONCE = 20;

/** A version with fewer than `ENOUGH` responses has no list: it would tell too much of each. */
async function findDoubles(
  db: Db,
  versions: ReadonlyMap<string, Version>,
  lots: ReturnType<typeof lotsOf>,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const [version, { keys, sentIn, prints, least }] of versions) {
    if (keys.length < ENOUGH) continue;
    const lotOf = (place: number) => (lots.get(sentIn[place] ?? '') ?? []).join(' ');
    for (const [index, [one, other]] of (await pairsIn(prints)).entries()) {
      if (index % COMPARED_AT_ONCE === 0) await pause();
      const pair = [keys[one] ?? '', keys[other] ?? ''];
      const different = await compare(db, pair, least);
      if (different === undefined) continue;
      const [first = '', second = ''] = [lotOf(one), lotOf(other)].sort();
      found.push({ kind: 'double', version, keys: pair, about: { whole: different === 0, sent: [first, second] } });
      if (found.length === MOST_DOUBLES) return found;
    }
  }
  return found;
}

/** So many prints are looked at between two pauses. */
const AT_ONCE = 5000;

/** The places of responses that agree in a block, each pair once. */
async function pairsIn(prints: readonly Prints[]): Promise<(readonly [number, number])[]> {
  const pairs = new Map<string, readonly [number, number]>();
  const parts = Math.ceil(prints.length / AT_ONCE);
  for (let block = 0; block < BLOCKS; block++) {
    const own = prints.map((each) => each[block]);
    for (let part = 0; part < parts; part++) {
      for (const pair of pairsAlike(own, { part, parts })) {
        if (pairs.size === MOST_COMPARED) return [...pairs.values()];
        pairs.set(pair.join(' '), pair);
      }
      await pause();
    }
  }
  return [...pairs.values()];
}

async function compare(db: Db, keys: readonly string[], least: number): Promise<number | undefined> {
  const rows = await db.selectFrom('responses').select('answers').where('key', 'in', keys).execute();
  const [one, other] = rows.map(({ answers }) => answersJson.parse(JSON.parse(answers)));
  return one && other && differenceOf(one, other, least);
}

type Row = AnswersTables['doubts'];

/** What makes a doubt the same as one before. */
const nameOf = ({ kind, one, other }: Pick<Row, 'kind' | 'one' | 'other'>) => [kind, one, other].join(' ');

async function writeList(trx: Trx, survey: string, found: readonly Found[]): Promise<void> {
  const references = await refer(trx, survey, [...new Set(found.flatMap(({ keys }) => keys))]);
  const rows = found.flatMap(({ kind, version, keys, about }) => {
    const [one, other = null] = keys.flatMap((key) => references.get(key) ?? []).sort();
    // One of them was taken back since it was read.
    if (one === undefined || (other === null) !== (kind === 'stage')) return [];
    const id = randomBytes(16).toString('hex');
    const undecided = { decision: null, reason: '', person: '' };
    return { id, survey, kind, version, one, other, about: JSON.stringify(about), ...undecided };
  });
  const before = await trx.selectFrom('doubts').selectAll().where('survey', '=', survey).execute();
  const [old, still] = [new Set(before.map(nameOf)), new Set(rows.map(nameOf))];
  const gone = before.filter((row) => row.decision === null && !still.has(nameOf(row)));
  await inRuns(gone, (run) =>
    trx
      .deleteFrom('doubts')
      .where(
        'id',
        'in',
        run.map(({ id }) => id),
      )
      .execute(),
  );
  const fresh = rows.filter((row) => !old.has(nameOf(row)));
  await inRuns(fresh, (run) => trx.insertInto('doubts').values(run).execute());
}

/** The reference of each response, one of chance for those that have none. */
async function refer(trx: Trx, survey: string, keys: readonly string[]): Promise<Map<string, string>> {
  await inRuns(keys, async (run) => {
    // Whoever was withdrawn since the answers were read is not listed.
    const there = await trx.selectFrom('responses').select('key').where('key', 'in', run).execute();
    if (there.length === 0) return;
    await trx
      .insertInto('listed_responses')
      .values(there.map(({ key }) => ({ response: key, survey, reference: newReference(), set_aside: 0 as const })))
      .onConflict((conflict) => conflict.column('response').doNothing())
      .execute();
  });
  const rows = await trx
    .selectFrom('listed_responses')
    .select(['response', 'reference'])
    .where('survey', '=', survey)
    .execute();
  return new Map(rows.map(({ response, reference }) => [response, reference]));
}

/** 40 bits of chance: nobody looks anything up by it, and it is read out and compared. */
const newReference = () => encodeCode(randomBytes(16)).slice(-8);

/** Statements of a length that the store takes. */
async function inRuns<Item>(items: readonly Item[], work: (run: Item[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < items.length; start += 500) await work(items.slice(start, start + 500));
}
