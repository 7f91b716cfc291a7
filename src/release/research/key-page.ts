/** What the groups are made by: how many rows there are of each value, in every version of a key that filters use. */
import { isSame } from '../network/names.ts';
import type { Told } from '../network/told.ts';
import { figureOf } from '../tables/figures.ts';
import { sayFigure, sayInterval } from './figure-words.ts';
import type { ResearchTable } from './tables.ts';

/** Tables of the newest release that has this key; undefined where the name is of none. */
export function viewKey({ offers }: Told, name: string): ResearchTable[] | undefined {
  const [newest] = offers;
  const listed = newest?.sections.flatMap(({ questions }) => questions).find((each) => isSame(each.name, name));
  if (listed?.telling !== 'key') return undefined;
  return newest?.dimensions
    .filter(({ key }) => isSame(key, name))
    .map(({ label, values }) => {
      const base = values.reduce((sum, { people }) => sum + people, 0);
      return {
        caption: label,
        columns: ['Value', 'How many', 'Likely range'].map((text) => ({ text, sort: undefined })),
        rows: values.map((value) => {
          const figure = figureOf(value.people, base);
          return { label: value.label, net: false, figures: [figure], cells: [sayFigure(figure), sayInterval(figure)] };
        }),
      };
    });
}
