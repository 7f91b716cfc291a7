/** Protecting and auditing the whole public family of the flagship survey, against one bare run of the solver. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getSurvey } from '../../questionnaire/parse.ts';
import { randomFrom } from '../../questionnaire/random.ts';
import { simulateResponse } from '../../questionnaire/simulate.ts';
import { submissionOf } from '../../questionnaire/submission.ts';
import { protectTables } from '../../release/released.ts';
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

const RESPONSES = [300, 5000];
const RUNS = 200;

/** Measures made-up answers: few, of which most figures are at risk, and many. */
export async function measureTables(): Promise<TablesFigure[]> {
  const survey = getSurvey(readFileSync(join(SURVEYS, 'ai-adoption', '1.0.json'), 'utf8'));
  const solver = await loadSolver();
  const text = `Maximize\n x0\nSubject To\n${Array.from({ length: 40 }, (_, row) => ` r${row}: x${row} + x${row + 1} + x${row + 2} = 9`).join('\n')}\nEnd\n`;
  const bare = await seconds(async () => {
    for (let run = 0; run < RUNS; run++) solver.solve(text);
  });
  const figures: TablesFigure[] = [];
  for (const responses of RESPONSES) {
    const random = randomFrom(1);
    const writer = writeSnapshot(new Map([['v', survey]]), {
      survey: survey.file.survey,
      madeOn: '2027-03-01',
      responses,
    });
    for (let made = 0; made < responses; ) {
      const submission = submissionOf(simulateResponse(survey, random, { weights: {}, blanks: 0.05 }));
      if (!submission) continue;
      writer.add('v', submission.answers);
      made++;
    }
    const snapshot = writer.finish();
    const took = await seconds(() => protectTables(countFamily(survey, snapshot), snapshot, true));
    figures.push({ responses, seconds: took, programs: (took / bare) * RUNS });
  }
  return figures;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

export function tablesLines(figures: readonly TablesFigure[]): string[] {
  return figures.map(
    ({ responses, seconds: took, programs }) =>
      `whole public family of ${responses.toLocaleString('en')} answers, protected and audited: ${took.toFixed(1)} s of one core, as long as ${Math.round(programs).toLocaleString('en')} bare programs`,
  );
}
