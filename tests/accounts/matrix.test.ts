/** Every role against every route and method, made from the table of routes (S1); and what one may not see is not there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import { beforeAll, describe, expect, test } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { saveDraftVersion } from '../../src/fieldwork/drafts/store.ts';
import { findLiveSurvey } from '../../src/fieldwork/store.ts';
import { mountRoutes, type Route } from '../../src/web/route-table.ts';
import { addBooking, signUpsBeside } from '../support/contacts.ts';
import { sourceOf } from '../support/fieldwork.ts';
import { testFolder } from '../support/folder.ts';
import { addMadeUp } from '../support/made-up.ts';
import { makeTables } from '../support/release.ts';
import { testContext } from '../support/site.ts';
import { openStaffSite, PASSPHRASE, type StaffSite } from '../support/staff.ts';

const [OWN, FOREIGN] = ['two-languages', 'another'];

/** Doors of a survey's staff, as later pages will have them. */
const MORE: readonly Route[] = (['member', 'researcher', 'approver'] as const).flatMap((who) =>
  (['get', 'post'] as const).map((method) => ({
    method,
    path: `/staff/surveys/:survey/${who}-page`,
    who,
    handle: (_request, response) => void response.send('inside'),
  })),
);

type Who = Route['who'];

/** Who asks: their cookie, and what they may use. Of a survey's routes these are told apart by whose survey it is. */
interface Asker {
  readonly arrive: (site: StaffSite) => Promise<string>;
  readonly step: 'out' | 'entrant' | 'in';
  readonly may: readonly Who[];
}

const signedIn =
  (rights: Parameters<StaffSite['add']>[1]) =>
  async (site: StaffSite): Promise<string> =>
    (await site.signIn(await site.add('Somebody Else', rights))).cookies;

const OUT = { step: 'out', may: ['everyone', 'respondent', 'participant'] } as const;
const ASKERS: Readonly<Record<string, Asker>> = {
  anonymous: { ...OUT, arrive: async () => '' },
  'a respondent': {
    ...OUT,
    arrive: async (site) => (await (await site.visit(`/surveys/${OWN}`)).answer({ A1: 'yes' })).cookies,
  },
  'an entrant': {
    step: 'entrant',
    may: ['everyone', 'respondent', 'participant', 'entrant'],
    arrive: async (site) => {
      const { email } = await site.add('Somebody Else', { admin: true });
      return (await (await site.visit()).answer({ email, passphrase: PASSPHRASE })).cookies;
    },
  },
  'staff without a role': { step: 'in', may: ['staff'], arrive: signedIn({}) },
  'a researcher of this survey': {
    step: 'in',
    may: ['staff', 'member', 'researcher'],
    arrive: signedIn({ roles: [{ survey: OWN, role: 'researcher' }] }),
  },
  'an approver of this survey': {
    step: 'in',
    may: ['staff', 'member', 'approver'],
    arrive: signedIn({ roles: [{ survey: OWN, role: 'approver' }] }),
  },
  'a researcher and approver of another survey': {
    step: 'in',
    may: ['staff'],
    arrive: signedIn({
      roles: [
        { survey: 'a-third', role: 'researcher' },
        { survey: 'a-third', role: 'approver' },
      ],
    }),
  },
  'an admin': { step: 'in', may: ['staff', 'member', 'researcher', 'admin'], arrive: signedIn({ admin: true }) },
  'a deactivated admin': {
    ...OUT,
    arrive: async (site) => {
      const cookies = await signedIn({ admin: true })(site);
      await site.db
        .updateTable('accounts')
        .set({ disabled_at: '2027-03-01' })
        .where('name', '=', 'Somebody Else')
        .execute();
      return cookies;
    },
  },
  'an admin whose session is over': {
    ...OUT,
    arrive: async (site) => {
      const cookies = await signedIn({ admin: true })(site);
      site.wait(61);
      return cookies;
    },
  },
  'an admin who has signed out': {
    ...OUT,
    arrive: async (site) => {
      const browser = await site.signIn(await site.add('Somebody Else', { admin: true }));
      const { cookies } = browser;
      await browser.press('Sign out');
      return cookies;
    },
  },
  'somebody with a made-up cookie': { ...OUT, arrive: async () => `staff=${'A'.repeat(43)}; staff-device=x` },
};

