/** A snapshot: every submitted response at one moment, as columns of codes, with nothing that says who or when. */
import type { Answers } from '../questionnaire/answers.ts';
import type { Survey } from '../questionnaire/survey.ts';
import { type Variable, variablesOf } from '../questionnaire/variables.ts';
import { type Column, firstOf, makeColumn, missingCode } from './columns.ts';
import { GIVEN, type SnapshotVariable, snapshotVariables } from './variables.ts';

export interface Snapshot {
  readonly survey: string;
  /** A day: 2027-03-31. */
  readonly madeOn: string;
  readonly responses: number;
  readonly variables: readonly SnapshotVariable[];
  readonly columns: ReadonlyMap<string, Column>;
}

/** The column of a variable. @throws when the snapshot has none */
export function columnOf(snapshot: Snapshot, name: string): Column {
  const column = snapshot.columns.get(name);
  if (!column) throw new Error(`the snapshot has no column "${name}"`);
  return column;
}

/** Writes responses into columns, one after the other. */
export interface SnapshotWriter {
  /** Adds a response. What comes after the number prepared for is left for the next snapshot. */
  add(versionHash: string, answers: Answers): void;
  finish(): Snapshot;
}

type Put = (answers: Answers, row: number) => void;

/**
 * Prepares columns for so many responses, all at once, so that memory does not grow with them.
 * @param versions the versions they were given under by hash, the newest first
 */
export function writeSnapshot(
  versions: ReadonlyMap<string, Survey>,
  about: { readonly survey: string; readonly madeOn: string; readonly responses: number },
): SnapshotWriter {
  const variables = snapshotVariables([...versions.values()]);
  const columns = new Map(variables.map((variable) => [variable.name, makeColumn(variable, about.responses)]));
  const puts = new Map(
    [...versions].map(([hash, survey]) => {
      const read = new Map(variablesOf(survey).map((variable) => [variable.name, variable]));
      return [hash, variables.map((variable) => putter(variable, columns, read.get(variable.name)))];
    }),
  );
  let rows = 0;
  return {
    add: (versionHash, answers) => {
      if (rows === about.responses) return;
      const own = puts.get(versionHash);
      if (!own) throw new Error(`a response was given under a version that was not prepared for: ${versionHash}`);
      for (const put of own) put(answers, rows);
      rows += 1;
    },
    finish: () => ({
      ...about,
      responses: rows,
      variables,
      columns: new Map([...columns].map(([name, column]) => [name, firstOf(column, rows)])),
    }),
  };
}

function putter(variable: SnapshotVariable, columns: ReadonlyMap<string, Column>, source: Variable | undefined): Put {
  const { width, categories, kind } = variable;
  const column = columns.get(variable.name) ?? makeColumn(variable, 0);
  const { codes, values } = column;
  // The same name for another kind of thing in an older version is not the same variable.
  if (!source || source.kind !== kind) {
    const absent = missingCode(width, 'notInVersion');
    return (_, row) => {
      codes[row] = absent;
    };
  }
  const places = new Map(categories.map(({ code }, index) => [code, index]));
  const given = places.get(GIVEN);
  return (answers, row) => {
    const value = source.read(answers);
    if (typeof value !== 'string') {
      codes[row] = missingCode(width, value.missing);
      return;
    }
    const place = places.get(value) ?? given;
    if (place === undefined) throw new Error(`${variable.name} has no category "${value}"`);
    codes[row] = place;
    if (values && place === given) values[row] = Number(value);
  };
}
