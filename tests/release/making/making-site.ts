/** A site on which releases are made, in a process of their own and on a store on disk, of made-up answers of choirs. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { openWorkshop } from '../../../src/commands/release/workshop.ts';
import { openAnswers } from '../../../src/db/open.ts';
import type { Answers } from '../../../src/questionnaire/answers.ts';
import { readLedger } from '../../../src/release/ledger/store.ts';
import { testFolder } from '../../support/folder.ts';
import type { Respondent } from '../../support/respondent.ts';
import { openStaffSite, type StaffSite } from '../../support/staff.ts';
import { CHOIRS, choirs, madeUp } from '../choirs.ts';
import { addAnswers, HABITS } from '../published.ts';

export const HOME = '/staff/surveys/choirs/releases';
const SOME = madeUp(choirs, 60, 3, HABITS);

export interface MakingSite extends StaffSite {
  readonly releasesPath: string;
  /** As if the server were stopped. */
  readonly close: () => Promise<void>;
  /** Waits until nothing is under way any more. */
  readonly settle: () => Promise<void>;
}

/** @param works whether there is somebody to do what is asked for: without, it waits for ever */
export async function openMaking(
  answers: readonly Answers[] = SOME,
  works = true,
  source = CHOIRS,
): Promise<MakingSite> {
  const folder = testFolder();
  const [answersPath, releasesPath] = [join(folder, 'answers.sqlite'), join(folder, 'releases')];
  const store = await openAnswers(answersPath);
  onTestFinished(store.close);
  const { db } = store;
  await addAnswers(db, answers, source);
  const now = () => new Date('2027-03-01T12:00:00Z');
  const workshop = works
    ? await openWorkshop({ db, log: pino({ level: 'silent' }), now }, { answersPath, releasesPath })
    : { releaseWork: { begin: () => {}, stop: () => {} }, close: async () => {} };
  onTestFinished(workshop.close);
  const site = await openStaffSite({ releasesPath }, [], { db, releaseWork: workshop.releaseWork });
  const settle = async () => {
    for (;;) {
      const busy = await db.selectFrom('release_jobs').select('id').where('ended_at', 'is', null).execute();
      if (busy.length === 0) return;
      await new Promise((done) => setTimeout(done, 100));
    }
  };
  return { ...site, releasesPath, settle, close: workshop.close };
}

/** Waits until the first work that was asked for has told how far it is. */
export async function whileRunning({ db }: StaffSite): Promise<void> {
  for (;;) {
    const { progress, ended_at } = await db.selectFrom('release_jobs').selectAll().executeTakeFirstOrThrow();
    if (ended_at !== null) throw new Error('It ended too soon to be looked at or stopped.');
    if (progress !== null) return;
    await new Promise((done) => setTimeout(done, 10));
  }
}

/** Signs somebody in who has these parts in the survey of choirs. */
export async function signInAs(site: StaffSite, name: string, ...roles: readonly ('researcher' | 'approver')[]) {
  return site.signIn(await site.add(name, { roles: roles.map((role) => ({ survey: 'choirs', role })) }));
}

/** Opens the form and presses one of its buttons. */
export async function ask(browser: Respondent, button: string, entries: Record<string, string | string[]> = {}) {
  await browser.open(`${HOME}/new`);
  return browser.press(button, entries);
}

/** What the ledger says, a line each. */
export async function ledgerOf({ db }: StaffSite): Promise<string[]> {
  const { lines } = await readLedger(db, 'choirs');
  return lines.map(({ event, number, person, reason }) => `${event} ${number ?? '-'} by ${person}: ${reason}`);
}

export const filesIn = ({ releasesPath }: MakingSite): string[] => readdirSync(releasesPath).sort();
