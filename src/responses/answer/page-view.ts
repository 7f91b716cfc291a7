/** A page of questions as the template reads it. */
import type { Text } from '../../questionnaire/definition.ts';
import type { Journey, PageOnPath } from '../../questionnaire/journey.ts';
import type { Problem } from '../../questionnaire/page-rules.ts';
import { say } from '../../questionnaire/text.ts';
import { blankList, errorList, hrefTo, type Link, type Speech } from '../problems-view.ts';
import { definitionsFor, type Pause, progressOf } from '../progress.ts';
import { plainText, type QuestionView, viewQuestion } from '../question-view.ts';
import type { Shown } from '../shown.ts';

/** What stands on the page beside its questions. */
export interface Showing {
  readonly shown: Shown;
  readonly problems?: readonly Problem[] | undefined;
  readonly pause?: Pause | undefined;
}

interface DefinitionView {
  readonly title: string;
  readonly text: string;
}

export interface PageView {
  readonly title: string;
  /** Undefined where the only question is the heading. */
  readonly heading: string | undefined;
  readonly section: string;
  readonly progress: { readonly n: number; readonly total: number };
  readonly intro: readonly string[];
  readonly definitions: readonly DefinitionView[];
  readonly help: readonly DefinitionView[];
  readonly questions: readonly QuestionView[];
  readonly errors: readonly Link[];
  readonly pause: { readonly blanks: readonly Link[]; readonly confirms: readonly Link[] } | undefined;
}

/** The view of one page. `intro` and the definitions are Markdown, all else is plain text. Pure. */
export function viewPage(journey: Journey, onPath: PageOnPath, speech: Speech, showing: Showing): PageView {
  const { page, opens, asked } = onPath;
  const { survey, language, known } = speech;
  const problems = showing.problems ?? [];
  const text = (words: Text) => say(survey, words, language, known);
  const inMarkdown = (words: Text) => say(survey, words, language, known, literally);
  const define = ({ title, text: words }: (typeof survey.file.definitions)[number]): DefinitionView => ({
    title: text(title),
    text: inMarkdown(words),
  });
  const section = plainText(survey, page.section.title, language);
  const questions = asked.map((each) => viewQuestion(each, { ...speech, shown: showing.shown, problems }));
  const [only] = questions.length === 1 && !page.title ? questions : [];
  const heading = page.title ? text(page.title) : section;
  const { full, brief } = definitionsFor(survey, journey, onPath);
  return {
    title: only?.text ?? heading,
    heading: only ? undefined : heading,
    section,
    progress: progressOf(journey, onPath),
    intro: [opens ? page.section.intro : undefined, page.intro].flatMap((words) => (words ? [inMarkdown(words)] : [])),
    definitions: full.map(define),
    help: brief.map(define),
    questions,
    errors: errorList(onPath, problems, speech),
    pause: showing.pause && {
      blanks: blankList(onPath, showing.pause.blanks, speech),
      confirms: showing.pause.confirms.map(({ question, message }) => ({
        href: hrefTo(onPath, question),
        text: text(message),
      })),
    },
  };
}

/** What somebody typed, so that Markdown around it shows it as it is: any punctuation may follow a backslash there. */
function literally(typed: string): string {
  return typed.replaceAll(/\s+/g, ' ').replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
}
