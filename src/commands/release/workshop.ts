/** Doing the work on releases that was asked for on the site: in a process of its own, one at a time, in the order it was asked for. */
import type { Kysely } from 'kysely';
import type { Settings } from '../../config.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { dayOf } from '../../questionnaire/days.ts';
import { type Job, wantedOf } from '../../release/making/job.ts';
import { closeCompared, closeFailed, listUnderWay, noteProgress, takeNext } from '../../release/making/store.ts';
import type { Context } from '../../web/context.ts';
import { placeOf } from '../../web/errors.ts';
import { makeFolder } from '../support.ts';
import { asideIn, clearAway, dropAside } from './aside.ts';
import { runWorker } from './run-worker.ts';
import type { End } from './task.ts';

export interface Workshop {
  readonly releaseWork: NonNullable<Context['releaseWork']>;
  /** Stops what is being done, and waits for it; it then came to nothing. */
  close(): Promise<void>;
}

/** How often at most the list is told how far the work is, in milliseconds: each time is a write beside respondents'. */
const TOLD_EVERY = 2000;

/** When it is tried again where the store could not be used, in milliseconds. */
const TRIED_EVERY = 10_000;

/** Opens it on a store that no other server uses: what one that has ended left on the list came to nothing. */
export async function openWorkshop(
  { db, log, now }: Pick<Context, 'db' | 'log' | 'now'>,
  { answersPath, releasesPath }: Pick<Settings, 'answersPath' | 'releasesPath'>,
): Promise<Workshop> {
  const giveUp = async (reason: string, states: readonly Job['state'][] = ['queued', 'running']) => {
    for (const job of await listUnderWay(db)) {
      if (!states.includes(job.state)) continue;
      await closeFailed(db, job, reason, now());
      dropAside(asideIn(releasesPath, job.id));
    }
  };

  let current: { readonly id: string; readonly stop: () => void } | undefined;
  let closing = false;

  const run = async (job: Job): Promise<void> => {
    makeFolder(releasesPath);
    const { id, kind, person } = job;
    const aside = asideIn(releasesPath, id);
    const wanted = wantedOf(job, dayOf(now()));
    const by = { id: person.account, name: person.name };
    const { end, stop } = runWorker(
      { kind, wanted, by, job: id, answersPath, releasesPath, aside },
      tellProgress(db, id),
    );
    current = { id, stop };
    try {
      await closeJob(db, job, await end, now());
    } catch (error) {
      log.error(placeOf(error), 'work on a release ended badly');
      await closeFailed(db, job, BROKEN, now());
    } finally {
      current = undefined;
      dropAside(aside);
    }
  };
  const workOff = async () => {
    // Nothing is being done at this moment: what is called so could not be closed, and would keep its survey waiting.
    await giveUp(BROKEN, ['running']);
    while (!closing) {
      const job = await takeNext(db, now());
      if (!job) return;
      await run(job);
    }
  };

  await giveUp(STOPPED);
  await clearAway(db, releasesPath);
  let round: Promise<void> = Promise.resolve();
  const begin = () => {
    round = round.then(workOff).catch((error) => {
      log.error(placeOf(error), 'no work on releases');
      if (!closing) setTimeout(begin, TRIED_EVERY).unref();
    });
  };
  return {
    releaseWork: {
      begin,
      stop: (id) => {
        if (current?.id === id) current.stop();
      },
    },
    close: async () => {
      closing = true;
      current?.stop();
      await round;
      await giveUp(STOPPED);
    },
  };
}

const STOPPED = 'The server stopped before it was done. Nothing was released: try it again.';
const BROKEN = 'An error of the program. Nothing was released: whoever looks after the server finds more in its log.';

/** A release that was made has closed it already, and so has whoever stopped it; what has ended stays as it ended. */
async function closeJob(db: Kysely<AnswersTables>, job: Job, end: End, now: Date): Promise<void> {
  switch (end.kind) {
    case 'made':
      return;
    case 'stopped':
      return closeFailed(db, job, STOPPED, now);
    case 'compared':
      return closeCompared(db, job.id, end.compared, now);
    case 'failed':
      if (!end.expected) throw Object.assign(new Error(end.message), { stack: end.stack });
      return closeFailed(db, job, end.message, now);
  }
}

function tellProgress(db: Kysely<AnswersTables>, id: string) {
  let told = Number.NEGATIVE_INFINITY;
  return (what: string, done: number, total: number) => {
    const at = performance.now();
    if (at - told < TOLD_EVERY) return;
    told = at;
    const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
    // Where the store cannot take it just now, the next step tells.
    noteProgress(db, id, what.replace(/, percent$/, ''), percent).catch(() => {});
  };
}
