/** What single respondents know of the numbers in a neighbourhood: how much of each they are themselves. */
import type { Contributions } from './contributions.ts';
import type { Neighbourhood } from './neighbourhood.ts';

/** No column is less than its amount here, since the respondent is in it. Columns left out may be nothing. */
export interface Profile {
  readonly columns: readonly number[];
  readonly amounts: readonly number[];
}

/**
 * What all respondents together know: more than any one of them, so that what even this leaves open nobody can tell.
 * @param contributions one for each way in which a respondent may have been in the earlier releases
 */
export function everybodyIn({ unknown }: Neighbourhood, contributions: readonly Contributions[]): Profile {
  const columns: number[] = [];
  const amounts: number[] = [];
  for (const [column, { id, value }] of unknown.entries()) {
    let most = 0;
    for (const each of contributions) for (const amount of each.of(id).amounts) most = Math.max(most, amount);
    if (value === 0 || most === 0) continue;
    columns.push(column);
    amounts.push(Math.min(value, most));
  }
  return { columns, amounts };
}

/** What these know together: what it leaves open, each of them leaves open. */
export function together(profiles: readonly Profile[]): Profile {
  const amounts = new Map<number, number>();
  for (const profile of profiles) {
    for (const [index, column] of profile.columns.entries()) {
      amounts.set(column, Math.max(amounts.get(column) ?? 0, profile.amounts[index] ?? 0));
    }
  }
  return { columns: [...amounts.keys()], amounts: [...amounts.values()] };
}

/**
 * The profiles of all respondents, each once, without those that another one contains: whoever is in fewer of the
 * numbers has fewer to go by. Somebody who is in none of them, as everybody who did not answer, is among them at first.
 */
export function profilesIn({ unknown }: Neighbourhood, contributions: readonly Contributions[]): Profile[] {
  const distinct = new Map<string, Profile>();
  for (const each of contributions) {
    const own = new Map<number, { columns: number[]; amounts: number[] }>();
    for (const [column, { id, value }] of unknown.entries()) {
      if (value === 0) continue;
      const { rows, amounts } = each.of(id);
      for (const [index, row] of rows.entries()) {
        let profile = own.get(row);
        if (!profile) {
          profile = { columns: [], amounts: [] };
          own.set(row, profile);
        }
        profile.columns.push(column);
        profile.amounts.push(Math.min(value, amounts[index] ?? 0));
      }
    }
    for (const profile of own.values()) distinct.set(`${profile.columns};${profile.amounts}`, profile);
  }
  const largest: { readonly profile: Profile; readonly dense: Int32Array }[] = [];
  const bySize = [...distinct.values()].sort((one, other) => other.columns.length - one.columns.length);
  for (const profile of bySize) {
    if (largest.some(({ dense }) => contains(dense, profile))) continue;
    const dense = new Int32Array(unknown.length);
    for (const [index, column] of profile.columns.entries()) dense[column] = profile.amounts[index] ?? 0;
    largest.push({ profile, dense });
  }
  return largest.length === 0 ? [{ columns: [], amounts: [] }] : largest.map(({ profile }) => profile);
}

function contains(large: Int32Array, { columns, amounts }: Profile): boolean {
  for (let index = 0; index < columns.length; index++) {
    if ((large[columns[index] ?? 0] ?? 0) < (amounts[index] ?? 0)) return false;
  }
  return true;
}
