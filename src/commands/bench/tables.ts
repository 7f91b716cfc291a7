/** Protecting and auditing the whole public family of the flagship survey, against one bare run of the solver. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getSurvey } from '../../questionnaire/parse.ts';
import { randomFrom } from '../../questionnaire/random.ts';
import { simulateResponse } from '../../questionnaire/simulate.ts';
import { submissionOf } from '../../questionnaire/submission.ts';
import { type ProtectedRelease, protectTables } from '../../release/released.ts';
import { loadSolver } from '../../release/tables/protection/solver.ts';
import { writeSnapshot } from '../../results/snapshot.ts';
import { countFamily } from '../../results/tables.ts';
import { SURVEYS } from '../support.ts';

export interface TablesFigure {
  readonly responses: number;
  /** Of one core. */
  readonly seconds: number;
  /** The same as so many runs of a small program from its text. */
  readonly programs: number;
}

export interface AgainFigure extends TablesFigure {
  /** So many had answered at the first release. */
  readonly before: number;
  /** Tables of everybody, and tables by a segment, with how many of them are new and do not keep their old numbers. */
  readonly tables: Anew;
  readonly views: Anew;
}

interface Anew {
  readonly all: number;
  readonly anew: number;
}

const RESPONSES = [300, 5000];
const GROWN = [
  [92, 300],
  [300, 600],
  [5000, 6000],
] as const;
const RUNS = 200;

/** Measures made-up answers: few, of which most figures are at risk, and many. */
export async function measureTables(): Promise<TablesFigure[]> {
  const bare = await secondsOfOneProgram();
  const figures: TablesFigure[] = [];
  for (const responses of RESPONSES) {
    const { seconds } = await protectMadeUp(responses, undefined);
    figures.push({ responses, seconds, programs: seconds / bare });
  }
  return figures;
}

/** Measures second releases, beside all that the first one showed and hid (rule R3). */
export async function measureAgain(): Promise<AgainFigure[]> {
  const bare = await secondsOfOneProgram();
  const figures: AgainFigure[] = [];
  for (const [before, responses] of GROWN) {
    const first = await protectMadeUp(before, undefined);
    const { seconds, release } = await protectMadeUp(responses, first.release);
    const { tables } = release.tables.content;
    const views = tables.flatMap((table) =>
      table.views.map((view) => ({ isOld: Boolean(table.keptFrom ?? view.keptFrom) })),
    );
    figures.push({
      before,
      responses,
      seconds,
      programs: seconds / bare,
      tables: { all: tables.length, anew: tables.filter(({ keptFrom, overall }) => overall && !keptFrom).length },
      views: { all: views.length, anew: views.filter(({ isOld }) => !isOld).length },
    });
  }
  return figures;
}

/** The same answers in the same order each time, so that a larger number of them holds the smaller. */
async function protectMadeUp(responses: number, before: ProtectedRelease | undefined) {
  const survey = getSurvey(readFileSync(join(SURVEYS, 'ai-adoption', '1.0.json'), 'utf8'));
  const random = randomFrom(1);
  const about = { survey: survey.file.survey, madeOn: '2027-03-01', responses };
  const writer = writeSnapshot(new Map([['v', survey]]), about);
  for (let made = 0; made < responses; ) {
    const submission = submissionOf(simulateResponse(survey, random, { weights: {}, blanks: 0.05 }));
    if (!submission) continue;
    writer.add('v', submission.answers);
    made++;
  }
  const snapshot = writer.finish();
  const earlier = before
    ? [{ number: 1, madeOn: about.madeOn, tables: before.tables.content, working: before.working }]
    : [];
  const began = process.cpuUsage();
  const release = await protectTables(countFamily(survey, snapshot), snapshot, true, { earlier });
  return { release, seconds: secondsSince(began) };
}

async function secondsOfOneProgram(): Promise<number> {
  const solver = await loadSolver();
  const text = `Maximize\n x0\nSubject To\n${Array.from({ length: 40 }, (_, row) => ` r${row}: x${row} + x${row + 1} + x${row + 2} = 9`).join('\n')}\nEnd\n`;
  const began = process.cpuUsage();
  for (let run = 0; run < RUNS; run++) solver.solve(text);
  return secondsSince(began) / RUNS;
}

function secondsSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

export function againLines(figures: readonly AgainFigure[]): string[] {
  return figures.map(
    ({ before, responses, seconds, tables, views }) =>
      `second release, from ${before.toLocaleString('en')} answers to ${responses.toLocaleString('en')}: ${seconds.toFixed(0)} s of one core; new are ${tables.anew} of ${tables.all} tables and ${views.anew} of ${views.all} tables by a segment`,
  );
}

export function tablesLines(figures: readonly TablesFigure[]): string[] {
  return figures.map(
    ({ responses, seconds: took, programs }) =>
      `whole public family of ${responses.toLocaleString('en')} answers, protected and audited: ${took.toFixed(1)} s of one core, as long as ${Math.round(programs).toLocaleString('en')} bare programs`,
  );
}
