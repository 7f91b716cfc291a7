/** A snapshot: every submitted response at one moment, as columns of codes, with nothing that says who or when. */
import type { Answer, Answers, Known } from '../questionnaire/answers.ts';
import { knownFrom } from '../questionnaire/journey.ts';
import type { Survey } from '../questionnaire/survey.ts';
import { type Value, variablesOf } from '../questionnaire/variables.ts';
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

/** How a response of one version is written. What was not asked stands in its column already. */
interface Plan {
  readonly survey: Survey;
  /** By the field that it is read from. */
  readonly asked: ReadonlyMap<string, readonly ((row: number, answer: Answer | null) => void)[]>;
  readonly rest: readonly ((row: number, answers: Answers, known: Known) => void)[];
}

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
  const plans = new Map([...versions].map(([hash, survey]) => [hash, planFor(survey, variables, columns)]));
  let rows = 0;
  return {
    add: (versionHash, answers) => {
      if (rows === about.responses) return;
      const plan = plans.get(versionHash);
      if (!plan) throw new Error(`a response was given under a version that was not prepared for: ${versionHash}`);
      for (const [field, answer] of Object.entries(answers)) {
        for (const write of plan.asked.get(field) ?? []) write(rows, answer);
      }
      const known = knownFrom(plan.survey, answers);
      for (const write of plan.rest) write(rows, answers, known);
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

function planFor(survey: Survey, variables: readonly SnapshotVariable[], columns: ReadonlyMap<string, Column>): Plan {
  const sources = new Map(variablesOf(survey).map((variable) => [variable.name, variable]));
  const asked = new Map<string, ((row: number, answer: Answer | null) => void)[]>();
  const rest: ((row: number, answers: Answers, known: Known) => void)[] = [];
  for (const variable of variables) {
    const put = putter(variable, columns.get(variable.name) ?? makeColumn(variable, 0));
    const source = sources.get(variable.name);
    // The same name for another kind of thing in an older version is not the same variable.
    if (!source || source.kind !== variable.kind) rest.push((row) => put(row, { missing: 'notInVersion' }));
    else if (source.asked) {
      const { field, read } = source.asked;
      const others = asked.get(field) ?? [];
      asked.set(field, [...others, (row, answer) => put(row, read(answer))]);
    } else rest.push((row, answers, known) => put(row, source.read(answers, known)));
  }
  return { survey, asked, rest };
}

/** Writes a variable's values, or why there are none, into its column. */
function putter({ name, width, categories }: SnapshotVariable, { codes, values }: Column) {
  const places = new Map(categories.map(({ code }, index) => [code, index]));
  const given = places.get(GIVEN);
  return (row: number, value: Value): void => {
    if (typeof value !== 'string') {
      codes[row] = missingCode(width, value.missing);
      return;
    }
    const place = places.get(value) ?? given;
    if (place === undefined) throw new Error(`${name} has no category "${value}"`);
    codes[row] = place;
    if (values && place === given) values[row] = Number(value);
  };
}
