/** Chance and ciphers: tokens, what is kept of them, passphrases, and the seal on the second factor's secret. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  type ScryptOptions,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { Problem } from '../../web/problems.ts';

/** A token that opens something: 256 random bits, in letters that stand in an address and a cookie as they are. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** An account's id. It says nothing. */
export const newId = (): string => randomBytes(16).toString('hex');

/** The bytes of a new second factor (RFC 4226, 4: 160 bits) and of a recovery code (80 bits). */
export const newTotpBytes = (): Uint8Array => randomBytes(20);
export const newRecoveryBytes = (): Uint8Array => randomBytes(10);

/** What the store keeps of a token. Tokens are random, so no salt and no slow hash is needed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Cost of a passphrase's hash: 32 MiB and about a tenth of a second (OWASP's second choice of scrypt parameters). */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const HASH_BYTES = 32;

/** How many hashes are worked out at once, and how many may wait: the rest of the site needs the machine too. */
const AT_ONCE = 2;
const WAITING = 40;

/**
 * A passphrase as it is kept: `scrypt$N$r$p$salt$hash`, with its parameters, so that later ones may be made otherwise.
 * Takes about 0.1 s beside the event loop. @throws Problem too_many where dozens wait already
 */
export async function hashPassphrase(passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(passphrase, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Stands in for whoever has no passphrase: no account, or none yet. Nothing gives it, and it takes as long. */
const NOBODYS = ['scrypt', COST.N, COST.r, COST.p, ...[16, 32].map((n) => randomBytes(n).toString('base64url'))].join(
  '$',
);

/**
 * Whether a passphrase is the one that was kept. Takes as long where there is none, so that time does not tell who has
 * an account. @throws Problem too_many where dozens wait already
 */
export async function isPassphrase(passphrase: string, kept: string | null | undefined): Promise<boolean> {
  const [kind, N, r, p, salt = '', hash = ''] = (kept ?? NOBODYS).split('$');
  if (kind !== 'scrypt') throw new Error(`There is no way to check a passphrase kept as "${kind}".`);
  const wanted = Buffer.from(hash, 'base64url');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const found = await derive(passphrase, Buffer.from(salt, 'base64url'), cost);
  return found.length === wanted.length && timingSafeEqual(found, wanted) && kept != null;
}

let running = 0;
const queue: (() => void)[] = [];

async function derive(passphrase: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  if (queue.length >= WAITING) throw new Problem('too_many');
  if (running >= AT_ONCE) await new Promise<void>((go) => queue.push(go));
  else running += 1;
  try {
    return await new Promise((done, fail) => {
      const finish = (error: Error | null, hash: Buffer) => (error ? fail(error) : done(hash));
      scrypt(passphrase, salt, HASH_BYTES, { ...cost, maxmem: 2 ** 26 }, finish);
    });
  } finally {
    // Whoever waits takes over the place of who is done.
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }
}

const SEAL = 'aes-256-gcm';

/** The key of the seal, from the setting SECRET. */
function sealingKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'soundings second factor', 32));
}

/** A text that only who knows the setting SECRET can read, and only in the place (`account`) that it was made for. */
export function seal(text: string, secret: string, account: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv(SEAL, sealingKey(secret), iv).setAAD(Buffer.from(account));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [SEAL, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('$');
}

/** The text in a seal; undefined where the secret or the place is another, or the seal was tampered with. */
export function unseal(sealed: string, secret: string, account: string): string | undefined {
  const [, iv = '', tag = '', text = ''] = sealed.split('$');
  try {
    const key = sealingKey(secret);
    const decipher = createDecipheriv(SEAL, key, Buffer.from(iv, 'base64url'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(account)).setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
