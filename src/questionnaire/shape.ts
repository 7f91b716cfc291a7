/** What keeps a file from being a survey, in the words of the guide for authors. */
import type { z } from 'zod';
import { findNearest } from './checks/nearest.ts';
import { findMeantKeys, homesOf, keysAt } from './keys.ts';
import { at, type Finding, type Path, type Source, valueAt } from './source.ts';
import { findWrongDay, suggestSpelling } from './spelling.ts';

type Issue = z.core.$ZodIssue;

/** A finding for each thing that the schema found, but one for each mistake: a misspelt key is not also a missing one. */
export function shapeFindings(issues: readonly Issue[], source: Source): Finding[] {
  // What a condition with a misspelt operator "does not say" is what is misspelt.
  const misspelt = new Set(issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => path.join('/')));
  const found = issues
    .filter(({ code, path }) => code !== 'custom' || !misspelt.has(path.join('/')))
    .flatMap((issue) => findingsOf(issue, source, []));
  return found.filter((finding, index) => found.findIndex((each) => sameMistake(each, finding)) === index);
}

const sameMistake = (a: Finding, b: Finding) => a.check === b.check && a.pointer === b.pointer;

function findingsOf(issue: Issue, source: Source, above: Path): Finding[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(source, [...path, key]));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const meant = meantBranch(issue.errors, source, path);
    if (meant) return meant;
  }
  const written = valueAt(source.value, path);
  if (path.length > 0 && written === undefined) return [missing(issue, source, path)];
  const [message, mend] = sentences(issue, written, path);
  return [at('shape', path, source.lineOf(path), message, mend)];
}

/** Of several things that could stand here, the one that was begun: it gets furthest, and has least wrong with it. */
function meantBranch(branches: readonly Issue[][], source: Source, path: Path): Finding[] | undefined {
  const ranked = branches
    .map((issues) => ({ depth: depthOf(issues), found: issues.flatMap((each) => findingsOf(each, source, path)) }))
    .filter(({ depth }) => depth >= 0)
    .sort((a, b) => b.depth - a.depth || distinct(a.found) - distinct(b.found));
  const [best, second] = ranked;
  if (!best) return undefined;
  const tied = ranked.filter(({ depth, found }) => depth === best.depth && distinct(found) === distinct(best.found));
  // Of a number and a date, the one that what is written can be turned into.
  const likely = second && tied.find(({ found }) => found.some(({ mend }) => mend?.startsWith('Write ')));
  return (likely ?? best).found;
}

const distinct = (found: readonly Finding[]) => new Set(found.map(({ check, pointer }) => check + pointer)).size;

/** How far into the file a branch got before it failed; below 0 where something of another kind stands there. */
function depthOf(issues: readonly Issue[]): number {
  const depths = issues.map((issue) => {
    const inner =
      issue.code === 'invalid_union' && issue.errors.length > 0 ? Math.max(...issue.errors.map(depthOf)) : 0;
    const wrongKind = issue.code === 'invalid_type' || issue.code === 'invalid_value' || inner < 0;
    if (wrongKind && issue.path.length === 0) return -1;
    return issue.path.length + Math.max(inner, 0) + (issue.code === 'unrecognized_keys' ? 1 : 0);
  });
  return depths.includes(-1) ? -1 : Math.max(...depths);
}

function unknownKey(source: Source, path: Path): Finding {
  const key = String(path.at(-1));
  const keys = keysAt(source.value, path.slice(0, -1));
  const meant = findMeantKeys(key, keys);
  return at(
    'unknown-key',
    path,
    source.lineOf(path),
    `"${key}" is not something that can be said here.`,
    meant.length > 0 ? `Did you mean ${either(meant)}?` : whereItBelongs(key),
  );
}

function whereItBelongs(key: string): string {
  const homes = homesOf(key);
  return homes.length === 0 || homes.length > 4
    ? 'Check its spelling, or take it out.'
    : `It belongs to ${joined(homes)}: move it there, or take it out.`;
}

/** What is missing; or the key beside it that was meant to be it. */
function missing(issue: Issue, source: Source, path: Path): Finding {
  const key = String(path.at(-1));
  const holder = path.slice(0, -1);
  const keys = keysAt(source.value, holder);
  const beside = Object.keys(Object(valueAt(source.value, holder))).filter((each) => !keys.includes(each));
  const misspelt = beside.find((each) => findMeantKeys(each, keys).includes(key));
  if (misspelt !== undefined) return unknownKey(source, [...holder, misspelt]);
  const kind = kindOf(issue);
  const message = `"${key}" is missing here${kind === undefined ? '' : `: ${kind}`}.`;
  return at('shape', path, source.lineOf(path), message, 'Add it.');
}

function kindOf(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return kind(issue.expected);
  if (issue.code === 'invalid_value') return either(issue.values.map(String));
  if (issue.code !== 'invalid_union') return undefined;
  const { options } = discriminatorOf(issue) ?? {};
  if (options) return either(options);
  const kinds = [...new Set(issue.errors.flatMap((each) => each.map(kindOf)).filter((each) => each !== undefined))];
  // A text may also be a list of lines, or a form with its languages.
  return kinds[0] === TEXT ? TEXT : joined(kinds);
}

/** "type" and "kind" say which form is meant; here they say none that there is. */
function discriminatorOf(issue: Issue): { readonly options: readonly string[] } | undefined {
  if (!('discriminator' in issue) || !('options' in issue) || !Array.isArray(issue.options)) return undefined;
  return { options: issue.options.map(String) };
}

