/** Which keys a column tells, by what it is worked out from or by who was asked (rule M12). */
import type { Versions } from './columns.ts';
import { madeFrom, reachOf } from './reach.ts';

export interface Telling {
  /**
   * Of these keys those that a column tells, when the keys in `published` stand beside it in the row: what a published
   * key decided says no more than the key.
   * @param code of a question, or the name of a derived variable
   * @param keys as the survey's file names them, or their coarser versions
   */
  told(code: string, keys: readonly string[], published: ReadonlySet<string>): readonly string[];
  /** Whether two questions or variables are worked out from the same answers. */
  share(one: string, other: string): boolean;
}

/** What the columns of a survey tell in any of its versions. */
export function tellingIn(versions: Versions): Telling {
  const reaches = new Map<string, ReadonlySet<string>>();
  const sources = new Map<string, ReadonlySet<string>>();
  const reach = (code: string, published: ReadonlySet<string>) => {
    const name = [code, ...published].join(' ');
    const found = reaches.get(name) ?? new Set(versions.flatMap((survey) => [...reachOf(survey, code, published)]));
    reaches.set(name, found);
    return found;
  };
  const source = (key: string) => {
    const found = sources.get(key) ?? new Set(versions.flatMap((survey) => [...madeFrom(survey, key)]));
    sources.set(key, found);
    return found;
  };
  return {
    told: (code, keys, published) => {
      const own = [...reach(code, published)];
      return keys.filter((key) => own.some((each) => source(key).has(each)));
    },
    share: (one, other) => [...source(one)].some((each) => source(other).has(each)),
  };
}
