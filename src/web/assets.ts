import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATHS } from './paths.ts';

const addresses = new Map<string, string>();

/**
 * The address of a built file, such as `/assets/soundings.css?v=1a2b3c4d5e`: it changes with the content, so that
 * browsers may keep a file for ever. Throws, naming the command, where the file has not been built.
 */
export function asset(name: string): string {
  const known = addresses.get(name);
  if (known) return known;
  let content: Buffer;
  try {
    content = readFileSync(join(PATHS.builtAssets, name));
  } catch (cause) {
    throw new Error(`dist/public/${name} is not there: run "npm run build" first.`, { cause });
  }
  const address = `/assets/${name}?v=${createHash('sha256').update(content).digest('hex').slice(0, 10)}`;
  addresses.set(name, address);
  return address;
}
