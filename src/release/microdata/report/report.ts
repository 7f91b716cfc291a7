/** The disclosure report of a data file: what could be told before and after, and what that cost. */
import { MISSING } from '../../../questionnaire/variables.ts';
import type { Override } from '../../overrides.ts';
import type { DataFile } from '../data-file.ts';
import { type Diversity, diversityOf } from '../generalise/diversity.ts';
import { countWhole, lossIn, riskBefore, scoreIn } from '../generalise/key-columns.ts';
import { frequenciesOf, type Risk, riskOf } from '../generalise/risk.ts';
import type { FileLook } from '../last-look.ts';
import type { Audience } from '../rules.ts';
import { isAnswer } from '../sensitive.ts';
import type { LeftOut } from '../survey/columns.ts';
import { wordsOf } from '../survey/describe-columns.ts';
import { shownColumns } from '../survey/protect-rows.ts';
import type { ProtectedSurvey } from '../survey/protect-survey.ts';
import type { SurveyTable } from '../survey/survey-table.ts';
import { shownOf } from '../survey/withheld.ts';
import type { WantedFile } from '../wanted-file.ts';
import { countNumber, type Reading } from '../whole-numbers.ts';
import { type Change, changeIn, largestChange } from './distance.ts';

export interface ReportedKey {
  /** As the survey's file names it; of who was asked, in words. */
  readonly name: string;
  readonly label: string;
  /** The column it is published as; undefined where it has none. */
  readonly published: string | undefined;
  /** 0 is the finest; on the last all are the same. */
  readonly level: number;
  readonly levels: number;
  readonly loss: number;
  readonly withheld: number;
  /** Nobody answered it: there is nothing that could be lost. */
  readonly unanswered: boolean;
}

interface ReportedColumn {
  readonly name: string;
  readonly label: string;
  readonly role: 'key' | 'sensitive' | 'plain';
  readonly withheld: number;
  /** Rows in which the file shows an answer. */
  readonly answers: number;
  /** Total variation distance between all answers and those that the file shows; undefined where it shows none. */
  readonly distance: number | undefined;
}

interface ReportedSensitive {
  readonly name: string;
  readonly label: string;
  readonly withheld: number;
  /** Undefined where no class tells any answer. */
  readonly before: Diversity | undefined;
  readonly after: Diversity | undefined;
}

/** In full: for staff. Numbers are not rounded. */
export interface DisclosureReport {
  readonly survey: string;
  readonly version: string;
  readonly title: string;
  /** Of the survey's own words. */
  readonly language: string;
  readonly release: number;
  readonly madeOn: string;
  readonly synthetic: boolean;
  readonly settings: {
    readonly audience: Audience;
    readonly k: number;
    readonly budget: number;
    /** The keys that the file might have. */
    readonly keys: readonly string[];
    /** Those that were held on their finest level. */
    readonly kept: readonly string[];
    readonly rowNames: 'from chance';
    readonly overrides?: readonly Override[] | undefined;
    /** How exact weights are: the end of a sentence that begins with "Weights". */
    readonly weights?: string | undefined;
    /** How many releases of tables the file was compared with. */
    readonly tables: number;
  };
  readonly responses: number;
  readonly population?: { readonly size: number; readonly fraction: number } | undefined;
  readonly before: Risk;
  readonly after: Risk;
  readonly look: FileLook;
  /** Segments that published tables tell of every row, whatever the file withholds. */
  readonly toldByTables: readonly string[];
  readonly keys: readonly ReportedKey[];
  readonly score: number;
  readonly search: {
    readonly choices: number;
    readonly counted: number;
    /** Rows in classes under k on the chosen levels, of so many that there may be. */
    readonly leftOver: number;
    readonly budgetRows: number;
  };
  /** Rows that show no key. */
  readonly withheldRows: number;
  readonly sensitive: readonly ReportedSensitive[];
  readonly columns: readonly ReportedColumn[];
  /** The answer whose share changed most. */
  readonly largestChange?: Change | undefined;
  readonly leftOut: readonly LeftOut[];
  /** SHA-256 in hex, by what it is of. */
  readonly sha256: Readonly<Record<string, string>>;
}

interface Making {
  readonly table: SurveyTable;
  readonly rows: ProtectedSurvey;
  readonly file: DataFile;
  readonly look: FileLook;
  readonly told: readonly string[];
  readonly wanted: WantedFile;
}

