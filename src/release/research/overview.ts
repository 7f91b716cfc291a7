/** Every question of the survey, section by section, with what can be seen of it. */
import { isSame } from '../network/names.ts';
import type { Offer, Told } from '../network/told.ts';

type Listed = Offer['sections'][number]['questions'][number];

/** A question in the list. */
interface QuestionLine {
  readonly name: string;
  readonly label: string;
  /** What of it is told, or why nothing is: a sentence. */
  readonly state: string;
  /** The NETs that can be seen further than the question itself. */
  readonly nets: readonly QuestionLine[];
}

export interface SectionLines {
  readonly title: string;
  readonly questions: readonly QuestionLine[];
}

/** @returns nothing where no release can be asked */
export function listQuestions({ offers }: Told): SectionLines[] {
  const [newest] = offers;
  return (newest?.sections ?? []).map(({ title, questions }) => ({
    title,
    questions: questions.filter(({ net }) => net === undefined).map((each) => lineOf(each, questions, offers)),
  }));
}

/** The questions that have figures, in the survey's order, for whoever looks at one that has none. */
export function listShown(told: Told): readonly QuestionLine[] {
  return orderOf(listQuestions(told)).filter((each) => isTold(each, told.offers));
}

/** The names of the questions in order, for whoever goes from one to the next. */
export function orderOf(sections: readonly SectionLines[]): readonly QuestionLine[] {
  return sections.flatMap(({ questions }) => questions);
}

function lineOf(question: Listed, all: readonly Listed[], offers: readonly Offer[]): QuestionLine {
  const { name, label } = question;
  const own = new Set(waysOf(name, offers));
  const further = all.filter(
    (each) =>
      each.net === name && (!isTold(question, offers) || waysOf(each.name, offers).some((way) => !own.has(way))),
  );
  return {
    name,
    label,
    state: sayTelling(question, offers),
    nets: further.filter((each) => isTold(each, offers)).map((each) => lineOf(each, [], offers)),
  };
}

/** The dimensions that some release crosses a question by. */
function waysOf(name: string, offers: readonly Offer[]): string[] {
  return offers.flatMap(({ questions }) => questions.find((each) => each.name === name)?.by ?? []);
}

const isTold = ({ name }: Pick<Listed, 'name'>, offers: readonly Offer[]) =>
  offers.some(({ questions }) => questions.some((each) => each.name === name));

/** What is told of a question, or why nothing is. */
function sayTelling({ name, telling, why }: Listed, offers: readonly Offer[]): string {
  const { cell } = offers[0]?.policy ?? { cell: 0 };
  const older = offers.slice(1).find(({ questions }) => questions.some((each) => each.name === name));
  if (older && (telling === 'refused' || telling === 'kept' || telling === 'absent'))
    return `With the figures of release ${older.release}.`;
  switch (telling) {
    case 'filters':
      return 'With filters and side by side.';
    case 'overall':
      return 'For everybody together only.';
    case 'key':
      return offers[0]?.dimensions.some(({ key }) => isSame(key, name))
        ? 'How many there are of each. The other questions are filtered and shown side by side by it.'
        : 'Withheld in this release: with it, groups would have too few people, or it is not known of too many.';
    case 'refused':
      return `Withheld: even for everybody together some figures would be of fewer than ${cell}, or would tell such a figure.`;
    case 'kept':
      return `Withheld: beside what an earlier release told, some figures would be of fewer than ${cell}.`;
    case 'absent':
      return `Not in the data file: it ${why ?? 'is not among the columns that the survey’s file lists for data files'}.`;
  }
}
