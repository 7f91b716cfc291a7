/** One's own account: a new passphrase, new recovery codes. */
import { expect, test } from 'vitest';
import { auditOf, openStaffSite, PASSPHRASE } from '../support/staff.ts';

const FRESH = 'nine herons fold the evening paper';

test('a new passphrase is good from now on, and the old one is not', async () => {
  const site = await openStaffSite();
  const ada = await site.add('Ada');
  const [own, other] = [await site.signIn(ada), await site.signIn(ada)];
  await own.open('/staff/account');
  await own.press('Change passphrase', { current: PASSPHRASE, fresh: FRESH });
  expect([own.address, own.status]).toEqual(['/staff/account', 200]);
  expect((await other.open('/staff')).address).toBe('/staff/sign-in');
  await other.answer({ email: ada.email, passphrase: PASSPHRASE });
  expect(other.status).toBe(422);
  await other.answer({ email: ada.email, passphrase: FRESH });
  expect(other.address).toBe('/staff/sign-in/code');
  expect(await auditOf(site.db)).toContain('Ada: passphrase_changed Ada');
  const { passphrase } = await site.db.selectFrom('accounts').select('passphrase').executeTakeFirstOrThrow();
  expect(passphrase).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
});

test.each([
  ['', FRESH, ['Enter the passphrase that you have now']],
  [PASSPHRASE, 'short', ['The passphrase must have at least 12 characters']],
  ['', '', ['Enter the passphrase that you have now', 'Enter a passphrase']],
  ['a wrong one', FRESH, ['The passphrase that you have now is another']],
])('a change from %j to %j is refused', async (current, fresh, messages) => {
  const site = await openStaffSite();
  const own = await site.signIn(await site.add('Ada'));
  await own.open('/staff/account');
  await own.press('Change passphrase', { current, fresh });
  expect([own.status, own.errors.map(({ text }) => text)]).toEqual([422, messages]);
  expect((await own.open('/staff/account')).status).toBe(200);
});

test('whoever finds an open computer cannot guess the passphrase, nor make codes without it', async () => {
  const site = await openStaffSite();
  const own = await site.signIn(await site.add('Ada'));
  await own.open('/staff/account');
  await own.press('Make new recovery codes');
  expect([own.status, own.errors[0]?.text]).toEqual([422, 'Enter your passphrase']);
  for (let tries = 0; tries < 5; tries++) {
    await own.press('Make new recovery codes', { passphrase: 'a wrong one' });
    expect(own.status).toBe(422);
  }
  await own.press('Make new recovery codes', { passphrase: PASSPHRASE });
  expect([own.status, own.errors[0]?.text]).toEqual([
    429,
    'There were too many wrong tries. Wait 30 seconds, then try again',
  ]);
  site.wait(0.5);
  await own.press('Make new recovery codes', { passphrase: PASSPHRASE });
  expect(own.heading).toBe('Your recovery codes');
});

test('recovery codes are kept as hashes, and new ones end the old', async () => {
  const site = await openStaffSite();
  const own = await site.signIn(await site.add('Ada'));
  const make = async () => {
    await own.open('/staff/account');
    await own.press('Make new recovery codes', { passphrase: PASSPHRASE });
    return [...own.html.matchAll(/<li class="sn-code">([^<]+)</g)].map(([, code = '']) => code.replaceAll(' ', ''));
  };
  const first = await make();
  const second = await make();
  const kept = await site.db.selectFrom('recovery_codes').selectAll().execute();
  expect(kept).toHaveLength(10);
  for (const code of [...first, ...second]) expect(JSON.stringify(kept)).not.toContain(code);
  expect(first.filter((code) => second.includes(code))).toEqual([]);
});
