/** Which columns a data file has: those that the survey's file lists, less those that may not leave (rule M1). */
import type { Survey } from '../../questionnaire/survey.ts';
import type { SnapshotVariable } from '../../results/variables.ts';
import { madeFrom, reachOf } from './reach.ts';

export interface LeftOut {
  /** As the survey's file names it. */
  readonly name: string;
  /** Why, in words that end a sentence: "is a raw number". */
  readonly reason: string;
}

export interface Choice {
  /** By the names in the survey's file. */
  readonly keyNames: readonly string[];
  readonly keys: readonly SnapshotVariable[];
  readonly columns: readonly SnapshotVariable[];
  /** Columns where having been asked says something about a quasi-identifier: that counts as a key too. */
  readonly telling: ReadonlySet<string>;
  readonly leftOut: readonly LeftOut[];
}

/** What was asked for cannot be a data file; the message says what to do. */
export class NotReleasable extends Error {
  override readonly name = 'NotReleasable';
}

/** The first column, which no variable may be called. */
export const ROW_NAME = 'row_id';

/**
 * Chooses the columns of a file.
 * @param versions the survey's versions that were answered, the live one first: its list counts
 * @param variables what the snapshot holds
 * @param keyNames some of the keys that the survey declares. What tells a key that is left out is left out with it
 * (rule M12): who was asked about their use of AI is known to use it.
 * @throws NotReleasable
 */
export function chooseColumns(
  versions: readonly [Survey, ...Survey[]],
  variables: readonly SnapshotVariable[],
  keyNames: readonly string[],
): Choice {
  const [live] = versions;
  const { disclosure } = live.file;
  const known = new Set(keyNames);
  const keys = keyNames.flatMap((name) => keysNamed(variables, name));
  const absent = disclosure.keys.filter((name) => !known.has(name));
  const told = new Map(
    absent.flatMap((key) => versions.flatMap((survey) => [...madeFrom(survey, key)].map((name) => [name, key]))),
  );
  const leftOut: LeftOut[] = absent.map((name) => ({ name, reason: 'is a key that was not chosen' }));
  const columns: SnapshotVariable[] = [];
  const telling = new Set<string>();
  for (const name of disclosure.columns) {
    const found = variablesNamed(variables, name);
    if (found.length === 0) leftOut.push({ name, reason: 'has a role that never leaves' });
    for (const variable of found) {
      const reached = new Set(versions.flatMap((survey) => [...reachOf(survey, variable, known)]));
      const key = [...reached].map((each) => told.get(each)).find((each) => each !== undefined);
      const reason = reasonAgainst(variable) ?? (key && `tells "${key}", a key that was not chosen`);
      if (reason === undefined) {
        columns.push(variable);
        if ([...reached].some((each) => isQuasi(versions, each))) telling.add(variable.name);
      } else if (!leftOut.some((each) => each.name === name && each.reason === reason)) {
        leftOut.push({ name, reason });
      }
    }
  }
  if (keys.length + columns.length === 0) {
    throw new NotReleasable(
      'The survey’s file lists nothing that may leave: name quasi-identifiers in "keys" and other questions in "columns" under "disclosure".',
    );
  }
  if ([...keys, ...columns].some(({ name }) => name === ROW_NAME)) {
    throw new NotReleasable(`A variable is called "${ROW_NAME}", as the first column of a data file is. Rename it.`);
  }
  return { keyNames, keys, columns: unique(columns), telling, leftOut };
}

function keysNamed(variables: readonly SnapshotVariable[], name: string): readonly SnapshotVariable[] {
  const found = variablesNamed(variables, name);
  if (found.length === 0)
    throw new NotReleasable(`The key "${name}" has a role that never leaves. Take it out of "keys".`);
  const wrong = found.find(({ kind, role }) => kind !== 'categorical' || role !== 'quasi');
  if (wrong === undefined) return found;
  throw new NotReleasable(
    wrong.role === 'quasi'
      ? `The key "${name}" is a ${wrong.kind}: nearly everybody has their own. Band it, and name the bands in "keys".`
      : `The key "${name}" has the role "${wrong.role}"; keys are quasi-identifiers.`,
  );
}

/** A question brings all its variables but those worked out from it; anything else is one variable. */
function variablesNamed(variables: readonly SnapshotVariable[], name: string): readonly SnapshotVariable[] {
  const own = variables.filter(({ question, derived }) => question === name && !derived);
  return own.length > 0 ? own : variables.filter((variable) => variable.name === name);
}

/** What the survey's file must not be able to ask for, though its check says the same. */
function reasonAgainst({ role, kind, derived, categories }: SnapshotVariable): string | undefined {
  if (role === 'quasi') return 'is a quasi-identifier and not a key';
  if (role === 'weight') return 'is a weight, which data files do not carry yet';
  if (role !== 'plain' && role !== 'sensitive') return `has the role "${role}", which never leaves`;
  if (kind === 'date') return 'is a date, which is finer than a quarter';
  if (kind === 'number' && !derived) return 'is a raw number; a banded version may leave';
  const values = categories.map(({ value }) => value);
  if (kind === 'categorical' && new Set(values).size < values.length) return 'has two answers with the same number';
  return undefined;
}

function isQuasi(versions: readonly Survey[], name: string): boolean {
  return versions.some((survey) => (survey.questions.get(name) ?? survey.derived.get(name))?.role === 'quasi');
}

function unique(variables: readonly SnapshotVariable[]): SnapshotVariable[] {
  return [...new Map(variables.map((variable) => [variable.name, variable])).values()];
}
