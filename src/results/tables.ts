/**
 * The family of tables of a survey: each question overall and by one segment at a time, the stage, and nothing else
 * (rule T1). Who the organisations are (quasi-identifiers) is counted by the first segment only: sector by nation is
 * how somebody is recognised, and seldom a finding. These are raw counts. They give people away, so only the release
 * room shows them, after protecting them.
 */
import type { Condition, Derived, Text } from '../questionnaire/definition.ts';
import { readingsOf } from '../questionnaire/readings.ts';
import type { Survey, SurveyQuestion } from '../questionnaire/survey.ts';
import { type Counted, type Crosstab, count, crosstab } from './crosstab.ts';
import { type Moments, momentsBy, together } from './moments.ts';
import { columnOf, type Snapshot } from './snapshot.ts';
import { sourcesOf, universeSources } from './sources.ts';
import type { SnapshotVariable } from './variables.ts';

/** One distribution: a question with one answer, one option of a tick list, one row of a grid. */
export interface Item {
  readonly variable: SnapshotVariable;
  /** By place: categories, then the reasons why there is no value. */
  readonly counts: Int32Array;
  /** Against each segment of the family, in its order; undefined where it is not shown by that segment. */
  readonly bySegment: readonly (Crosstab | undefined)[];
  /** For a number: what its means are made of, overall and by the places of each segment. */
  readonly moments?: { readonly overall: Moments; readonly bySegment: readonly (readonly Moments[] | undefined)[] };
}

/** Several answers taken together, such as "a small or a big problem". */
export interface Net {
  /** Its name in the survey's file; over a grid each row has its own item. */
  readonly code: string;
  readonly item: Item;
  readonly label: Text;
  /** The options that make it. */
  readonly options: readonly string[];
  /** The variable of the row it belongs to, in a grid. */
  readonly row: string | undefined;
}

type TableKind = 'choice' | 'list' | 'grid' | 'ranking' | 'number' | 'date';

export interface Table {
  /** A question's code, or a derived variable's name. */
  readonly name: string;
  readonly kind: TableKind;
  /** The code of the section that it stands in. */
  readonly section: string;
  readonly question: SurveyQuestion | undefined;
  readonly label: Text;
  readonly universe: readonly Condition[];
  readonly items: readonly Item[];
  readonly nets: readonly Net[];
  /** The questions that it rests on in the end. */
  readonly sources: readonly string[];
}

/** Two tables that rest on the same question, counted against each other: who reads one learns about the other. */
export interface Link {
  readonly one: Item;
  /** Only whether `one` was asked matters. */
  readonly asked: boolean;
  readonly other: Item;
  readonly counts: Crosstab;
}

export interface Family {
  readonly survey: Survey;
  readonly responses: number;
  readonly madeOn: string;
  readonly segments: readonly SnapshotVariable[];
  /** The stage and its other readings, the stage first: tables with the same categories under other rules. */
  readonly readings: readonly Table[];
  readonly tables: readonly Table[];
  readonly links: readonly Link[];
}

/** Counts the whole family. Questions that only an earlier version asked are not in it. */
export function countFamily(survey: Survey, snapshot: Snapshot): Family {
  const counted = new Map<string, Counted>(
    snapshot.variables.map((variable) => [variable.name, { variable, column: columnOf(snapshot, variable.name) }]),
  );
  const segments = survey.file.segments.flatMap((name) => counted.get(name.toLowerCase()) ?? []);
  const counting: Counting = { survey, counted, segments };
  const readingNames = readingsOf(survey);
  const readings = readingNames.flatMap((name, index) => derivedTable(counting, name, index === 0 ? segments : []));
  const tables = [...survey.questions.values()].flatMap((question) => [
    ...questionTable(counting, question),
    ...[...survey.derived.keys()]
      .filter((name) => isTabled(counting, name, readingNames) && sourcesOf(survey, name)[0] === question.code)
      .flatMap((name) => derivedTable(counting, name, segmentsFor(counting, counted.get(name)))),
  ]);
  return {
    survey,
    responses: snapshot.responses,
    madeOn: snapshot.madeOn,
    segments: segments.map(({ variable }) => variable),
    readings,
    tables: tables.filter(({ name }) => name !== readingNames[0]),
    links: linksBetween(counting, [...readings, ...tables.filter(({ name }) => name !== readingNames[0])]),
  };
}

/** The segments by which a variable is counted; never by itself. */
function segmentsFor({ survey, segments }: Counting, own: Counted | undefined): readonly Counted[] {
  const isStageQuestion = survey.file.stageRule?.from.includes(own?.variable.question ?? '') ?? false;
  return own?.variable.role === 'quasi' || isStageQuestion ? segments.slice(0, 1) : segments;
}

