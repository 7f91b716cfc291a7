/** Why somebody decided as they did. */
import { z } from 'zod';

/** What no keyboard types into a sentence and a terminal or a page would obey: controls, and turns of direction. */
const HIDDEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** A reason for the record: one line of words. */
export const reasonSchema = z
  .string()
  .transform((text) => text.trim().replaceAll(/\s+/g, ' '))
  .refine((text) => text.length >= 3 && text.length <= 500, 'a reason in words, of at most 500 characters')
  .refine((text) => !HIDDEN.test(text), 'a reason without characters that cannot be seen');
