/** A survey file's text: read once, with the line of every place in it, so that a problem can say where it is. */
import { findNodeAtLocation, getNodePath, type Node, parseTree } from 'jsonc-parser';
import { findFault } from './broken-json.ts';

/** A place in a survey file: the keys and indexes from the top. */
export type Path = readonly (string | number)[];

/** Something found in a survey file. An error stops it from being published; a warning is for the author to weigh. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** The name of the check, as in `tests/surveys/` and the authors' guide. */
  readonly check: string;
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  /** Line in the file, from 1. */
  readonly line: number;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly mend?: string;
}

export interface Source {
  readonly value: unknown;
  /** The line of the nearest place that exists. */
  lineOf(path: Path): number;
}

/** Of a file: nothing that is longer is read. */
export const MOST_CHARACTERS = 2_000_000;
const DEEPEST = 60;
const HOSTILE = new Set(['__proto__', 'prototype', 'constructor']);

/** Reads JSON text, refusing what would be read differently by two readers. Never throws. */
export function readSource(text: string): { source?: Source; findings: Finding[] } {
  if (text.length > MOST_CHARACTERS) {
    return {
      findings: [at('size', [], 1, `The file is larger than ${MOST_CHARACTERS.toLocaleString('en')} characters.`)],
    };
  }
  if (depthOf(text) > DEEPEST)
    return { findings: [at('depth', [], 1, `The file is nested more than ${DEEPEST} levels deep.`)] };
  const json = withoutMark(text);
  const lines = lineStarts(text);
  const lineAt = (offset: number) => lineOfOffset(lines, offset);
  const fault = findFault(json);
  if (fault) return { findings: [at('json', [], lineAt(fault.offset), fault.message, fault.mend)] };
  const root = parseTree(json);
  if (!root) throw new Error('JSON without a value');
  const findings = keyFindings(root, lineAt);
  if (findings.length > 0) return { findings };
  return { source: { value: jsonValue(root), lineOf: (path) => lineAt(nearest(root, path).offset) }, findings: [] };
}

/** As many characters, so that every place stays what it is. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, ' ');

/** What a text says as JSON, at once and without lines; undefined where it is none. */
export function findJson(text: string): unknown {
  try {
    return JSON.parse(withoutMark(text));
  } catch {
    return undefined;
  }
}

/** A finding at a place. */
export function at(
  check: string,
  path: Path,
  line: number,
  message: string,
  mend?: string,
  severity: Finding['severity'] = 'error',
): Finding {
  return { severity, check, pointer: pointerOf(path), line, message, ...(mend !== undefined && { mend }) };
}

/** The JSON pointer of a path (RFC 6901). */
export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What stands at a place; undefined where nothing does. */
export function valueAt(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return value;
  if (value === null || typeof value !== 'object') return undefined;
  return valueAt(Object.entries(value).find(([key]) => key === String(step))?.[1], rest);
}

function nearest(root: Node, path: Path): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node) return node.parent?.type === 'property' ? node.parent : node;
  }
  return root;
}

/** The same key twice means one of them is lost; `__proto__` means something else to some readers. */
function keyFindings(node: Node, lineAt: (offset: number) => number): Finding[] {
  const seen = new Set<string>();
  const own = (node.type === 'object' ? (node.children ?? []) : []).flatMap((property) => {
    const key = String(property.children?.[0]?.value);
    if (!HOSTILE.has(key) && !seen.has(key)) {
      seen.add(key);
      return [];
    }
    const path = [...getNodePath(node), key];
    if (HOSTILE.has(key))
      return [at('hostile-key', path, lineAt(property.offset), `The key "${key}" is not allowed.`, 'Rename it.')];
    return [
      at(
        'duplicate-key',
        path,
        lineAt(property.offset),
        `The key "${key}" stands twice in the same place, so one of them would be lost.`,
        'Keep one.',
      ),
    ];
  });
  return [...own, ...(node.children ?? []).flatMap((child) => keyFindings(child, lineAt))];
}

function jsonValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(jsonValue);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children: [key, value] = [] }) => [
      String(key?.value),
      value ? jsonValue(value) : undefined,
    ]),
  );
}

/** The deepest nesting of brackets outside strings, found without recursion. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ']') depth--;
  }
  return deepest;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return starts;
}

function lineOfOffset(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
