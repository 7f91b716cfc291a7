/** How far the translations of a version are, held against the versions before it: of a large survey it takes seconds. */
import type { z } from 'zod';
import type { Context } from '../../web/context.ts';
import { KeptWork, type UnderWay, type Unfinished } from '../../web/under-way.ts';
import { tryTask } from '../paths/store.ts';
import { getSource, listPublished } from '../store.ts';
import type { Shown } from './view.ts';
import { countedSchema, judgedSchema, listedSchema } from './work.ts';

type Worker = Pick<Context, 'db' | 'log' | 'workOnFile'>;
export type Judged = z.infer<typeof judgedSchema>;
type Counted = z.infer<typeof countedSchema>;

/** A published version, by its survey's code and its own fingerprint. */
interface Version {
  readonly code: string;
  readonly hash: string;
}

const counted = new KeptWork<Counted | Unfinished>();
const judged = new KeptWork<Judged | Unfinished>();

/** The published versions of a survey up to one of them, the earliest first: by fingerprint, and their files. */
async function findChain({ db }: Worker, { code, hash }: Version) {
  const published = await listPublished(db, code);
  const chain = published.slice(published.findIndex((each) => each.hash === hash)).toReversed();
  const hashes = chain.map((each) => each.hash);
  return { key: hashes.join(' '), getSources: () => Promise.all(hashes.map((each) => getSource(db, each))) };
}

/** How many texts of some languages are as they should be, in the order of the languages. */
export async function findCounts(
  context: Worker,
  version: Version,
  languages: readonly string[],
): Promise<Counted | Unfinished | UnderWay> {
  if (languages.length === 0) return { counts: [] };
  const { key, getSources } = await findChain(context, version);
  return counted.look(key, async (told) => {
    const task = { what: 'count translations', sources: await getSources(), languages } as const;
    return tryTask(context, task, countedSchema, told);
  });
}

/** Every text in a language, and what became of its original. */
export async function findJudged(
  context: Worker,
  version: Version,
  language: string,
): Promise<Judged | Unfinished | UnderWay> {
  const { key, getSources } = await findChain(context, version);
  return judged.look(`${key} ${language}`, async (told) =>
    tryTask(context, { what: 'judge translations', sources: await getSources(), language }, judgedSchema, told),
  );
}

/** The same as a file, of what is shown. */
export async function listTexts(
  context: Worker,
  version: Version,
  { language, shown }: { readonly language: string; readonly shown: Shown },
): Promise<z.infer<typeof listedSchema> | Unfinished> {
  const { getSources } = await findChain(context, version);
  const task = { what: 'list translations', sources: await getSources(), language, shown } as const;
  return tryTask(context, task, listedSchema);
}
