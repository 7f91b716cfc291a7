/** Where a preview can begin, and in which language. */
import type { Survey } from '../../questionnaire/survey.ts';
import { plainText } from '../question-view.ts';

export interface Beginning {
  /** The code of the stage that it begins right after; undefined at the start. */
  readonly stage: string | undefined;
  readonly language: string;
}

const START = 'start';
const AS = 'as:';

/** Reads what was chosen; undefined where that is none of what is offered. Pure. */
export function readBeginning(survey: Survey, from = START, language?: string): Beginning | undefined {
  const { languages } = survey.file;
  const known = language === undefined ? languages[0] : languages.find((each) => each === language);
  const stage = stagesOf(survey).find(({ code }) => from === AS + code)?.code;
  if (known === undefined || (from !== START && stage === undefined)) return undefined;
  return { stage, language: known };
}

/** The page on which a preview begins. `live` says whether respondents meet this version now. Pure. */
export function viewEntry(survey: Survey, live: boolean, chosen: Beginning | undefined) {
  const { file } = survey;
  const text = (words: typeof file.title) => plainText(survey, words, 'en');
  const languageNames = new Intl.DisplayNames(['en'], { type: 'language' });
  return {
    title: `Preview version ${file.version} of ${text(file.title)}`,
    live,
    from: chosen?.stage === undefined ? START : AS + chosen.stage,
    beginnings: [
      { value: START, text: 'From the start' },
      ...stagesOf(survey).map(({ code, label }) => ({ value: AS + code, text: `As: ${text(label)}` })),
    ],
    language: chosen?.language ?? file.languages[0],
    translations: file.languages.map((each) => ({ value: each, text: languageNames.of(each) ?? each })),
  };
}

function stagesOf({ file }: Survey) {
  return file.stageRule?.gives[0]?.values ?? [];
}
