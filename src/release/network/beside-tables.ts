/**
 * Published tables beside the network's figures of the same sensitive question. What is printed less what the network
 * counts is of those whom it does not count, the rest and whose answers are withheld; so that is a figure too: 0 or at
 * least t (rules M18 and T9). Of other questions it is not looked at: most could not be asked any more, and the same
 * people may hold the file, in which small counts stand.
 */
import { collapsesOf, type Survey } from '../../questionnaire/survey.ts';
import { getLevel } from '../microdata/generalise/keys.ts';
import type { ProtectedTable, ProtectedTables, ShownGroup } from '../tables/protected-tables.ts';
import type { Offering } from './pairs.ts';
import { type Question, widthOf } from './questions.ts';

/** Figures that are printed of a group, and whom of the atoms it counts. */
export interface Beside {
  /** Whether the group can be asked for where the keys are offered on these levels. */
  isAsked(levels: readonly number[]): boolean;
  /** No figure of the printed ones less the network's is of too few. */
  readonly fits: boolean;
}

/** @param counts for each item of the question, for each atom in order, the respondents in each cell */
export function besideTables(
  question: Question,
  counts: readonly Int32Array[],
  published: readonly ProtectedTables[],
  offering: Offering,
): Beside[] {
  if (!question.sensitive) return [];
  const isSmall = (n: number) => n !== 0 && Math.abs(n) < offering.policy.cell;
  const compare = (table: ProtectedTable, group: ShownGroup, isIn: (atom: number) => boolean): boolean =>
    question.items.every((item, place) =>
      printedOf(table, group, question, item.name, offering.survey).every(({ cells, n }) => {
        const own = counts[place] ?? new Int32Array();
        let told = 0;
        for (let atom = 0; atom < offering.atoms.count; atom++)
          if (isIn(atom)) for (const cell of cells) told += own[atom * widthOf(question) + cell] ?? 0;
        return !isSmall(n - told);
      }),
    );
  return published.flatMap(({ tables }) =>
    tables.flatMap((table) => [
      ...(table.overall ? [{ isAsked: () => true, fits: compare(table, table.overall, () => true) }] : []),
      ...table.views.flatMap(({ segment, groups }) =>
        groups.flatMap((group) =>
          groupsLike(segment, group.code, offering).map(({ isAsked, isIn }) => ({
            isAsked,
            fits: compare(table, group, isIn),
          })),
        ),
      ),
    ]),
  );
}

/** The network's groups of the same name: a value of a key, on its own level. */
function groupsLike(segment: string, code: string, { keys, atoms }: Offering) {
  return keys.flatMap(({ key, versions }, place) =>
    versions[0]?.name !== segment
      ? []
      : versions.flatMap(({ labels }, level) => {
          if (!labels.has(code)) return [];
          const { groups, values } = getLevel(key, level);
          return [
            {
              isAsked: (levels: readonly number[]) => (levels[place] ?? 0) <= level,
              isIn: (atom: number) => values[groups[atoms.leaves[place]?.[atom] ?? 0] ?? 0] === code,
            },
          ];
        }),
  );
}

interface Printed {
  /** The places of the answers that are counted together. */
  readonly cells: readonly number[];
  readonly n: number;
}

/** What a group of a table prints of a column of the question. */
function printedOf(
  table: ProtectedTable,
  { rows }: ShownGroup,
  question: Question,
  item: string,
  survey: Survey,
): Printed[] {
  const [first] = rows;
  const net = table.rows.length === 1 ? table.nets.findIndex(({ code }) => code === question.name) : -1;
  if (net !== -1) return twoSided(question, first?.base, first?.nets[net]);
  if (table.name !== question.name) return [];
  if (table.kind === 'list') {
    const option = table.options.findIndex(({ code }) => `${table.name}_${code}`.toLowerCase() === item);
    return twoSided(question, first?.base, first?.counts[option]);
  }
  const row = rows[table.rows.findIndex(({ variable }) => variable === item)];
  const sums = new Map<string, { cells: readonly number[]; n: number | null }>();
  table.options.forEach(({ code }, option) => {
    const cells = cellsOf(question, code, survey);
    const n = row?.counts[option] ?? null;
    const sum = sums.get(cells.join()) ?? { cells, n: 0 };
    if (cells.length > 0) sums.set(cells.join(), { cells, n: n === null || sum.n === null ? null : sum.n + n });
  });
  const every = question.answers.map((_, place) => place);
  return [...sums.values(), { cells: every, n: row?.base ?? null }].flatMap(({ cells, n }) =>
    n === null ? [] : [{ cells, n }],
  );
}

function twoSided({ answers }: Question, base: number | null | undefined, yes: number | null | undefined): Printed[] {
  const place = (code: string) => answers.findIndex((answer) => answer.code === code);
  if (typeof base !== 'number' || typeof yes !== 'number' || place('yes') === -1 || place('no') === -1) return [];
  return [
    { cells: [place('yes')], n: yes },
    { cells: [place('no')], n: base - yes },
  ];
}

/** The places of an option among the network's answers; what one side takes together the other may not (rule T4). */
function cellsOf({ name, answers }: Question, option: string, survey: Survey): number[] {
  const own = survey.questions.get(name);
  const groups = own ? collapsesOf(own) : [];
  const together = groups.find(({ code }) => code === option)?.options ?? [];
  const whole = groups.find(({ options }) => options.includes(option))?.code;
  const found = (codes: readonly string[]) =>
    [...answers.keys()].filter((place) => codes.includes(answers[place]?.code ?? ''));
  const [exact, parts] = [found([option]), found(together)];
  return exact.length > 0 ? exact : parts.length > 0 ? parts : whole === undefined ? [] : found([whole]);
}
