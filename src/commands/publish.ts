import type { Command } from 'commander';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../db/tables.ts';
import { findSource, fingerprintOf } from '../fieldwork/store.ts';
import { findCode, isPublishable, reviewFile } from '../fieldwork/versions/review.ts';
import { publishFile } from '../fieldwork/versions/store.ts';
import { dayOf } from '../questionnaire/days.ts';
import { atTheCommandLine } from './account/words.ts';
import { findingLine } from './check.ts';
import { CommandFailed, command, PROGRAM, print, readText, withAnswers } from './support.ts';

/** `soundings publish`: makes a checked survey file the live version. */
export function publishCommand(): Command {
  return command(
    'publish',
    'Check a survey file and make it live',
    'Whoever has begun stays on the version they began with. If the check finds an error, nothing changes.',
  )
    .argument('<file>', 'the survey file, such as surveys/ai-adoption/1.0.json')
    .action((file: string) => withAnswers((db) => publish(db, file)));
}

/** Publishes a file if the check is content with it. @throws CommandFailed when it is not; what was live stays live */
async function publish(db: Kysely<AnswersTables>, file: string): Promise<void> {
  const source = readText(file);
  const code = findCode(source);
  const before = code === undefined ? undefined : await findSource(db, code);
  const now = new Date();
  const review = reviewFile(source, before, dayOf(now));
  for (const finding of review.findings) print(findingLine(file, finding));
  const { survey } = review;
  if (!survey || !isPublishable(review)) {
    throw new CommandFailed('Not published. Mend the errors above first; what was live stays live.');
  }
  const seen = before === undefined ? undefined : fingerprintOf(before);
  const { status } = await publishFile(db, { source, survey }, seen, atTheCommandLine(), now);
  const { survey: name, version } = survey.file;
  const open = `${PROGRAM} fieldwork ${name} --open`;
  const closed = status === 'closed' ? ` The survey is closed. To open it: ${open}` : '';
  print(`Version ${version} of ${name} is live.${closed}`);
}
