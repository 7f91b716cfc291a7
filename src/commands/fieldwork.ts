import { type Command, Option } from 'commander';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../db/tables.ts';
import { closedBy, isOnlyForBegun, lastBeginOf, lastDayOf } from '../fieldwork/closing.ts';
import { closeSurvey, reopenSurvey } from '../fieldwork/status/store.ts';
import { dayOf } from '../questionnaire/days.ts';
import { countDrafts, countResponses, listTallies } from '../responses/store.ts';
import { atTheCommandLine } from './account/words.ts';
import { countExactly, printExactly } from './fieldwork/exact.ts';
import { command, counted, getPublished, print, printJson, withAnswers } from './support.ts';

/** `soundings fieldwork`: how a survey is going, and opening and closing it. */
export function fieldworkCommand(): Command {
  return command(
    'fieldwork',
    'Show how a survey is going; close and open it',
    'Shows its version and how many answered, declined or withdrew: for the team, not for publication.',
  )
    .argument('<survey>', 'the survey’s code, such as ai-adoption')
    .addOption(new Option('--close', 'take no more answers; drafts stay until they expire').conflicts('open'))
    .addOption(new Option('--open', 'take answers again'))
    .option('--weeks', 'by week, stage and last page as well, exactly; the site tells staff the same in steps')
    .option('--json', 'as JSON, for scripts')
    .action((survey: string, options: { close?: true; open?: true; weeks?: true; json?: true }) =>
      withAnswers(async (db) => {
        const live = await getPublished(db, survey);
        const decision = { code: survey, by: atTheCommandLine(), now: new Date() };
        if (options.close) await closeSurvey(db, decision, { lastDay: null, lastBegin: null });
        if (options.open) await reopenSurvey(db, decision);
        const figures = await fieldworkOf(db, survey);
        const exact = options.weeks && (await countExactly(db, live.survey));
        if (options.json) return printJson({ ...figures, ...exact });
        print(`${survey}, version ${live.survey.file.version}: ${stateOf(figures)}`);
        print(`  ${counted(figures.responses, 'answer')} sent, ${figures.simulated} of them made up`);
        print(`  ${figures.drafts} not sent yet`);
        for (const { ending, n } of figures.endings) print(`  ${n} ${ending}`);
        if (exact) printExactly(exact);
      }),
    );
}

type Figures = Awaited<ReturnType<typeof fieldworkOf>>;

function stateOf({ status, closedBy: by, onlyForBegun, lastDay }: Figures): string {
  if (by === 'archive') return 'closed, in the archive';
  if (by === 'date') return `closed, its last day was ${lastDay}`;
  return onlyForBegun ? `open until ${lastDay} for those who have begun, for nobody new` : status;
}

async function fieldworkOf(db: Kysely<AnswersTables>, survey: string) {
  const live = await getPublished(db, survey);
  const today = dayOf(new Date());
  const { total, simulated } = await countResponses(db, survey);
  return {
    survey,
    version: live.survey.file.version,
    status: live.status,
    closedBy: closedBy(live, today) ?? null,
    onlyForBegun: isOnlyForBegun(live, today),
    lastBegin: lastBeginOf(live) ?? null,
    lastDay: lastDayOf(live) ?? null,
    responses: total,
    simulated,
    drafts: await countDrafts(db, survey),
    endings: await listTallies(db, survey),
  };
}
