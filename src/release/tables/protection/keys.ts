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

/** The mean of a number, as it is printed. */
export const meanKey = (variable: string, context: Context | undefined) => joined(`${variable}:mean`, context);

/** The sum of a number's values. */
export const sumKey = (variable: string, context: Context | undefined) => joined(`${variable}:sum`, context);

function joined(own: string, context: Context | undefined): string {
  const group = context ? `${context.variable.name}=${[...context.values].sort().join('|')}` : '';
  return [own, group].filter(Boolean).sort().join('&');
}

/** One condition of a key: a variable, and which of its answers count. */
export interface KeyPart {
  readonly variable: string;
  readonly kind: 'values' | 'answered' | 'asked' | 'notAsked' | 'sum';
  readonly values: readonly string[];
}

/** What a key counts: all of its parts hold. Everybody has no part. */
export interface ReadKey {
  /** The release that the number stands in; undefined for the one being made. */
  readonly release: number | undefined;
  readonly parts: readonly KeyPart[];
}

/** The key of a number in an earlier release. */
export const earlierKey = (key: string, release: number) => `${key}@${release}`;

/** The key with other values of one variable; with none, with that part left out. */
export function withValues(key: string, variable: string, values: readonly string[]): string {
  const others = key.split('&').filter((part) => !part.startsWith(`${variable}=`));
  const own = values.length === 0 ? [] : [`${variable}=${[...values].sort().join('|')}`];
  return [...others, ...own].sort().join('&');
}

/** What a key counts; undefined for one that stands for a step of reckoning and for nobody in particular. */
export function readKey(key: string): ReadKey | undefined {
  const [, own = '', number] = /^(.*?)(?:@(\d+))?$/.exec(key) ?? [];
  const release = number === undefined ? undefined : Number(number);
  if (/[~+]/.test(own)) return undefined;
  if (own === 'everybody') return { release, parts: [] };
  const parts = own.split('&').map(readPart);
  return parts.every((part) => part !== undefined) ? { release, parts } : undefined;
}

function readPart(text: string): KeyPart | undefined {
  const [, variable = '', sign, rest = ''] = /^([\w-]+)([=:])(.*)$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  if (sign === '=') {
    return rest === '*'
      ? { variable, kind: 'answered', values: [] }
      : { variable, kind: 'values', values: rest.split('|') };
  }
  const kinds: Readonly<Record<string, KeyPart['kind']>> = { asked: 'asked', not: 'notAsked', sum: 'sum' };
  const kind = kinds[rest];
  return kind && { variable, kind, values: [] };
}
