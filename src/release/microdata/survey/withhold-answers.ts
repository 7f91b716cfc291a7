/** Sensitive answers that the file, alone or beside published tables, would tell of a whole class (rules M11 and M18). */
import { MISSING } from '../../../questionnaire/variables.ts';
import type { SnapshotVariable } from '../../../results/variables.ts';
import type { Counted } from '../generalise/count.ts';
import { isAnswer, uniformClasses, withholdIn } from '../sensitive.ts';
import type { FileColumn, ProtectedRows } from './protect-rows.ts';
import type { AnswerCheck, Checks } from './subtraction/checks.ts';

/**
 * Withholds a sensitive question in each class in which all who answered it answered the same, with whatever tells it.
 * What is withheld could be had by subtraction from the tables: so among everybody, and in each group by which the
 * question is shown, the answers withheld are not all one answer, or another class goes with them, or the question.
 * @param classes by all that is known of a row, its weight among it
 */
export function withholdAnswers(
  rows: ProtectedRows,
  classes: Counted,
  { answers }: Checks,
  truth: Truth,
): ProtectedRows {
  let own = rows;
  const codes = [
    ...new Set(rows.columns.flatMap(({ variable, code }) => (variable.role === 'sensitive' ? [code] : []))),
  ];
  for (const code of codes) {
    const uniform = uniformClasses(
      classes,
      ofCode(own, code).map(({ numbers }) => numbers),
    );
    own = withholdCode(own, code, uniform, classes);
  }
  // Each turn withholds a class or leaves out a question, so there is an end.
  for (;;) {
    const found = codes
      .map((code) => ({ code, classes: findTold(truth, own, code, answers.get(code) ?? [], classes) }))
      .find((each) => each.classes !== undefined);
    if (!found?.classes) return own;
    own = found.classes.size > 0 ? withholdCode(own, found.code, found.classes, classes) : leaveOut(own, found.code);
  }
}

/** What was answered, for each response. */
type Truth = (variable: SnapshotVariable) => Int32Array;

const ofCode = ({ columns }: ProtectedRows, code: string) => columns.filter((column) => column.code === code);

/**
 * Columns that tell a question or variable: its own, what it is worked out from, and whatever else is worked out from
 * that or was asked because of it. What only a key of the file decided says no more than the key.
 */
function tellsCode(code: string, { columns, keys }: ProtectedRows): (column: FileColumn) => boolean {
  const published = new Set(keys.flatMap((key) => key.published?.name ?? []));
  const madeFrom = columns.find((each) => each.code === code)?.madeFrom ?? [];
  const sources = [...madeFrom].filter((name) => !published.has(name));
  return ({ reach }) => sources.some((name) => reach.has(name));
}

function withholdCode(
  rows: ProtectedRows,
  code: string,
  withheld: ReadonlySet<number>,
  classes: Counted,
): ProtectedRows {
  if (withheld.size === 0) return rows;
  const tells = tellsCode(code, rows);
  return {
    ...rows,
    columns: rows.columns.map((column) =>
      tells(column) ? { ...column, numbers: withholdIn(column.numbers, classes, withheld) } : column,
    ),
  };
}

function leaveOut(rows: ProtectedRows, code: string): ProtectedRows {
  const tells = tellsCode(code, rows);
  const reason = 'would be told by the published tables less the rest of the file';
  const gone = new Set(rows.columns.filter(tells).map((column) => column.code));
  return {
    ...rows,
    columns: rows.columns.filter((column) => !tells(column)),
    leftOut: [...rows.leftOut, ...[...gone].map((name) => ({ name, reason }))],
  };
}

/**
 * Where the answers withheld are all one answer: the class to withhold too, or none where no class would help.
 * Undefined where nothing is told. Printed counts less what the file shows in a group are the answers of all whom it
 * does not show there, for want of the answer or of the key: those who lack the answer are looked at alone, because
 * their class says who they are, and together with those who lack the key, who are known by not being shown.
 */
function findTold(
  truth: Truth,
  now: ProtectedRows,
  code: string,
  checks: readonly AnswerCheck[],
  classes: Counted,
): Set<number> | undefined {
  for (const { variable, numbers } of ofCode(now, code)) {
    const given = truth(variable);
    for (const { key, parts } of checks) {
      const keyCodes = key === undefined ? undefined : now.keys[key]?.codes;
      const sets = () => Array.from({ length: parts.count }, () => new Set<number>());
      const [hidden, missing] = [sets(), sets()];
      const shown = new Uint8Array(parts.count);
      parts.of.forEach((part, row) => {
        const answer = given[row] ?? MISSING.blank;
        if (!isAnswer(answer)) return;
        const lacksKey = keyCodes?.[row] === MISSING.withheld;
        if (!lacksKey && numbers[row] !== MISSING.withheld) {
          shown[part] = 1;
          return;
        }
        missing[part]?.add(answer);
        if (!lacksKey) hidden[part]?.add(answer);
      });
      const told = hidden.findIndex(
        (answers, part) => (answers.size === 1 || missing[part]?.size === 1) && shown[part] === 1,
      );
      if (told === -1) continue;
      return nextClass(now, code, keyCodes, parts.of, told, classes);
    }
  }
  return undefined;
}

/** The smallest class that shows the answers of this part: it has at least two. */
function nextClass(
  rows: ProtectedRows,
  code: string,
  keyCodes: Int32Array | undefined,
  of: Int32Array,
  part: number,
  classes: Counted,
): Set<number> {
  const open = new Set<number>();
  const own = ofCode(rows, code);
  of.forEach((each, row) => {
    if (each !== part || keyCodes?.[row] === MISSING.withheld) return;
    if (own.some(({ numbers }) => isAnswer(numbers[row] ?? MISSING.blank))) open.add(classes.of[row] ?? 0);
  });
  const [smallest] = [...open].sort((one, other) => (classes.sizes[one] ?? 0) - (classes.sizes[other] ?? 0));
  return new Set(smallest === undefined ? [] : [smallest]);
}
