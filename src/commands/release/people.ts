/** Who does what with a release. */
import { userInfo } from 'node:os';
import { personSchema } from '../../release/ledger/person.ts';
import { parseWith, UsageError } from '../support.ts';

export const BY = [
  '--by <name>',
  'who decides this; left out, the user of this computer',
  parseWith(personSchema),
] as const;

/** The name given, or the computer's user. @throws UsageError where that is no name */
export function personIn(by: string | undefined): string {
  const found = personSchema.safeParse(by ?? userInfo().username);
  if (found.success) return found.data;
  throw new UsageError('Say who decides this with --by and a name.');
}