let routes: readonly Route[];
beforeAll(async () => {
  const context = await testContext();
  routes = [...routesOf(context, await signUpsBeside(context)), ...MORE].filter(({ path }) =>
    path.startsWith('/staff'),
  );
});

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/addresses.md'), 'utf8');

/** The statuses that the page of addresses tells for a route. */
function toldOf({ method, path }: Route): number[] {
  const [, statuses = ''] =
    new RegExp(
      `^\\| ${method.toUpperCase()} \\| \`${path.replaceAll('/', '\\/')}\` \\|.*\\| ([\\d, ]+) \\|$`,
      'm',
    ).exec(PAGE) ?? [];
  return statuses === '' ? [] : statuses.split(', ').map(Number);
}

/** What an address answers, with what must not differ between what is hidden and what is not there. */
async function ask(site: StaffSite, cookie: string, method: string, address: string, body = '') {
  const reply = await fetch(site.url + address, {
    method,
    redirect: 'manual',
    headers: { cookie, ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }) },
    ...(method === 'POST' && { body }),
  });
  return { status: reply.status, location: reply.headers.get('location'), html: await reply.text() };
}

const isMember = (who: Who) => who === 'member' || who === 'researcher' || who === 'approver';

/** Work on a release of the survey that somebody asked for. @returns its id */
async function putWork({ db }: StaffSite, account: string): Promise<string> {
  const id = 'a'.repeat(32);
  const wishes = JSON.stringify({ audience: 'public', tables: true, data: false });
  const asked = { survey: OWN, kind: 'make', wishes, account, person: 'Bo', state: 'queued' } as const;
  await db
    .insertInto('release_jobs')
    .values({ id, ...asked, asked_at: '2027-03-01T12:00:00.000Z' })
    .execute();
  return id;
}

test('the table has routes for each kind of staff', () => {
  expect(new Set(routes.map(({ who }) => who))).toEqual(
    new Set(['everyone', 'entrant', 'staff', 'admin', 'member', 'researcher', 'approver']),
  );
  expect(routes.length).toBeGreaterThan(25);
});

