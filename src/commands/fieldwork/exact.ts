/** Fieldwork by week, stage and page, exactly: for whoever works on the server and can read the answers in any case. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { REST } from '../../responses/fieldwork/counts.ts';
import { countByWeek, countOpen, countSent } from '../../responses/fieldwork/people/store.ts';
import { countLeft } from '../../responses/leaving/store.ts';
import { print } from '../support.ts';

/** After every week that there will be. */
const ALWAYS = '9999-W53';

type Exact = Awaited<ReturnType<typeof countExactly>>;

/** What the site tells in steps, up to this moment. */
export async function countExactly(db: Kysely<AnswersTables>, live: Survey) {
  const { survey } = live.file;
  const sent = await countSent(db, survey, ALWAYS);
  const left = await countLeft(db, survey, ALWAYS);
  const open = await countOpen(db, survey);
  const stages = live.file.stageRule?.gives[0]?.values.map(({ code }) => code) ?? [];
  const pages = Object.keys(left.stopped).sort();
  return {
    weeks: await countByWeek(db, survey),
    stages: [...stages, REST].map((stage) => ({
      stage: stage === REST ? null : stage,
      sent: sent.stages[stage] ?? 0,
      open: open[stage] ?? 0,
      left: left.stages[stage] ?? 0,
    })),
    pages: pages.map((page) => ({
      page,
      left: left.stopped[page] ?? 0,
      saw: (left.saw[page] ?? 0) + (sent.saw[page] ?? 0),
    })),
  };
}

/** Prints it for a person. */
export function printExactly({ weeks, stages, pages }: Exact): void {
  print('  by week:');
  for (const { week, sent, left, withdrawn } of weeks) {
    print(`    ${week}: ${sent} sent, ${left} left, ${withdrawn} withdrawn`);
  }
  print('  by stage:');
  for (const { stage, sent, open, left } of stages) {
    print(`    ${stage ?? 'not known'}: ${sent} sent, ${open} not sent yet, ${left} left`);
  }
  print('  by the last page of those who left:');
  for (const { page, left, saw } of pages) print(`    ${page}: ${left} of ${saw} who came to it`);
}
