/** Numbers and dates worth trying: on, just under and just over each one that something is compared with. */
import Big from 'big.js';
import type { Question } from '../definition.ts';

type Measured = Extract<Question, { type: 'number' | 'date' }>;

/** The values around the edges that the question takes; without edges, one that it takes. */
export function stepsAround(question: Measured, edges: readonly string[]): string[] {
  const own = [question.atLeast, question.atMost].flatMap((edge) => edge?.toString() ?? []);
  const values = question.type === 'date' ? dates([...edges, ...own]) : numbers(question, [...edges, ...own]);
  return [...new Set(values)].filter((value) => allowed(question, value));
}

function numbers({ decimals = 0 }: { decimals?: number | undefined }, edges: readonly string[]): string[] {
  const step = new Big(10).pow(-decimals);
  return ['0', '1', ...edges]
    .filter((edge) => /^-?\d+(\.\d+)?$/.test(edge))
    .flatMap((edge) => [new Big(edge).minus(step), new Big(edge), new Big(edge).plus(step)])
    .map((value) => value.round(decimals, Big.roundHalfUp).toFixed());
}

function dates(edges: readonly string[]): string[] {
  return ['2000-01-01', ...edges]
    .filter((edge) => /^\d{4}-\d\d-\d\d$/.test(edge))
    .flatMap((edge) =>
      [-1, 0, 1].map((days) => new Date(Date.parse(edge) + days * 86_400_000).toISOString().slice(0, 10)),
    );
}

function allowed({ type, atLeast, atMost }: Measured, value: string): boolean {
  if (type === 'date')
    return (atLeast === undefined || value >= String(atLeast)) && (atMost === undefined || value <= String(atMost));
  return (atLeast === undefined || new Big(value).gte(atLeast)) && (atMost === undefined || new Big(value).lte(atMost));
}
