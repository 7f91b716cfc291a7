/** Hashes, tokens and the seal: what the store keeps opens nothing by itself. */
import { scryptSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashPassphrase, hashToken, isPassphrase, newToken, seal, unseal } from '../../src/accounts/secrets/store.ts';
import { Problem } from '../../src/web/problems.ts';
import { testDatabase } from '../support/database.ts';
import { openSite } from '../support/site.ts';

const WORDS = 'seven otters count their umbrellas';
const SECRET = 'a made-up secret of the tests, long enough';

describe('a passphrase', () => {
  test('is kept as scrypt with its parameters, each time with another salt', async () => {
    const [one, other] = [await hashPassphrase(WORDS), await hashPassphrase(WORDS)];
    expect(one).not.toBe(other);
    const [kind, N, r, p, salt = '', hash = ''] = one.split('$');
    expect([kind, N, r, p]).toEqual(['scrypt', '32768', '8', '3']);
    const cost = { N: 32768, r: 8, p: 3, maxmem: 2 ** 26 };
    expect(scryptSync(WORDS, Buffer.from(salt, 'base64url'), 32, cost).toString('base64url')).toBe(hash);
    expect(await isPassphrase(WORDS, one)).toBe(true);
    expect(await isPassphrase(`${WORDS} `, one)).toBe(false);
  });

  test('kept with other parameters still opens', async () => {
    const salt = Buffer.from('another salt');
    const hash = scryptSync(WORDS, salt, 32, { N: 2048, r: 4, p: 2 });
    const kept = `scrypt$2048$4$2$${salt.toString('base64url')}$${hash.toString('base64url')}`;
    expect(await isPassphrase(WORDS, kept)).toBe(true);
    expect(await isPassphrase('another', kept)).toBe(false);
  });

  test.each([null, undefined, ''.padEnd(0)])('that was never set is opened by nothing: %j', async (kept) => {
    for (const typed of ['', WORDS, 'scrypt']) expect(await isPassphrase(typed, kept || null)).toBe(false);
  });

  test('kept in a way that this version does not know is our mistake, and opens nothing', async () => {
    await expect(isPassphrase(WORDS, 'argon2id$x$y$z')).rejects.toThrow(
      'no way to check a passphrase kept as "argon2id"',
    );
  });

  test('does not hold up the site: others are answered meanwhile, and too many at once are refused', async () => {
    const { url } = await openSite();
    const order: string[] = [];
    const tries = Array.from({ length: 50 }, () =>
      isPassphrase(WORDS, null).then(
        () => order.push('hash'),
        (error: unknown) => {
          expect(error).toEqual(new Problem('too_many'));
          order.push('refused');
        },
      ),
    );
    const page = fetch(`${url}/health`).then(() => order.push('page'));
    await Promise.all([...tries, page]);
    expect(order.filter((what) => what === 'refused')).toHaveLength(8);
    expect(order.indexOf('page')).toBeLessThan(order.length - 10);
    // The places are free again.
    expect(await isPassphrase(WORDS, null)).toBe(false);
  });
});

describe('a seal', () => {
  const sealed = seal('JBSWY3DPEHPK3PXP', SECRET, 'ada');

  test('is opened by its secret, for its account', () => {
    expect(sealed).toMatch(/^aes-256-gcm\$[\w-]{16}\$[\w-]{22}\$[\w-]{22}$/);
    expect(unseal(sealed, SECRET, 'ada')).toBe('JBSWY3DPEHPK3PXP');
    expect(seal('JBSWY3DPEHPK3PXP', SECRET, 'ada')).not.toBe(sealed);
  });

  test.each([
    ['another secret', sealed, `${SECRET}!`, 'ada'],
    ['another account: it was copied into their row', sealed, SECRET, 'bo'],
    [
      'a changed text',
      sealed.replace(/(?<=\$)[\w-](?=[\w-]{21}$)/, (first) => (first === 'A' ? 'B' : 'A')),
      SECRET,
      'ada',
    ],
    ['a shortened tag', sealed.replace(/\$([\w-]{4})[\w-]{18}\$/, '$$$1$$'), SECRET, 'ada'],
    ['nothing', '', SECRET, 'ada'],
  ])('is not by %s', (_, text, secret, account) => {
    expect(unseal(text, secret, account)).toBeUndefined();
  });
});

test('tokens have 256 bits, and a hash says nothing of them', () => {
  const tokens = Array.from({ length: 100 }, newToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

const account = {
  id: 'ada',
  email: 'ada@example.org',
  name: 'Ada',
  admin: 0,
  totp_step: 0,
  created_at: '2027',
} as const;

test.each([
  ['a token that is not hashed', { token_hash: 'short' }, 'session_is_a_hash'],
  ['a step that there is none of', { step: 'half' }, 'step_is_known'],
  ['a secret beside a full session', { new_secret: 'a$b$c$d' }, 'new_secret_is_for_setting_up'],
  ['nobody’s account', { account: 'nobody' }, 'FOREIGN KEY'],
])('the store refuses a session with %s', async (_, change, constraint) => {
  const db = await testDatabase();
  await db.insertInto('accounts').values(account).execute();
  const session = {
    token_hash: 'h'.repeat(64),
    account: 'ada',
    step: 'full',
    new_secret: null,
    wrong_codes: 0,
  } as const;
  const row = { ...session, began_at: '2027', seen_at: '2027' };
  // A step that the types do not know can only come past them.
  const insert = (values: object) =>
    db
      .insertInto('sessions')
      .values(values as typeof row)
      .execute();
  await expect(insert({ ...row, ...change })).rejects.toThrow(constraint);
  await insert(row);
});

test.each([
  ['an address in capitals', { email: 'Ada@example.org' }, 'email_is_in_lower_case'],
  ['an address that is taken', { id: 'bo' }, 'UNIQUE'],
  ['a passphrase as it was typed', { id: 'bo', email: 'bo@example.org', passphrase: WORDS }, 'passphrase_is_a_hash'],
  [
    'a key that is not sealed',
    { id: 'bo', email: 'bo@example.org', totp_secret: 'JBSWY3DPEHPK3PXP' },
    'totp_secret_is_sealed',
  ],
])('the store refuses an account with %s', async (_, change, constraint) => {
  const db = await testDatabase();
  await db.insertInto('accounts').values(account).execute();
  await expect(
    db
      .insertInto('accounts')
      .values({ ...account, id: 'x', ...change })
      .execute(),
  ).rejects.toThrow(constraint);
});
