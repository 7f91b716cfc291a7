import { type Kysely, type Selectable, sql } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import type { Actor } from '../account.ts';
import {
  type About,
  type Action,
  type AuditFilter,
  type AuditLine,
  type DeedOrder,
  NEWEST_FIRST,
  readAbout,
} from './audit.ts';

/** A store with an audit: what is done to answers, and to contacts, stands in each one's own. */
type Audited = Kysely<Pick<AnswersTables, 'audit'>>;

/** What a line is about. */
interface Thing {
  /** An account where nothing else is said. */
  readonly kind?: 'account' | 'survey' | 'release' | 'event';
  readonly id: string;
}

const codeOf = ({ kind = 'account', id }: Thing) => `${kind}:${id}`;

/** What was done, to what. */
export interface Deed {
  readonly action: Action;
  readonly object: Thing & { readonly name: string };
  readonly about?: About;
}

/** Writes a line, inside the transaction of what it tells of: neither stands without the other. */
export async function recordDeed(
  trx: Pick<Audited, 'insertInto'>,
  by: Actor,
  { action, object, about = {} }: Deed,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      happened_at: now.toISOString(),
      person: by.id,
      person_name: by.name,
      action,
      object: codeOf(object),
      object_name: object.name,
      about: JSON.stringify(about),
    })
    .execute();
}

/** Whoever did it, without regard to case; what one name did stands the newest first. */
const PERSON = sql<string>`lower(person_name)`;

/** The lines that a filter finds, in an order; of those that come after line `after` in it, `limit` at most. */
export async function listDeeds(
  db: Pick<Audited, 'selectFrom'>,
  { account, object, action, from, to }: AuditFilter,
  {
    order: { by, down } = NEWEST_FIRST,
    after,
    limit,
  }: { readonly order?: DeedOrder; readonly after?: number | undefined; readonly limit?: number } = {},
): Promise<AuditLine[]> {
  const forward = by === 'newest' && down;
  let query = db.selectFrom('audit').selectAll();
  if (by === 'person') query = query.orderBy(PERSON, down ? 'desc' : 'asc');
  query = query.orderBy('line', forward ? 'asc' : 'desc');
  if (account !== undefined) {
    query = query.where((is) => is.or([is('person', '=', account), is('object', '=', codeOf({ id: account }))]));
  }
  if (object !== undefined) query = query.where('object', '=', object);
  if (action !== undefined) query = query.where('action', '=', action);
  if (from !== undefined) query = query.where('happened_at', '>=', from);
  // Behind the last moment of that day, and before the next day.
  if (to !== undefined) query = query.where('happened_at', '<', `${to}U`);
  if (after !== undefined) {
    query = query.where((is) => {
      const beyond = is('line', forward ? '>' : '<', after);
      if (by === 'newest') return beyond;
      const last = is.selectFrom('audit').select(PERSON.as('person')).where('line', '=', after);
      return is.or([is(PERSON, down ? '<' : '>', last), is.and([is(PERSON, '=', last), beyond])]);
    });
  }
  if (limit !== undefined) query = query.limit(limit);
  return (await query.execute()).map(lineOf);
}

/** Everybody who stands in the record with an account, by the name they had last. */
export async function listActors(db: Pick<Audited, 'selectFrom'>): Promise<{ id: string; name: string }[]> {
  const rows = await db
    .selectFrom('audit')
    .select(['person as id', 'person_name as name', (select) => select.fn.max('line').as('last')])
    .where('person', 'is not', null)
    .groupBy('person')
    .orderBy('name')
    .execute();
  return rows.flatMap(({ id, name }) => (id === null ? [] : [{ id, name }]));
}

/** Every survey, release and event in the record, by the name it had last; of a survey's many names its code. */
export async function listObjects(db: Pick<Audited, 'selectFrom'>): Promise<{ code: string; name: string }[]> {
  const rows = await db
    .selectFrom('audit')
    .select(['object', 'object_name', (select) => select.fn.max('line').as('last')])
    .where('object', 'not like', 'account:%')
    .groupBy('object')
    .execute();
  const named = rows.map(({ object, object_name }) => {
    const [kind, ...id] = object.split(':');
    return { code: object, name: kind === 'survey' ? id.join(':') : object_name };
  });
  return named.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}

/** Every line of one action on one thing, the newest first. */
export async function listDeedsOn(db: Pick<Audited, 'selectFrom'>, thing: Thing, action: Action): Promise<AuditLine[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('object', '=', codeOf(thing))
    .where('action', '=', action)
    .orderBy('line', 'desc')
    .execute();
  return rows.map(lineOf);
}

function lineOf(row: Selectable<AnswersTables['audit']>): AuditLine {
  return {
    line: row.line,
    at: new Date(row.happened_at),
    personName: row.person_name,
    action: row.action,
    objectName: row.object_name,
    about: readAbout(row.about),
  };
}
