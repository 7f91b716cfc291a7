/**
 * Who has a seat and who waits. Everything that takes or frees one is here, each a single decision: it takes the right to
 * write first, and the capacity is a condition of the very write that takes the seat, so that no number of people and of
 * processes books more than there are.
 */
import type { Transaction } from 'kysely';
import type { ContactsTables } from '../../db/contacts-tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { inTurn } from '../../db/turns.ts';
import { ACTIVE, canMove, isJustAsked, linkUntil, offerUntil } from '../booking.ts';
import {
  findActive,
  findNextInLine,
  forgetUnconfirmed,
  hasSeatFor,
  insertBooking,
  nextPlace,
  type Person,
  takeSeat,
  updateBooking,
} from '../bookings/store.ts';
import { type Event, hasSessions, isOpen, type Session } from '../event.ts';
import { type BookingRow, findLinked, hasHadEnough, type Scene, tell } from '../letters/store.ts';
import { type Db, findEvent, findSession, newKey } from '../store.ts';
import { wallDayOf } from '../wall-time.ts';

type Trx = Transaction<ContactsTables>;

/** What somebody asks for. */
export interface Wanted {
  readonly event: string;
  /** Where the event has any. */
  readonly session: string | null;
  /** Whether they want to wait where no seat is free. */
  readonly wait: boolean;
  /** Whether so many have come from the same network address that no seat is held before the mailbox has answered. */
  readonly crowded?: boolean;
  readonly person: Person;
}

/**
 * - `kept`: the mailbox gets a link, and a seat is held where one is free; the same is said and the same seats are taken
 *   where the mailbox has a place already, or has been written to often enough today, so that a stranger learns neither
 * - `full`: no seat is free, and they have not said that they would wait
 */
export type Asked = 'kept' | 'full' | 'closed';

/** Holds a seat, or a place in the list, for whoever filled in the form. */
export function askForPlace(db: Db, wanted: Wanted, scene: Scene): Promise<Asked> {
  return inTurn(db, async () => {
    const existing = await findActive(db, wanted.event, wanted.person.email);
    if (existing && isJustAsked(existing, scene.now)) return 'kept';
    // Whoever can see that there is no seat need not ask for the right to write: hundreds may come for the last ten.
    if (!wanted.wait && wanted.session !== null && !(await hasSeatFor(db, wanted.session, false))) {
      return (await findPlanned(db, wanted, scene.now)) ? 'full' : 'closed';
    }
    return holdPlace(db, wanted, scene);
  });
}

function holdPlace(db: Db, wanted: Wanted, scene: Scene): Promise<Asked> {
  return inTransaction(db, async (trx) => {
    const found = await findPlanned(trx, wanted, scene.now);
    if (!found || !isOpen(found.event, wallDayOf(scene.now))) return 'closed';
    const { event, session } = found;
    const full = session !== undefined && !(await isFree(trx, session, scene));
    if (full && !wanted.wait) return 'full';
    const { person } = wanted;
    const hasHad = person.email !== null && (await hasHadEnough(trx, person.email, scene));
    const existing = await findActive(trx, event.id, person.email);
    if (existing && !hasHad) await tell(trx, existing, 'again', scene);
    const isKnown = hasHad || existing !== undefined;
    const held = !full && !(wanted.crowded && session);
    if (isKnown && !(held && session)) return 'kept';
    const made = await insertBooking(trx, {
      event: event.id,
      session: session?.id ?? null,
      state: held ? 'held' : 'waiting',
      confirmed: 0,
      until: linkUntil(scene.now),
      consent: event.about.consent,
      person: isKnown ? NOBODY : person,
    });
    if (!made) return 'full';
    if (!isKnown) await tell(trx, made, 'confirm', scene);
    return 'kept';
  });
}

/** For whom a seat is held when a mailbox that is known is typed: else the seats left would tell a stranger that it is. */
const NOBODY: Person = { email: null, name: '', organisation: '', language: 'en', answers: {} };

/**
 * Books for somebody who phoned: there is no mailbox that has to answer first, and no form that has to be open.
 * @param id of the booking: the same form, sent twice, makes one
 * @param taken what else belongs to the decision, where somebody is booked or waits
 * @returns `made` where the form has been sent already
 */
