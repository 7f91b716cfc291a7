/** Looking for doubts, in the background: possible doubles, and stages that are read in two ways. */
import { randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { AnswersTables } from '../../../db/tables.ts';
import { inTransaction } from '../../../db/transaction.ts';
import { allFieldsOf, type Survey } from '../../../questionnaire/survey.ts';
import { encodeCode } from '../../codes.ts';
import { ENOUGH } from '../../fieldwork/counts.ts';
import { sentBatches } from '../../fieldwork/store.ts';
import { answersJson } from '../../store.ts';
import { BLOCKS, differenceOf, type Prints, pairsAlike, printsOf } from '../doubles.ts';
import { type Double, listedOf, lotsOf, type StageCheck } from '../doubt.ts';
import { otherStages } from '../stage-check.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** A doubt before it has references. */
type Found =
  | {
      readonly kind: 'double';
      readonly version: string;
      readonly keys: readonly [string, string];
      readonly about: Double;
    }
  | { readonly kind: 'stage'; readonly version: string; readonly keys: readonly [string]; readonly about: StageCheck };

/**
 * Makes the list anew, from the responses up to the end of a week. What was decided stays, as long as the response is there.
 * @param week the last week that is over
 */
export async function renewDoubts(db: Db, live: Survey, week: string): Promise<void> {
  const { survey } = live.file;
  const { sent, weeks, stages } = await lookThrough(db, survey, week);
  const doubles = await findDoubles(db, sent, lotsOf(weeks));
  const known = await db
    .selectFrom('listed_responses')
    .select(['response', 'reference'])
    .where('survey', '=', survey)
    .execute();
  const listed = new Set(known.map(({ response }) => response));
  const checks = [...stages.values()].flatMap((same) => {
    // Who is on the list stays there: nobody shall take another's place when one is withdrawn.
    const inOrder = [...same].sort((one, other) => Number(listed.has(other.keys[0])) - Number(listed.has(one.keys[0])));
    return inOrder.slice(0, listedOf(same.length));
  });
  const found: Found[] = [...doubles, ...checks];
  await inTransaction(db, async (trx) => {
    const references = await refer(
      trx,
      survey,
      found.flatMap(({ keys }) => keys),
    );
    const before = await trx.selectFrom('doubts').selectAll().where('survey', '=', survey).execute();
    const names = new Set(before.map(nameOf));
    const still = new Set<string>();
    for (const { kind, version, keys, about } of found) {
      const [one, other = null] = keys.flatMap((key) => references.get(key) ?? []).sort();
      // One of them was taken back since it was read.
      if (one === undefined || (other === null) !== (kind === 'stage')) continue;
      const doubt = { survey, kind, version, one, other, about: JSON.stringify(about) };
      still.add(nameOf(doubt));
      if (names.has(nameOf(doubt))) continue;
      const id = randomBytes(16).toString('hex');
      await trx
        .insertInto('doubts')
        .values({ ...doubt, id, decision: null, reason: '', person: '' })
        .execute();
    }
    for (const row of before) {
      if (row.decision === null && !still.has(nameOf(row))) {
        await trx.deleteFrom('doubts').where('id', '=', row.id).execute();
      }
    }
  });
}

type Row = AnswersTables['doubts'];

/** What makes a doubt the same as one before. */
const nameOf = ({ kind, one, other, about }: Pick<Row, 'kind' | 'one' | 'other' | 'about'>) =>
  [kind, one, other ?? JSON.parse(about).reading].join(' ');

interface Sent {
  readonly key: string;
  readonly version: string;
  readonly week: string;
  readonly prints: Prints | undefined;
}

async function lookThrough(db: Db, survey: string, until: string) {
  const sent: Sent[] = [];
  const weeks = new Map<string, number>();
  const stages = new Map<string, Extract<Found, { kind: 'stage' }>[]>();
  const fields = new Map<Survey, readonly string[]>();
  for await (const batch of sentBatches(db, survey, until)) {
    for (const { key, version: asked, week, answers } of batch) {
      const { version, consent } = asked.file;
      const own =
        fields.get(asked) ??
        [...asked.questions.values()].filter(({ code }) => code !== consent.question).flatMap(allFieldsOf);
      fields.set(asked, own);
      sent.push({ key, version, week, prints: printsOf(own, answers) });
      weeks.set(week, (weeks.get(week) ?? 0) + 1);
      for (const about of otherStages(asked, answers)) {
        const name = [version, about.reading, about.stage, about.as].join(' ');
        const same = stages.get(name) ?? [];
        same.push({ kind: 'stage', version, keys: [key], about });
        stages.set(name, same);
      }
    }
  }
  return { sent, weeks, stages };
}

/** A version with fewer responses than this has no list: it would tell too much of each. */
async function findDoubles(db: Db, sent: readonly Sent[], lots: ReturnType<typeof lotsOf>): Promise<Found[]> {
  const found: Found[] = [];
  for (const version of new Set(sent.map((each) => each.version))) {
    const own = sent.filter((each) => each.version === version);
    if (own.length < ENOUGH) continue;
    const pairs = new Map<string, readonly [Sent, Sent]>();
    for (let block = 0; block < BLOCKS; block++) {
      for (const [one, other] of pairsAlike(own.map(({ prints }) => prints?.[block]))) {
        const [first, second] = [own[one], own[other]];
        if (first && second && pairs.size < MOST_COMPARED) pairs.set(`${one} ${other}`, [first, second]);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const [one, other] of pairs.values()) {
      const different = await compare(db, one.key, other.key);
      if (different === undefined) continue;
      const sentIn = [one, other].map(({ week }) => (lots.get(week) ?? [week]).join(' '));
      const [first = '', second = ''] = sentIn.sort();
      const about = { whole: different === 0, sent: [first, second] as [string, string] };
      found.push({ kind: 'double', version, keys: [one.key, other.key], about });
      if (found.length === MOST_DOUBLES) return found;
    }
  }
  return found;
}

/** More pairs than these were made by a program. */
const MOST_COMPARED = 20_000;
const MOST_DOUBLES = 200;

async function compare(db: Db, one: string, other: string): Promise<number | undefined> {
  const rows = await db.selectFrom('responses').select('answers').where('key', 'in', [one, other]).execute();
  const [first, second] = rows.map(({ answers }) => answersJson.parse(JSON.parse(answers)));
  return first && second && differenceOf(first, second);
}

/** The reference of each response, one of chance for those that have none. */
async function refer(trx: Trx, survey: string, keys: readonly string[]): Promise<Map<string, string>> {
  const references = new Map<string, string>();
  for (const key of keys) {
    // Whoever was withdrawn since the answers were read is not listed.
    const reference = encodeCode(randomBytes(16)).slice(-8);
    await trx
      .insertInto('listed_responses')
      .columns(['response', 'survey', 'reference', 'set_aside'])
      .expression((select) =>
        select
          .selectFrom('responses')
          .select(({ val }) => ['key', 'survey', val(reference).as('reference'), val(0).as('set_aside')])
          .where('key', '=', key)
          .where('survey', '=', survey),
      )
      .onConflict((conflict) => conflict.column('response').doNothing())
      .execute();
    const row = await trx
      .selectFrom('listed_responses')
      .select('reference')
      .where('response', '=', key)
      .executeTakeFirst();
    if (row) references.set(key, row.reference);
  }
  return references;
}