function sentences(issue: Issue, written: unknown, path: Path): [message: string, mend?: string | undefined] {
  const name = path.length === 0 ? 'The file' : nameOf(path);
  const is = `${name} is ${shown(written)}`;
  const choices = issue.code === 'invalid_value' ? issue.values.map(String) : discriminatorOf(issue)?.options;
  if (choices && typeof written === 'string' && choices.join() !== 'true') return noSuch(written, choices, path);
  if (issue.code === 'invalid_value' && choices?.join() === 'true')
    return [
      `${is}, but can only be true.`,
      written === 'true' ? 'Take the quotes off.' : 'Write true, or leave it out.',
    ];
  if (issue.code === 'invalid_format') return wrongSpelling(is, issue, written);
  if (issue.code === 'invalid_key') {
    const [first] = issue.issues;
    const key = String(path.at(-1));
    if (first?.code === 'invalid_format') return wrongSpelling(`The key ${shown(key)} stands here`, first, key);
    return [`The key ${shown(key)} cannot stand here.`, first && `${first.message}.`];
  }
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    if (!issue.message.startsWith('Too ')) return [`${is}. ${capital(issue.message)}.`];
    return [`${is}, but ${issue.code === 'too_small' ? least(issue) : most(issue)}.`];
  }
  const wanted = kindOf(issue);
  if (wanted !== undefined) return [`${is}, but should be ${wanted}.`, mendOf(wanted, written, path)];
  return [`${capital(issue.message)}.`];
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function noSuch(written: string, choices: readonly string[], path: Path): [message: string, mend: string] {
  const words = written.toLowerCase().split(/[^a-z]+/);
  const nearest = findNearest(written, choices) ?? choices.find((choice) => words.includes(choice));
  const message = `There is no ${String(path.at(-1))} "${written}".`;
  return [message, nearest === undefined ? `It can be ${either(choices)}.` : `Did you mean "${nearest}"?`];
}

function wrongSpelling(
  is: string,
  issue: z.core.$ZodIssueInvalidStringFormat,
  written: unknown,
): [message: string, mend?: string] {
  const day = findWrongDay(String(written));
  if (day !== undefined && issue.message.startsWith('a date')) return [`${is}, but ${day}.`];
  const better = suggestSpelling(String(written), issue.pattern ?? '');
  if (better === undefined) return [`${is}, but should be ${issue.message}.`];
  return [`${is}, but should be ${issue.message.replace(/,? such as .*$/, '')}.`, `Write "${better}", for example.`];
}

function nameOf(path: Path): string {
  const last = path.at(-1);
  if (typeof last === 'string') return `"${last}"`;
  const list = path.findLast((step) => typeof step === 'string');
  return `Item ${Number(last) + 1} of "${list}"`;
}

/** What was written, short enough for a sentence. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (value !== null && typeof value === 'object') return 'a form {…}';
  if (value === '') return 'empty';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…"` : text;
}

function least({ origin, minimum }: z.core.$ZodIssueTooSmall): string {
  if (origin !== 'array' && origin !== 'set') return `has to be ${minimum} or more`;
  return Number(minimum) === 1 ? 'needs something in it' : `needs ${minimum} or more`;
}

function most({ origin, maximum }: z.core.$ZodIssueTooBig): string {
  return origin === 'array' || origin === 'set' ? `can have ${maximum} at most` : `has to be ${maximum} or less`;
}

/** What to write instead: where only the quotes are wrong, or another word takes what was written. */
function mendOf(wanted: string, written: unknown, path: Path): string | undefined {
  const key = String(path.at(-1));
  // JSON reads 1.0 as 1.
  if (key === 'version' && typeof written === 'number')
    return `Write "${Number.isInteger(written) ? written.toFixed(1) : written}".`;
  const forList = FOR_LIST[key];
  if (forList !== undefined && Array.isArray(written)) return `For several, use "${forList}".`;
  if (typeof written === 'string' && CONDITIONS.includes(key)) return `Write ${conditionFrom(written)}, for example.`;
  if (wanted.startsWith(TEXT) && ['number', 'boolean'].includes(typeof written)) return `Write "${written}".`;
  if (typeof written !== 'string') return undefined;
  const bare = wanted === 'true or false' ? /^(true|false)$/ : /^-?\d+(\.\d+)?$/;
  return /number|true/.test(wanted) && bare.test(written) ? `Write ${written}, without quotes.` : undefined;
}

/** The operators of a condition that take one code, with those that take several. */
const FOR_LIST: Readonly<Record<string, string>> = { is: 'isAnyOf', isNot: 'isNoneOf', includes: 'includesAnyOf' };

/** Where a condition stands. */
const CONDITIONS: readonly string[] = ['when', 'not', 'refuseWhen'];

/** The condition that words such as "S1 = no" may mean. */
function conditionFrom(words: string): string {
  const [, question = 'S1', no, code = 'yes'] =
    /^\s*(\w+)\s*(?:(!=|<>|is not)|==?|is)\s*['"]?(\w+)['"]?\s*$/i.exec(words) ?? [];
  return JSON.stringify({ question, [no === undefined ? 'is' : 'isNot']: code })
    .replaceAll(/[:,]/g, '$& ')
    .replace(/^\{(.*)\}$/, '{ $1 }');
}

const TEXT = 'a text in quotes';

/** What is wanted, in an author's words. */
function kind(expected: string): string {
  const words: Record<string, string> = {
    object: 'a form {…}',
    record: 'a form {…}',
    array: 'a list […]',
    string: TEXT,
    boolean: 'true or false',
    int: 'a whole number',
  };
  return words[expected] ?? `a ${expected}`;
}

const either = (words: readonly string[]) => joined(words.map((word) => (word === 'true' ? word : `"${word}"`)));

const joined = (words: readonly string[]) => new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(words);
