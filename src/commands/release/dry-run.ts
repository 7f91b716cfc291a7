/** What a data file would risk and lose with several settings, side by side, so that a person can choose. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import type { Wanted } from '../../release/making/wanted.ts';
import type { Setting, Trial } from '../../release/microdata/try-settings.ts';
import { CommandFailed, counted, PROGRAM, print, printJson, showSteps } from '../support.ts';
import { tryUsual } from './try-settings.ts';

/** Shows risk and loss; nothing is made, and nothing stands in the ledger. @throws CommandFailed */
export async function dryRun(db: Kysely<AnswersTables>, wanted: Wanted, json: true | undefined): Promise<void> {
  const { survey: code, audience } = wanted;
  const { responses, synthetic, trials, settings } = await tryUsual(db, wanted, showSteps());
  if (json) {
    printJson({ survey: code, audience, responses, synthetic, trials });
    return;
  }
  print(
    `${code}${synthetic ? ' (synthetic data)' : ''}: ${counted(responses, 'response')}, for the ${audience}. This is a dry run: nothing is made.`,
  );
  const reasons = new Set(trials.map((trial) => (trial.possible ? undefined : trial.reason)));
  const [only] = reasons;
  // What no setting can change is said once.
  if (reasons.size === 1 && only !== undefined) throw new CommandFailed(only);
  const [first] = trials.flatMap((trial) => (trial.possible ? [trial] : []));
  if (first) {
    const { rows, uniques, under3, under5 } = first.before;
    print(
      `As they were answered, ${uniques} of ${rows} rows are like no other on the keys; ${under3} are in classes under 3, ${under5} under 5.`,
    );
  }
  for (const [place, trial] of trials.entries())
    for (const line of trialLines(trial, flagsOf(wanted, settings[place]))) print(line);
  print(
    `\nLoss is from 0, all keys as they were answered, to 1, none of them told. To make one of these: ${PROGRAM} release make ${code} with the flags beside it, and without --dry-run.`,
  );
}

/** What to say to `release make` for a file with these settings. */
function flagsOf({ audience, k: ownK, keyNames, keep }: Wanted, setting: Setting | undefined): string {
  const k = setting?.k ?? ownK;
  const list = (names: readonly string[]) => names.join(',') || 'none';
  const [keys, kept] = [setting?.keyNames ?? keyNames, setting?.keep ?? keep];
  return [
    `--audience ${audience}`,
    ...(k === undefined ? [] : [`--k ${k}`]),
    ...(keys === undefined ? [] : [`--keys ${list(keys)}`]),
    ...(kept === undefined ? [] : [`--keep ${list(kept)}`]),
  ].join(' ');
}

function trialLines(trial: Trial, flags: string): string[] {
  if (!trial.possible) return ['', `${trial.label}: not possible. ${trial.reason}`];
  const {
    label,
    columns,
    keys,
    withheldCells,
    withheldShare,
    score,
    smallestClass,
    after,
    leftOut,
    toldByTables,
    reach,
  } = trial;
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
  const named = keys.map(({ published, name }) => published ?? `(${name} the same for all)`);
  return [
    '',
    label,
    `  flags      ${flags}`,
    `  keys       ${named.join(', ') || 'none'}`,
    `  lost       ${score.toFixed(2)} of the keys; ${counted(withheldCells, 'cell')} withheld (${percent(withheldShare)}); ${counted(columns, 'column')} in the file, ${leftOut.length} left out`,
    `  risk       smallest class ${smallestClass}; highest ${percent(after.highestRisk)}, mean ${percent(after.meanRisk)}`,
    `  network    ${counted(reach.groups, 'group')} to filter by ${reach.filters.join(', ') || 'nothing'}; figures of ${reach.told} of ${counted(reach.questions, 'question')}, ${reach.filtered} of them with filters`,
    ...(toldByTables.length > 0
      ? [
          `  tables     by ${toldByTables.join(', ')} would tell them of nearly every row: refused without --override beside=WHY`,
        ]
      : []),
  ];
}