export function bookByPhone(
  db: Db,
  { id = newKey(), ...wanted }: Wanted & { readonly id?: string },
  scene: Scene,
  taken: (trx: Trx) => Promise<void>,
): Promise<'booked' | 'waiting' | 'made' | 'full' | 'closed' | 'again'> {
  return inTransaction(db, async (trx) => {
    if (await trx.selectFrom('bookings').select('id').where('id', '=', id).executeTakeFirst()) return 'made';
    const found = await findPlanned(trx, wanted, scene.now);
    if (!found) return 'closed';
    const { event, session } = found;
    const { person } = wanted;
    if (await findActive(trx, event.id, person.email)) return 'again';
    const full = session !== undefined && !(await isFree(trx, session, scene));
    if (full && !wanted.wait) return 'full';
    const state = full ? 'waiting' : 'booked';
    const made = await insertBooking(trx, {
      id,
      event: event.id,
      session: session?.id ?? null,
      state,
      confirmed: 1,
      until: undefined,
      consent: event.about.consent,
      person,
    });
    if (!made) return 'full';
    await tell(trx, made, state, scene);
    await taken(trx);
    return state;
  });
}

/** What became of what the owner of a booking wanted: `late` where it was over already, `gone` where there is no such thing. */
export type Done = 'done' | 'late' | 'gone';

/** The mailbox has answered: they are booked where a seat is held for them or free, else in the waiting list. Twice does no harm. */
export function confirm(db: Db, token: string, scene: Scene): Promise<Done> {
  return change(db, token, scene, async (trx, booking) => {
    if (booking.confirmed === 1) return 'done';
    const booked = await takeOwnSeat(trx, booking, scene);
    if (booked) {
      await tell(trx, booked, 'booked', scene);
    } else if (booking.session !== null) {
      const place = await nextPlace(trx, booking.session);
      const inLine = await updateBooking(trx, booking, { confirmed: 1, until: null, place });
      const offered = await passOn(trx, booking.session, scene);
      // Whoever is offered a seat at once is told so and not that they wait.
      if (!offered.has(booking.id)) await tell(trx, inLine, 'waiting', scene);
    }
    return 'done';
  });
}

/** Books the seat that was held for somebody, or one that is free and that nobody waits for; gives nothing back where none is. */
async function takeOwnSeat(trx: Trx, booking: BookingRow, scene: Scene): Promise<BookingRow | undefined> {
  const change = { state: 'booked', confirmed: 1, until: null } as const;
  if (booking.state === 'held') return updateBooking(trx, booking, change);
  const session = booking.session === null ? undefined : await findSession(trx, booking.session);
  return session && (await isFree(trx, session, scene)) ? takeSeat(trx, booking.id, session.id, change) : undefined;
}

/** Takes the seat that is kept for them. */
export function accept(db: Db, token: string, scene: Scene): Promise<Done> {
  return change(db, token, scene, (trx, booking) => takeOffer(trx, booking, scene));
}

/** Takes the seat that is kept for the owner of a booking. */
export async function takeOffer(trx: Trx, booking: BookingRow, scene: Scene): Promise<'done' | 'late'> {
  if (booking.state === 'offered') {
    const booked = await updateBooking(trx, booking, { state: 'booked', until: null, place: null });
    await tell(trx, booked, 'booked', scene);
  }
  return booking.state === 'offered' || booking.state === 'booked' ? 'done' : 'late';
}

/** Gives up a seat, an offer or a place in the list; the next in it is offered what is free. */
export function cancel(db: Db, token: string, scene: Scene): Promise<Done> {
  return change(db, token, scene, async (trx, booking) => {
    await endBooking(trx, booking, scene);
    return 'done';
  });
}

/** Ends a booking by its owner's word. */
export async function endBooking(trx: Trx, booking: BookingRow, scene: Scene): Promise<void> {
  const over = await updateBooking(trx, booking, {
    state: 'cancelled',
    until: null,
    place: null,
    attended: null,
    sequence: booking.sequence + 1,
  });
  // Whoever turns an offer down, or never confirmed, has said so on a page and needs no letter about it.
  if (booking.state === 'booked') await tell(trx, over, 'cancelled', scene);
  await forgetUnconfirmed(trx, booking);
  await passOn(trx, booking.session, scene);
}

