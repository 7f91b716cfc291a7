/** From the text of a survey file to a survey, or to what is wrong with its shape. */
import type { z } from 'zod';
import { buildSurvey } from './build-survey.ts';
import { surveySchema } from './definition.ts';
import { at, type Finding, type Path, readSource, type Source } from './source.ts';
import type { Survey } from './survey.ts';

export type Parsed =
  | { readonly survey: Survey; readonly source: Source; readonly findings: readonly [] }
  | { readonly survey?: undefined; readonly findings: readonly Finding[] };

/**
 * Parses a survey file. Shape only: what it means is checked by `checkSurvey`, and a file is published only when
 * both are content. Never throws.
 */
export function parseSurvey(text: string): Parsed {
  const { source, findings } = readSource(text);
  if (!source) return { findings };
  const parsed = surveySchema.safeParse(source.value);
  if (parsed.success) return { survey: buildSurvey(parsed.data), source, findings: [] };
  return { findings: parsed.error.issues.flatMap((issue) => shapeFindings(issue, source)) };
}

/** A survey that is known to parse: one that was published, and a program's own. @throws when it does not. */
export function getSurvey(text: string): Survey {
  const parsed = parseSurvey(text);
  if (parsed.survey) return parsed.survey;
  const [first] = parsed.findings;
  throw new Error(`not a survey file: line ${first?.line}: ${first?.message}`);
}

function shapeFindings(issue: z.core.$ZodIssue, source: Source, above: Path = []): Finding[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const place = [...path, key];
      return at(
        'unknown-key',
        place,
        source.lineOf(place),
        `"${key}" is not something that can be said here.`,
        'Check its spelling, or take it out.',
      );
    });
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const best = issue.errors.reduce((a, b) => (deepest(b) > deepest(a) ? b : a));
    if (deepest(best) > 0) return best.flatMap((each) => shapeFindings(each, source, path));
  }
  const found = (message: string, mend?: string) => [at('shape', path, source.lineOf(path), message, mend)];
  if (path.length > 0 && valueAt(source.value, path) === undefined)
    return found(
      `"${String(path.at(-1))}" is missing here${issue.code === 'invalid_type' ? `: ${kind(issue.expected)}` : ''}.`,
      'Add it.',
    );
  return found(sentence(issue));
}

function valueAt(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return value;
  if (value === null || typeof value !== 'object') return undefined;
  return valueAt(Object.entries(value).find(([key]) => key === String(step))?.[1], rest);
}

/** How far into the file a branch of a union got before it failed: the further, the likelier it was meant. */
function deepest(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(...issues.map((issue) => issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0)));
}

function sentence(issue: z.core.$ZodIssue): string {
  const said = !/^(Invalid|Too) /.test(issue.message);
  if (issue.code === 'invalid_format') return `This should be ${issue.message}.`;
  if (issue.code === 'invalid_type') return `This should be ${kind(issue.expected)}.`;
  if (issue.code === 'invalid_value')
    return `This should be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`;
  if (issue.code === 'too_small' && !said) return `${amount(issue.origin)} at least ${issue.minimum}.`;
  if (issue.code === 'too_big' && !said) return `${amount(issue.origin)} at most ${issue.maximum}.`;
  const [, types] = /^Invalid discriminator value. Expected (.*)$/.exec(issue.message) ?? [];
  if (types !== undefined)
    return `There is no such "${String(issue.path.at(-1))}": it is ${types.replaceAll("'", '"').replaceAll(' | ', ' or ')}.`;
  if (issue.code === 'invalid_union') return 'This is not of the kind that belongs here.';
  return `${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}.`.replace(/\.\.$/, '.');
}

/** What a limit is of. */
function amount(origin: string): string {
  if (origin === 'array' || origin === 'set') return 'There should be';
  return origin === 'string' ? 'The number of characters should be' : 'This should be';
}

/** What is wanted, in an author's words. */
function kind(expected: string): string {
  const words: Record<string, string> = {
    object: 'an object {…}',
    record: 'an object {…}',
    array: 'a list […]',
    string: 'a text in quotes',
    boolean: 'true or false',
    int: 'a whole number',
  };
  return words[expected] ?? `a ${expected}`;
}
