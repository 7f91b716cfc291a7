import type { Command } from 'commander';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../db/tables.ts';
import { findSource, publishVersion } from '../fieldwork/store.ts';
import { checkSurvey } from '../questionnaire/check.ts';
import { getSurvey, parseSurvey } from '../questionnaire/parse.ts';
import { dayOf } from '../responses/week.ts';
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
  const parsed = parseSurvey(source);
  const live = parsed.survey && (await findSource(db, parsed.survey.file.survey));
  // The same file again is no later version of itself.
  const previous =
    live === undefined || live === source ? undefined : { survey: getSurvey(live), where: 'the one that is live' };
  const today = dayOf(new Date());
  const findings = parsed.survey ? checkSurvey(parsed.survey, parsed.source, { previous, today }) : parsed.findings;
  for (const finding of findings) print(findingLine(file, finding));
  if (!parsed.survey || findings.some((finding) => finding.severity === 'error')) {
    throw new CommandFailed('Not published. Mend the errors above first; what was live stays live.');
  }
  const { survey, status } = await publishVersion(db, source, today);
  const { survey: code, version } = survey.file;
  const open = `${PROGRAM} fieldwork ${code} --open`;
  const closed = status === 'closed' ? ` The survey is closed. To open it: ${open}` : '';
  print(`Version ${version} of ${code} is live.${closed}`);
}
