/** Who is asked what: following every route of a long questionnaire, and drawing it, takes about a second. */
import type { z } from 'zod';
import type { Context } from '../../web/context.ts';
import { getSource } from '../store.ts';
import { type FileTask, followedSchema, workOnFile } from '../versions/file-work.ts';

type Followed = z.infer<typeof followedSchema>;

/** Content never changes under a hash, so a version is followed once in the life of the process. */
const followed = new Map<string, Followed>();

/** The path of each stage through a published version, and a picture of them as SVG. @throws when there is no such version */
export async function getFollowed(context: Pick<Context, 'db' | 'workOnFile'>, hash: string): Promise<Followed> {
  const kept = followed.get(hash) ?? (await followSource(context, await getSource(context.db, hash)));
  followed.set(hash, kept);
  return kept;
}

/** The same of a file that can be read as a survey. */
export async function followSource(
  { workOnFile: work = async (task, told) => workOnFile(task, told) }: Pick<Context, 'workOnFile'>,
  source: string,
): Promise<Followed> {
  const task: FileTask = { what: 'follow', source };
  return followedSchema.parse(await work(task, () => {}));
}
