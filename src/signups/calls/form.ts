/** The button that ticks a call off, or puts it back on the list. */
import { z } from 'zod';
import type { Form } from '../../web/forms.ts';

const schema = z.object({
  booking: z.string(),
  news: z.string(),
  letter: z.string(),
  round: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number),
  told: z.enum(['yes', 'no']).transform((told): 0 | 1 => (told === 'yes' ? 1 : 0)),
});

/** Which call it stands beside, and whether they have been told; undefined where no page of ours sends this. */
export const readTick = (form: Form): z.output<typeof schema> | undefined => schema.safeParse(form).data;
