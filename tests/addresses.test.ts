/** Every door of the site stands in `docs/addresses.md`, and answers as that page says, whoever asks and whenever. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { routesOf } from '../src/app.ts';
import { getPublished } from '../src/commands/support.ts';
import { randomFrom } from '../src/questionnaire/random.ts';
import { simulateResponse } from '../src/questionnaire/simulate.ts';
import { submissionOf } from '../src/questionnaire/submission.ts';
import { approve, withdraw } from '../src/release/ledger/ledger.ts';
import { recordDecision, recordRelease } from '../src/release/ledger/store.ts';
import { insertResponses } from '../src/responses/store.ts';
import { signUpsBeside } from './support/contacts.ts';
import { type Fieldwork, openFieldwork } from './support/fieldwork.ts';
import { testFolder } from './support/folder.ts';
import { publishTables } from './support/release.ts';
import type { Respondent } from './support/respondent.ts';
import { testContext } from './support/site.ts';

interface Address {
  readonly method: string;
  readonly path: string;
  readonly who: string;
  readonly statuses: readonly number[];
}

const PAGE = readFileSync(join(import.meta.dirname, '../docs/addresses.md'), 'utf8');
const ADDRESSES: Address[] = [...PAGE.matchAll(/^\| (GET|POST) \| `(\S+)` \| (\w+) \| .+ \| ([\d, ]+) \|$/gm)].map(
  ([, method = '', path = '', who = '', statuses = '']) => ({
    method,
    path,
    who,
    statuses: statuses.split(', ').map(Number),
  }),
);

/** Somebody, at some time. Each gives the browser that asks. */
const STATES: Readonly<Record<string, (site: Fieldwork) => Promise<Respondent>>> = {
  'who has never been here': (site) => site.visit(),
  'who has begun': (site) => site.begin(),
  'who has answered everything': answered,
  'who has sent the answers': sent,
  'who comes after it closed': async (site) => {
    const respondent = await site.visit();
    site.travelTo('2027-07-01T12:00:00Z');
    return respondent;
  },
  'who has begun and comes after it closed': async (site) => {
    const respondent = await answered(site);
    site.travelTo('2027-07-01T12:00:00Z');
    await site.db.updateTable('drafts').set({ expires_week: '2027-W52' }).execute();
    return respondent;
  },
  'who comes when results are out': async (site) => {
    await publishSome(site);
    return site.visit();
  },
  'who comes when a release was withdrawn': async (site) => {
    await publishSome(site);
    await recordDecision(site.db, 'two-languages', '2027-04-01', (ledger) =>
      withdraw(ledger, 1, 'Bo', 'a wrong label'),
    );
    return site.visit();
  },
  'who comes when there is a data file': async (site) => {
    await publishFile(site);
    return site.visit();
  },
  'who comes too late to withdraw': async (site) => {
    const respondent = await sent(site);
    site.travelTo('2027-08-01T12:00:00Z');
    return respondent;
  },
};

/** Publishes results of made-up answers. */
async function publishSome({ db }: Fieldwork): Promise<void> {
  const { hash, survey } = await getPublished(db, 'two-languages');
  const random = randomFrom(1);
  const journeys = Array.from({ length: 40 }, () => simulateResponse(survey, random, { weights: {}, blanks: 0 }));
  const common = { survey: 'two-languages', versionHash: hash, informationVersion: '1', consentVersion: '1' };
  const made = { ...common, language: 'en', withdrawalHash: null, week: '2027-W09', origin: 'simulated' } as const;
  const submissions = journeys.flatMap((journey) => submissionOf(journey) ?? []);
  await insertResponses(
    db,
    submissions.map((submission) => ({ ...made, submission })),
  );
  await publishTables(db, 'two-languages', '2027-03-01');
}

