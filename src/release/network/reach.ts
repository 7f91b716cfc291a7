/** How far a data file could be asked, for a person who chooses its settings. */
import type { Survey } from '../../questionnaire/survey.ts';
import { getLevel } from '../microdata/generalise/keys.ts';
import { policyOf } from '../policy.ts';
import type { ProtectedTables } from '../tables/protected-tables.ts';
import { NoAtoms } from './atoms.ts';
import type { NetworkFile } from './dimensions.ts';
import { type Dimension, dimensionsFor } from './names.ts';
import { type Network, openNetwork } from './network.ts';

export interface Reach {
  /** Groups that filters can tell apart. */
  readonly groups: number;
  /** The questions of the file, those of which figures are told, and those of them that can be filtered and crossed. */
  readonly questions: number;
  readonly told: number;
  readonly filtered: number;
  /** The keys that some question can be filtered by, as the file has them. */
  readonly filters: readonly string[];
}

/** Whether there are groups on both sides of a filter: one that all of them pass is none. */
function tellsApart({ keys, atoms }: Network, { key, level }: Dimension): boolean {
  const own = keys[key]?.key;
  const groups = own && getLevel(own, level).groups;
  return new Set(Array.from(atoms.leaves[key] ?? [], (leaf) => groups?.[leaf])).size > 1;
}

const NOTHING: Reach = { groups: 0, questions: 0, told: 0, filtered: 0, filters: [] };

/**
 * What could be asked of a file by itself: beside the files that were out before it, it can be less (rule R3).
 * @param published every release of tables that the public has seen
 */
export function reachOf(file: NetworkFile, survey: Survey, published: readonly ProtectedTables[]): Reach {
  try {
    const network = openNetwork(file, survey, policyOf(survey.file), published);
    const { atoms, offered, refused, keys } = network;
    const ways = offered.map((each) => dimensionsFor(network, each).filter((way) => tellsApart(network, way)));
    const filtering = new Set(ways.flatMap((dimensions) => dimensions.map(({ key }) => key)));
    return {
      groups: atoms.count,
      questions: offered.length + refused.length,
      told: offered.length,
      filtered: ways.filter((dimensions) => dimensions.length > 0).length,
      filters: keys.flatMap(({ code }, place) => (filtering.has(place) ? [code] : [])),
    };
  } catch (error) {
    if (error instanceof NoAtoms) return NOTHING;
    throw error;
  }
}
