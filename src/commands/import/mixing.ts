/** Made-up answers and real ones never come into one survey: nobody could tell them apart afterwards. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { countDrafts, countResponses } from '../../responses/store.ts';
import { CommandFailed, counted } from '../support.ts';

/** @throws CommandFailed where people answered a survey, or have begun to */
export async function refuseAmongPeople(db: Kysely<AnswersTables>, code: string): Promise<void> {
  const { total, simulated } = await countResponses(db, code);
  // In a trial, drafts are begun beside made-up answers by whoever looks round.
  const begun = simulated > 0 ? 0 : await countDrafts(db, code);
  const real = total - simulated;
  if (real === 0 && begun === 0) return;
  const what = real > 0 ? `${counted(real, 'answer')} that people gave` : `${counted(begun, 'answer')} not sent yet`;
  throw new CommandFailed(`${code} holds ${what}. Made-up ones are not put among them: use another DATA_DIR.`);
}

/**
 * For rows from a file, which carry no mark: a row that is there twice could not be told from two that are alike.
 * @param add whoever imports says that these are other rows than those that are there
 * @throws CommandFailed where these rows must not come beside what is there
 */
export async function refuseMixing(
  db: Kysely<AnswersTables>,
  code: string,
  { synthetic, add }: { readonly synthetic: boolean; readonly add: boolean },
): Promise<void> {
  if (synthetic) await refuseAmongPeople(db, code);
  const { simulated, imported } = await countResponses(db, code);
  if (!synthetic && simulated > 0)
    throw new CommandFailed(
      `${code} holds ${counted(simulated, 'made-up answer')}. Real ones are not put among them: use another DATA_DIR. If these are made up too, add --synthetic.`,
    );
  const before = synthetic ? simulated : imported;
  if (before > 0 && !add)
    throw new CommandFailed(
      `${code} holds ${counted(before, synthetic ? 'made-up answer' : 'imported answer')} already. The same rows again would count twice, and nobody could tell. If these are others, add --add.`,
    );
}
