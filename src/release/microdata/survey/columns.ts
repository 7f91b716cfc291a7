/** Which columns a data file has: those that the survey's file lists, less those that may not leave (rule M1). */
import type { Survey } from '../../../questionnaire/survey.ts';
import type { SnapshotVariable } from '../../../results/variables.ts';
import { codeOf, madeFrom, reachOf } from './reach.ts';

/** The survey's versions that were answered, the live one first: what its file lists counts. */
export type Versions = readonly [Survey, ...Survey[]];

/** What a column says besides its answers. */
interface Telling {
  /** The question that it belongs to, or its own name where it is worked out from answers. */
  readonly code: string;
  /** The questions and variables that it is worked out from, itself among them. */
  readonly madeFrom: ReadonlySet<string>;
  /** The questions and variables that it tells of, by what it holds or by who was asked. */
  readonly reach: ReadonlySet<string>;
  /** Who was asked rests on a quasi-identifier, so having been asked is like a key. */
  readonly telling: boolean;
}

export interface ChosenColumn extends Telling {
  readonly variable: SnapshotVariable;
}

export interface LeftOut {
  /** As the survey's file names it. */
  readonly name: string;
  /** Why, as the end of a sentence: "is a raw number". */
  readonly reason: string;
}

export interface Choice {
  /** As the survey's file names them. */
  readonly keyNames: readonly string[];
  readonly keys: readonly SnapshotVariable[];
  readonly columns: readonly ChosenColumn[];
  readonly leftOut: readonly LeftOut[];
}

/** What was asked for cannot be a data file; the message says what to do. */
export class NotReleasable extends Error {
  override readonly name = 'NotReleasable';
}

/** The first column of a file, which no variable may be called. */
export const ROW_NAME = 'row_id';

/**
 * Chooses the columns of a file.
 * @param variables what the snapshot holds
 * @param keyNames some of the keys that the survey declares, or coarser versions of them. What tells a key that is not
 * there is left out with it (rule M12): who was asked about their use of AI is known to use it.
 * @param whyAbsent why a declared key is not there, as the end of a sentence
 * @throws NotReleasable
 */
export function chooseColumns(
  versions: Versions,
  variables: readonly SnapshotVariable[],
  keyNames: readonly string[],
  whyAbsent: (key: string) => string = () => 'is a key that was not chosen',
): Choice {
  const { disclosure } = versions[0].file;
  const keys = keyNames.flatMap((name) => getKeyVariables(variables, name));
  const absent = disclosure.keys.filter((name) => !keyNames.includes(name));
  const published = new Set(keyNames);
  const told = new Map(
    absent.flatMap((key) => versions.flatMap((survey) => [...madeFrom(survey, key)].map((name) => [name, key]))),
  );
  const leftOut = absent.map((name): LeftOut => ({ name, reason: whyAbsent(name) }));
  const tellings = new Map<string, Telling & { readonly reason: string | undefined }>();
  const tellingOf = (code: string) => {
    const known = tellings.get(code);
    if (known) return known;
    const telling = describeTelling(versions, code, published);
    const key = [...telling.reach].map((each) => told.get(each)).find((each) => each !== undefined);
    const found = { ...telling, reason: key && `tells "${key}", which ${whyAbsent(key)}` };
    tellings.set(code, found);
    return found;
  };
  const columns = new Map<string, ChosenColumn>();
  for (const name of disclosure.columns) {
    const found = variablesNamed(variables, name);
    const reasons = new Set(found.length === 0 ? ['has a role that never leaves'] : []);
    for (const variable of found) {
      const telling = tellingOf(codeOf(variable));
      const reason = reasonAgainst(variable) ?? telling.reason;
      if (reason === undefined) columns.set(variable.name, { variable, ...telling });
      else reasons.add(reason);
    }
    leftOut.push(...[...reasons].map((reason) => ({ name, reason })));
  }
  const names = [...keys, ...[...columns.values()].map(({ variable }) => variable)].map(({ name }) => name);
  if (names.includes(ROW_NAME)) {
    throw new NotReleasable(`A variable is called "${ROW_NAME}", as the first column of a data file is. Rename it.`);
  }
  return { keyNames, keys, columns: [...columns.values()], leftOut };
}

/** The keys that a file of the survey may have: each one's versions, the finest first. */
export function keyVersions([{ file }]: Versions): string[][] {
  const { keys, hierarchies } = file.disclosure;
  return keys.map((name) => [name, ...(hierarchies[name] ?? [])]);
}

/** A question brings all its variables but those worked out from it; anything else is one variable. */
function variablesNamed(variables: readonly SnapshotVariable[], name: string): readonly SnapshotVariable[] {
  const own = variables.filter(({ question, derived }) => question === name && !derived);
  return own.length > 0 ? own : variables.filter((variable) => variable.name === name);
}

/** What a key is in the snapshot: a tick list has a variable for each option. @throws NotReleasable */
export function getKeyVariables(variables: readonly SnapshotVariable[], name: string): readonly SnapshotVariable[] {
  const found = variablesNamed(variables, name);
  if (found.length === 0) {
    throw new NotReleasable(
      `The key "${name}" has a role that never leaves. Take it out of "keys" in the survey’s file.`,
    );
  }
  const wrong = found.find(({ kind, role }) => kind !== 'categorical' || role !== 'quasi');
  if (wrong === undefined) return found;
  throw new NotReleasable(
    wrong.role === 'quasi'
      ? `The key "${name}" is a ${wrong.kind}, and nearly everybody has their own. Put it into bands, and name the bands in "keys".`
      : `The key "${name}" has the role "${wrong.role}"; keys are quasi-identifiers.`,
  );
}

/** What a survey's file cannot ask for even if its check were passed by. */
function reasonAgainst({ role, kind, derived, categories }: SnapshotVariable): string | undefined {
  if (role === 'quasi') return 'is a quasi-identifier and not a key';
  if (role === 'weight') return 'is a weight that was asked; data files carry those that are worked out';
  if (role !== 'plain' && role !== 'sensitive') return 'has a role that never leaves';
  if (kind === 'date') return 'is a date, and the wave is the only time in a file';
  if (kind === 'number' && !derived) return 'is a raw number; the bands that it falls into may leave';
  const values = categories.map(({ value }) => value);
  if (kind === 'categorical' && new Set(values).size < values.length) return 'has two answers with the same number';
  return undefined;
}

/**
 * Whether who was asked a question or variable rests on a quasi-identifier, so that others could know it.
 * @param published the keys of the file, as the survey's file names them
 */
export function isTelling(versions: Versions, code: string, published: ReadonlySet<string>): boolean {
  return describeTelling(versions, code, published).telling;
}

function describeTelling(versions: Versions, code: string, published: ReadonlySet<string>): Telling {
  const reach = new Set(versions.flatMap((survey) => [...reachOf(survey, code, published)]));
  return {
    code,
    madeFrom: new Set(versions.flatMap((survey) => [...madeFrom(survey, code)])),
    reach,
    telling: [...reach].some((each) => isQuasi(versions, each)),
  };
}

function isQuasi(versions: Versions, name: string): boolean {
  return versions.some((survey) => (survey.questions.get(name) ?? survey.derived.get(name))?.role === 'quasi');
}
