/** The short form above a question's figures, and what is on in it. */
import type { Offer, Told } from '../network/told.ts';
import { EVERYTHING, entriesOf, nameOfFilter, type Selection } from './selection.ts';

type Dimension = Offer['dimensions'][number];

/** What a question can be filtered and shown side by side by, in any of the releases, the newest first. */
export function dimensionsOf({ offers }: Pick<Told, 'offers'>, question: string): Dimension[] {
  const all = offers.flatMap(({ dimensions, questions }) => {
    const by = questions.find(({ name }) => name === question)?.by ?? [];
    return dimensions.filter(({ name }) => by.includes(name));
  });
  return all.filter(({ name }, place) => all.findIndex((each) => each.name === name) === place);
}

/** @param addressOf the page's own address with another selection */
export function viewFilters(
  dimensions: readonly Dimension[],
  selection: Selection,
  addressOf: (selection: Selection) => string,
) {
  const { where, by } = selection;
  const kept: Selection = { ...selection, where: {}, by: undefined };
  return {
    by: [
      { value: '', text: 'Everybody together', selected: by === undefined },
      ...dimensions.map(({ name, label }) => ({ value: name, text: nameIn(label, name), selected: name === by })),
    ],
    filters: dimensions.map(({ name, label, values }) => ({
      name: nameOfFilter(name),
      label: nameIn(label, name),
      on: (where[name] ?? []).length,
      items: values.map(({ code, label: text }) => ({ value: code, text, checked: where[name]?.includes(code) })),
    })),
    /** What the form does not ask for and must not lose. */
    hidden: entriesOf(kept).map(([name, value]) => ({ name, value })),
    on: chipsOf(dimensions, selection, addressOf),
    clear: addressOf({ ...EVERYTHING, weightsOff: selection.weightsOff, dontKnowOut: selection.dontKnowOut }),
  };
}

const nameIn = (label: string, name: string) => (label === name ? name : `${label} (${name})`);

/** What is on, each with the address without it. */
function chipsOf(
  dimensions: readonly Dimension[],
  selection: Selection,
  addressOf: (selection: Selection) => string,
): { text: string; without: string }[] {
  const { where, by } = selection;
  const labelOf = (name: string) => dimensions.find((each) => each.name === name)?.label ?? name;
  const chips = Object.entries(where).map(([name, values]) => {
    const { [name]: _, ...others } = where;
    return { text: sayFilter(dimensions, name, values), without: addressOf({ ...selection, where: others }) };
  });
  if (by === undefined) return chips;
  const sideBySide = `Side by side: ${labelOf(by)}`;
  return [{ text: sideBySide, without: addressOf({ ...selection, by: undefined, sort: undefined }) }, ...chips];
}

/** "Size: Micro or Small". */
export function sayFilter(dimensions: readonly Dimension[], name: string, values: readonly string[]): string {
  const own = dimensions.find((each) => each.name === name);
  const words = values.map((value) => own?.values.find(({ code }) => code === value)?.label ?? value);
  return `${own?.label ?? name}: ${words.join(' or ')}`;
}
