/** Made-up farms for whoever attacks the network tier, and what could be known of each. */
import type { Row } from './farms.ts';
import { chance, type Known } from './researcher.ts';

const SIZES = ['micro', 'small', 'middle', 'large'];

/** Uneven farms, some of whose keys are withheld or not answered, with answers that go with their size. */
export function madeUp(n: number, seed: number): Row[] {
  const random = chance(seed);
  const skewed = (values: number) => 1 + Math.floor(values * random() ** 2);
  return Array.from({ length: n }, () => {
    const size = skewed(4);
    const wheat = random() < 0.6 ? 1 : 0;
    const rye = random() < 0.4 ? 1 : 0;
    return {
      k1: random() < 0.01 ? -6 : skewed(2),
      size: random() < 0.02 ? -9 : size,
      k3: skewed(2),
      q1: random() < 0.03 ? -9 : Math.min(4, Math.max(1, size + Math.floor(3 * random()) - 1)),
      q2_wheat: wheat,
      q2_rye: rye,
      q2_none: wheat || rye ? 0 : 1,
      q3: random() < 0.4 ? 1 : 2,
      q2_grain: wheat || rye ? 1 : 0,
    };
  });
}

/** What whoever knows a farm knows of it. */
export function known({ k1 = -9, size = -9, k3 = -9 }: Row): Known {
  return {
    k1: ['north', 'south'][k1 - 1],
    size: SIZES[size - 1],
    size_wide: size < 1 ? undefined : size <= 2 ? 'smaller' : 'larger',
    k3: ['own', 'rented'][k3 - 1],
  };
}