/** Changes to another session of the same event: see `moveBooking`. */
export function move(db: Db, token: string, to: string, scene: Scene): Promise<Done | 'full'> {
  return change<Done | 'full'>(db, token, scene, (trx, booking) => moveBooking(trx, booking, to, scene));
}

/**
 * Moves a booking to another session of its event where a seat is free and nobody waits for it. Whoever waited leaves their
 * list and is booked, also at their own time where it is too late to offer its seats to those who wait.
 */
export async function moveBooking(trx: Trx, booking: BookingRow, to: string, scene: Scene): Promise<Done | 'full'> {
  if (!canMove(booking) || booking.session === null) return 'late';
  const waited = booking.state === 'waiting';
  if (booking.session === to && !waited) return 'done';
  const found = await findPlanned(trx, { event: booking.event, session: to }, scene.now);
  if (!found?.session) return 'gone';
  const free = await isFree(trx, found.session, scene);
  const change = waited ? ({ state: 'booked', place: null } as const) : { sequence: booking.sequence + 1 };
  const moved = free && (await takeSeat(trx, booking.id, to, change));
  if (!moved) return 'full';
  await tell(trx, moved, waited ? 'booked' : 'moved', scene);
  await passOn(trx, booking.session, scene);
  return 'done';
}

/** Offers the free seats of a session to whoever waits, in the order in which they came. @returns whose bookings these are */
export async function passOn(trx: Trx, id: string | null, scene: Scene): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const session = id === null ? undefined : await findSession(trx, id);
  const until = session?.status === 'planned' ? offerUntil(scene.now, session.startsAt) : undefined;
  if (!session || !until) return found;
  for (;;) {
    const next = await findNextInLine(trx, session.id);
    const offer = { state: 'offered', until: until.toISOString() } as const;
    const offered = next && (await takeSeat(trx, next, session.id, offer));
    if (!offered) return found;
    await tell(trx, offered, 'offer', scene);
    found.add(offered.id);
  }
}

const isFree = (trx: Trx, { id, startsAt }: Session, { now }: Scene): Promise<boolean> =>
  hasSeatFor(trx, id, offerUntil(now, startsAt) !== undefined);

/** A change to the booking that a link opens, while there is something to change. */
function change<Result extends string>(
  db: Db,
  token: string,
  { now }: Scene,
  work: (trx: Trx, booking: BookingRow) => Promise<Result>,
): Promise<Result | 'late' | 'gone'> {
  return inTransaction<ContactsTables, Result | 'late' | 'gone'>(db, async (trx) => {
    const booking = await findLinked(trx, token);
    if (!booking) return 'gone';
    return (await canChange(trx, booking, now)) ? work(trx, booking) : 'late';
  });
}

/** Whether something can still be done about a booking: it is not over, and its time has not begun. */
export async function canChange(db: Db, { state, until, session: id }: BookingRow, now: Date): Promise<boolean> {
  const isActive = ACTIVE.some((each) => each === state);
  const isLate = until !== null && until <= now.toISOString();
  // Who came is known by then: nobody gives up, or exchanges, a seat that they sat on.
  const session = id === null ? undefined : await findSession(db, id);
  const hasBegun = session !== undefined && session.startsAt <= now;
  return isActive && !isLate && !hasBegun;
}

/** The event and session that somebody means, if it is planned and still to come. */
async function findPlanned(
  db: Db,
  { event: id, session: sessionId }: Pick<Wanted, 'event' | 'session'>,
  now: Date,
): Promise<{ readonly event: Event; readonly session: Session | undefined } | undefined> {
  const event = await findEvent(db, id);
  if (!event || event.status === 'cancelled' || hasSessions(event.kind) !== (sessionId !== null)) return undefined;
  if (sessionId === null) return { event, session: undefined };
  const session = await findSession(db, sessionId, id);
  const isPlanned = session?.status === 'planned' && session.startsAt > now;
  return isPlanned ? { event, session } : undefined;
}
