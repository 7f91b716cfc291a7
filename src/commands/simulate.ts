import { createHash } from 'node:crypto';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../db/tables.ts';
import { findLiveSurvey } from '../fieldwork/store.ts';
import { checkSurvey } from '../questionnaire/check.ts';
import { parseSurvey } from '../questionnaire/parse.ts';
import { randomFrom } from '../questionnaire/random.ts';
import { type Habits, simulateResponse, weightProblems, weightsSchema } from '../questionnaire/simulate.ts';
import { type Submission, submissionOf } from '../questionnaire/submission.ts';
import type { Survey } from '../questionnaire/survey.ts';
import { countResponses, insertResponses } from '../responses/store.ts';
import { answerColumns, rowOf } from '../responses/table.ts';
import { findingLine } from './check.ts';
import { refuseAmongPeople } from './import/mixing.ts';
import { newResponses } from './import/new-responses.ts';
import { count, emptySummary, showSummary } from './simulate/summary.ts';
import {
  CommandFailed,
  command,
  counted,
  note,
  PROGRAM,
  parseWith,
  print,
  printJson,
  progress,
  readText,
  UsageError,
  withAnswers,
} from './support.ts';

const HELP = [
  'Their answers go through the same pages and rules as a person’s. The same seed gives the same answers.',
  '--csv writes the complete responses as the command “import” reads them. --store adds them to the store, marked as made up, so that whatever is made from them says so: the file must be live there, and nobody may have answered it. More beside made-up answers that are there already need --add.',
];

const number = (least: number, most: number) =>
  z.coerce.number('a number').min(least, `at least ${least}`).max(most, `at most ${most}`);
const whole = (least: number, most: number) => number(least, most).int('a whole number');

interface Options {
  readonly n: number;
  readonly seed: number;
  readonly blanks: number;
  readonly weights?: string;
  readonly csv?: string;
  readonly store?: true;
  readonly add?: true;
  readonly json?: true;
}

/** `soundings simulate`: made-up respondents through the same engine as people. */
export function simulateCommand(): Command {
  const anySeed = whole(0, Number.MAX_SAFE_INTEGER);
  return command('simulate', 'Make up respondents and show where they come out', ...HELP)
    .argument('<file>', 'a survey file, such as surveys/ai-adoption/1.0.json')
    .option('--n <n>', 'how many respondents', parseWith(whole(1, 10_000_000)), 1000)
    .option('--seed <seed>', 'a whole number; another gives other answers', parseWith(anySeed), 1)
    .option('--blanks <share>', 'the share of optional questions left blank, 0 to 1', parseWith(number(0, 1)), 0.05)
    .option('--weights <file>', 'JSON: how likely answers are beside each other, as {"S1": {"agreed": 3, "no": 1}}')
    .option('--csv <file>', 'write the complete responses to this file')
    .option('--store', 'store the complete responses, marked as made up')
    .option('--add', 'with --store: store them beside made-up answers that are there already')
    .option('--json', 'the summary as JSON, for scripts')
    .action(async (file: string, options: Options) => {
      if (options.add && !options.store) throw new UsageError('--add says how to store, so it needs --store.');
      const source = readText(file);
      const survey = surveyIn(file, source);
      const habits = { weights: weightsIn(options.weights, survey), blanks: options.blanks };
      const csv = options.csv === undefined ? undefined : openTable(options.csv, survey);
      const run = (store?: Keep) => simulate(survey, habits, options, [csv?.keep, store]);
      try {
        if (options.store) await withAnswers((db) => simulateInto(db, survey, source, options, run));
        else await run();
      } finally {
        csv?.close();
      }
    });
}

/** Keeps some complete responses. */
type Keep = (submissions: readonly Submission[]) => Promise<void>;

const BATCH = 1000;

