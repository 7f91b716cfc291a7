/** The words of a table that may leave. */
import { DONT_KNOW } from '../questionnaire/answers.ts';
import type { Text } from '../questionnaire/definition.ts';
import { describeUniverse } from '../questionnaire/describe.ts';
import type { Survey } from '../questionnaire/survey.ts';
import type { Item, Net, Table } from '../results/tables.ts';
import type { ProtectedTable } from './protected-tables.ts';
import { withoutPipes } from './texts.ts';

export type Description = Omit<ProtectedTable, 'overall' | 'views'>;

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
  return {
    name,
    kind: question?.type === 'scale' ? 'scale' : table.kind,
    section,
    label: withoutPipes(label),
    wordings: texts.map(withoutPipes),
    ...(asked && { universe: asked }),
    ...(items !== table.items && { collapsed: true as const }),
    rows,
    options: options.map((option) => ({ code: option.code, label: withoutPipes(option.label) })),
    nets: netsOf(table).map(({ code, label: own, of }) => ({
      code,
      label: withoutPipes(own),
      dontKnow: of.some(({ options }) => options.includes(DONT_KNOW)),
    })),
  };
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
