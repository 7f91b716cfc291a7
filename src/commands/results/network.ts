/** The network tier on the command line: figures with filters, from the approved network releases. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { aboutQuestion } from '../../release/network/about-question.ts';
import type { Wanted } from '../../release/network/ask.ts';
import { checkNames } from '../../release/network/check-names.ts';
import { listContents } from '../../release/network/contents.ts';
import { isSame, NotOffered, UnknownName } from '../../release/network/names.ts';
import type { Network } from '../../release/network/network.ts';
import { askNetwork, offerNetwork } from '../../release/released.ts';
import { CommandFailed, PROGRAM, UsageError } from '../support.ts';
import { showOffer, showTable } from './network-show.ts';
import { type Asked, findAsked, openTiers, type Tier } from './network-tiers.ts';

export interface NetworkOptions {
  readonly question?: string;
  readonly where?: Filter;
  readonly whereNot?: Filter;
  readonly by?: string;
  readonly json?: true;
}

type Filter = Readonly<Record<string, readonly string[]>>;

/** Adds `size=micro,small` to what was given with the flag before. @throws UsageError */
export function addFilter(written: string, before: Filter = {}): Filter {
  const [, name = '', list = ''] = /^\s*([^=\s]+)\s*=(.*)$/.exec(written) ?? [];
  const values = list.split(',').map((value) => value.trim());
  if (name === '' || values.includes('')) {
    throw new UsageError(`"${written}" is no filter. Write what to filter by and its values: size=micro,small`);
  }
  if (Object.keys(before).some((each) => each.toLowerCase() === name.toLowerCase())) {
    throw new UsageError(`${name} stands in two filters of one kind. Put its values into one: ${name}=${list},…`);
  }
  return { ...before, [name]: values };
}

/** Answers a question, or lists what can be asked. @throws CommandFailed, UsageError */
export async function showNetwork(db: Kysely<AnswersTables>, code: string, options: NetworkOptions): Promise<void> {
  const { question, where = {}, whereNot = {}, by, json } = options;
  if (question === undefined && (by !== undefined || Object.keys({ ...where, ...whereNot }).length > 0)) {
    throw new UsageError(
      `Name the question as well: --question T2. "${PROGRAM} results ${code} --network" lists them all.`,
    );
  }
  const asked = await findAsked(db, code);
  if (question === undefined) return listOffers(await openTiers(asked), json);
  const wanted: Wanted = { question, where, whereNot, ...(by !== undefined && { by }) };
  const { table, of, instead } = await answer(asked, wanted, () => openTiers(asked));
  showTable(table, of.outline.about, { wanted, instead }, json);
}

/**
 * The same for pages, as text that `reopenTold` reads back: what can be asked, and the answers. What goes wrong with what
 * was asked is told and not thrown.
 */
export async function tellNetwork(
  db: Kysely<AnswersTables>,
  code: string,
  wanted: readonly Wanted[],
  releasesPath: string,
  open: typeof openTiers = openTiers,
): Promise<string> {
  try {
    const asked = await findAsked(db, code, releasesPath);
    const tiers = await open(asked);
    const offers = tiers.flatMap(({ asked: { outline, survey }, network }) => {
      if (typeof network === 'string') return [];
      const { without: _, ...offer } = offerNetwork(network).content;
      const { release, madeOn, synthetic, k } = outline.about;
      return [{ release, madeOn, synthetic, k, ...offer, sections: listContents(network, survey, outline) }];
    });
    const [newest] = tiers;
    const whyNot = typeof newest?.network === 'string' ? newest.network : undefined;
    const answers = await Promise.all(wanted.map((each) => tryToAnswer(asked, each, tiers)));
    return JSON.stringify({ offers, insteadOf: insteadOf(newest?.asked, whyNot), answers });
  } catch (error) {
    if (error instanceof CommandFailed) return JSON.stringify({ offers: [], answers: [], refusal: error.message });
    throw error;
  }
}

