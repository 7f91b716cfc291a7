/** From a snapshot to a data file that may leave, with what it cost. */
import { randomFrom } from '../../questionnaire/random.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { MISSING } from '../../questionnaire/variables.ts';
import type { Snapshot } from '../../results/snapshot.ts';
import { isOpen } from '../overrides.ts';
import type { AboutFile, DataFile, DataVariable } from './data-file.ts';
import { lookAtFile } from './last-look.ts';
import { type DisclosureReport, reportOn } from './report/report.ts';
import { chanceIn, compareNames, nameRows } from './row-names.ts';
import { checkWanted } from './rules.ts';
import { NotReleasable, ROW_NAME, type Versions } from './survey/columns.ts';
import { describeColumn, ROW_COLUMN, WEIGHT_COLUMN, WEIGHT_NAME, wordsOf } from './survey/describe-columns.ts';
import { shownColumns } from './survey/protect-rows.ts';
import { type ProtectedSurvey, protectSurvey } from './survey/protect-survey.ts';
import { segmentsTold } from './survey/subtraction/told-segments.ts';
import { type SurveyTable, surveyTable } from './survey/survey-table.ts';
import { BUDGET, type WantedFile, type WantedSettings } from './wanted-file.ts';
import { holdNumbers } from './whole-numbers.ts';

export interface MadeFile {
  readonly file: DataFile;
  /** In full: for staff. */
  readonly report: DisclosureReport;
}

const STEPS = 4;

/**
 * Makes a data file. @param versions the survey's versions that were answered, the live one first
 * @throws NotReleasable with what to do instead; an error where the last look at the file finds somebody in it
 */
export function makeFile(versions: Versions, snapshot: Snapshot, wanted: WantedFile): MadeFile {
  const { report = () => {} } = wanted;
  const { table, protectedRows } = protect(versions, snapshot, wanted, {
    report: (done) => report(done, STEPS),
    chance: chanceIn(snapshot.responses, wanted.random),
  });
  const told = segmentsTold(table, protectedRows, wanted.tables);
  if (told.length > 0 && !isOpen('beside', wanted.overrides)) throw new NotReleasable(toldSentence(told));
  const file = fileOf(table, protectedRows, wanted);
  const telling = new Set(protectedRows.columns.flatMap((each) => (each.telling ? [each.variable.name] : [])));
  const variables = new Map(snapshot.variables.map((variable) => [variable.name, variable]));
  const look = lookAtFile(file, {
    respondents: snapshot.responses,
    of: (name) => {
      const variable = variables.get(name);
      if (!variable) throw new Error(`the snapshot has no "${name}"`);
      return table.numbers.of(variable);
    },
    isTelling: (name) => telling.has(name),
  });
  report(STEPS, STEPS);
  return { file, report: reportOn({ table, rows: protectedRows, file, look, told, wanted }) };
}

function toldSentence(told: readonly string[]): string {
  const names = told.join(', ');
  const those = told.length === 1 ? 'that' : 'those';
  return `Tables by ${names} are published, and the file would show answers without showing ${those} as finely. Laid on each other they tell ${those} of nearly every row, so that k is not kept. Publish fewer tables, keep more of the keys (--keep ${told.join(',')}), or let a named person take it on themselves with --override beside=WHY: those who get the file have to be trusted not to do this.`;
}

/** The rows of a file without their names. @param chance any will do for what is tried and not written @throws NotReleasable */
export function protect(
  versions: Versions,
  snapshot: Snapshot,
  wanted: WantedSettings,
  { report = () => {}, chance = randomFrom(0) }: { report?: (done: number) => void; chance?: () => number } = {},
): { readonly table: SurveyTable; readonly protectedRows: ProtectedSurvey } {
  const { k, audience, overrides, keep, weights, tables, budget = BUDGET } = wanted;
  const declared = versions[0].file.disclosure.keys;
  const { keyNames = declared } = wanted;
  checkWanted(versions, snapshot.responses, { audience, k, keyNames: [...keyNames, ...(keep ?? [])], overrides });
  const table = surveyTable(
    versions,
    snapshot,
    declared.filter((name) => keyNames.includes(name)),
  );
  report(1);
  const protectedRows = protectSurvey(table, { k, budget, keep, weights, tables, chance });
  report(STEPS - 1);
  return { table, protectedRows };
}

/** The columns that a file has of answers. @param order the response in each row */
export function columnsOf(survey: Survey, rows: ProtectedSurvey, order: Int32Array): DataVariable[] {
  return shownColumns(rows).map(({ variable, role, shown }): DataVariable => {
    const values = holdNumbers(order.length, (place) => shown(order[place] ?? 0));
    return { ...describeColumn(survey, variable), role, withheldForSome: values.includes(MISSING.withheld), values };
  });
}

function fileOf(table: SurveyTable, rows: ProtectedSurvey, wanted: WantedFile): DataFile {
  const { versions, snapshot } = table;
  const [survey] = versions;
  const names = nameRows(snapshot.responses, wanted.random);
  const order = Int32Array.from([...names.keys()].sort((one, other) => compareNames(names[one], names[other])));
  const columns = columnsOf(survey, rows, order);
  const taken = columns.find(({ name }) => name === ROW_NAME || (rows.weights && name === WEIGHT_NAME));
  if (taken)
    throw new NotReleasable(`A variable is called "${taken.name}", as a column of every data file is. Rename it.`);
  const { weights } = rows;
  return {
    about: aboutFile(table, rows, wanted),
    rows: order.length,
    variables: [
      { ...ROW_COLUMN, role: 'row name', withheldForSome: false, values: Array.from(order, (row) => names[row] ?? '') },
      ...columns,
      ...(weights
        ? [
            {
              ...WEIGHT_COLUMN,
              role: 'weight' as const,
              withheldForSome: false,
              values: Float64Array.from(order, (row) => weights.values[row] ?? 0),
            },
          ]
        : []),
    ],
  };
}

function aboutFile({ versions, snapshot }: SurveyTable, { leftOut }: ProtectedSurvey, wanted: WantedFile): AboutFile {
  const [survey] = versions;
  const { survey: code, version, title, wave, languages } = survey.file;
  const say = wordsOf(survey);
  return {
    survey: code,
    version,
    title: say(title),
    wave: say(wave),
    language: languages[0] ?? 'en',
    release: wanted.number,
    madeOn: snapshot.madeOn,
    synthetic: wanted.synthetic,
    audience: wanted.audience,
    k: wanted.k,
    // Single cells are withheld, and no row.
    withheldRows: 'none',
    leftOut,
  };
}
