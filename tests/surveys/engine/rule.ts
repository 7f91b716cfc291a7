import type { Survey } from '../../../src/questionnaire/survey.ts';

/** The tests of some rules: the name of each is the name of its survey, `<rule>.json`. */
export type Rules = Readonly<Record<string, (survey: Survey) => void>>;
