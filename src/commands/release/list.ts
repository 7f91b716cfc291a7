import type { Command } from 'commander';
import { type Standing, standingsOf, whyOvertaken } from '../../release/ledger/ledger.ts';
import { readLedger, sealsOf } from '../../release/ledger/store.ts';
import { listParts, sayState } from '../../release/ledger/words.ts';
import { command, getPublished, PROGRAM, print, printJson, withAnswers } from '../support.ts';

/** `soundings release list`: every release and where it stands. */
export function listCommand(): Command {
  return command(
    'release list',
    'Show every release and where it stands',
    'The seal under the list stands for the whole ledger up to there. Keep it where the ledger is not: "release verify --seal" tells later whether anything was changed.',
  )
    .argument('<survey>', 'the survey’s name')
    .option('--json', 'as JSON, for scripts; with every line of the ledger')
    .action((code: string, { json }: { readonly json?: true }) =>
      withAnswers(async (db) => {
        await getPublished(db, code);
        const ledger = await readLedger(db, code);
        const standings = standingsOf(ledger);
        const seals = await sealsOf(db, code);
        if (json) {
          printJson({
            survey: code,
            releases: standings.map(standingJson),
            lines: ledger.lines.map((line, place) => ({ ...line, seal: seals[place] })),
          });
          return;
        }
        if (standings.length === 0)
          print(`Nothing has been released of ${code} yet. Make a release with: ${PROGRAM} release make ${code}`);
        for (const standing of standings.toReversed()) for (const line of standingLines(standing)) print(line);
        const attempts = ledger.lines.filter(({ number }) => number === undefined);
        for (const { event, on, person, reason } of attempts) print(`  -  ${event} on ${on}, by ${person}: ${reason}`);
        if (seals.length > 0) print(`\nSeal after line ${seals.length}: ${seals.at(-1)}`);
      }),
    );
}

/** A release for a script. */
export function standingJson(standing: Standing) {
  const { number, state, audience, parts, made, approved, ended, supersededBy } = standing;
  return {
    release: number,
    state,
    audience,
    holds: listParts({ parts }),
    madeOn: parts[0]?.madeOn,
    made,
    approved,
    ended,
    supersededBy,
    cannotBeApproved: whyOvertaken(standing),
    hashes: Object.fromEntries(parts.map(({ kind, hash }) => [kind === 'tables' ? 'tables' : 'data', hash])),
  };
}

/** Where a release stands, in words. */
export function standingLines(standing: Standing): string[] {
  const { number, audience, parts, made, approved, ended } = standing;
  const holds = listParts(standing).join(' and ');
  const overtaken = whyOvertaken(standing);
  const maker = made ? `made on ${made.on} by ${made.person}${because(made.reason)}` : `made on ${parts[0]?.madeOn}`;
  return [
    `${String(number).padStart(3)}  ${sayState(standing)}`,
    `     ${holds} for the ${audience === 'public' ? 'public' : 'network'}, ${maker}`,
    ...(approved?.person ? [`     approved on ${approved.on} by ${approved.person}${because(approved.reason)}`] : []),
    ...(overtaken === undefined ? [] : [`     ${overtaken} Make it again.`]),
    ...(ended ? [`     ${ended.event} on ${ended.on} by ${ended.person}${because(ended.reason)}`] : []),
  ];
}

const because = (reason: string) => (reason === '' ? '' : `: ${reason}`);
