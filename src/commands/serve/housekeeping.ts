import type { Kysely } from 'kysely';
import { expireGuesses } from '../../accounts/guesses/store.ts';
import { expireInvitations } from '../../accounts/invitations/store.ts';
import { expireSessions } from '../../accounts/sessions/store.ts';
import type { ContactsTables } from '../../db/contacts-tables.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { eraseTracesSoon } from '../../db/traces.ts';
import { listSurveys } from '../../fieldwork/store.ts';
import { expireJobs } from '../../release/making/store.ts';
import { renewDoubts } from '../../responses/doubts/search/store.ts';
import { dropGone } from '../../responses/doubts/store.ts';
import { countWeek } from '../../responses/fieldwork/store.ts';
import { expireDrafts } from '../../responses/leaving/store.ts';
import { expirePreviews } from '../../responses/preview/store.ts';
import { weekAfter, weekOf } from '../../responses/week.ts';
import { lapse } from '../../signups/lapses/store.ts';
import type { Scene } from '../../signups/letters/store.ts';
import { purge, remind } from '../../signups/upkeep/store.ts';

/** In milliseconds. */
const DAY = 86_400_000;
const HALF_A_MINUTE = 30_000;

/**
 * Deletes drafts past their week, previews past their day and what staff signed in with that is over, now and each day,
 * so that what was not sent does not stay. What was deleted is erased even on a day when nothing expired: the file is
 * then in the order of its random keys again, and a withdrawal whose traces could not be erased at the time is erased
 * after all. Then counts fieldwork, where a week is over.
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
    for (const expire of [expireSessions, expireInvitations, expireGuesses, expirePreviews, expireJobs])
      await expire(db, now());
    await eraseTracesSoon(db);
    await followFieldwork(db, now());
  };
  return doAgain(tidy, DAY, failed);
}

/**
 * Passes on seats that nobody confirmed, reminds, and deletes contact details on their day: now and every half a minute,
 * so that an offer lasts as long as it says.
 */
export function keepSignUps(
  contacts: Kysely<ContactsTables>,
  sceneNow: () => Scene,
  failed: (error: Error) => void,
): () => Promise<void> {
  const tidy = async () => {
    const scene = sceneNow();
    const lapsed = await lapse(contacts, scene);
    await remind(contacts, scene);
    const purged = await purge(contacts, scene.now);
    if (lapsed > 0 || purged) await eraseTracesSoon(contacts);
  };
  return doAgain(tidy, HALF_A_MINUTE, failed);
}

/** Does something now, and again so long after. @returns what stops it, and waits for the round that has begun */
function doAgain(work: () => Promise<void>, pause: number, failed: (error: Error) => void): () => Promise<void> {
  let round = work().catch(failed);
  const timer = setInterval(() => {
    round = round.then(work).catch(failed);
  }, pause);
  timer.unref();
  return () => {
    clearInterval(timer);
    return round;
  };
}

/** Counts what the week that is over brought, of every survey. */
async function followFieldwork(db: Kysely<AnswersTables>, now: Date): Promise<void> {
  const over = weekAfter(now, -7);
  for (const { survey } of await listSurveys(db)) {
    const counted = await countWeek(db, survey, over);
    if (counted.includes('sent')) await renewDoubts(db, survey, over);
    await dropGone(db, survey.file.survey, weekOf(now));
  }
}
