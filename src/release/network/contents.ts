/** Every question of a survey, in its order, with what the network tier tells of it. */
import type { Survey } from '../../questionnaire/survey.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import { sourcesOf } from '../../results/sources.ts';
import { labelOf } from '../called.ts';
import type { FileOutline } from '../microdata/reopen-file.ts';
import { dimensionsFor, isSame } from './names.ts';
import type { Network } from './network.ts';

/**
 * What is told of a question: figures under filters, figures for everybody only, none because some would be of too few,
 * those of an earlier file only; what it filters by; or that it is no column of the file.
 */
type Telling = 'filters' | 'overall' | 'refused' | 'kept' | 'key' | 'absent';

interface ListedQuestion {
  /** A question's code, or the name of what is worked out. */
  readonly name: string;
  readonly label: string;
  readonly telling: Telling;
  /** Of what is no column, where that is known: the end of a sentence, such as "is a raw number". */
  readonly why?: string;
  /** Of a NET: the question that it takes answers of together. */
  readonly net?: string;
}

export interface ListedSection {
  readonly title: string;
  readonly questions: readonly ListedQuestion[];
}

/** In the survey's first language; sections without questions are left out. */
export function listContents(network: Network, survey: Survey, outline: FileOutline): ListedSection[] {
  const [language = 'en'] = survey.file.languages;
  const describe = (name: string) => describeListed(network, survey, outline, name);
  const derived = [...survey.derived.keys()];
  return survey.file.sections.flatMap(({ code, title }) => {
    const own = survey.pages.filter(({ section }) => section.code === code).flatMap(({ questions }) => questions);
    const questions = own
      .filter((question) => question.code !== survey.file.consent.question)
      .flatMap((question) => [
        describe(question.code),
        ...derived
          .filter((name) => sourcesOf(survey, name)[0] === question.code)
          .map(describe)
          .filter(isInFile),
      ]);
    return questions.length === 0 ? [] : [{ title: inLanguage(title, language, language), questions }];
  });
}

/** What is worked out and stands in no file would only make the list long. */
const isInFile = ({ telling }: ListedQuestion) => telling !== 'absent';

function describeListed(network: Network, survey: Survey, outline: FileOutline, name: string): ListedQuestion {
  const derived = survey.derived.get(name);
  const why = outline.about.leftOut.find((left) => isSame(left.name, name))?.reason;
  const telling = tellingOf(network, name);
  return {
    name,
    label: labelOf(survey, name),
    telling,
    ...(telling === 'absent' && why !== undefined && { why }),
    ...(derived?.net !== undefined && { net: derived.net }),
  };
}

function tellingOf(network: Network, name: string): Telling {
  const { offered, refused, kept, keys } = network;
  const found = offered.find(({ question }) => isSame(question.name, name));
  if (found) return dimensionsFor(network, found).length > 0 ? 'filters' : 'overall';
  if (refused.some((each) => isSame(each.name, name))) return 'refused';
  if (kept.some((each) => isSame(each.name, name))) return 'kept';
  const isKey = keys.some(({ code, key }) => isSame(code, name) || isSame(key.name, name));
  return isKey ? 'key' : 'absent';
}
