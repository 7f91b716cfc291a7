/** The rules of the room, as tables. */
import { generateSync } from 'otplib';
import { describe, expect, test } from 'vitest';
import { compareRoles, findRole, mayLookAt, mayUse, type Rights } from '../../src/accounts/account.ts';
import { forgottenBefore, nextTryAt, waitInWords } from '../../src/accounts/guesses/guesses.ts';
import { findPassphraseProblem } from '../../src/accounts/passphrase.ts';
import { emailSchema, nameSchema } from '../../src/accounts/person.ts';
import { appAddress, encodeSecret, inGroups, readTypedCode, stepOfCode } from '../../src/accounts/sign-in/totp.ts';

const NOW = new Date('2027-03-01T12:00:00Z');

describe('who may use what', () => {
  const researcher: Rights = { admin: false, roles: [{ survey: 'a', role: 'researcher' }] };
  const approver: Rights = { admin: false, roles: [{ survey: 'a', role: 'approver' }] };
  const admin: Rights = { admin: true, roles: [] };
  const nobody: Rights = { admin: false, roles: [] };
  test.each([
    ['researcher', researcher, 'a', true],
    ['researcher', researcher, 'b', false],
    ['researcher', researcher, undefined, false],
    ['researcher', approver, 'a', false],
    ['researcher', admin, 'b', true],
    ['researcher', admin, undefined, false],
    ['member', approver, 'a', true],
    ['member', researcher, 'a', true],
    ['member', researcher, 'b', false],
    ['member', admin, 'a', true],
    ['member', admin, undefined, false],
    ['approver', approver, 'a', true],
    ['approver', researcher, 'a', false],
    ['approver', admin, 'a', false],
    ['approver', approver, undefined, false],
    ['admin', admin, undefined, true],
    ['admin', researcher, 'a', false],
    ['staff', nobody, undefined, true],
  ] as const)('%s: %j of %s', (who, rights, survey, may) => {
    expect(mayUse(rights, who, survey)).toBe(may);
  });

  test('whoever has any part in a survey sees it listed', () => {
    expect([researcher, approver, admin, nobody].map((rights) => mayLookAt(rights, 'a'))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(mayLookAt(researcher, 'b')).toBe(false);
  });
});

test('roles are read from their texts, and compared', () => {
  expect(findRole('researcher:ai-adoption')).toEqual({ role: 'researcher', survey: 'ai-adoption' });
  expect(findRole('approver:x1')).toEqual({ role: 'approver', survey: 'x1' });
  for (const text of ['', 'admin:x', 'researcher:', 'researcher:X', 'researcher:a b', 'xresearcher:a']) {
    expect(findRole(text)).toBeUndefined();
  }
  const [one, two, three] = (['a', 'b', 'c'] as const).map((survey) => ({ survey, role: 'approver' as const }));
  if (!one || !two || !three) throw new Error('three roles');
  expect(compareRoles([one, two], [{ ...two }, three])).toEqual({ given: [three], taken: [one] });
});

describe('a passphrase', () => {
  const ada = { email: 'ada.lovelace@example.org', name: 'Ada Lovelace' };
  test.each([
    ['seven otters count their umbrellas', undefined],
    ['Zwölf Boxkämpfer jagen Viktor', undefined],
    ['十二支の動物が川を渡っていきます', undefined],
    ['x7!Kp2#vQ9zL', undefined],
    ['a badge for adamantine folk', undefined],
    ['🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧 and words', undefined],
    ['', 'Enter a passphrase'],
    ['eleven char', 'The passphrase must have at least 12 characters'],
    ['🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔', 'The passphrase must have at least 12 characters'],
    ['words '.repeat(40), 'The passphrase must have at most 200 characters'],
  ])('%j', (typed, problem) => {
    expect(findPassphraseProblem(typed, ada)).toBe(problem);
  });

  test.each([
    'password1234',
    'Password 123456',
    'P-A-S-S-W-O-R-D-password',
    'correct horse battery staple',
    'Correct Horse Battery Staple 2027',
    'qwertyuiopasdfgh',
    'abcdefghijklmnop',
    '123456789012',
    '098765432109',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    'letmein letmein',
    '!!!!!!!!!!!!!!!!',
    'iloveyou 2027!!!',
  ])('%j is too common', (typed) => {
    expect(findPassphraseProblem(typed, ada)).toMatch(/one of the first/);
  });

  test.each([
    'my name is Lovelace now',
    'LOVELACE and the engine',
    'l-o-v-e-l-a-c-e engine',
    'ada.lovelace@example.org',
    'hello ada lovelace hello',
    'the Soundings passphrase',
  ])('%j holds what everybody knows', (typed) => {
    expect(findPassphraseProblem(typed, ada)).toMatch(/must not hold your name/);
  });
});

describe('guesses', () => {
  test.each([
    [1, 0],
    [4, 0],
    [5, 30],
    [6, 60],
    [7, 120],
    [9, 480],
    [10, 900],
    [500, 900],
  ])('after %i wrong ones the next is taken after %i seconds', (failures, seconds) => {
    expect(nextTryAt({ failures, lastAt: NOW }).getTime() - NOW.getTime()).toBe(seconds * 1000);
  });

  test('are forgotten after a day, and waits are told in words', () => {
    expect(forgottenBefore(NOW)).toEqual(new Date('2027-02-28T12:00:00Z'));
    const after = (seconds: number) => waitInWords(new Date(NOW.getTime() + seconds * 1000), NOW);
    expect([0, 1, 30, 90, 91, 900].map(after)).toEqual([
      '1 second',
      '1 second',
      '30 seconds',
      '90 seconds',
      '2 minutes',
      '15 minutes',
    ]);
  });
});

describe('codes', () => {
  const secret = encodeSecret(new Uint8Array(20).fill(7));
  const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
  const code = generateSync({ secret, epoch: NOW.getTime() / 1000 });
  const step = NOW.getTime() / 30_000;

  test.each([
    ['now', 0, 0, step],
    ['a step late', 59, 0, step],
    ['a step early', -30, 0, step],
    ['two steps late', 60, 0, undefined],
    ['two steps early', -61, 0, undefined],
    ['used already', 10, step, undefined],
    ['older than the last one used', 0, step + 1, undefined],
    ['after one used before it', 0, step - 1, step],
  ])('given %s', (_, seconds, last, found) => {
    expect(stepOfCode(code, secret, at(seconds), last)).toBe(found);
  });

  test('of RFC 6238 (appendix B, its SHA-1 secret, the last six digits)', () => {
    const theirs = encodeSecret(new TextEncoder().encode('12345678901234567890'));
    for (const [seconds, digits] of [
      [59, '287082'],
      [1111111109, '081804'],
      [2000000000, '279037'],
    ] as const) {
      expect(stepOfCode(digits, theirs, new Date(seconds * 1000), 0)).toBe(Math.floor(seconds / 30));
    }
  });

  test.each([
    ['123456', { kind: 'totp', code: '123456' }],
    [' 123 456 ', { kind: 'totp', code: '123456' }],
    ['abcd-efgh-ijkl-mn27', { kind: 'recovery', code: 'ABCDEFGHIJKLMN27' }],
    ['ABCD EFGH IJKL MN0I', { kind: 'recovery', code: 'ABCDEFGHIJKLMNOI' }],
    ['abcd–efgh–1jkl–mn87', { kind: 'recovery', code: 'ABCDEFGHIJKLMNB7' }],
    ['12345', undefined],
    ['', undefined],
    ['ABCD EFGH IJKL MN2', undefined],
    ['١٢٣٤٥٦', undefined],
  ])('typed as %j', (typed, read) => {
    expect(readTypedCode(typed)).toEqual(read);
  });

  test('are written in groups, and the app is told whose they are', () => {
    expect(inGroups('ABCDEFGHIJ')).toBe('ABCD EFGH IJ');
    expect(appAddress(secret, 'a+b@example.org')).toBe(
      `otpauth://totp/Soundings:a%2Bb%40example.org?secret=${secret}&issuer=Soundings`,
    );
  });
});

test.each([
  [' Ada@Example.ORG ', 'ada@example.org'],
  ['ada', undefined],
  ['ada@example.org,bo@example.org', undefined],
  ['ada@example.org\nBcc: x@example.org', undefined],
  ['"<script>"@example.org', undefined],
  [`${'a'.repeat(250)}@example.org`, undefined],
])('the address %j', (typed, email) => {
  expect(emailSchema.safeParse(typed).data).toBe(email);
});

test.each([
  ['  Ada   Lovelace ', 'Ada Lovelace'],
  ['Zoë O’Brien-Núñez', 'Zoë O’Brien-Núñez'],
  ['李小龙', '李小龙'],
  ['<b>Ada</b>', undefined],
  ['=1+1', undefined],
  ['Ada\u0000', undefined],
  ['', undefined],
])('the name %j', (typed, name) => {
  expect(nameSchema.safeParse(typed).data).toBe(name);
});
