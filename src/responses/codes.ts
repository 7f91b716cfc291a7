/** Codes that people write down: 128 bits as 26 letters and digits of Crockford's base 32, which has no I, L, O or U to misread. */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;

/** 16 bytes as a code. */
export function encodeCode(bytes: Uint8Array): string {
  let number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let code = '';
  for (let place = 0; place < LENGTH; place++) {
    code = ALPHABET.charAt(Number(number & 31n)) + code;
    number >>= 5n;
  }
  return code;
}

/** A code as people see it, in groups: `3F9KD-…`. */
export function showCode(code: string): string {
  return code.replace(/^(.{5})(.{5})(.{5})(.{5})/, '$1-$2-$3-$4-');
}

/** A code as somebody typed it, spaces, dashes of any kind and small letters forgiven; undefined when it cannot be one. */
export function readCode(typed: string): string | undefined {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s\p{Dash}\p{Cf}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : undefined;
}