async function tryToAnswer(asked: readonly Asked[], wanted: Wanted, tiers: Tier[]) {
  try {
    const { table, of, instead } = await answer(asked, wanted, async () => tiers);
    const { release, madeOn, synthetic } = of.outline.about;
    return {
      release,
      madeOn,
      synthetic,
      table: table.content,
      about: aboutQuestion(of.survey, table.content.question),
      insteadOf: instead,
    };
  } catch (error) {
    if (error instanceof CommandFailed || error instanceof UsageError) {
      const why = error instanceof Refused ? error.why : error.message;
      return { refusal: why, about: findAbout(asked, wanted.question) };
    }
    throw error;
  }
}

/** What is said of a question that has no figures, in the newest version that was asked. */
function findAbout([newest]: readonly Asked[], question: string) {
  if (!newest) return undefined;
  const { questions, derived } = newest.survey;
  const name = [...questions.keys(), ...derived.keys()].find((each) => isSame(each, question));
  return name === undefined ? undefined : aboutQuestion(newest.survey, name);
}

function offersOf(tiers: readonly Tier[]) {
  return tiers.flatMap(({ asked, network }) =>
    typeof network === 'string' ? [] : [{ about: asked.outline.about, offer: offerNetwork(network) }],
  );
}

function listOffers(tiers: readonly Tier[], json: true | undefined): void {
  const offers = offersOf(tiers);
  const [newest] = tiers;
  const [first, ...older] = offers;
  if (!first) throw new CommandFailed(typeof newest?.network === 'string' ? newest.network : 'Nothing can be asked.');
  const why = typeof newest?.network === 'string' ? newest.network : undefined;
  showOffer(first, older, insteadOf(newest?.asked, why), json);
}

function insteadOf(newest: Asked | undefined, why: string | undefined) {
  return newest && why !== undefined ? { release: newest.number, why } : undefined;
}

/**
 * From the newest file that can tell it. What it must not tell beside an earlier one keeps the earlier one's figures
 * (rule R3), and what only an earlier one can tell was told already.
 */
async function answer(asked: readonly Asked[], wanted: Wanted, open: () => Promise<Tier[]>) {
  const standing = asked.filter(({ stands }) => stands);
  const wrong = new Map(standing.flatMap((each) => misnamed(each, wanted)));
  const [newest] = standing;
  // No row is read for what is misspelt.
  if (wrong.size === standing.length) throw refusal(newest && wrong.get(newest));
  const failures: (UnknownName | NotOffered | string | undefined)[] = [];
  for (const { asked: of, network } of await open()) {
    const told = wrong.get(of) ?? (typeof network === 'string' ? network : tryAsking(network, wanted));
    if (typeof told === 'object' && 'content' in told) {
      const [why] = failures;
      return { table: told, of, instead: insteadOf(newest, typeof why === 'string' ? why : why?.message) };
    }
    failures.push(told);
  }
  throw refusal(failures[0]);
}

/** What is wrong with the names, before any row is read. */
function misnamed(each: Asked, wanted: Wanted): [Asked, UnknownName][] {
  try {
    checkNames(each.outline, each.survey, wanted);
    return [];
  } catch (error) {
    if (error instanceof UnknownName) return [[each, error]];
    throw error;
  }
}

function tryAsking(network: Network, wanted: Wanted) {
  try {
    return askNetwork(network, wanted);
  } catch (error) {
    if (error instanceof UnknownName || error instanceof NotOffered) return error;
    throw error;
  }
}

/** On the command line with what can be shown; a page leads there by links. */
class Refused extends CommandFailed {
  readonly why: string;
  constructor({ message, instead }: NotOffered) {
    super(`${message} ${instead}`);
    this.why = message;
  }
}

function refusal(reason: UnknownName | NotOffered | string | undefined): Error {
  if (reason instanceof UnknownName) return new UsageError(reason.message);
  if (reason instanceof NotOffered) return new Refused(reason);
  return new CommandFailed(reason ?? 'Nothing can be asked.');
}
