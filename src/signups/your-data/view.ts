/** What is kept of one booking, whole, as its owner may see it. */
import { endOf, readAnswers } from '../booking.ts';
import type { Session } from '../event.ts';
import type { BookingRow } from '../letters/store.ts';
import { showSpan } from '../wall-time.ts';

export function copyOf(
  row: BookingRow & { readonly wording: string },
  event: string,
  session: Session | undefined,
  language: string,
) {
  const { name, organisation, state, confirmed, until, place, attended, note, wording } = row;
  return {
    event,
    when: session ? showSpan(session.startsAt, session.minutes, language) : null,
    name,
    organisation,
    language: row.language,
    answers: readAnswers(row.answers),
    state,
    confirmed: confirmed === 1,
    until: endOf(until, session)?.toISOString() ?? null,
    place,
    attended: attended === null ? null : attended === 1,
    note,
    agreedTo: wording,
  };
}
