/** Which keys may stand where in a survey file, read off the language itself, for whoever misspelt one. */
import { z } from 'zod';
import { findNearest } from './checks/nearest.ts';
import { surveySchema } from './definition.ts';
import { type Path, valueAt } from './source.ts';

/** The keys that may stand in the form {…} at a place of a survey file, whatever stands there now. */
export function keysAt(file: unknown, path: Path): string[] {
  return [...new Set(formsAt(surveySchema, path, file).flatMap((form) => Object.keys(form.shape)))];
}

/**
 * What was probably meant by a misspelt key: the one closest to it, else those that hold it whole, so that "anyOf"
 * leads to "isAnyOf".
 */
export function findMeantKeys(written: string, keys: readonly string[]): readonly string[] {
  const nearest = findNearest(written, keys) ?? OTHER_WORDS[written.toLowerCase()];
  if (nearest !== undefined && keys.includes(nearest)) return [nearest];
  const part = written.toLowerCase();
  return part.length < 4 ? [] : keys.filter((key) => key.toLowerCase().includes(part));
}

/** What other programs call it. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  mandatory: 'required',
  minimum: 'atLeast',
  min: 'atLeast',
  maximum: 'atMost',
  max: 'atMost',
  id: 'code',
  name: 'code',
  help: 'hint',
  description: 'hint',
  choices: 'options',
  answers: 'options',
  contains: 'includes',
  equal: 'is',
};

/** What a key belongs to, in an author's words, such as "a question"; several where it may stand in several. */
export function homesOf(key: string): readonly string[] {
  return [...(HOMES.get(key) ?? [])];
}

/** Looks through what only says how a value may be left out or read. */
function inside(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return inside(schema.unwrap());
  return schema instanceof z.ZodPipe ? inside(schema.in) : schema;
}

function formsAt(schema: unknown, path: Path, value: unknown): z.ZodObject[] {
  const own = inside(schema);
  if (own instanceof z.ZodUnion)
    return own.options.filter((option) => fits(option, value)).flatMap((option) => formsAt(option, path, value));
  const [step, ...rest] = path;
  if (step === undefined) return own instanceof z.ZodObject ? [own] : [];
  const next = valueAt(value, [step]);
  if (own instanceof z.ZodObject) return formsAt(own.shape[step], rest, next);
  if (own instanceof z.ZodArray) return formsAt(own.element, rest, next);
  return own instanceof z.ZodRecord ? formsAt(own.valueType, rest, next) : [];
}

/** Whether a form may be what was begun: its "type" or "kind" is the one written, if one was. */
function fits(option: unknown, value: unknown): boolean {
  const form = inside(option);
  if (!(form instanceof z.ZodObject)) return true;
  return ['type', 'kind'].every((key) => {
    const wanted = inside(form.shape[key]);
    const written = valueAt(value, [key]);
    return !(wanted instanceof z.ZodLiteral) || typeof written !== 'string' || wanted.values.has(written);
  });
}

/** What a form is called, by the key that holds it. A key that is not here is its own name. */
const NAMES: Readonly<Record<string, string>> = {
  sections: 'a section',
  pages: 'a page',
  questions: 'a question',
  options: 'an option',
  variants: 'a variant of a question',
  rules: 'a rule of a page',
  when: 'a condition',
  derived: 'a variable in "derived"',
  definitions: 'a definition',
};

/** The forms that each key may stand in. */
const HOMES: ReadonlyMap<string, ReadonlySet<string>> = collectHomes();

function collectHomes(): Map<string, Set<string>> {
  const homes = new Map<string, Set<string>>();
  const seen = new Set<unknown>();
  const visit = (schema: unknown, holder: string): void => {
    const own = inside(schema);
    if (own instanceof z.ZodUnion) for (const option of own.options) visit(option, holder);
    else if (own instanceof z.ZodArray) visit(own.element, holder);
    else if (own instanceof z.ZodRecord) visit(own.valueType, holder);
    else if (own instanceof z.ZodObject && !seen.has(own)) {
      seen.add(own);
      for (const [key, part] of Object.entries(own.shape)) {
        homes.set(key, (homes.get(key) ?? new Set()).add(holder === '' ? 'the top of the file' : nameOf(holder)));
        visit(part, key);
      }
    }
  };
  visit(surveySchema, '');
  return homes;
}

function nameOf(holder: string): string {
  return NAMES[holder] ?? `"${holder}"`;
}
