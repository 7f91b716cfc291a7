/** `--override few=WHY`: a reason for one of the gates that a release meets. */
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { reasonSchema } from '../../release/ledger/reason.ts';
import { ABOUT, GATES, type GateReason } from '../../release/overrides.ts';
import { parseWith } from '../support.ts';

const FLAGS = GATES.map((gate) => `${gate}=WHY (${ABOUT[gate]})`).join(', ');

const parseFlag = parseWith(
  z
    .string()
    .transform((text) => {
      const [gate, ...why] = text.split('=');
      return { gate, reason: why.join('=') };
    })
    .pipe(z.object({ gate: z.enum(GATES, `one of ${FLAGS}`), reason: reasonSchema })),
);

function addReason(value: string, others: readonly GateReason[] = []): GateReason[] {
  const added = parseFlag(value);
  if (others.some(({ gate }) => gate === added.gate))
    throw new InvalidArgumentError(`"${added.gate}" has a reason already: give one.`);
  return [...others, added];
}

/** The flag, what its help says, and how its values are taken. */
export const OVERRIDE = [
  '--override <gate=why>',
  `make it on your own word where it is refused: ${FLAGS}. Each opens that gate alone, and its reason stands on the record; once for each gate`,
  addReason,
] as const;
