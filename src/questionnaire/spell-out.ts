/** Conditions on variables that nobody outside the team has heard of, said by the answers they are worked out from. */
import type { Condition, StageRule } from './definition.ts';
import type { Survey } from './survey.ts';

/**
 * The same condition with such variables replaced: "route is adopter" becomes "S1 is agreed, trial or informal". The
 * stage and the segments keep their names, because readers meet them as headings of the results; so does what no
 * answers can stand for.
 */
export function spellOut(survey: Survey, condition: Condition): Condition {
  if (condition.all) return { all: condition.all.map((each) => spellOut(survey, each)) };
  if (condition.any) return { any: condition.any.map((each) => spellOut(survey, each)) };
  if (condition.not) return { not: spellOut(survey, condition.not) };
  const { file } = survey;
  const { variable } = condition;
  if (variable === undefined || condition.ifBlank) return condition;
  if (variable === file.stageRule?.gives[0]?.code || file.segments.includes(variable)) return condition;
  const wanted = wantedValues(survey, variable, condition);
  const answers = wanted && answersBehind(survey, variable, wanted);
  return answers ? spellOut(survey, answers) : condition;
}

/** The values of the variable for which the condition holds; undefined where it does not ask for values. */
function wantedValues(survey: Survey, variable: string, condition: Condition): string[] | undefined {
  const { is, isNot, isAnyOf = is === undefined ? undefined : [is], isNoneOf } = condition;
  if (isAnyOf) return isAnyOf;
  const unwanted = isNoneOf ?? (isNot === undefined ? undefined : [isNot]);
  const codes = survey.derived.get(variable)?.categories?.map(({ code }) => code);
  return unwanted && codes?.filter((code) => !unwanted.includes(code));
}

function answersBehind({ file }: Survey, variable: string, wanted: readonly string[]): Condition | undefined {
  const rule = file.stageRule;
  if (rule?.gives.some(({ code }) => code === variable)) return rowsBehind(rule, variable, wanted);
  const derived = file.derived.find(({ code }) => code === variable);
  if (derived?.kind === 'when') {
    const [value, ...others] = wanted;
    if (others.length > 0) return undefined;
    return value === 'yes' ? derived.when : { not: derived.when };
  }
  if (derived?.kind !== 'groups') return undefined;
  const isAnyOf = derived.groups.filter(({ code }) => wanted.includes(code)).flatMap(({ options }) => options);
  const isVariable = file.derived.some(({ code }) => code === derived.of);
  return { [isVariable ? 'variable' : 'question']: derived.of, isAnyOf };
}

/** What a question's answer may be in a row of the stage rule; undefined is anything, `null` a blank. */
type Cell = readonly (string | null)[] | undefined;

const cellOf = (row: StageRule['rows'][number], question: string): Cell => {
  const cell = row.if[question];
  return cell === undefined || Array.isArray(cell) ? cell : [cell];
};

/**
 * One list of answers for each question that together fit the rows giving a wanted value and no other row, with as few
 * questions as will do; undefined where the rule is not of that shape.
 */
function rowsBehind(rule: StageRule, variable: string, wanted: readonly string[]): Condition | undefined {
  const gives = (row: StageRule['rows'][number]) => wanted.includes(row.give[variable] ?? '');
  const rows = rule.rows.filter(gives);
  const others = rule.rows.filter((row) => !gives(row));
  const lists = new Map(
    rule.from.flatMap((question) => {
      const cells = rows.map((row) => cellOf(row, question));
      return cells.includes(undefined) ? [] : [[question, [...new Set(cells.flatMap((cell) => cell ?? []))] as const]];
    }),
  );
  const isApart = () =>
    others.every((row) =>
      [...lists].some(([question, list]) => cellOf(row, question)?.every((value) => !list.includes(value)) ?? false),
    );
  if (rows.length === 0 || !isApart()) return undefined;
  for (const [question, list] of [...lists].reverse()) {
    lists.delete(question);
    if (!isApart()) lists.set(question, list);
  }
  const conditions = rule.from.flatMap((question) => {
    const list = lists.get(question);
    return list ? [listed(question, list)] : [];
  });
  return conditions.length === 1 ? conditions[0] : { all: conditions };
}

function listed(question: string, list: readonly (string | null)[]): Condition {
  const isAnyOf = list.filter((value) => value !== null);
  if (isAnyOf.length === 0) return { question, answered: false };
  return { question, isAnyOf, ...(list.includes(null) && { ifBlank: true }) };
}
