/** Pages and questions as they stand for one respondent. */
import type { Option } from './definition.ts';
import type { SurveyPage, SurveyQuestion } from './survey.ts';

/** A question as it stands for this respondent: the options it offers and the wording variant that applies. */
export interface AskedQuestion {
  readonly question: SurveyQuestion;
  readonly offered: readonly Option[];
  readonly variant: NonNullable<SurveyQuestion['variants']>[number] | undefined;
}

export interface PageOnPath {
  readonly page: SurveyPage;
  /** It is the first page of its section that this respondent meets, and so shows the section's introduction. */
  readonly opens: boolean;
  readonly asked: readonly AskedQuestion[];
}
