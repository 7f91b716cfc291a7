/**
 * Whoever answers: a respondent with a draft, or one of the staff in a preview. Both are shown the same pages, by the
 * same code; this is what it needs to know of them.
 */
import type { Answers } from '../questionnaire/answers.ts';
import type { Journey } from '../questionnaire/journey.ts';
import type { Survey } from '../questionnaire/survey.ts';
import type { Words } from '../web/words.ts';

/** The words and the frame of a survey's page. */
export interface Scene {
  readonly lang: string;
  readonly t: Words;
  /** What `layout/head` reads. */
  readonly frame: Readonly<Record<string, unknown>>;
}

/** Where a page stands, and in which words. */
export interface Setting {
  readonly survey: Survey;
  /** The address under which the survey's pages are. */
  readonly home: string;
  readonly scene: Scene;
}

export interface Sitting extends Setting {
  readonly journey: Journey;
  /** All that was saved, also what is off the path. */
  readonly answers: Answers;
  /** A question that nobody has answered yet looks the same to everybody, so it can be rendered once for all. */
  readonly alike: boolean;
  /** Adds a page's answers. @returns the answers as they now stand; undefined where they are gone */
  keep(page: Answers): Promise<Answers | undefined>;
  /** Answers a request where they are gone. */
  lost(): Promise<void> | void;
}
