/**
 * How a fact is called: by what was counted, so that "adopters of micro size" is one fact, whether it stands in the
 * table of the stage by size or of the size by stage.
 */
import type { Context } from './counts.ts';

/** Everybody who gave this answer. */
export const cellKey = (variable: string, code: string, context: Context | undefined) =>
  joined(`${variable}=${code}`, context);

/** Everybody who answered. */
export const baseKey = (variable: string, context: Context | undefined) => joined(`${variable}=*`, context);

/** Everybody whom the question was put to. */
export const askedKey = (variable: string, context: Context | undefined) => joined(`${variable}:asked`, context);

/** Everybody whom it was not put to. */
export const notAskedKey = (variable: string, context: Context | undefined) => joined(`${variable}:not`, context);

/** Everybody. */
export const allKey = (context: Context | undefined) => joined('', context) || 'everybody';

/** The sum of a number's values. */
export const sumKey = (variable: string, context: Context | undefined) => joined(`${variable}:sum`, context);

function joined(own: string, context: Context | undefined): string {
  const group = context ? `${context.variable.name}=${[...context.values].sort().join('|')}` : '';
  return [own, group].filter(Boolean).sort().join('&');
}
