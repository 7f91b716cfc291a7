import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSettings, WrongSetting } from '../src/config.ts';

test('everything may be left out for a local trial', () => {
  expect(readSettings({ PATH: '/bin', SECRET: '' })).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDir: resolve('data'),
    answersPath: resolve('data/answers.sqlite'),
    contactsPath: resolve('data/contacts.sqlite'),
    mailFrom: undefined,
    releasesPath: resolve('data/releases'),
    publicUrl: undefined,
    smtpUrl: undefined,
    secret: undefined,
    proxies: 0,
  });
});

test('what is given is used', () => {
  const settings = readSettings({
    PORT: '8080',
    HOST: '0.0.0.0',
    DATA_DIR: '/srv/soundings',
    PUBLIC_URL: 'https://surveys.example.org',
    SMTP_URL: 'smtps://user:word@mail.example.org',
    SECRET: 's'.repeat(32),
  });
  expect(settings).toMatchObject({ port: 8080, host: '0.0.0.0', answersPath: '/srv/soundings/answers.sqlite' });
  expect(settings.publicUrl?.origin).toBe('https://surveys.example.org');
  expect(settings.smtpUrl?.hostname).toBe('mail.example.org');
});

describe('a wrong setting is named in one line that does not show it', () => {
  test.each([
    ['PORT', 'eighty', 'The setting PORT must be a number.'],
    ['PORT', '70000', 'The setting PORT must be a number from 0 to 65535.'],
    ['PORT', '80.5', 'The setting PORT must be a whole number.'],
    [
      'PUBLIC_URL',
      'surveys.example.org',
      'The setting PUBLIC_URL must be an address such as "https://surveys.example.org".',
    ],
    ['PUBLIC_URL', 'https://example.org/surveys', 'The setting PUBLIC_URL must be an address without a path.'],
    ['SMTP_URL', 'mail.example.org', 'The setting SMTP_URL must be an address such as "smtp://mail.example.org:587".'],
    ['PROXIES', 'one', 'The setting PROXIES must be a number.'],
    ['SECRET', 'short', 'The setting SECRET must be at least 32 characters; "openssl rand -hex 32" makes one.'],
    [
      'DATABASE_URL',
      'postgres://localhost/soundings',
      'The setting DATABASE_URL must be left out: this version keeps its data in SQLite, in DATA_DIR, and cannot use PostgreSQL yet.',
    ],
  ])('%s=%s', (name, value, message) => {
    expect(() => readSettings({ [name]: value })).toThrow(new WrongSetting(message));
  });
});
