/** Deciding about a release that was made: approve, refuse, withdraw. */
import type { Command } from 'commander';
import { z } from 'zod';
import { dayOf } from '../../fieldwork/days.ts';
import {
  approve,
  type Decision,
  type Ledger,
  refuse,
  type Standing,
  standingsOf,
  withdraw,
} from '../../release/ledger/ledger.ts';
import { reasonSchema } from '../../release/ledger/reason.ts';
import { readLedger, recordDecision } from '../../release/ledger/store.ts';
import { command, getPublished, PROGRAM, parseWith, print, printJson, withAnswers } from '../support.ts';
import { BY, personIn } from './people.ts';

export const numberArgument = parseWith(z.coerce.number('a number').int('a whole number').min(1, 'at least 1'));

export const parseReason = parseWith(reasonSchema);

interface Options {
  readonly by?: string;
  readonly alone?: string;
  readonly reason?: string;
  readonly json?: true;
}

export function approveCommand(): Command {
  return deciding(
    'approve',
    'Let a release out: by another person than its maker',
    'Look at it first with show, and at its files with bundle --unapproved. The public page changes at once.',
  )
    .option('--alone <why>', 'approve what you made yourself, in a study with one member of staff', parseReason)
    .action((code: string, number: number, options: Options) =>
      decide(code, number, options, (ledger, person) => approve(ledger, number, person, options.alone), 'is approved'),
    );
}

export function refuseCommand(): Command {
  return deciding('refuse', 'Say no to a release that waits for approval', 'Nobody outside sees it, then or later.')
    .requiredOption('--reason <why>', 'why, for the record', parseReason)
    .action((code: string, number: number, options: Options) =>
      decide(
        code,
        number,
        options,
        (ledger, person) => refuse(ledger, number, person, options.reason ?? ''),
        'is refused',
      ),
    );
}

export function withdrawCommand(): Command {
  return deciding(
    'withdraw',
    'Take a release that is out off its page',
    'Its page then says that it was withdrawn, when and why; the release before it stands again. What was seen cannot be unseen, so later releases are still checked beside it.',
  )
    .requiredOption('--reason <why>', 'why, in words that its page shows', parseReason)
    .action((code: string, number: number, options: Options) =>
      decide(
        code,
        number,
        options,
        (ledger, person) => withdraw(ledger, number, person, options.reason ?? ''),
        'is withdrawn',
      ),
    );
}

function deciding(name: string, summary: string, more: string): Command {
  return command(`release ${name}`, summary, more)
    .argument('<survey>', 'the survey’s name')
    .argument('<number>', 'the release’s number', numberArgument)
    .option(...BY)
    .option('--json', 'as JSON, for scripts');
}

function decide(
  code: string,
  number: number,
  { by, json }: Options,
  decision: (ledger: Ledger, person: string) => Decision,
  done: string,
): Promise<void> {
  const person = personIn(by);
  return withAnswers(async (db) => {
    await getPublished(db, code);
    await recordDecision(db, code, dayOf(new Date()), (ledger) => decision(ledger, person));
    if (json) printJson({ survey: code, release: number, state: done.replace('is ', ''), by: person });
    else {
      print(`Release ${number} of ${code} ${done}, by ${person}.`);
      print(whereTo(code, number, standingsOf(await readLedger(db, code))));
    }
  });
}

/** What whoever decided finds where, now. */
function whereTo(code: string, number: number, standings: readonly Standing[]): string {
  const own = standings.find((standing) => standing.number === number);
  const now = standings.findLast(({ state, audience }) => state === 'approved' && audience === own?.audience);
  if (own?.state === 'refused') return 'Nobody outside sees it.';
  if (own?.audience !== 'public') {
    return own?.state === 'withdrawn'
      ? 'Its files are no longer given out.'
      : `Its files: ${PROGRAM} release bundle ${code} ${number}`;
  }
  const page = `/surveys/${code}/results`;
  return now ? `At ${page} stands release ${now.number} now.` : `At ${page} nothing is published now.`;
}
