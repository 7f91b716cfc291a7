/** What no page of ours sends, in every field of every form of staff (S5, S6): never a 5xx, never markup, never stored. */
import { describe, expect, test } from 'vitest';
import { addAccount } from '../../src/accounts/people/store.ts';
import type { Respondent } from '../support/respondent.ts';
import { openStaffSite, PASSPHRASE, type StaffSite } from '../support/staff.ts';

const MARK = 'kzjq';
/** Each as it stands in the body, after `field=`. */
const PAYLOADS: readonly string[] = [
  encodeURIComponent(`<script>${MARK}</script>`),
  encodeURIComponent(`"><img src=x onerror=${MARK}>`),
  encodeURIComponent(`'; DROP TABLE accounts; --${MARK}`),
  encodeURIComponent(`=HYPERLINK("http://${MARK}")`),
  encodeURIComponent(`${MARK}\r\nSet-Cookie: staff=x`),
  encodeURIComponent(`{{constructor.constructor('${MARK}')}}<%= ${MARK} %>`),
  encodeURIComponent(`\u202e${MARK}\u0000`),
  `%ED%A0%80${MARK}`,
  `%FF${MARK}`,
  `${MARK.repeat(25_000)}`,
];

const forms: readonly [
  action: string,
  fields: readonly string[],
  arrive: (site: StaffSite) => Promise<{ browser: Respondent; action: string }>,
][] = [
  ['sign-in', ['email', 'passphrase'], async (site) => ({ browser: await site.visit(), action: '/staff/sign-in' })],
  ['code', ['code'], async (site) => ({ browser: await half(site), action: '/staff/sign-in/code' })],
  ['link', ['name', 'passphrase'], async (site) => ({ browser: await site.visit(), action: await newLink(site) })],
  [
    'set up',
    ['code'],
    async (site) => {
      const browser = await site.visit(await newLink(site));
      return { browser: await browser.answer({ name: 'Bo', passphrase: PASSPHRASE }), action: '/staff/set-up' };
    },
  ],
  ['own passphrase', ['current', 'fresh'], asAdmin('/staff/account/passphrase')],
  ['own recovery codes', ['passphrase'], asAdmin('/staff/account/recovery-codes')],
  ['invite', ['email', 'name', 'admin', 'roles'], asAdmin('/staff/accounts')],
  ['roles', ['admin', 'roles'], asAdmin('/staff/accounts/:bo/roles')],
  ['link again', ['second-factor'], asAdmin('/staff/accounts/:bo/link')],
  ['deactivate', ['anything'], asAdmin('/staff/accounts/:bo/deactivate')],
];

let people = 0;

async function half(site: StaffSite): Promise<Respondent> {
  people += 1;
  const { email } = await site.add(`Half ${'abcdefghijklmnopqrstuvwxyz'[people % 26]}${'x'.repeat(people)}`);
  return (await site.visit()).answer({ email, passphrase: PASSPHRASE });
}

async function newLink({ db, now }: StaffSite): Promise<string> {
  people += 1;
  const account = { email: `bo${people}@example.org`, name: 'Bo', admin: false, roles: [] };
  return `/staff/invitations/${(await addAccount(db, account, { id: null, name: 'root' }, now())).token}`;
}

function asAdmin(action: string) {
  return async (site: StaffSite) => {
    people += 1;
    const [ada, bo] = [
      await site.add(`Ada${'x'.repeat(people)}`, { admin: true }),
      await site.add(`Bo${'x'.repeat(people)}`),
    ];
    return { browser: await site.signIn(ada), action: action.replace(':bo', bo.id) };
  };
}

/** Everything that the store holds of staff, as text. */
async function storedText({ db }: StaffSite): Promise<string> {
  const tables = ['accounts', 'account_roles', 'invitations', 'sessions', 'devices', 'guesses', 'audit'] as const;
  const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
  return JSON.stringify(rows);
}

describe.each(forms)('%s', (_, fields, arrive) => {
  test.each(fields)('in "%s"', async (field) => {
    const site = await openStaffSite();
    for (const payload of PAYLOADS) {
      const { browser, action } = await arrive(site);
      await browser.post(action, `${field}=${payload}`);
      expect([payload.slice(0, 60), browser.status < 500]).toEqual([payload.slice(0, 60), true]);
      expect(browser.html).not.toMatch(/<script>|<img src=x/);
      expect(browser.headers['set-cookie'] ?? '').not.toContain('staff=x');
    }
    expect(await storedText(site)).not.toContain(MARK);
  });

  test.each([
    ['twice', (field: string) => `${field}=a&${field}=b`],
    ['under a name of JavaScript’s own', () => '__proto__=a'],
    ['with a thousand others', (field: string) => `${field}=a&${'x=1&'.repeat(1001)}`],
  ])('%s', async (_what, bodyOf) => {
    const site = await openStaffSite();
    const { browser, action } = await arrive(site);
    for (const field of fields) {
      await browser.post(action, bodyOf(field));
      expect(browser.status).toBeLessThan(500);
    }
  });
});
