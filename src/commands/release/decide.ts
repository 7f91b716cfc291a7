/** Deciding about a release that was made: approve, refuse, withdraw. */
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { readSettings } from '../../config.ts';
import { hashFile } from '../../db/hash-file.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { dayOf } from '../../questionnaire/days.ts';
import { whyNotAsMade } from '../../release/ledger/data-content.ts';
import { DEED } from '../../release/ledger/deeds.ts';
import {
  approve,
  type Decision,
  getStanding,
  type Ledger,
  refuse,
  type Standing,
  standingsOf,
  withdraw,
} from '../../release/ledger/ledger.ts';
import { getData } from '../../release/ledger/parts/store.ts';
import { nameOf, type Person } from '../../release/ledger/person.ts';
import { reasonSchema } from '../../release/ledger/reason.ts';
import { readLedger, recordDecision } from '../../release/ledger/store.ts';
import { CommandFailed, command, getPublished, PROGRAM, parseWith, print, printJson, withAnswers } from '../support.ts';
import { BY, knowPerson, personIn, recordDeedHere } from './people.ts';

export const numberArgument = parseWith(z.coerce.number('a number').int('a whole number').min(1, 'at least 1'));

const parseReason = parseWith(reasonSchema);

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
  decision: (ledger: Ledger, person: Person) => Decision,
  done: string,
): Promise<void> {
  const given = personIn(by);
  return withAnswers(async (db) => {
    await getPublished(db, code);
    const [person, now] = [await knowPerson(db, given), new Date()];
    // What cannot be decided for another reason is said first.
    if (decision(await readLedger(db, code), person).event === 'approved') await checkFile(db, code, number);
    await recordDecision(
      db,
      code,
      dayOf(now),
      (ledger) => decision(ledger, person),
      (trx, { event }) => recordDeedHere(trx, DEED[event], { survey: code, number }, now),
    );
    const name = nameOf(person);
    if (json) printJson({ survey: code, release: number, state: done.replace('is ', ''), by: name });
    else {
      print(`Release ${number} of ${code} ${done}, by ${name}.`);
      print(whereTo(code, number, standingsOf(await readLedger(db, code))));
    }
  });
}

/** @throws CommandFailed where the release's zip is not what was made: nobody has looked at what would be let out */
async function checkFile(db: Kysely<AnswersTables>, code: string, number: number): Promise<void> {
  const { parts } = getStanding(await readLedger(db, code), number);
  const part = parts.find(({ kind }) => kind === 'microdata');
  const data = part && (await getData(db, part.id));
  if (!data || 'files' in data) return;
  const why = whyNotAsMade(data, await hashFile(join(readSettings().releasesPath, data.file)));
  if (why !== undefined) throw new CommandFailed(why);
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
