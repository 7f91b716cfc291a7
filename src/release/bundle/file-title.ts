/** What a file calls itself inside a statistics program. */
import type { AboutFile } from '../microdata/data-file.ts';
import { nameOf } from './terms.ts';

/** Begins with what nobody may miss, since programs cut titles at their end. */
export function titleOf(about: AboutFile): string {
  return `${about.synthetic ? 'SYNTHETIC DATA. ' : ''}${nameOf(about)}, release ${about.release}`;
}
