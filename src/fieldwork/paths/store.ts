/** Pictures of published versions. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { drawFlow } from '../../questionnaire/picture/draw.ts';
import { getPaths, getVersion } from '../store.ts';

/** Content never changes under a hash, so a picture is drawn once in the life of the process. */
const drawn = new Map<string, string>();

/** The picture of who is asked what in a published version, as SVG. @throws when there is no such version */
export async function getPicture(db: Kysely<AnswersTables>, hash: string): Promise<string> {
  const picture = drawn.get(hash) ?? drawFlow(await getVersion(db, hash), await getPaths(db, hash));
  drawn.set(hash, picture);
  return picture;
}
