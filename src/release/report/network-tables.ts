/** What the network tier tells of every question, as the tables that a report is made of. */
import type { SurveyFile } from '../../questionnaire/definition.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { Wanted } from '../network/ask.ts';
import { isSame } from '../network/names.ts';
import type { Answer, Offer, Told } from '../network/told.ts';
import { tableOfTold } from '../network/told-table.ts';
import type { ProtectedTable, ProtectedTables, ShownGroup } from '../tables/protected-tables.ts';

/** Every question, for everybody and by the survey's first segment. Counts: what is weighted is for the published tables. */
export function wantedFor({ questions, file }: Survey): Wanted[] {
  const [segment] = file.segments;
  const names = [...questions.keys()].filter((code) => code !== file.consent.question);
  return names.flatMap((question) => [
    { question, where: {}, weighted: false },
    ...(segment === undefined ? [] : [{ question, where: {}, by: segment, weighted: false }]),
  ]);
}

/**
 * The answers to those, as tables.
 * @param wanted what was asked, in the order of the answers
 * @returns undefined where nothing can be asked
 */
export function tablesOfNetwork(
  { offers, answers }: Told,
  wanted: readonly Wanted[],
  file: SurveyFile,
): ProtectedTables | undefined {
  const [newest] = offers;
  if (!newest) return undefined;
  const told = wanted.flatMap(({ question, by }, place) => {
    const answer = answers[place];
    return answer && 'table' in answer ? [{ question, by, answer }] : [];
  });
  const questions = told
    .filter(({ by }) => by === undefined)
    .map(({ question, answer }) => {
      const byGroup = told.find((each) => each.question === question && each.by !== undefined);
      return joinTables(answer, byGroup, newest);
    });
  const [segment] = newest.dimensions.filter(
    ({ name }) => file.segments[0] !== undefined && isSame(name, file.segments[0]),
  );
  const [rule] = file.stageRule?.gives ?? [];
  const stage = segment && rule && isSame(rule.code, segment.name) ? stageTable(segment) : undefined;
  const all = [...questions, ...silentTables(newest)];
  const titles = [...new Set(all.map(({ section }) => section))];
  return {
    survey: file.survey,
    version: '',
    title: file.title,
    wave: '',
    languages: [file.languages[0] ?? 'en'],
    madeOn: newest.madeOn,
    responses: newest.respondents,
    synthetic: newest.synthetic,
    policy: newest.policy,
    segments: segment ? [{ name: segment.name.toLowerCase(), label: segment.label }] : [],
    sections: titles.map((title) => ({ code: codeOf(title, titles), title })),
    readings: stage ? [stage.name] : [],
    tables: [...(stage ? [stage] : []), ...all.map((table) => ({ ...table, section: codeOf(table.section, titles) }))],
  };
}

/** The network tier tells a section by its title. */
const codeOf = (title: string, titles: readonly string[]) => `part-${titles.indexOf(title) + 1}`;

/** The figures of everybody, and beside them those by groups; what an older file has to tell says so. */
function joinTables(
  overall: Answer,
  byGroup: { readonly by: string | undefined; readonly answer: Answer } | undefined,
  newest: Offer,
): ProtectedTable {
  const keptFrom = ({ release, madeOn }: Answer) =>
    release === newest.release ? {} : { keptFrom: { release, madeOn } };
  const views = byGroup ? tableOfTold(byGroup.answer, byGroup.by).views : [];
  const { overall: everybody, ...table } = tableOfTold(overall, undefined);
  // Nobody was asked, or nobody of them gave an answer that the file shows.
  if (!everybody || !isAnswered(everybody)) return { ...table, unanswered: true };
  return {
    ...table,
    overall: everybody,
    views: views.map((view) => ({
      ...view,
      groups: view.groups.filter(isAnswered),
      ...(byGroup && keptFrom(byGroup.answer)),
    })),
    ...keptFrom(overall),
  };
}

const isAnswered = ({ rows }: ShownGroup) => rows.some(({ base }) => base !== null && base > 0);

/** How many are in each group: the tier gives nobody or enough. */
function stageTable({ name, label, values }: Offer['dimensions'][number]): ProtectedTable {
  const people = values.reduce((sum, value) => sum + value.people, 0);
  const row = { base: people, counts: values.map((value) => value.people), nets: [] };
  return {
    name: name.toLowerCase(),
    kind: 'choice',
    section: '',
    label,
    wordings: [],
    rows: [{ variable: name.toLowerCase(), label }],
    options: values.map(({ code, label: words }) => ({ code, label: words })),
    nets: [],
    overall: { code: '', labels: [], asked: people, rows: [row] },
    views: [],
  };
}

/** Questions of which some figure would be of too few even for everybody: they are named and have none. */
function silentTables({ sections }: Offer): ProtectedTable[] {
  return sections.flatMap(({ title, questions }) =>
    questions
      .filter(({ telling }) => telling === 'refused')
      .map(({ name, label }) => ({
        name,
        kind: 'choice',
        section: title,
        label,
        wordings: [],
        rows: [{ variable: name.toLowerCase(), label }],
        options: [],
        nets: [],
        views: [],
      })),
  );
}
