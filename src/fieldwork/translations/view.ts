/** A survey's texts and their translations, as pages and files show them. */
import { words } from '../../questionnaire/checks/changed-wording.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { changedWords, type Stretch } from '../../questionnaire/translations/changed-words.ts';
import type { JudgedText, TranslationState } from '../../questionnaire/translations/stale.ts';

/** What is shown of them; `all` with those that are as they should be. */
export const SHOWN = ['all', 'missing', 'stale'] as const;
export type Shown = (typeof SHOWN)[number];

/** Whatever else stands in the address shows all. */
export const readShown = (wanted: unknown): Shown => SHOWN.find((each) => each === wanted) ?? 'all';

export const onlyShown = (texts: readonly JudgedText[], shown: Shown): readonly JudgedText[] =>
  shown === 'all' ? texts : texts.filter(({ state }) => state === shown);

/** How many there are of each. */
export function countStates(texts: readonly JudgedText[]): Readonly<Record<Shown, number>> {
  const of = (wanted: TranslationState) => texts.filter(({ state }) => state === wanted).length;
  return { all: texts.length, missing: of('missing'), stale: of('stale') };
}

interface TextView extends JudgedText {
  /** Of a stale one, what changed in its original. */
  readonly changes: readonly Stretch[];
}

/** A section, or what stands before or after all of them. */
export interface TextGroup {
  readonly title: string;
  /** A title that is the survey's own, in its first language. */
  readonly own: boolean;
  readonly places: { readonly page: string | undefined; readonly question: string | undefined; texts: TextView[] }[];
}

/** The texts in their order, those of one section, page and question together. */
export function groupTexts(survey: Survey, texts: readonly JudgedText[]): TextGroup[] {
  const groups: (TextGroup & { section: string | undefined })[] = [];
  for (const text of texts) {
    const { section, page, question, before, original } = text;
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
    place.texts.push({ ...text, changes: before === undefined ? [] : changedWords(before, original) });
  }
  return groups;
}

function titleOf(survey: Survey, code: string | undefined, first: boolean): Pick<TextGroup, 'title' | 'own'> {
  const section = survey.file.sections.find((each) => each.code === code);
  if (section) return { title: words(survey, section.title), own: true };
  return { title: first ? 'The survey itself' : 'Ends, and what is worked out', own: false };
}