describe.each(Object.entries(ASKERS))('%s', (_, { arrive, step, may }) => {
  test('may use what the table says and nothing else', async () => {
    const folder = testFolder();
    const site = await openStaffSite({ releasesPath: folder }, MORE);
    await addMadeUp(site.db, OWN, 40);
    await makeTables(site.db, OWN, '2027-03-01', folder);
    const draft = sourceOf('two-languages', (file) => Object.assign(file, { version: '1.1' }));
    const waiting = { survey: OWN, version: '1.1', source: draft };
    await saveDraftVersion(site.db, waiting, undefined, { id: null, name: 'Somebody' }, site.now());
    const other = await site.add('Bo');
    const version = (await findLiveSurvey(site.db, OWN))?.hash ?? '';
    const job = await putWork(site, other.id);
    const { booking, message, ...event } = await addBooking(site.contacts);
    const faults: string[] = [];
    // What they try may end their own session, so each door is tried afresh.
    const cookie = await arrive(site);
    const kept = await site.db.selectFrom('sessions').selectAll().execute();
    for (const route of routes) {
      const { method, path, who } = route;
      for (const [survey, account] of [
        [OWN, other.id],
        [FOREIGN, '0'.repeat(32)],
      ] as const) {
        await site.db.deleteFrom('sessions').execute();
        if (kept.length > 0) await site.db.insertInto('sessions').values(kept).execute();
        await site.db.deleteFrom('guesses').execute();
        const release = path.includes(':survey') ? '1' : `${survey}-1`;
        const address = path
          .replace(':survey', survey)
          .replace(':release', release)
          .replace(':account', account)
          .replace(':version', version)
          .replace(':language', 'cy')
          .replace(':question', 'B1')
          .replace(':job', job)
          .replace(':draft', '1.1')
          .replace(':event', event.event)
          .replace(':session', event.session)
          .replace(':booking', booking)
          .replace(':message', message)
          .replace(':news', 'booked')
          .replace(':token', 'none');
        const nowhere = await ask(site, cookie, method.toUpperCase(), '/staff/nowhere');
        const got = await ask(site, cookie, method.toUpperCase(), address);
        const name = `${method} ${address} (${who}): ${got.status} ${got.location ?? ''}`;
        // The short address of a release names its survey too, and looks who is a member itself.
        const use = path.startsWith('/staff/releases/') ? 'member' : who;
        const allowed =
          who === 'everyone' ||
          (may.includes(use) && (!isMember(use) || survey === OWN || (use !== 'approver' && may.includes('admin'))));
        const told = toldOf(route);
        if (!MORE.some((each) => each.path === path) && !told.includes(got.status))
          faults.push(`${name}, not told of in docs/addresses.md`);
        if (allowed) {
          // An admin asks for an account or a survey that is not there: that is the handler's to say.
          const missing =
            (path.includes(':account') && account !== other.id) || (path.includes(':survey') && survey === FOREIGN);
          const away = got.location === '/staff/sign-in' && !/sign-in|set-up/.test(path);
          if (away || (got.status === 404 && !missing) || got.status >= 500)
            faults.push(`${name}, though it is allowed`);
        } else if (step === 'in' && who === 'entrant') {
          if (got.location !== '/staff') faults.push(`${name}, where it should lead to /staff`);
        } else if (JSON.stringify(got) !== JSON.stringify(nowhere)) {
          faults.push(`${name}, where an address that is none says ${nowhere.status}`);
        } else if (got.status !== (step === 'in' ? 404 : 303)) {
          faults.push(`${name}, where it should be hidden`);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  test('changes nothing where they may not', async () => {
    const site = await openStaffSite({}, MORE);
    const other = await site.add('Bo');
    const cookie = await arrive(site);
    const dump = async () => [
      await site.db.selectFrom('accounts').selectAll().orderBy('id').execute(),
      await site.db.selectFrom('account_roles').selectAll().orderBy('account').execute(),
      await site.db.selectFrom('invitations').selectAll().execute(),
    ];
    const before = await dump();
    if (!may.includes('admin')) {
      const form = 'email=eve@example.org&name=Eve&admin=yes&second-factor=yes&passphrase=a+long+one+of+words';
      for (const { method, path, who } of routes) {
        if (method === 'post' && who === 'admin')
          await ask(site, cookie, 'POST', path.replace(':account', other.id), form);
      }
      expect(await dump()).toEqual(before);
    }
  });
});

test.each(['/staff/', '/STAFF/Accounts', '/staff//accounts', '/staff/accounts/', '/staff/accounts%2f', '/staff/x/y/z'])(
  'no spelling of an address leads past the guard: %s',
  async (address) => {
    const site = await openStaffSite();
    const out = await ask(site, '', 'GET', address);
    expect([out.status, out.location]).toEqual([303, '/staff/sign-in']);
    const cookie = (await site.signIn(await site.add('Ada'))).cookies;
    if (address !== '/staff/') expect((await ask(site, cookie, 'GET', address)).status).toBe(404);
  },
);

test.each(['PUT', 'DELETE', 'PATCH', 'HEAD'])('no other method leads past it: %s', async (method) => {
  const site = await openStaffSite();
  const reply = await fetch(`${site.url}/staff/accounts`, { method, redirect: 'manual' });
  expect([reply.status, reply.headers.get('location')]).toEqual([303, '/staff/sign-in']);
});

describe('a door that is built wrong is refused at the start', () => {
  const handle = () => {};
  test.each([
    ['no guard', { path: '/staff/x', who: 'admin' }, undefined, 'GET /staff/x is for staff, and nothing guards it.'],
    [
      'a survey that the path does not name',
      { path: '/staff/releases/:release', who: 'researcher' },
      async () => true,
      'GET /staff/releases/:release is for the researcher of a survey, and its path names none.',
    ],
  ] as const)('%s', (_, route, guard, message) => {
    expect(() => mountRoutes(express(), [{ ...route, method: 'get', handle }], guard)).toThrow(message);
  });
});

test('a form from another site is refused before anybody is asked who they are', async () => {
  const site = await openStaffSite();
  const { cookies } = await site.signIn(await site.add('Ada', { admin: true }));
  for (const { method, path } of routes.filter((route) => route.method === 'post')) {
    const reply = await fetch(site.url + path, {
      method,
      headers: { cookie: cookies, 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' },
      redirect: 'manual',
    });
    expect([path, reply.status]).toEqual([path, 403]);
  }
});
