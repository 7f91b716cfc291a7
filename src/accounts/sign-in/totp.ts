/** The second factor: six digits from an authenticator app (RFC 6238: SHA-1, 30 seconds), or a recovery code. */
import { generateURI, ScureBase32Plugin, verifySync } from 'otplib';

const PERIOD = 30;
const base32 = new ScureBase32Plugin();

/** Bytes as letters and digits that an app or a person can read: A–Z and 2–7. */
export const encodeSecret = (bytes: Uint8Array): string => base32.encode(bytes);

/** What the QR code says to an app. */
export function appAddress(secret: string, email: string): string {
  return generateURI({ issuer: 'Soundings', label: email, secret });
}

/**
 * The step of time that a code belongs to; undefined where it is wrong, or not later than the last one that was taken:
 * a code that somebody looked over a shoulder for is used up. One step before and after are taken, for slow fingers
 * and clocks that differ.
 */
export function stepOfCode(code: string, secret: string, now: Date, lastStep: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const epoch = Math.floor(now.getTime() / 1000);
  const found = verifySync({
    secret,
    token: code,
    epoch,
    period: PERIOD,
    epochTolerance: PERIOD,
    afterTimeStep: lastStep,
  });
  return found.valid && 'timeStep' in found ? found.timeStep : undefined;
}

/** What somebody typed in the box for codes, which takes either kind. */
export function readTypedCode(typed: string): { kind: 'totp' | 'recovery'; code: string } | undefined {
  const bare = typed.replaceAll(/[\s\p{Dash}\p{Cf}]/gu, '').toUpperCase();
  if (/^\d{6}$/.test(bare)) return { kind: 'totp', code: bare };
  // Digits that the alphabet does not have are letters misread.
  const code = bare.replaceAll('0', 'O').replaceAll('1', 'I').replaceAll('8', 'B');
  return /^[A-Z2-7]{16}$/.test(code) ? { kind: 'recovery', code } : undefined;
}

/** A code or secret in groups of four, to read and to type: `3F9K DWQ2 …`. */
export const inGroups = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1 ');
