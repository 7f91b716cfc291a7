/**
 * What a set of conditions can tell apart. Two options that no condition tells apart lead to the same places, so one
 * of them is enough to try: that keeps the number of cases small.
 */
import type { Condition, Derived } from '../definition.ts';
import { questionOfField } from '../journey.ts';
import type { Survey, SurveyQuestion } from '../survey.ts';
import { codesIn, leavesOf, operandsOf } from './places.ts';

/** How one field is looked at. */
export interface Mention {
  /** Lists of codes that are looked at together; options in the same lists are alike. */
  readonly lists: string[][];
  /** The highest number of ticks that makes a difference. */
  ticks: number;
  /** Numbers and dates that it is compared with. */
  readonly edges: string[];
  /** Fields that it is compared with. */
  readonly partners: string[];
}

/**
 * Every field that decides the conditions, as far as it is asked before `limit`: those they look at, those behind
 * the variables they look at, and those that decide whether these are asked at all.
 */
export function mentionsIn(
  survey: Survey,
  limit: number,
  conditions: readonly Condition[],
  fields: readonly string[],
): Map<string, Mention> {
  const mentions = new Map<string, Mention>();
  const variables = new Set<string>();

  const look = (condition: Condition): void => {
    for (const { leaf } of leavesOf(condition, [])) {
      const { except, equals = 0, atLeast = 0, atMost = 0 } = leaf.count ?? {};
      const edges = Object.values(leaf.compare ?? {}).filter((operand) => typeof operand !== 'object');
      const partners = operandsOf(leaf).map(({ field }) => field);
      const codes = codesIn(leaf, []).map(({ code }) => code);
      if (leaf.question !== undefined)
        see(leaf.question, {
          lists: [except ?? codes],
          ticks: leaf.count ? Math.max(equals, atLeast, atMost) + 1 : leaf.includesAllOf ? codes.length : 1,
          edges: edges.map(String),
          partners,
        });
      for (const partner of partners)
        see(partner, { edges: edges.map(String), partners: leaf.question === undefined ? [] : [leaf.question] });
      if (leaf.variable !== undefined) work(leaf.variable);
    }
  };

  const see = (field: string, { lists = [], ticks = 1, edges = [], partners = [] }: Partial<Mention>): void => {
    const question = questionOfField(survey, field);
    if (!question || question.position >= limit) return;
    const known = mentions.get(field);
    const mention = known ?? { lists: [], ticks: 1, edges: [], partners: [] };
    mention.lists.push(...lists.filter((list) => list.length > 0));
    mention.ticks = Math.max(mention.ticks, ticks);
    mention.edges.push(...edges);
    mention.partners.push(...partners);
    mentions.set(field, mention);
    const from = listBehind(question);
    if (from) see(from.from, { lists: [from.except ?? [], ...lists], ticks: 2 });
    if (known) return;
    if (question.type !== 'grid' && field !== question.code)
      see(question.code, { lists: [[field.slice(question.code.length + 1)]] });
    question.universe.forEach(look);
  };

  const work = (name: string): void => {
    if (variables.has(name)) return;
    variables.add(name);
    const rule = survey.file.stageRule;
    if (rule?.gives.some((given) => given.code === name)) {
      for (const code of rule.from) see(code, { lists: rule.rows.map((row) => [row.if[code] ?? []].flat()) });
      return;
    }
    const definition = definitionOf(survey, name);
    if (!definition) return;
    const sources = survey.derived.get(name)?.sources ?? [];
    for (const source of sources) {
      if (survey.derived.has(source) && !survey.questions.has(source)) work(source);
      else see(source, mentionBy(definition));
    }
    if (definition.kind === 'when') look(definition.when);
    if (definition.kind === 'cases') for (const each of definition.cases) look(each.when);
  };

  conditions.forEach(look);
  for (const field of fields) {
    if (survey.derived.has(field) && !survey.questions.has(field)) work(field);
    else see(field, {});
  }
  return mentions;
}

/** What a definition tells apart in the fields that it is worked out from. */
function mentionBy(definition: Derived): Partial<Mention> {
  switch (definition.kind) {
    case 'groups':
      return { lists: definition.groups.map((group) => group.options) };
    case 'bands':
      return {
        edges: definition.bands.flatMap(({ from, below }) => [from, below]).flatMap((edge) => edge?.toString() ?? []),
      };
    case 'net':
      return { lists: [definition.options ?? definition.anyBut ?? []] };
    case 'count':
      return { lists: [definition.options], ticks: definition.options.length };
    default:
      return {};
  }
}

/** The definition behind a derived variable of the file, by the variable's name; undefined for the stage rule's. */
function definitionOf(survey: Survey, name: string): Derived | undefined {
  const exact = survey.file.derived.find((definition) => definition.code === name);
  if (exact) return exact;
  const variable = survey.derived.get(name);
  return survey.file.derived.find(
    (definition) =>
      definition.kind === 'net' && definition.of === variable?.net && name.startsWith(`${definition.code}_`),
  );
}

/** The earlier list that a question takes its options from. */
export function listBehind(question: SurveyQuestion): { from: string; except?: string[] | undefined } | undefined {
  return question.type === 'single' && !Array.isArray(question.options) ? question.options : undefined;
}
