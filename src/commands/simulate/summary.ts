/** Where made-up respondents came out. */
import type { Journey } from '../../questionnaire/journey.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { print } from '../support.ts';

export interface Summary {
  readonly survey: string;
  readonly version: string;
  readonly n: number;
  readonly seed: number;
  complete: number;
  /** Respondents by the end they came to. */
  readonly ends: Record<string, number>;
  /** Complete responses by stage, where the survey has a stage rule. */
  readonly stages: Record<string, number>;
  /** Respondents by the page whose rules no answers were found to keep. */
  readonly stuck: Record<string, number>;
}

/** Nobody yet, with a place for each end and stage, so that one that nobody came to is seen. */
export function emptySummary({ file }: Survey, n: number, seed: number): Summary {
  const noughts = (codes: readonly string[]) => Object.fromEntries(codes.map((code) => [code, 0]));
  const stages = file.stageRule?.gives[0]?.values.map(({ code }) => code) ?? [];
  const { survey, version } = file;
  return {
    survey,
    version,
    n,
    seed,
    complete: 0,
    ends: noughts(Object.keys(file.ends)),
    stages: noughts(stages),
    stuck: {},
  };
}

/** Counts one respondent. */
export function count(summary: Summary, { file }: Survey, { end, next, known }: Journey): void {
  const add = (counts: Record<string, number>, code: string) => {
    counts[code] = (counts[code] ?? 0) + 1;
  };
  const [stage] = file.stageRule?.gives ?? [];
  if (next) add(summary.stuck, next.page.code);
  else if (end !== undefined) add(summary.ends, end);
  else {
    summary.complete++;
    if (stage) add(summary.stages, known.variable(stage.code) ?? 'blank');
  }
}

/** The summary for a person. */
export function showSummary({ survey, version, n, seed, complete, ends, stages, stuck }: Summary): void {
  print(`${survey} ${version}: ${n.toLocaleString('en')} made-up respondents, seed ${seed}`);
  const stuckAt = Object.entries(stuck).map(([page, count]) => [`stuck at ${page}`, count] as const);
  lines([['complete', complete], ...Object.entries(ends), ...stuckAt], n);
  if (Object.keys(stages).length === 0) return;
  print('Stage of the complete responses');
  lines(Object.entries(stages), complete);
}

function lines(counts: readonly (readonly [string, number])[], base: number): void {
  const width = base.toLocaleString('en').length;
  for (const [name, count] of counts) {
    const share = base === 0 ? '' : `${((100 * count) / base).toFixed(1)}%`;
    print(`  ${count.toLocaleString('en').padStart(width)} ${share.padStart(6)}  ${name}`);
  }
}
