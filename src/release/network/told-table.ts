/** What the network tier told of a question, as a table like those that are published: pages and files are made of it. */
import type { ProtectedTable, RowFigures, ShownGroup } from '../tables/protected-tables.ts';
import type { Answer } from './told.ts';

type Group = Answer['table']['groups'][number];
type Row = Group['rows'][number];
type Figure = Row['figures'][number];

/**
 * A table with its figures for everybody selected, or by the groups of a dimension. A tick list has a line for each
 * option, where all of them have the same base; otherwise each option is a row with its own.
 * @param by the dimension in whose groups it was asked
 */
export function tableOfTold({ table, about }: Answer, by: string | undefined): ProtectedTable {
  const { question, label, collapsed, answers, nets } = table;
  const [first] = table.groups;
  const items = first?.rows ?? [];
  const isList = about.kind === 'list' && answers.map(({ code }) => code).join() === 'no,yes';
  const asList = isList && table.groups.every(({ rows }) => rows.every(({ base }) => base === rows[0]?.base));
  const isGrid = items.length > 1 && !asList;
  const [own] = about.put;
  const groups = table.groups.map((group) => (asList ? listGroup(group) : plainGroup(group)));
  const [everybody] = groups;
  const one = { variable: question.toLowerCase(), label };
  return {
    name: question,
    kind: asList ? 'list' : isGrid ? (about.kind === 'ranking' ? 'ranking' : 'grid') : shapeOf(about.kind),
    section: about.section,
    label,
    ...(about.description !== undefined && { description: about.description }),
    ...(about.workedOutFrom && { workedOutFrom: [...about.workedOutFrom] }),
    ...(about.makes.length > 0 && { makes: [...about.makes] }),
    wordings: [...(own?.wordings ?? [])],
    ...(own?.universe !== undefined && { universe: own.universe }),
    ...(collapsed && { collapsed: true as const }),
    rows: isGrid ? items.map((row) => ({ variable: row.name, label: row.label })) : [one],
    options: asList
      ? items.map((row) => ({ code: partOf(row.name, question), label: row.label }))
      : answers.map(({ code, label: words }) => ({ code, label: words })),
    // Over a tick list that is told option by option a NET has no row to stand in.
    nets: isGrid && isList ? [] : nets.map(({ code, label: words, dontKnow }) => ({ code, label: words, dontKnow })),
    ...(by === undefined && everybody && { overall: everybody }),
    views: by === undefined ? [] : [{ segment: by.toLowerCase(), groups }],
  };
}

/** Only tick lists of one option come here as lists: they have two answers like any other. */
function shapeOf(kind: Answer['about']['kind']): ProtectedTable['kind'] {
  return kind === 'scale' ? 'scale' : 'choice';
}

/** The option's own part of its column's name. */
function partOf(name: string, question: string): string {
  return name.slice(question.length + 1);
}

function plainGroup({ code, label, people, rows, nets }: Group): ShownGroup {
  return {
    code,
    labels: code === '' ? [] : [label],
    asked: people,
    rows: rows.map((row, place) => rowOf(row, row.figures, netsIn(row, nets, place))),
  };
}

/** One row of all options: of each how many ticked it. */
function listGroup({ code, label, people, rows, nets }: Group): ShownGroup {
  const [first] = rows;
  const ticked = rows.map(({ figures }) => figures.at(-1) ?? HIDDEN);
  return {
    code,
    labels: code === '' ? [] : [label],
    asked: people,
    rows: first ? [rowOf(first, ticked, netsIn(first, nets, 0))] : [],
  };
}

const HIDDEN: Figure = { state: 'hidden' };

/** A NET whose own base is another is not told beside these answers. */
function netsIn({ base }: Row, nets: Group['nets'], place: number): Figure[] {
  return nets.map((rows) => {
    const figure = rows[place] ?? HIDDEN;
    return figure.state === 'shown' && figure.base === base ? figure : HIDDEN;
  });
}

function rowOf({ base, effectiveBase }: Row, figures: readonly Figure[], nets: readonly Figure[]): RowFigures {
  const countOf = (figure: Figure) => (figure.state === 'shown' ? figure.n : null);
  const percentOf = (figure: Figure) => (figure.state === 'shown' ? (figure.weighted?.percent ?? null) : null);
  const steps = [...figures, ...nets].flatMap((figure) =>
    figure.state === 'shown' && figure.weighted ? [figure.weighted.step] : [],
  );
  const [step] = steps;
  return {
    base,
    counts: figures.map(countOf),
    nets: nets.map(countOf),
    ...(effectiveBase !== undefined && {
      weighted: {
        effectiveBase,
        ...(step !== undefined && { step }),
        counts: figures.map(percentOf),
        nets: nets.map(percentOf),
      },
    }),
  };
}