/** The full report of a file that was made. Whoever writes the file adds the sums of what it was made from. */
export function reportOn({ table, rows, file, look, told, wanted }: Making): DisclosureReport {
  const { versions, snapshot, keyNames } = table;
  const { about } = file;
  const [survey] = versions;
  const { disclosure, weighting } = survey.file;
  const size = disclosure.population ?? weighting?.population;
  const { search, budget, budgetRows, weights, leftOut } = rows;
  const { responses } = snapshot;
  const shifts = shownColumns(rows).map(({ variable, role, shown }) => ({
    variable,
    role,
    withheld: countNumber(responses, shown, MISSING.withheld),
    answers: countAnswers(responses, shown),
    moved: changeIn({ rows: responses, truth: table.numbers.of(variable), shown }),
  }));
  return {
    survey: about.survey,
    version: about.version,
    title: `${about.title}, ${about.wave}`,
    language: about.language,
    release: about.release,
    madeOn: about.madeOn,
    synthetic: about.synthetic,
    settings: {
      audience: about.audience,
      k: about.k,
      budget,
      keys: keyNames,
      kept: search.kept,
      rowNames: 'from chance',
      overrides: wanted.overrides,
      weights: weights?.how,
      tables: wanted.tables.length,
    },
    responses: snapshot.responses,
    population: size === undefined ? undefined : { size, fraction: snapshot.responses / size },
    ...risksIn(table, rows),
    look,
    toldByTables: told,
    keys: reportedKeys(table, rows),
    score: scoreOfFile(table, rows),
    search: { choices: search.choices, counted: search.counted, leftOver: search.leftOver, budgetRows },
    withheldRows: countWhole(rows.keys, snapshot.responses),
    sensitive: reportedSensitive(table, rows),
    columns: shifts.map(({ variable, role, withheld, answers, moved }) => ({
      name: variable.name,
      label: wordsOf(survey)(variable.label),
      role,
      withheld,
      answers,
      distance: moved?.distance,
    })),
    largestChange: largestChange(shifts, wordsOf(survey)),
    leftOut,
    sha256: {},
  };
}

/** How easily rows could be told apart by all keys as they were answered, and how easily by what is published. */
export function risksIn(
  { candidates, numbers }: SurveyTable,
  { classes }: ProtectedSurvey,
): { before: Risk; after: Risk } {
  return {
    before: riskBefore(
      candidates.map(({ key }) => key),
      numbers.rows,
    ),
    after: riskOf(frequenciesOf(classes)),
  };
}

/** Every key that the file might have had, and who was asked, where that is like one. */
export function reportedKeys(table: SurveyTable, rows: ProtectedSurvey): ReportedKey[] {
  const { versions, keys, candidates, numbers } = table;
  const say = wordsOf(versions[0]);
  return candidates.map(({ name, key }, place) => {
    const own = rows.keys.find((each) => each.name === name);
    const [finest] = keys.find((each) => each.name === name)?.levels ?? [];
    const [variable] = finest?.variables ?? [];
    return {
      name,
      label: variable ? say(variable.label) : name,
      published: own?.published?.variables.map((each) => each.name).join(', '),
      level: rows.search.levels[place] ?? 0,
      levels: key.levels.length,
      loss: own ? lossIn(own) : 1,
      withheld: own?.codes.reduce((sum, code) => (code === MISSING.withheld ? sum + 1 : sum), 0) ?? 0,
      unanswered: finest?.variables.every((each) => countAnswers(numbers.rows, numbers.of(each)) === 0) ?? false,
    };
  });
}

/** The mean of what is lost of the keys that the file might have had. */
export function scoreOfFile(table: SurveyTable, rows: ProtectedSurvey): number {
  const gone = table.candidates.length - rows.keys.length;
  const all = table.candidates.length;
  return all === 0 ? 0 : (scoreIn(rows.keys) * rows.keys.length + gone) / all;
}

function reportedSensitive(table: SurveyTable, { columns, classes, weights }: ProtectedSurvey): ReportedSensitive[] {
  const say = wordsOf(table.versions[0]);
  const { of } = weights?.classes ?? classes;
  return columns.flatMap((column) => {
    const { variable, truth } = column;
    if (variable.role !== 'sensitive') return [];
    const shown = shownOf(column);
    const values = answersIn(of.length, truth).sort((one, other) => one - other);
    const answers = (read: Reading) => (row: number) => values.indexOf(read(row));
    return [
      {
        name: variable.name,
        label: say(variable.label),
        withheld: countNumber(of.length, shown, MISSING.withheld),
        before: diversityOf(of, answers(truth), values.length),
        after: diversityOf(of, answers(shown), values.length),
      },
    ];
  });
}

/** The different answers of a column. */
function answersIn(rows: number, read: Reading): number[] {
  const found = new Set<number>();
  for (let row = 0; row < rows; row++) found.add(read(row));
  return [...found].filter(isAnswer);
}

function countAnswers(rows: number, read: Reading): number {
  let n = 0;
  for (let row = 0; row < rows; row++) if (isAnswer(read(row))) n++;
  return n;
}