interface Counting {
  readonly survey: Survey;
  readonly counted: ReadonlyMap<string, Counted>;
  readonly segments: readonly Counted[];
}

/** Segments are shown as tables of their own, and so are counts ("worries raised"), as means. */
function isTabled({ survey, segments }: Counting, name: string, readings: readonly string[]): boolean {
  if (readings.includes(name)) return false;
  return segments.some(({ variable }) => variable.name === name) || survey.derived.get(name)?.kind === 'count';
}

function questionTable(counting: Counting, question: SurveyQuestion): Table[] {
  const { survey, counted } = counting;
  if (question.code === survey.file.consent.question) return [];
  const own = [...counted.values()].filter(({ variable }) => variable.question === question.code && !variable.derived);
  if (own.length === 0) return [];
  return [
    {
      name: question.code,
      kind: kindOf(question),
      section: survey.pages[question.position]?.section.code ?? '',
      question,
      label: question.short ?? question.text,
      universe: question.universe,
      items: own.map((each) => countItem(counting, each, segmentsFor(counting, each))),
      nets: survey.file.derived.flatMap((derived) =>
        derived.kind === 'net' && derived.of === question.code ? netsOf(counting, question, derived) : [],
      ),
      sources: [question.code],
    },
  ];
}

function kindOf(question: SurveyQuestion): TableKind {
  switch (question.type) {
    case 'multiple':
      return 'list';
    case 'grid':
    case 'ranking':
    case 'number':
    case 'date':
      return question.type;
    default:
      return 'choice';
  }
}

/** A NET over a grid is one for each row. */
function netsOf(counting: Counting, question: SurveyQuestion, net: Extract<Derived, { kind: 'net' }>): Net[] {
  const { survey, counted } = counting;
  const codes = question.choices.map(({ code }) => code);
  const ownItem = [...counted.values()].find(({ variable }) => variable.question === question.code);
  const options = net.options ?? codes.filter((code) => !(net.anyBut ?? []).includes(code));
  return [...counted.values()]
    .filter(({ variable }) => variable.derived && variable.question === question.code)
    .filter(({ variable }) => variable.name === net.code || variable.name.startsWith(`${net.code}_`))
    .map((each) => {
      const [field = ''] = survey.derived.get(each.variable.name)?.sources ?? [];
      return {
        code: net.code,
        item: countItem(counting, each, segmentsFor(counting, ownItem)),
        label: net.label,
        options,
        row: question.type === 'grid' ? field.toLowerCase() : undefined,
      };
    });
}

function derivedTable(counting: Counting, name: string, by: readonly Counted[]): Table[] {
  const { survey, counted } = counting;
  const own = counted.get(name);
  if (!own) return [];
  const sources = sourcesOf(survey, name);
  const position = survey.questions.get(sources[0] ?? '')?.position ?? 0;
  return [
    {
      name,
      kind: own.variable.kind === 'number' ? 'number' : 'choice',
      section: survey.pages[position]?.section.code ?? '',
      question: undefined,
      label: own.variable.label,
      universe: own.variable.universe,
      items: [countItem(counting, own, by)],
      nets: [],
      sources,
    },
  ];
}

function countItem({ segments }: Counting, own: Counted, by: readonly Counted[]): Item {
  const bySegment = <T>(work: (segment: Counted) => T) =>
    segments.map((segment) => (by.includes(segment) && segment !== own ? work(segment) : undefined));
  return {
    variable: own.variable,
    counts: count(own),
    bySegment: bySegment((segment) => crosstab(own, segment)),
    ...(own.column.values && {
      moments: { overall: together(momentsBy(own)), bySegment: bySegment((segment) => momentsBy(own, segment)) },
    }),
  };
}

/**
 * Links between every derived variable, and every question that not everyone is asked, and the tables that rest on the
 * same answers. "Asked which part of England" is "based in England" in other words.
 */
function linksBetween({ survey, counted }: Counting, tables: readonly Table[]): Link[] {
  const single = tables.filter(({ kind }) => kind === 'choice');
  const against = (table: Table, sources: readonly string[], asked: boolean): Link[] => {
    const [one] = table.items;
    const own = one && counted.get(one.variable.name);
    if (!own) return [];
    return single
      .filter((other) => other !== table && other.sources.some((each) => sources.includes(each)))
      .flatMap((other) => {
        const [item] = other.items;
        const by = item && counted.get(item.variable.name);
        return by ? [{ one, asked, other: item, counts: crosstab(own, by) }] : [];
      });
  };
  return tables.flatMap((table) => [
    ...(table.question || table.kind !== 'choice' ? [] : against(table, table.sources, false)),
    ...(table.universe.length === 0 || !table.question
      ? []
      : against(table, universeSources(survey, table.universe), true)),
  ]);
}