/** Puts a data file for the public on the record: what is in it makes no difference here. */
async function publishFile({ db, context }: Fieldwork): Promise<void> {
  const releasesPath = testFolder();
  Object.assign(context.settings, { releasesPath });
  const file = 'two-languages-1-synthetic.zip';
  writeFileSync(join(releasesPath, file), 'a zip');
  const about = { survey: 'two-languages', version: '1', title: 'Two', wave: 'One', language: 'en', release: 1 };
  const made = { madeOn: '2027-03-01', synthetic: true, audience: 'public' as const, k: 10, withheldRows: 'none' };
  const outline = { about: { ...about, ...made, leftOut: [] }, rows: 0, variables: [] };
  await recordRelease(
    db,
    {
      survey: 'two-languages',
      number: 1,
      person: 'Ada',
      madeOn: '2027-03-01',
      snapshot: 'none',
      settings: { audience: 'public' },
      reason: '',
      data: { file, sha256: createHash('sha256').update('a zip').digest('hex'), bytes: 5, outline, report: {} },
    },
    () => {},
  );
  await recordDecision(db, 'two-languages', '2027-03-01', (ledger) => approve(ledger, 1, 'Bo', undefined));
}

async function answered(site: Fieldwork): Promise<Respondent> {
  const respondent = await site.begin();
  for (const form of ['B1=work', 'B2=3', 'B3=dk']) await respondent.post(respondent.address, form);
  return respondent;
}

async function sent(site: Fieldwork): Promise<Respondent> {
  return (await answered(site)).answer();
}

/** What an address answers with to an empty form and to a good one, on a page, on a later one, and on none. */
async function ask(site: Fieldwork, { method, path }: Address, respondent: Respondent, survey: string) {
  const [, code = ''] = /answers-two-languages=([^;]+)/.exec(respondent.cookies) ?? [];
  const good = new URLSearchParams({ A1: 'yes', B1: 'shop', B2: '4', B3: 'dk', code }).toString();
  const statuses: number[] = [];
  for (const page of path.includes(':page') ? ['b2', 'b3', 'none'] : ['']) {
    for (const body of method === 'GET' ? [null] : ['', good]) {
      const reply = await fetch(
        site.url + path.replace(':survey', survey).replace(':page', page).replace(':release', '1'),
        {
          method,
          redirect: 'manual',
          headers: { cookie: respondent.cookies, 'content-type': 'application/x-www-form-urlencoded' },
          body,
        },
      );
      statuses.push(reply.status);
    }
  }
  return statuses;
}

test('every door stands on the page with who it is for, and no other', async () => {
  const context = await testContext();
  const doors = routesOf(context, await signUpsBeside(context)).map(({ method, path, who }) => [
    method.toUpperCase(),
    path,
    who,
  ]);
  expect(ADDRESSES.map(({ method, path, who }) => [method, path, who])).toEqual(doors);
});

// 503 needs a disk that is full or a store that is locked; tests/journeys and tests/web have those.
const withoutTrouble = (statuses: Iterable<number>) => [...new Set(statuses)].filter((status) => status !== 503).sort();

/** Staff's are asked as every role in tests/accounts/matrix.test.ts, participants' in tests/signups/doors.test.ts: both compare with the page. */
const OTHERS = ADDRESSES.filter(({ path }) => !/^\/(staff|take-part|bookings|your-data|calendar)\b/.test(path));

test.each(OTHERS)('$method $path answers with what the page says and nothing else', async (address) => {
  const met: number[] = [];
  for (const arrive of Object.values(STATES)) {
    const site = await openFieldwork('two-languages');
    met.push(...(await ask(site, address, await arrive(site), 'two-languages')));
  }
  if (address.path.includes(':survey')) {
    const site = await openFieldwork('two-languages');
    met.push(...(await ask(site, address, await site.begin(), 'another')));
  }
  expect(withoutTrouble(met)).toEqual(withoutTrouble(address.statuses));
});

test.each([
  ['DELETE', '/', 404],
  ['PUT', '/surveys/two-languages', 404],
  ['POST', '/health', 404],
  ['GET', '/surveys/two-languages/start', 404],
  ['GET', '/surveys/two-languages/answer', 404],
  ['GET', '/surveys', 404],
  ['GET', '/surveys/%zz', 400],
])('%s %s is no door', async (method, path, status) => {
  const site = await openFieldwork('two-languages');
  expect((await fetch(site.url + path, { method, redirect: 'manual' })).status).toBe(status);
});