async function simulate(
  survey: Survey,
  habits: Habits,
  { n, seed, json }: Options,
  keeps: readonly (Keep | undefined)[],
): Promise<void> {
  const random = randomFrom(seed);
  const shown = n > BATCH ? progress('Simulated', n) : () => {};
  const summary = emptySummary(survey, n, seed);
  let batch: Submission[] = [];
  for (let done = 1; done <= n; done++) {
    const journey = simulateResponse(survey, random, habits);
    count(summary, survey, journey);
    const submission = submissionOf(journey);
    if (submission) batch.push(submission);
    if (done % BATCH === 0 || done === n) {
      for (const keep of keeps) await keep?.(batch);
      batch = [];
      shown(done);
    }
  }
  if (json) printJson(summary);
  else showSummary(summary);
  const [page] = Object.keys(summary.stuck);
  if (page !== undefined) throw new CommandFailed(`No answers were found that keep the rules of page "${page}".`);
}

function openTable(path: string, survey: Survey): { keep: Keep; close: () => void } {
  const columns = answerColumns(survey);
  const file = openToWrite(path);
  const write = (rows: readonly (readonly string[])[]) => appendFileSync(file, stringify([...rows]));
  // So that nobody takes them for real ones later: `import` looks for this column.
  write([[...columns, 'synthetic']]);
  return {
    keep: async (submissions) => write(submissions.map((submission) => [...rowOf(columns, submission), 'yes'])),
    close: () => closeSync(file),
  };
}

function openToWrite(path: string): number {
  try {
    return openSync(path, 'w');
  } catch {
    throw new CommandFailed(`${path} cannot be written. Is its folder there?`);
  }
}

/** Simulates into the store and says what it holds now. */
async function simulateInto(
  db: Kysely<AnswersTables>,
  survey: Survey,
  source: string,
  { add, json }: Pick<Options, 'add' | 'json'>,
  run: (store: Keep) => Promise<void>,
): Promise<void> {
  const { survey: code } = survey.file;
  const store = await openStore(db, survey, source);
  const before = (await countResponses(db, code)).simulated;
  if (before > 0 && !add)
    throw new CommandFailed(
      `${code} holds ${counted(before, 'made-up answer')} already, and the same seed makes the same people again. To store more beside them, add --add and another --seed.`,
    );
  await run(store);
  const after = (await countResponses(db, code)).simulated;
  const say = json ? note : print;
  say(
    `${counted(after - before, 'answer')} stored, marked as made up${before > 0 ? `; ${after.toLocaleString('en')} in all` : ''}.`,
  );
}

/** Nothing made up is ever put among answers that people gave. */
async function openStore(db: Kysely<AnswersTables>, survey: Survey, source: string): Promise<Keep> {
  const { survey: code } = survey.file;
  const live = await findLiveSurvey(db, code);
  if (!live || live.hash !== createHash('sha256').update(source).digest('hex')) {
    throw new CommandFailed(
      `This file is not the live version of ${code} here. Publish it first: ${PROGRAM} publish FILE`,
    );
  }
  await refuseAmongPeople(db, code);
  return (submissions) => insertResponses(db, newResponses(live, submissions, 'simulated', new Date()));
}

function surveyIn(file: string, source: string): Survey {
  const parsed = parseSurvey(source);
  const findings = parsed.survey ? checkSurvey(parsed.survey, parsed.source) : parsed.findings;
  const errors = findings.filter(({ severity }) => severity === 'error');
  for (const finding of errors) note(findingLine(file, finding));
  if (!parsed.survey || errors.length > 0)
    throw new CommandFailed('Nobody can answer this file. Mend the errors above first.');
  return parsed.survey;
}

function weightsIn(file: string | undefined, survey: Survey): Habits['weights'] {
  if (file === undefined) return {};
  const parsed = weightsSchema.safeParse(parseJson(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CommandFailed(`${file}: ${issue?.path.join(' → ') || 'the file'}: ${issue?.message}.`);
  }
  const problems = weightProblems(survey, parsed.data);
  if (problems.length > 0) throw new CommandFailed([`${file} does not fit the survey.`, ...problems].join('\n'));
  return parsed.data;
}

function parseJson(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandFailed(`${file} is not JSON.`);
  }
}
