/** What a preview's page tells its author beside what respondents see: the stage, the page's codes, the path. */
import { listBehind } from '../../questionnaire/checks/mentions.ts';
import { describeUniverse } from '../../questionnaire/describe.ts';
import type { Journey, PageOnPath } from '../../questionnaire/journey.ts';
import type { Survey, SurveyQuestion } from '../../questionnaire/survey.ts';
import { type AnswerRow, viewPageAnswers } from '../answers-view.ts';
import { pageAddress } from '../progress.ts';
import { plainText } from '../question-view.ts';
import type { StoredView } from './stored-view.ts';

/** Staff's pages are in English, whatever language the preview is in. */
const LANGUAGE = 'en';

interface QuestionNote {
  readonly code: string;
  readonly type: SurveyQuestion['type'];
  readonly asked: boolean;
  /** What decides about it alone, beside its page; undefined where nothing does. */
  readonly when: string | undefined;
}

interface PathPage {
  readonly code: string;
  readonly here: boolean;
  /** Where it is; undefined where pages before it are still open. */
  readonly href: string | undefined;
  readonly answered: boolean;
  readonly rows: readonly Pick<AnswerRow, 'question' | 'lines'>[];
}

export interface PanelView {
  /** The page in sight, if it is one of questions. */
  readonly page:
    | {
        readonly code: string;
        readonly section: string;
        /** What decides whether it is shown; undefined where everybody comes to it. */
        readonly when: string | undefined;
        readonly questions: readonly QuestionNote[];
      }
    | undefined;
  /** The stage and its other readings, as far as the answers give them. */
  readonly stage: readonly { readonly label: string; readonly value: string | undefined }[];
  /** The questions that the stage is read from. */
  readonly stageFrom: string;
  readonly path: readonly PathPage[];
  readonly actions: { readonly jump: string; readonly again: string; readonly end: string };
  /** On the last page: what would be stored. */
  readonly stored: StoredView | undefined;
}

interface Walked {
  readonly survey: Survey;
  readonly journey: Journey;
  readonly home: string;
}

/** The panel of a page. @param code of the page in sight, if it is one of questions. Pure. */
export function viewPanel(walked: Walked, code: string | undefined, stored: StoredView | undefined): PanelView {
  const { survey, journey, home } = walked;
  const rule = survey.file.stageRule;
  return {
    page: pageNote(walked, code),
    stage: (rule?.gives ?? []).map((given) => {
      const value = given.values.find((each) => each.code === journey.known.variable(given.code));
      return {
        label: `${plainText(survey, given.label, LANGUAGE)} (${given.code})`,
        value: value && `${plainText(survey, value.label, LANGUAGE)} (${value.code})`,
      };
    }),
    stageFrom: (rule?.from ?? []).join(', '),
    path: journey.pages.map((onPath) => pathPage(walked, onPath, code)),
    actions: { jump: `${home}/jump`, again: `${home}/again`, end: `${home}/end` },
    stored,
  };
}

function pageNote({ survey, journey }: Walked, code: string | undefined): PanelView['page'] {
  const page = survey.pages.find((each) => each.code === code);
  if (!page) return undefined;
  const met = journey.pages.find((onPath) => onPath.page === page)?.asked ?? [];
  const questions = page.questions.map((question) => ({
    code: question.code,
    type: question.type,
    asked: met.some((each) => each.question === question),
    when: whenAsked(survey, question),
  }));
  const [first, ...others] = questions;
  // A page none of whose questions is asked is not shown either.
  const byQuestions =
    others.length === 0 ? first?.when : questions.every(({ when }) => when) && 'one of its questions is asked';
  return {
    code: page.code,
    section: plainText(survey, page.section.title, LANGUAGE),
    when: together([describeUniverse(survey, page.when, LANGUAGE), byQuestions]),
    questions,
  };
}

function whenAsked(survey: Survey, question: SurveyQuestion): string | undefined {
  const list = listBehind(question);
  return together([
    question.when && describeUniverse(survey, [question.when], LANGUAGE),
    list && `two or more are left of ${list.from}`,
  ]);
}

const together = (reasons: readonly (string | false | undefined)[]): string | undefined =>
  reasons.filter(Boolean).join(', and ') || undefined;

function pathPage({ survey, journey, home }: Walked, onPath: PageOnPath, here: string | undefined): PathPage {
  const { page } = onPath;
  const open = journey.next?.page.position ?? Number.POSITIVE_INFINITY;
  return {
    code: page.code,
    here: page.code === here,
    href: page.position <= open ? pageAddress(survey, onPath, home) : undefined,
    answered: page.position < open,
    rows: viewPageAnswers(survey, journey, onPath, LANGUAGE).map(({ question, lines }) => ({ question, lines })),
  };
}
