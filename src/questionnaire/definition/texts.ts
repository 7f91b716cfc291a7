/** Texts in one language or in several. Missing here is anything that could hold code: there is no HTML. */
import { z } from 'zod';

export const languageCode = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'a language code such as "en" or "cy"');

export const words = z.string().min(1, 'write some text, or take it out');

/** A longer text may be written line by line, so that a file stays readable; it is joined here and nobody sees a list. */
const lines = z
  .array(z.string())
  .min(1)
  .transform((each) => each.join('\n'))
  .pipe(words);
const wording = z.union([words, lines]);

/** A text in one language (a plain string, in the survey's first language) or in several. */
export const textSchema = z
  .union([wording, z.record(languageCode, wording)])
  .describe(
    'A text: one string, or one for each language code, such as {"en": "Yes", "cy": "Ydw"}. ' +
      'A longer one may be a list of lines; "" is an empty line between paragraphs.',
  )
  .meta({ id: 'Text' });
export type Text = z.infer<typeof textSchema>;
