/** How somebody is called and reached. */
import { z } from 'zod';

/** A name as somebody writes it: one line, without what cannot be seen. */
export const nameSchema = z
  .string()
  .transform((name) => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' '))
  .refine(
    (name) => /^\p{L}[\p{L}\p{M}\p{N} .,'’@_-]{0,99}$/u.test(name),
    'a name: letters first, at most 100 characters',
  );

/** One address, in lower case: capitals make no second mailbox. */
export const emailSchema = z
  .string()
  .transform((email) => email.trim().toLowerCase())
  .pipe(z.email('an e-mail address, such as ada@example.org').max(254, 'an e-mail address of at most 254 characters'));
