/** The names that things go by, and the plain values: numbers and dates. A code is a promise: it never changes its meaning. */
import { z } from 'zod';

/** Answers are looked up by code, and every JavaScript object already has something under names like these. */
const isFree = (code: string) => !(code in Object.prototype);
const taken = 'this word means something else to the program: choose another code';

export const questionCode = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,23}$/, 'a code: a letter, then letters, digits or _, at most 24')
  .refine(isFree, taken)
  .describe('A short code that never changes once people have answered, such as "S1".')
  .meta({ id: 'QuestionCode' });

export const optionCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_]{0,23}$/, 'a code: letters, digits or _, at most 24')
  .refine(isFree, taken)
  .describe('A short code that is never used again for something else, such as "m3".')
  .meta({ id: 'OptionCode' });

export const placeCode = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower case letters, digits and -, at most 40')
  .refine(isFree, taken)
  .describe('A name that appears in an address, such as "taking-part".')
  .meta({ id: 'PlaceCode' });

export const variableCode = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,31}$/, 'lower case letters, digits or _, a letter first, at most 32')
  .refine(isFree, taken)
  .describe('Its name in data files, such as "size".');

export const storedValue = z
  .int()
  .min(1)
  .max(999)
  .describe('The number in data files. Left out: its place in the list.');

/** A number, or a decimal written as a string where every digit matters. */
export const exactNumber = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/, 'a number such as "12.50"')]);

export const isoDate = z.iso.date('a date such as "2027-03-31"').meta({ id: 'Date' });
