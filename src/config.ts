/** Every setting of the program, read once from the environment: the only place that looks there. */
import { join, resolve } from 'node:path';
import { z } from 'zod';

const settingsSchema = z
  .object({
    PORT: z.coerce
      .number('a number')
      .int('a whole number')
      .min(0, 'a number from 0 to 65535')
      .max(65_535, 'a number from 0 to 65535')
      .default(3000),
    HOST: z.string().min(1, 'a host name or address').default('127.0.0.1'),
    DATA_DIR: z.string().min(1, 'a folder').default('./data'),
    DATABASE_URL: z
      .string()
      .refine(
        (address) => address === '',
        'left out: this version keeps its data in SQLite, in DATA_DIR, and cannot use PostgreSQL yet',
      )
      .optional(),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'an address such as "https://surveys.example.org"' })
      .refine((address) => URL.canParse(address) && new URL(address).pathname === '/', 'an address without a path')
      .optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'an address such as "smtp://mail.example.org:587"' }).optional(),
    MAIL_FROM: z.email({ error: 'an e-mail address such as "research@example.org"' }).optional(),
    SECRET: z.string().min(32, 'at least 32 characters; "openssl rand -hex 32" makes one').optional(),
    PROXIES: z.coerce
      .number('a number')
      .int('a whole number')
      .min(0, 'a number from 0 to 9')
      .max(9, 'a number from 0 to 9')
      .default(0),
  })
  .transform((env) => ({
    port: env.PORT,
    host: env.HOST,
    dataDir: resolve(env.DATA_DIR),
    answersPath: join(resolve(env.DATA_DIR), 'answers.sqlite'),
    contactsPath: join(resolve(env.DATA_DIR), 'contacts.sqlite'),
    releasesPath: join(resolve(env.DATA_DIR), 'releases'),
    publicUrl: env.PUBLIC_URL === undefined ? undefined : new URL(env.PUBLIC_URL),
    smtpUrl: env.SMTP_URL === undefined ? undefined : new URL(env.SMTP_URL),
    mailFrom: env.MAIL_FROM,
    secret: env.SECRET,
    proxies: env.PROXIES,
  }));

export type Settings = z.infer<typeof settingsSchema>;

/** A setting that cannot be used; the message is one line to print. */
export class WrongSetting extends Error {}

/**
 * The settings in an environment, with their defaults; an empty one counts as left out. Throws `WrongSetting` naming
 * the first wrong one and what it should be, without its value: it could be a secret.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = settingsSchema.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new WrongSetting(`The setting ${String(issue?.path[0])} must be ${issue?.message}.`);
}
