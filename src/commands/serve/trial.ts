/** What a local trial begins with: the AI adoption survey, live, and the made-up answers of its pilot. */
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { inGroups } from '../../accounts/sign-in/totp.ts';
import { hasAccounts } from '../../accounts/store.ts';
import { makeTrialAccount } from '../../accounts/trial/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { listSurveys, publishVersion } from '../../fieldwork/store.ts';
import { dayOf } from '../../questionnaire/days.ts';
import { approve } from '../../release/ledger/ledger.ts';
import { recordDecision } from '../../release/ledger/store.ts';
import { importFile } from '../import/import-file.ts';
import { makeRelease } from '../release/making.ts';
import { getPublished, PROGRAM, print, readText, SURVEYS, showSteps } from '../support.ts';

const FLAGSHIP = join(SURVEYS, 'ai-adoption');

/** In milliseconds. */
const WEEK = 7 * 86_400_000;

/** Fills an empty store; one that already holds a survey is left as it is. */
export async function fillTrial(db: Kysely<AnswersTables>, releasesPath: string, now: Date): Promise<void> {
  if ((await listSurveys(db)).length > 0) return;
  // What the check would warn of is for the survey's authors, not for who looks round.
  await publishVersion(db, readText(join(FLAGSHIP, '1.0.json')), dayOf(now));
  const live = await getPublished(db, 'ai-adoption');
  const pilot = join(FLAGSHIP, 'pilot92.csv');
  // A week ago, so that fieldwork has a week that is over to tell of.
  const then = new Date(now.getTime() - WEEK);
  const { imported } = await importFile(db, live, pilot, { ignore: [], acceptGood: false, synthetic: true }, then);
  print(`Loaded ${imported} made-up answers (synthetic data).`);
  const { release } = await makeRelease(
    db,
    { survey: 'ai-adoption', audience: 'public', tables: true, data: false, person: MAKER, today: dayOf(now) },
    { releasesPath, aside: join(releasesPath, '.trial.part') },
    { steps: showSteps() },
  );
  await recordDecision(db, 'ai-adoption', dayOf(now), (ledger) => approve(ledger, release, MAKER, WHY));
}

/**
 * Makes an account for who looks round, unless there is one. @returns how to sign in, line by line: it cannot be told
 * again
 */
export async function openTrialAccount(
  db: Kysely<AnswersTables>,
  secret: string,
  site: string,
  now: Date,
): Promise<string[]> {
  const where = `${site}/staff/sign-in`;
  if (await hasAccounts(db)) {
    const again = `${PROGRAM} account list, and account reset EMAIL --second-factor`;
    return [`Staff sign in at ${where} as the first start said. Where that is lost: ${again}`];
  }
  const { email, passphrase, key, codes } = await makeTrialAccount(db, 'ai-adoption', secret, now);
  return [
    `Staff sign in at ${where} in this trial as:`,
    `  e-mail address  ${email}`,
    `  passphrase      ${passphrase}`,
    `  and a code      from an authenticator app with this key: ${inGroups(key)}`,
    `                  or one of these, each once: ${codes.slice(0, 3).map(inGroups).join(', ')}`,
    'This is told only now.',
  ];
}

/** Nobody has to decide about made-up answers, and the ledger says so. */
const MAKER = 'Soundings';
const WHY = 'Synthetic data for a local trial.';
