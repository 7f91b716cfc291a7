/** A whole survey file: what people are told and agree to, the questions, what is worked out, and what may leave. */
import { z } from 'zod';
import { isoDate, optionCode, placeCode, questionCode } from './codes.ts';
import { derivedSchema, stageRule } from './derived.ts';
import { sectionSchema } from './pages.ts';
import { languageCode, textSchema, words } from './texts.ts';
import { weightingSchema } from './weighting.ts';

const disclosureSchema = z
  .strictObject({
    anonymous: z.boolean().describe('True: the file check refuses questions that ask who somebody is.'),
    cell: z
      .int()
      .min(3, 'it has to be 3 or more: counts of one or two people give them away')
      .max(50)
      .default(5)
      .describe('Counts under this are hidden (t).'),
    base: z
      .int()
      .min(5, 'it has to be 5 or more: results for fewer give people away')
      .max(200)
      .default(10)
      .describe('Results for fewer people than this are hidden (b).'),
    width: z
      .int()
      .min(5, 'it has to be 5 or more, or hidden counts can be told')
      .max(50)
      .default(5)
      .describe('What can be worked out of a hidden count leaves open at least this much (w).'),
    reason: words.optional().describe('Why "cell" is under 5, if it is.'),
    k: z
      .int()
      .min(3, 'it has to be 3 or more, or people could be recognised')
      .max(50)
      .default(5)
      .describe('In a data file, at least this many rows look alike on the keys.'),
    population: z
      .int()
      .min(1)
      .optional()
      .describe('How many could have answered, if that is known: the report of a data file says how many did.'),
    keys: z
      .array(z.string())
      .max(8, 'there can be at most 8 keys: with more of them hardly two rows look alike')
      .default([])
      .describe('The quasi-identifiers that a data file carries: questions or variables.'),
    columns: z
      .array(z.string())
      .default([])
      .describe(
        'What else a data file carries; a question brings its columns, but not what people typed. All else stays.',
      ),
    texts: z
      .array(z.string())
      .max(20, 'there can be at most 20: a person reads every answer to each of them')
      .default([])
      .describe(
        'Text questions and “other” boxes whose answers may be released once a person has read and masked them. All others stay.',
      ),
    hierarchies: z
      .record(questionCode, z.array(z.string()).min(1))
      .default({})
      .describe('For a quasi-identifier, its coarser versions, finest first: names of "groups" variables.'),
  })
  .describe('What may leave, in tables and in data files.');

export const surveySchema = z.strictObject({
  $schema: z.string().optional().describe('Where an editor finds the schema: "../survey.schema.json".'),
  survey: placeCode.describe('The survey’s name in addresses and commands; the same in every version.'),
  version: z
    .string()
    .regex(/^\d+\.\d+$/, 'a version such as "1.0"')
    .describe('A published version never changes.'),
  title: textSchema.describe('What people see as its name.'),
  wave: textSchema.describe('The round of fieldwork, such as "Autumn 2026": the only time that data files carry.'),
  languages: z.array(languageCode).min(1).default(['en']).describe('Its languages, the one it was written in first.'),
  synthetic: z.literal(true).optional().describe('All answers are made up; every page says so.'),
  information: z
    .strictObject({
      version: z.string().min(1).describe('Changes with the text: a response keeps which one was read.'),
      summary: textSchema.describe('One or two sentences for the list of surveys.'),
      text: textSchema.describe('What the study is and what happens to the answers. Small Markdown.'),
      minutes: textSchema.describe('Such as "about 10 to 15 minutes".'),
      runBy: textSchema.describe('Who runs the study.'),
      contact: textSchema.describe('Where people can ask about it.'),
    })
    .describe('What people read before they agree.'),
  citation: z
    .strictObject({
      author: textSchema.describe('Whom the results are by, as a citation names them: a name and no sentence.'),
      publisher: textSchema.optional().describe('Who publishes them, if that is somebody else.'),
    })
    .optional()
    .describe('How results and data files are cited. Left out: by the first sentence of "runBy".'),
  consent: z
    .strictObject({
      version: z.string().min(1).describe('Changes with the wording: a response keeps what was agreed to.'),
      question: questionCode.describe(
        'The first question. It stands on the information page; nothing is kept before it.',
      ),
      agree: optionCode.describe('The answer that means yes.'),
    })
    .describe('What people agree to, and where.'),
  dates: z
    .strictObject({
      closes: isoDate.optional().describe('The last day on which people can answer.'),
      withdrawUntil: isoDate.optional().describe('The last day on which an answer can be taken back.'),
      deleteAfter: isoDate.describe('When the answers are deleted.'),
      keepDraftsDays: z
        .int()
        .min(1)
        .max(365)
        .default(30)
        .describe('How long answers that were not sent are kept for people to come back to.'),
    })
    .describe('How long answers are taken and kept.'),
  definitions: z
    .array(z.strictObject({ code: placeCode, title: textSchema, text: textSchema }))
    .default([])
    .describe('What words mean in this survey; a page shows one with "introduces".'),
  sections: z.array(sectionSchema).min(1).describe('What is asked, in order.'),
  ends: z
    .record(placeCode, z.strictObject({ title: textSchema, text: textSchema }))
    .default({})
    .describe('Where people leave who cannot or do not wish to go on.'),
  finish: z.strictObject({ text: textSchema }).optional().describe('Shown with the receipt.'),
  stageRule: stageRule.optional().describe('How the answers make the stage, as a table.'),
  derived: z.array(derivedSchema).default([]).describe('Variables worked out from the answers.'),
  segments: z.array(z.string()).default([]).describe('Variables by which results are shown, the stage first.'),
  weighting: weightingSchema
    .optional()
    .describe('How published percentages are weighted to a population. Left out, every answer counts the same.'),
  disclosure: disclosureSchema,
});

/** A survey file as its author wrote it, defaults filled in. */
export type SurveyFile = z.infer<typeof surveySchema>;
