/** Two releases side by side, worked out in a thread: every figure of both is tested, which can take a minute. */
import { z } from 'zod';
import type { Context } from '../../web/context.ts';
import { KeptWork, type Told, tryWork, type UnderWay, type Unfinished } from '../../web/under-way.ts';
import { wordsFor } from '../../web/words.ts';
import { type Speaker, speakerFor } from '../page/words.ts';
import { protectedTablesSchema } from '../tables/protected-tables.ts';
import { type Comparison, compareReleases } from './compare.ts';
import { comparisonCsv } from './csv.ts';
import { peopleOf } from './people.ts';
import { findSection, viewOverview } from './view.ts';

const side = z.object({ number: z.number(), madeOn: z.string(), hash: z.string(), content: protectedTablesSchema });

const taskSchema = z.object({
  what: z.literal('compare releases'),
  before: side,
  after: side,
  languages: z.array(z.string()).readonly(),
  /** The overview, one section or all figures as a file. */
  show: z.enum(['overview', 'section', 'csv']),
  /** Of a section. */
  code: z.string(),
  /** Where the overview is, with the releases that it is of; a section's page adds its code. */
  address: z.string(),
});
export type ComparisonTask = z.infer<typeof taskSchema>;

/** What a template shows, or the file's text; undefined where there is no such section. */
const shownSchema = z.object({ view: z.unknown() });
type Shown = z.infer<typeof shownSchema>;

export const isComparison = (task: unknown): boolean => taskSchema.pick({ what: true }).safeParse(task).success;

/** Does the task. @param told hears how much of it is done, in percent */
export function workOnComparison(asked: unknown, told: Told): Shown {
  const task = taskSchema.parse(asked);
  const { before, after, languages, show, code, address } = task;
  const speaker = speakerFor({ languages: [...languages] }, languages[0] ?? 'en', wordsFor('en'));
  const [then, now] = [before.content, after.content];
  const comparison = comparisonOf(task, speaker, told);
  if (show === 'section') return { view: findSection(comparison, now, code, [before, after], speaker) };
  if (show === 'overview') return { view: viewOverview(comparison, now, (each) => sectionOf(address, each), speaker) };
  const synthetic = then.synthetic || now.synthetic;
  return { view: comparisonCsv(comparison, { before: before.number, after: after.number, synthetic }, speaker.text) };
}

/** The last comparison: whoever reads one goes from its overview to its sections, and takes its file. */
let last: { readonly of: string; readonly comparison: Comparison } | undefined;

function comparisonOf({ before, after, languages }: ComparisonTask, { text }: Speaker, told: Told): Comparison {
  const of = JSON.stringify([before.hash, after.hash, languages]);
  if (last?.of === of) return last.comparison;
  const [then, now] = [before.content, after.content];
  let heard = 0;
  const comparison = compareReleases(then, now, peopleOf(text(then.wave), text(now.wave)), text, (share) => {
    const percent = Math.floor(100 * share);
    if (percent > heard) told(percent);
    heard = percent;
  });
  last = { of, comparison };
  return comparison;
}

/** The page of a section. @param address of the overview */
export const sectionOf = (address: string, code: string): string => `${address}&section=${encodeURIComponent(code)}`;

const compared = new KeptWork<Shown | Unfinished>();

type Worker = Pick<Context, 'log' | 'workOnFile'>;

/** What the page shows, or how much of it is done where it takes longer than a page can wait. */
export async function findCompared(
  context: Worker,
  task: ComparisonTask,
  key: string,
): Promise<Shown | Unfinished | UnderWay> {
  const { show, code, languages, address } = task;
  return compared.look(JSON.stringify([key, show, code, languages, address]), (told) => compare(context, task, told));
}

/** The same, however long it takes. */
export async function compare(
  { log, workOnFile: work }: Worker,
  task: ComparisonTask,
  told: Told = () => {},
): Promise<Shown | Unfinished> {
  const doing = async () => (work ? work(task, told) : workOnComparison(task, told));
  return tryWork(log, task.what, doing, shownSchema);
}
