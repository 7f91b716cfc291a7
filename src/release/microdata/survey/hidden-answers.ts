/** Answers to a sensitive question that a file hides and tables count, part by part (rule M18). */
import { MISSING } from '../../../questionnaire/variables.ts';
import type { Counted } from '../generalise/count.ts';
import { areAlike, countIn, type Given, isAnswer } from '../sensitive.ts';
import type { FileColumn, ProtectedRows } from './protect-rows.ts';
import type { AnswerCheck } from './subtraction/checks.ts';
import { isToldByMethod } from './told-by-method.ts';
import { shownOf } from './withheld.ts';

/** Everything that is looked at, whatever is withheld so far. */
export interface Looking {
  readonly classes: Counted;
  /** The rows before any answer was withheld for being alike with others. */
  readonly before: ProtectedRows;
}

/** The rows that a table counts together, by whether the file shows what they answered. */
export interface Part {
  /** The withheld answers of each class: its keys say who they are. */
  readonly hidden: ReadonlyMap<number, Given>;
  /** The answers of those who lack the key of the table: they are known by not being shown. */
  readonly lacking: Given;
  /** The answers of each class that shows them. */
  readonly open: ReadonlyMap<number, Given>;
  /** The classes that showed their answers before any was withheld for being alike. */
  readonly causes: ReadonlySet<number>;
}

export function columnsOf({ columns }: ProtectedRows, code: string): FileColumn[] {
  return columns.filter((column) => column.code === code);
}

/** The parts of a table in which a column's answers are counted. */
export function partsIn(now: ProtectedRows, column: FileColumn, check: AnswerCheck, looking: Looking): Part[] {
  const first = shownOf(looking.before.columns.find(({ variable }) => variable === column.variable) ?? column);
  const shown = shownOf(column);
  const { key, parts } = check;
  const lacks = key === undefined ? undefined : now.keys[key]?.codes;
  const found = Array.from({ length: parts.count }, () => ({
    hidden: new Map<number, Map<number, number>>(),
    lacking: new Map<'all', Map<number, number>>(),
    open: new Map<number, Map<number, number>>(),
    causes: new Set<number>(),
  }));
  looking.classes.of.forEach((own, row) => {
    const answer = column.truth(row);
    const part = found[parts.of(row)];
    if (!part || !isAnswer(answer)) return;
    if (first(row) !== MISSING.withheld) part.causes.add(own);
    if (lacks?.[row] === MISSING.withheld) countIn(part.lacking, 'all', answer);
    else countIn(shown(row) === MISSING.withheld ? part.hidden : part.open, own, answer);
  });
  return found.map((part) => ({ ...part, lacking: part.lacking.get('all') ?? new Map() }));
}

/**
 * Whether the tables give away answers of a part that the file hides. Printed counts less what the file shows are the
 * answers of all whom it does not show there, for want of the answer or of the key. Those who lack the answer are
 * looked at alone, because their class says who they are, and together with those who lack the key.
 * @param free answers of another column of the question explain why classes are withheld
 */
export function isTold({ hidden, lacking, causes }: Part, free: boolean): boolean {
  if (hidden.size === 0) return lacking.size === 1;
  const [known, all] = [sumOf([...hidden.values()]), sumOf([...hidden.values(), lacking])];
  if (known.size === 1 || all.size === 1) return true;
  if (![...hidden.keys()].some((own) => causes.has(own))) return false;
  return areAlike(known) || (!free && isToldByMethod(unitsOf(hidden, lacking, causes), all));
}

/** Whether the method would still tell answers if all of the part were hidden: then nothing more could hide them. */
export function isHopeless({ hidden, open, lacking, causes }: Part): boolean {
  const classes = new Map([...hidden, ...open]);
  return isToldByMethod(unitsOf(classes, lacking, causes), sumOf([...classes.values(), lacking]));
}

function unitsOf(hidden: Part['hidden'], lacking: Given, causes: Part['causes']) {
  const units = [...hidden].map(([own, given]) => ({ answers: total(given), cause: causes.has(own) }));
  return lacking.size > 0 ? [...units, { answers: total(lacking), cause: false }] : units;
}

const total = (given: Given) => [...given.values()].reduce((sum, n) => sum + n, 0);

function sumOf(all: readonly Given[]): Given {
  const sums = new Map<number, number>();
  for (const given of all) for (const [answer, n] of given) sums.set(answer, (sums.get(answer) ?? 0) + n);
  return sums;
}
