/** A survey's texts and their translations, as pages and files show them. */
import { words } from '../../questionnaire/checks/changed-wording.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { TranslationState } from '../../questionnaire/translations/stale.ts';

/** What is shown of them; `all` with those that are as they should be. */
export const SHOWN = ['all', 'missing', 'stale'] as const;
export type Shown = (typeof SHOWN)[number];

/** Whatever else stands in the address shows all. */
export const readShown = (wanted: unknown): Shown => SHOWN.find((each) => each === wanted) ?? 'all';

interface Standing {
  readonly state: TranslationState;
}

export const onlyShown = <T extends Standing>(texts: readonly T[], shown: Shown): readonly T[] =>
  shown === 'all' ? texts : texts.filter(({ state }) => state === shown);

/** How many there are of each. */
export function countStates(texts: readonly Standing[]): Readonly<Record<Shown, number>> {
  const of = (wanted: TranslationState) => texts.filter(({ state }) => state === wanted).length;
  return { all: texts.length, missing: of('missing'), stale: of('stale') };
}

/** Where a text stands. */
interface Placed {
  readonly section: string | undefined;
  readonly page: string | undefined;
  readonly question: string | undefined;
}

/** A section, or what stands before or after all of them. */
export interface TextGroup<T> {
  readonly title: string;
  /** A title that is the survey's own, in its first language. */
  readonly own: boolean;
  readonly places: { readonly page: string | undefined; readonly question: string | undefined; texts: T[] }[];
}

/** The texts in their order, those of one section, page and question together. */
export function groupTexts<T extends Placed>(survey: Survey, texts: readonly T[]): TextGroup<T>[] {
  const groups: (TextGroup<T> & { section: string | undefined })[] = [];
  for (const text of texts) {
    const { section, page, question } = text;
    let group = groups.at(-1);
    if (!group || group.section !== section) {
      group = { ...titleOf(survey, section, groups.length === 0), section, places: [] };
      groups.push(group);
    }
    let place = group.places.at(-1);
    if (!place || place.page !== page || place.question !== question) {
      place = { page, question, texts: [] };
      group.places.push(place);
    }
    place.texts.push(text);
  }
  return groups;
}

function titleOf(survey: Survey, code: string | undefined, first: boolean): Pick<TextGroup<unknown>, 'title' | 'own'> {
  const section = survey.file.sections.find((each) => each.code === code);
  if (section) return { title: words(survey, section.title), own: true };
  return { title: first ? 'The survey itself' : 'Ends, and what is worked out', own: false };
}
