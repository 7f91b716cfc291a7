/** What can be decided about a release that waits, with the command for it. */
import type { Standing } from '../../release/ledger/ledger.ts';
import { PROGRAM } from '../support.ts';

export interface NextStep {
  readonly name: string;
  readonly words: string;
}

/** None of a release that was decided on. */
export function nextSteps(code: string, { number, state, audience, parts, overtakenBy }: Standing): NextStep[] {
  if (state !== 'waiting') return [];
  const tables = parts.every(({ kind }) => kind === 'tables') ? ' --tables' : '';
  return [
    overtakenBy
      ? {
          name: 'Make it again',
          words: `${PROGRAM} release make ${code} --audience ${audience}${tables} --by NAME`,
        }
      : { name: 'Approve it', words: `${PROGRAM} release approve ${code} ${number} --by NAME` },
    { name: 'Refuse it', words: `${PROGRAM} release refuse ${code} ${number} --reason WHY` },
  ];
}
