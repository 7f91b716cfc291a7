/** What files with other settings would hold and lose, side by side. For who makes them: exact counts never leave. */
import { MISSING } from '../../questionnaire/variables.ts';
import type { Snapshot } from '../../results/snapshot.ts';
import { type Reach, reachOf } from '../network/reach.ts';
import type { Risk } from './generalise/risk.ts';
import { columnsOf, protect } from './make-file.ts';
import { type ReportedKey, reportedKeys, risksIn, scoreOfFile } from './report/report.ts';
import { type LeftOut, NotReleasable, type Versions } from './survey/columns.ts';
import { shownColumns } from './survey/protect-rows.ts';
import { segmentsTold } from './survey/subtraction/told-segments.ts';
import type { WantedSettings } from './wanted-file.ts';
import { countNumber } from './whole-numbers.ts';

/** How a file differs from the one that is wanted. */
export interface Setting {
  /** What to call it, such as "k 10" or "without size". */
  readonly label: string;
  readonly k?: number;
  readonly keyNames?: readonly string[];
  readonly keep?: readonly string[];
}

export type Trial = { readonly label: string; readonly k: number } & (
  | {
      readonly possible: true;
      readonly rows: number;
      /** The row's name not counted. */
      readonly columns: number;
      readonly keys: readonly ReportedKey[];
      /** Held on their finest level. */
      readonly kept: readonly string[];
      readonly withheldCells: number;
      /** Of all cells of these columns. */
      readonly withheldShare: number;
      readonly score: number;
      readonly smallestClass: number;
      readonly before: Risk;
      readonly after: Risk;
      readonly leftOut: readonly LeftOut[];
      /** Segments that published tables would tell of every row: such a file needs a named person's word. */
      readonly toldByTables: readonly string[];
      /** How far the network could ask it. */
      readonly reach: Reach;
    }
  | { readonly possible: false; readonly reason: string }
);

/** @param report told how many settings are tried, of how many */
export function trySettings(
  versions: Versions,
  snapshot: Snapshot,
  wanted: WantedSettings,
  settings: readonly Setting[],
  report: (done: number, total: number) => void = () => {},
): Trial[] {
  return settings.map((setting, place) => {
    const trial = tryOne(versions, snapshot, wanted, setting);
    report(place + 1, settings.length);
    return trial;
  });
}

/** The usual ones: other k, the search over all levels, and the file without each of its keys. */
export function usualSettings([{ file }]: Versions, { k, keyNames = file.disclosure.keys }: WantedSettings): Setting[] {
  const others = [...new Set([...USUAL, k])].sort((one, other) => one - other);
  return [
    ...others.map((each) => ({ label: `k ${each}`, k: each })),
    { label: `k ${k}, every key may be made coarser`, keep: [] },
    ...keyNames.map((name) => ({
      label: `k ${k}, without ${name}`,
      keyNames: keyNames.filter((each) => each !== name),
    })),
  ];
}

const USUAL = [3, 5, 10, 20];

function tryOne(versions: Versions, snapshot: Snapshot, wanted: WantedSettings, { label, ...own }: Setting): Trial {
  const k = own.k ?? wanted.k;
  try {
    const { table, protectedRows: rows } = protect(versions, snapshot, { ...wanted, ...own });
    const columns = shownColumns(rows);
    const order = Int32Array.from({ length: snapshot.responses }, (_, row) => row);
    const withheldCells = columns.reduce(
      (sum, { shown }) => sum + countNumber(snapshot.responses, shown, MISSING.withheld),
      0,
    );
    const risks = risksIn(table, rows);
    return {
      label,
      k,
      possible: true,
      rows: snapshot.responses,
      columns: columns.length + (rows.weights ? 1 : 0),
      keys: reportedKeys(table, rows),
      kept: rows.search.kept,
      withheldCells,
      withheldShare: withheldCells / Math.max(1, columns.length * snapshot.responses),
      score: scoreOfFile(table, rows),
      smallestClass: risks.after.histogram[0]?.size ?? 0,
      ...risks,
      leftOut: rows.leftOut,
      toldByTables: segmentsTold(table, rows, wanted.tables),
      reach: reachOf(
        { rows: snapshot.responses, variables: columnsOf(versions[0], rows, order) },
        versions[0],
        wanted.tables,
      ),
    };
  } catch (error) {
    if (error instanceof NotReleasable) return { label, k, possible: false, reason: error.message };
    throw error;
  }
}
