/** The words of a table that may leave. */
import { DONT_KNOW } from '../../questionnaire/answers.ts';
import type { Text } from '../../questionnaire/definition.ts';
import { describeUniverse } from '../../questionnaire/describe.ts';
import type { Survey, SurveyQuestion } from '../../questionnaire/survey.ts';
import { sourcesOf } from '../../results/sources.ts';
import type { Item, Net, Table } from '../../results/tables.ts';
import { withoutPipes } from '../pipes.ts';
import type { ProtectedTable } from './protected-tables.ts';

export type Description = Omit<ProtectedTable, 'overall' | 'views' | 'unanswered'>;

/** What a table is about, in words that hold nobody's answers. @param items what is printed of it */
export function describeTable(survey: Survey, table: Table, items: readonly Item[] = table.items): Description {
  const { name, section, question, label, universe } = table;
  const [first] = items;
  const variants = (question?.variants ?? []).map(({ text }) => text).filter((text) => text !== undefined);
  const texts = question ? [question.text, ...variants] : [];
  const asked = inLanguages(survey, (language) => describeUniverse(survey, universe, language));
  const one = { variable: question?.code.toLowerCase() ?? name, label: withoutPipes(label) };
  const rows = table.kind === 'grid' || table.kind === 'ranking' ? items.map(rowOf) : [one];
  const options = table.kind === 'list' ? items.map(optionOf) : (first?.variable.categories ?? []);
  const makes = survey.file.segments
    .filter((segment) => sourcesOf(survey, segment).some((source) => table.sources.includes(source)))
    .map((segment) => segment.toLowerCase());
  return {
    name,
    kind: question?.type === 'scale' ? 'scale' : table.kind,
    section,
    label: withoutPipes(label),
    ...(question ? isFilledIn(question) && { filledIn: true as const } : describeDerived(survey, table)),
    ...(makes.length > 0 && { makes }),
    wordings: texts.map(withoutPipes),
    ...(asked && { universe: asked }),
    ...(items !== table.items && { collapsed: true as const }),
    rows,
    options: options.map(({ code, label: own }) => {
      const meaning = survey.derived.get(name)?.categories?.find((category) => category.code === code)?.description;
      return { code, label: withoutPipes(own), ...(meaning && { description: withoutPipes(meaning) }) };
    }),
    nets: netsOf(table).map(({ code, label: own, of }) => ({
      code,
      label: withoutPipes(own),
      dontKnow: of.some(({ options }) => options.includes(DONT_KNOW)),
    })),
  };
}

function isFilledIn(question: SurveyQuestion): boolean {
  return 'options' in question && !Array.isArray(question.options);
}

/** What nobody was asked: what it means, which questions it comes from, and how high a count can go. */
function describeDerived(
  survey: Survey,
  { name, sources }: Table,
): Pick<ProtectedTable, 'description' | 'workedOutFrom' | 'most'> {
  const description = survey.derived.get(name)?.description;
  const questions = sources.flatMap((code) => survey.questions.get(code) ?? []);
  const most = mostOf(survey, name);
  return {
    ...(description && { description: withoutPipes(description) }),
    workedOutFrom: questions.map(({ short, text }) => withoutPipes(short ?? text)),
    ...(most !== undefined && { most }),
  };
}

/** Every row of a grid can be counted, or every option of a tick list that is looked for. */
function mostOf(survey: Survey, name: string): number | undefined {
  const definition = survey.file.derived.find(({ code }) => code === name);
  if (definition?.kind !== 'count') return undefined;
  const question = survey.questions.get(definition.of);
  return question?.type === 'grid' ? question.rows.length : definition.options.length;
}

function rowOf({ variable }: Item) {
  return { variable: variable.name, label: withoutPipes(variable.label) };
}

function optionOf({ variable }: Item): { code: string; label: Text } {
  return { code: variable.part ?? variable.name, label: variable.label };
}

/** A sentence in each of the survey's languages. */
function inLanguages(survey: Survey, say: (language: string) => string | undefined): Text | undefined {
  const said = survey.file.languages.flatMap((language) => {
    const words = say(language);
    return words === undefined ? [] : [[language, words] as const];
  });
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

/** The NETs of a table, one for each definition: over a grid each row has its own. */
export function netsOf({ nets }: Table): { code: string; label: Text; of: readonly Net[] }[] {
  const codes = [...new Set(nets.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const of = nets.filter((net) => net.code === code);
    return of[0] ? [{ code, label: of[0].label, of }] : [];
  });
}
