/** The JSON Schema of the questionnaire language, with which an editor completes and explains a survey file as it is written. */
import { z } from 'zod';
import { surveySchema } from './definition.ts';

/** The schema (JSON Schema 2020-12) of `surveys/survey.schema.json`. Shape only, as in `parseSurvey`; pure. */
export function editorSchema(): z.core.JSONSchema.JSONSchema {
  return z.toJSONSchema(surveySchema, { io: 'input', target: 'draft-2020-12' });
}
