import type { Kysely } from 'kysely';
import { expireGuesses } from '../accounts/guesses/store.ts';
import { expireInvitations } from '../accounts/invitations/store.ts';
import { expireSessions } from '../accounts/sessions/store.ts';
import type { AnswersTables } from '../db/tables.ts';
import { eraseTracesSoon } from '../db/traces.ts';
import { expirePreviews } from '../responses/preview/store.ts';
import { expireDrafts } from '../responses/store.ts';
import { weekOf } from '../responses/week.ts';

const DAY = 86_400_000;

/**
 * Deletes drafts past their week, previews past their day and what staff signed in with that is over, now and each day,
 * so that what was not sent does not stay. What was deleted is erased even on a day when nothing expired: the file is
 * then in the order of its random keys again, and a withdrawal whose traces could not be erased at the time is erased
 * after all.
 * @param failed is told what went wrong; the next round tries again
 * @returns what stops it, and waits for the round that has begun
 */
export function keepHouse(
  db: Kysely<AnswersTables>,
  now: () => Date,
  failed: (error: Error) => void,
): () => Promise<void> {
  const tidy = async () => {
    await expireDrafts(db, weekOf(now()));
    for (const expire of [expireSessions, expireInvitations, expireGuesses, expirePreviews]) await expire(db, now());
    await eraseTracesSoon(db);
  };
  let round = tidy().catch(failed);
  const timer = setInterval(() => {
    round = tidy().catch(failed);
  }, DAY);
  timer.unref();
  return () => {
    clearInterval(timer);
    return round;
  };
}
