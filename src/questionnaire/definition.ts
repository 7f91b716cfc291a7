/**
 * The questionnaire language: what a survey file may say. The files in `definition/` are its one description, from
 * which come the parser, the editor's schema (`surveys/survey.schema.json`) and every type below. What a file *means*
 * (does this reference exist, can this page be reached) is the business of `checks/`; how it is read from disk, with
 * its lines, of `source.ts`.
 */
export { type Comparison, type Condition, conditionSchema, OPERATORS, type Operand } from './definition/conditions.ts';
export { type Category, type Derived, derivedSchema, type StageRule } from './definition/derived.ts';
export type { Page, Rule, Section } from './definition/pages.ts';
export {
  type Collapsed,
  type Option,
  optionSchema,
  type Question,
  questionSchema,
  ROLES,
  type Role,
} from './definition/questions.ts';
export { type SurveyFile, surveySchema } from './definition/survey.ts';
export { type Text, textSchema } from './definition/texts.ts';
export type { Weighting } from './definition/weighting.ts';
