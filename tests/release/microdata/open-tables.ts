/** Published tables in which nothing is hidden, so that an engine is tried against the worst there could be. */
import type { Survey } from '../../../src/questionnaire/survey.ts';
import type { ProtectedTables } from '../../../src/release/tables/protected-tables.ts';
import type { Snapshot } from '../../../src/results/snapshot.ts';
import { truthOf } from './attacks.ts';

/** One table for each of these variables, overall and by each of the segments. */
export function openTables(
  { file }: Survey,
  snapshot: Snapshot,
  names: readonly string[],
  segments: readonly string[],
): ProtectedTables {
  const variableOf = (name: string) => {
    const variable = snapshot.variables.find((each) => each.name === name);
    if (!variable) throw new Error(`no variable ${name}`);
    return variable;
  };
  const rowsOf = (name: string, inGroup: (row: number) => boolean) => {
    const truth = truthOf(snapshot, name).filter((_, row) => inGroup(row));
    const counts = variableOf(name).categories.map(({ value }) => truth.filter((each) => each === value).length);
    return [{ base: counts.reduce((sum, n) => sum + n, 0), counts, nets: [] }];
  };
  return {
    survey: file.survey,
    version: file.version,
    title: file.title,
    wave: file.wave,
    languages: file.languages,
    madeOn: snapshot.madeOn,
    responses: snapshot.responses,
    synthetic: true,
    policy: { cell: 5, base: 10 },
    segments: segments.map((name) => ({ name, label: variableOf(name).label })),
    sections: [],
    readings: [],
    tables: names.map((name) => {
      const { question, derived, label, categories } = variableOf(name);
      return {
        name: derived ? name : (question ?? name),
        kind: 'choice' as const,
        section: '',
        label,
        wordings: [],
        rows: [{ variable: name, label }],
        options: categories.map((category) => ({ code: category.code, label: category.label })),
        nets: [],
        overall: { code: '', labels: [], asked: snapshot.responses, rows: rowsOf(name, () => true) },
        views: segments
          .filter((segment) => segment !== name)
          .map((segment) => {
            const truth = truthOf(snapshot, segment);
            return {
              segment,
              groups: variableOf(segment).categories.map((category) => ({
                code: category.code,
                labels: [category.label],
                asked: truth.filter((each) => each === category.value).length,
                rows: rowsOf(name, (row) => truth[row] === category.value),
              })),
            };
          }),
      };
    }),
  };
}
