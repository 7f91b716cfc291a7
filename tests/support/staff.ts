/** A site with staff, whose people and secrets are made up. */
import { scryptSync } from 'node:crypto';
import type { Kysely } from 'kysely';
import { generateSync } from 'otplib';
import { roleCode, type SurveyRole } from '../../src/accounts/account.ts';
import { newId, newTotpBytes, seal } from '../../src/accounts/secrets/store.ts';
import { encodeSecret } from '../../src/accounts/sign-in/totp.ts';
import { createApp, routesOf } from '../../src/app.ts';
import type { AnswersTables } from '../../src/db/tables.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import type { Context } from '../../src/web/context.ts';
import type { Route } from '../../src/web/route-table.ts';
import { type Contacts, signUpsBeside } from './contacts.ts';
import { sourceOf } from './fieldwork.ts';
import { Respondent } from './respondent.ts';
import { type LogLines, serve, testContext } from './site.ts';

const SECRET = 'a made-up secret of the tests, long enough';
export const PASSPHRASE = 'seven otters count their umbrellas';

// Real ones cost a tenth of a second each; the parameters stand in the hash, so cheaper ones work too.
const SALT = Buffer.from('a salt of the tests');
const HASH = scryptSync(PASSPHRASE, SALT, 32, { N: 1024, r: 8, p: 1 });
const KEPT = `scrypt$1024$8$1$${SALT.toString('base64url')}$${HASH.toString('base64url')}`;

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** The key in their authenticator app. */
  readonly key: string;
}

export interface StaffSite {
  readonly url: string;
  readonly context: Context;
  readonly db: Kysely<AnswersTables>;
  readonly contacts: Contacts;
  readonly lines: LogLines;
  readonly now: () => Date;
  /** Sets the clock forward, by so many minutes. */
  wait(minutes: number): void;
  /** Another browser, on this page. */
  visit(address?: string): Promise<Respondent>;
  /** Somebody who can sign in. */
  add(name: string, rights?: { admin?: boolean; roles?: readonly SurveyRole[] }): Promise<Person>;
  /** What their app shows now. */
  code(person: Person): string;
  /** Signs them in, in a new browser or the given one. It takes half a minute: codes work once. */
  signIn(person: Person, browser?: Respondent): Promise<Respondent>;
}

/** Opens a site at noon on 1 March 2027, with one survey and nobody in it. `more` routes come after the site's own. */
export async function openStaffSite(
  settings: Context['settings'] = {},
  more: readonly Route[] = [],
  changes: Partial<Pick<Context, 'db' | 'askNetwork' | 'drawPicture' | 'workOnFile' | 'releaseWork' | 'site'>> = {},
): Promise<StaffSite> {
  let clock = new Date('2027-03-01T12:00:00Z');
  const context = await testContext({ now: () => clock, settings: { secret: SECRET, ...settings }, ...changes });
  const { db, lines, now } = context;
  await publishVersion(db, sourceOf('two-languages'), '2027-03-01');
  const signUps = await signUpsBeside(context);
  const url = await serve(createApp(context, [...routesOf(context, signUps), ...more]));
  const wait = (minutes: number) => {
    clock = new Date(clock.getTime() + minutes * 60_000);
  };
  const visit = (address = '/staff/sign-in') => new Respondent(url).open(address);
  const code = ({ key }: Person) => generateSync({ secret: key, epoch: Math.floor(clock.getTime() / 1000) });
  return {
    url,
    context,
    db,
    contacts: signUps.contacts,
    lines,
    now,
    wait,
    visit,
    code,
    add: async (name, { admin = false, roles = [] } = {}) => {
      const id = newId();
      const key = encodeSecret(newTotpBytes());
      const email = `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}@example.org`;
      const row = { id, email, name, admin: admin ? (1 as const) : (0 as const), passphrase: KEPT, totp_step: 0 };
      await db
        .insertInto('accounts')
        .values({ ...row, totp_secret: seal(key, SECRET, id), created_at: clock.toISOString() })
        .execute();
      for (const role of roles)
        await db
          .insertInto('account_roles')
          .values({ account: id, ...role })
          .execute();
      return { id, email, name, key };
    },
    signIn: async (person, browser) => {
      wait(0.5);
      const own = browser ? await browser.open('/staff/sign-in') : await visit();
      await own.answer({ email: person.email, passphrase: PASSPHRASE });
      if (own.address === '/staff/sign-in/code') await own.answer({ code: code(person) });
      if (own.address !== '/staff') throw new Error(`${person.name} could not sign in: ${own.words}`);
      return own;
    },
  };
}

/** The actions in the audit, the oldest first. */
export async function auditOf(db: Kysely<AnswersTables>): Promise<string[]> {
  const rows = await db.selectFrom('audit').selectAll().orderBy('line').execute();
  return rows.map(({ person_name, action, object_name, about }) => {
    const { role, survey } = JSON.parse(about);
    return `${person_name}: ${action} ${object_name}${role ? ` ${roleCode({ role, survey })}` : ''}`;
  });
}
