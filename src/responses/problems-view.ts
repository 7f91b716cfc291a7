/** What is wrong with a page, in words, with links to the inputs. */

import type { Known } from '../questionnaire/answers.ts';
import { showDay } from '../questionnaire/days.ts';
import type { AskedQuestion, PageOnPath } from '../questionnaire/journey.ts';
import type { Problem } from '../questionnaire/page-rules.ts';
import type { Survey, SurveyQuestion } from '../questionnaire/survey.ts';
import { say } from '../questionnaire/text.ts';

/** The interface's words: a key with its values, as a sentence. */
type Say = (key: string, params?: Record<string, string | number>) => string;

/** The language to speak in, and what can be piped into a sentence. */
export interface Speech {
  readonly survey: Survey;
  readonly language: string;
  readonly known: Known;
  readonly t: Say;
}

export interface Link {
  readonly href: string;
  readonly text: string;
}

/** A problem in words: the interface's sentence with its values, or the author's own message. */
export function problemText(problem: Problem, { survey, language, known, t }: Speech): string {
  const params = Object.entries(problem.params).map(([name, value]) => {
    if (typeof value === 'number') return [name, value];
    // A date arrives as the rules compare it, and is read as people write it.
    return [
      name,
      name === 'date' && typeof value === 'string' ? showDay(value, language) : say(survey, value, language, known),
    ];
  });
  return t(problem.key, Object.fromEntries(params));
}

/**
 * Problems as links to the inputs they are about, in the order of the page. Where the page asks several questions,
 * "Choose an answer" alone would not tell which.
 */
export function errorList(page: PageOnPath, problems: readonly Problem[], speech: Speech): Link[] {
  return problems.map((problem) => {
    const asked = page.asked.find(({ question }) => question.code === problem.question);
    const message = problemText(problem, speech);
    const saysWhich = page.asked.length === 1 || 'row' in problem.params || problem.key === 'error.rule';
    return {
      href: hrefTo(page, problem.question, problem.field),
      text:
        saysWhich || !asked
          ? message
          : speech.t('errorSummary.about', { message, question: questionText(asked, speech) }),
    };
  });
}

/** Fields left blank as links that name them: the row of a grid, or the question. */
export function blankList(
  page: PageOnPath,
  blanks: readonly { field: string; question: string }[],
  speech: Speech,
): Link[] {
  return page.asked.flatMap((asked) => {
    const { question } = asked;
    const rows = question.type === 'grid' ? question.rows : [];
    return blanks
      .filter((blank) => blank.question === question.code)
      .map(({ field }) => {
        const row = rows.find((each) => field === `${question.code}_${each.code}`);
        const text = row ? say(speech.survey, row.label, speech.language, speech.known) : questionText(asked, speech);
        return { href: hrefTo(page, question.code, field), text };
      });
  });
}

function questionText({ question, variant }: AskedQuestion, { survey, language, known }: Speech): string {
  return say(survey, variant?.text ?? question.text, language, known);
}

/** A link to an input of the page. */
export function hrefTo(page: PageOnPath, code: string, field = code): string {
  const asked = page.asked.find(({ question }) => question.code === code);
  return `#${asked ? inputId(asked.question, field) : field}`;
}

/** The id of the first input of a field. A date and a grid have none of their own name. */
export function inputId(question: SurveyQuestion, field: string = question.code): string {
  if (question.type === 'date' && field === question.code) return `${field}-day`;
  const [row] = question.type === 'grid' && field === question.code ? question.rows : [];
  return row ? `${field}_${row.code}` : field;
}
