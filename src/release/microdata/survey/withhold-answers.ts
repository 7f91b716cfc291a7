/** Sensitive answers that the file, alone or beside published tables, would tell of a whole class (rules M11 and M18). */
import type { Counted } from '../generalise/count.ts';
import { alikeClasses, areAlike } from '../sensitive.ts';
import { columnsOf, isHopeless, isTold, type Looking, type Part, partsIn } from './hidden-answers.ts';
import type { FileColumn, ProtectedRows } from './protect-rows.ts';
import type { AnswerCheck, Checks } from './subtraction/checks.ts';
import { shownOf, withholdGroups } from './withheld.ts';

/** How likely one class more is withheld where that is not needed, again and again; and a part that could not be hidden. */
const NEEDLESS = 1 / 8;

/**
 * Withholds a sensitive question in each class in which the answers are alike, with whatever tells it. What is withheld
 * could be had by subtraction from the tables: so among everybody, and in each group by which the question is shown,
 * other classes go with them until the answers withheld are not alike, and until knowing why they are withheld does not
 * tell them either. Which classes go is left to chance, and so is whether one goes more than is needed: any classes
 * could then have been the ones that are alike, for all that can be seen.
 * @param classes by all that is known of a row, its weight among it
 * @param chance numbers from 0 up to 1 that nobody knows
 */
export function withholdAnswers(
  before: ProtectedRows,
  classes: Counted,
  { answers }: Checks,
  chance: () => number,
): ProtectedRows {
  const looking = { classes, before };
  const codes = [
    ...new Set(before.columns.flatMap(({ variable, code }) => (variable.role === 'sensitive' ? [code] : []))),
  ];
  const partsOf = (rows: ProtectedRows, code: string) => partsOfCode(rows, code, answers.get(code) ?? [], looking);
  const withholdOneOf = (rows: ProtectedRows, code: string, open: readonly number[]) => {
    const one = open[Math.floor(chance() * open.length)];
    return one === undefined ? rows : withholdCode(rows, code, new Set([one]), classes);
  };
  let own = before;
  for (const code of codes) {
    const columns = columnsOf(before, code).map(shownOf);
    const hopeless = partsOf(before, code).flatMap(({ part }) =>
      isHopeless(part) && chance() < NEEDLESS ? [...part.open.keys()] : [],
    );
    own = withholdCode(own, code, new Set([...alikeClasses(classes, columns), ...hopeless]), classes);
  }
  const settle = (): void => {
    // Each turn withholds a class, so there is an end.
    for (let last: ProtectedRows | undefined; last !== own; ) {
      last = own;
      for (const code of codes) {
        const told = partsOf(own, code).find(({ part, free }) => part.open.size > 0 && isTold(part, free));
        if (told) own = withholdOneOf(own, code, [...told.part.open.keys()]);
      }
    }
  };
  settle();
  for (const code of codes) {
    const withheld = () =>
      partsOf(own, code).filter(({ part }) => [...part.hidden.keys()].some((each) => part.causes.has(each)));
    for (let some = withheld(); some.length > 0 && chance() < NEEDLESS; some = withheld())
      own = withholdOneOf(own, code, [...new Set(some.flatMap(({ part }) => [...part.open.keys()]))]);
  }
  settle();
  return own;
}

/** The parts of every table in which a question's columns are counted. */
function partsOfCode(
  rows: ProtectedRows,
  code: string,
  checks: readonly AnswerCheck[],
  looking: Looking,
): { readonly part: Part; readonly free: boolean }[] {
  const columns = columnsOf(rows, code);
  return checks.flatMap((check) => {
    const parts = columns.map((column) => partsIn(rows, column, check, looking));
    const alike = parts.map((own) =>
      own.map(({ hidden, causes }) => [...hidden].some(([each, given]) => causes.has(each) && areAlike(given))),
    );
    return parts.flatMap((own, column) =>
      own.map((part, place) => ({ part, free: alike.some((each, other) => other !== column && each[place] === true) })),
    );
  });
}

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
    columns: rows.columns.map((column) => (tells(column) ? withholdGroups(column, classes, withheld) : column)),
  };
}
