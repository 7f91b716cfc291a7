/** Who is asked what: following every route of a long questionnaire, and drawing it, takes seconds. */
import type { z } from 'zod';
import type { Context } from '../../web/context.ts';
import { KeptWork, type Told, tryWork, type UnderWay, type Unfinished } from '../../web/under-way.ts';
import { fingerprintOf } from '../store.ts';
import { type FileTask, followedSchema, handOut } from '../versions/file-work.ts';

type Followed = z.infer<typeof followedSchema>;
type Worker = Pick<Context, 'log' | 'workOnFile'>;

const followed = new KeptWork<Followed | Unfinished>();

/** The path of each stage through a version, and a picture of them. @param source of a file that can be read as a survey */
export async function followSource(context: Worker, source: string): Promise<Followed | Unfinished> {
  return followed.finish(fingerprintOf(source), following(context, source));
}

/** The same, or how much of it is done where it takes longer than a page can wait. */
export async function findFollowed(context: Worker, source: string): Promise<Followed | Unfinished | UnderWay> {
  return followed.look(fingerprintOf(source), following(context, source));
}

const following = (context: Worker, source: string) => (told: Told) =>
  tryTask(context, { what: 'follow', source }, followedSchema, told);

/** Has a task done, whatever it takes. @param schema of what it comes to */
export function tryTask<T>(
  context: Worker,
  task: FileTask,
  schema: z.ZodType<T>,
  told: Told = () => {},
): Promise<T | Unfinished> {
  return tryWork(context.log, task.what, () => handOut(context, task, told), schema);
}
