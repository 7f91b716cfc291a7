/**
 * The network tier: what researchers of the network may ask of an approved data file, with filters of their own.
 *
 * Every filter selects whole atoms, and every atom holds at least b respondents; so whatever is selected is of nobody
 * or of at least b, and so is what one selection has and another has not, because that is made of whole atoms too.
 * Every figure of a question is a sum of its cells in groups of whole atoms, each 0 or at least t; so any such sum is 0
 * or at least t, and so is the difference of two figures where one selection holds the other, because it is a sum of
 * the cells that are left. Hence nothing about earlier questions has to be remembered, and nobody who asks often
 * learns more than the atoms tell (rule T9).
 */
import type { Survey } from '../../questionnaire/survey.ts';
import type { Policy } from '../policy.ts';
import type { ProtectedTables } from '../tables/protected-tables.ts';
import { type Atoms, lossesOf, makeAtoms } from './atoms.ts';
import { besideEarlier, type Shown } from './beside.ts';
import { type NetworkFile, type NetworkKey, networkKeys } from './dimensions.ts';
import { offerQuestion } from './offer.ts';
import type { Offered } from './offered.ts';
import type { Offering } from './pairs.ts';
import { collapsedQuestion, type Question, questionsIn } from './questions.ts';
import { type Weighing, weighingOf } from './weighing.ts';

export interface Network {
  readonly rows: number;
  readonly policy: Pick<Policy, 'base' | 'cell'>;
  readonly keys: readonly NetworkKey[];
  readonly atoms: Atoms;
  readonly offered: readonly Offered[];
  /** Questions of which some figure would be of too few, even for everybody together. */
  readonly refused: readonly Question[];
  /** Questions of which that is so only beside an earlier file: they keep the figures that were told of that (rule R3). */
  readonly kept: readonly Question[];
  /** An earlier file was asked before it. */
  readonly later: boolean;
  /** Of a file that has weights. */
  readonly weighing: Weighing | undefined;
}

/**
 * Prepares an approved data file for questions.
 * @param survey the version that the file is of
 * @param published every release of tables that the public has seen
 * @param earlier the files of the wave that were asked before, each with all that could be asked of it
 * @throws NoAtoms when the file has fewer than b rows, or cannot be asked beside an earlier one
 */
export function openNetwork(
  file: NetworkFile,
  survey: Survey,
  { base, cell, width }: Policy,
  published: readonly ProtectedTables[] = [],
  earlier: readonly Shown[] = [],
): Network {
  const keys = networkKeys(file, survey);
  const since = earlier.map((each) => besideEarlier(each, file, base));
  const atoms = makeAtoms(
    keys.map(({ key }) => key),
    file.rows,
    base,
    (each) => since.every(({ leavesEnough }) => leavesEnough(each)),
  );
  const policy = { base, cell };
  const offering: Offering = { survey, keys, atoms, policy, published, since };
  const alone: Offering = { ...offering, since: [] };
  const offered: Offered[] = [];
  const refused: Question[] = [];
  const kept: Question[] = [];
  for (const question of questionsIn(file, survey)) {
    const found = bestOffer(question, offered, offering);
    if (found) offered.push(found);
    else if (since.length > 0 && bestOffer(question, offered, alone)) kept.push(question);
    else refused.push(question);
  }
  const weighing = weighingOf(file, atoms, width);
  return { rows: file.rows, policy, keys, atoms, offered, refused, kept, later: earlier.length > 0, weighing };
}

/**
 * What is left of a network beside tables that came out after it was first asked: nothing finer than before, so that
 * every figure is a sum of those that were told then.
 */
export function narrowNetwork(network: Network, survey: Survey, published: readonly ProtectedTables[]): Network {
  const offering: Offering = { ...network, survey, published, since: [] };
  const offered = network.offered.flatMap(
    ({ question, levels }) => offerQuestion(question, [], offering, levels) ?? [],
  );
  const left = new Set(offered.map(({ question }) => question));
  const lost = network.offered.flatMap(({ question }) => (left.has(question) ? [] : [question]));
  return { ...network, offered, refused: [...network.refused, ...lost] };
}

/** With all its answers, or with some taken together where that lets it be crossed further (rule T4). */
function bestOffer(question: Question, others: readonly Offered[], offering: Offering): Offered | undefined {
  const whole = offerQuestion(question, others, offering);
  const folded = collapsedQuestion(question, offering.survey);
  const collapsed = folded && offerQuestion(folded, others, offering);
  if (!whole || !collapsed) return whole ?? collapsed;
  const losses = lossesOf(
    offering.keys.map(({ key }) => key),
    offering.atoms,
  );
  const loss = ({ levels }: Offered) => levels.reduce((sum, level, key) => sum + (losses[key]?.[level] ?? 0), 0);
  return loss(collapsed) < loss(whole) ? collapsed : whole;
}
