/** Variables worked out from answers: the stage and its other readings, groups, bands, NETs, counts. */
import Big from 'big.js';
import { type Answer, valuesIn } from './answers.ts';
import { holds } from './conditions.ts';
import type { Category, Condition, Derived, StageRule, SurveyFile, Text } from './definition.ts';
import type { DerivedVariable, SurveyQuestion } from './survey.ts';

const YES_NO: readonly Category[] = [
  { code: 'yes', label: { en: 'Yes', cy: 'Ie' }, value: 1 },
  { code: 'no', label: { en: 'No', cy: 'Na' }, value: 0 },
];

/** Every derived variable of the file by name, the stage rule's first. */
export function deriveAll(
  file: SurveyFile,
  questions: ReadonlyMap<string, SurveyQuestion>,
): Map<string, DerivedVariable> {
  const rule = file.stageRule;
  const stages = rule ? rule.gives.map((given) => stageVariable(rule, given)) : [];
  const rest = file.derived.flatMap((definition) => build(definition, questions));
  return new Map([...stages, ...rest].map((variable) => [variable.name, variable]));
}

/** The stage rule's answer: the one row whose conditions all match, `null` matching a blank. */
function stageVariable(rule: StageRule, given: StageRule['gives'][number]): DerivedVariable {
  return {
    name: given.code,
    label: given.label,
    description: given.description,
    role: given.role,
    categories: given.values,
    sources: rule.from,
    net: undefined,
    kind: 'stage',
    compute: (known) => rule.rows.find((row) => rowMatches(row, (code) => known.answer(code)))?.give[given.code],
  };
}

/** Whether a row of the stage rule fits the answers. Also used by the file check to look for gaps and overlaps. */
export function rowMatches(row: StageRule['rows'][number], answer: (code: string) => Answer | undefined): boolean {
  return Object.keys(row.if).every((code) => {
    const wanted = row.if[code];
    const [value] = valuesIn(answer(code));
    if (value === undefined || wanted === null) return value === undefined && wanted === null;
    return typeof wanted === 'string' ? wanted === value : wanted?.includes(value);
  });
}

function build(definition: Derived, questions: ReadonlyMap<string, SurveyQuestion>): DerivedVariable[] {
  const common = {
    name: definition.code,
    label: definition.label,
    description: definition.description,
    role: definition.role,
    kind: definition.kind,
    net: undefined,
  };
  switch (definition.kind) {
    case 'groups':
      return [
        {
          ...common,
          categories: definition.groups,
          sources: [definition.of],
          compute: (known) => {
            const [value] = valuesIn(known.answer(definition.of) ?? known.variable(definition.of));
            return definition.groups.find((group) => value !== undefined && group.options.includes(value))?.code;
          },
        },
      ];
    case 'bands': {
      // "Don't know" is an answer, and stays one: it is in no band, and it is no blank.
      const marks = questions.get(definition.of)?.choices ?? [];
      return [
        {
          ...common,
          categories: [...definition.bands, ...marks],
          sources: [definition.of],
          compute: (known) => {
            const answer = known.answer(definition.of);
            if (typeof answer !== 'string') return undefined;
            if (marks.some(({ code }) => code === answer)) return answer;
            if (!/^-?\d+(\.\d+)?$/.test(answer)) return undefined;
            const number = new Big(answer);
            return definition.bands.find(
              ({ from, below }) =>
                (from === undefined || number.gte(from)) && (below === undefined || number.lt(below)),
            )?.code;
          },
        },
      ];
    }
    case 'net': {
      const question = questions.get(definition.of);
      const wanted = (code: string) =>
        definition.options ? definition.options.includes(code) : !(definition.anyBut ?? []).includes(code);
      const net = (name: string, field: string, label: Text): DerivedVariable => ({
        ...common,
        name,
        label,
        categories: YES_NO,
        sources: [field],
        net: definition.of,
        compute: (known) => {
          const values = valuesIn(known.answer(field));
          return values.length === 0 ? undefined : values.some(wanted) ? 'yes' : 'no';
        },
      });
      if (question?.type !== 'grid') return [net(definition.code, definition.of, definition.label)];
      return question.rows.map((row) =>
        net(`${definition.code}_${row.code.toLowerCase()}`, `${question.code}_${row.code}`, row.label),
      );
    }
    case 'count': {
      const question = questions.get(definition.of);
      const fields =
        question?.type === 'grid' ? question.rows.map((row) => `${question.code}_${row.code}`) : [definition.of];
      return [
        {
          ...common,
          categories: undefined,
          sources: fields,
          compute: (known) => {
            const answers = fields.map((field) => known.answer(field)).filter((answer) => answer !== undefined);
            if (answers.length < (definition.minimumAnswered ?? 1)) return undefined;
            return String(answers.flatMap(valuesIn).filter((code) => definition.options.includes(code)).length);
          },
        },
      ];
    }
    case 'when':
      return [
        {
          ...common,
          categories: YES_NO,
          sources: referencesIn(definition.when),
          compute: (known) => (holds(definition.when, known) ? 'yes' : 'no'),
        },
      ];
    case 'cases':
      return [
        {
          ...common,
          categories: definition.values,
          sources: [
            ...definition.cases.flatMap((each) => referencesIn(each.when)),
            ...(definition.otherwise && 'sameAs' in definition.otherwise ? [definition.otherwise.sameAs] : []),
          ],
          compute: (known) => {
            const found = definition.cases.find((each) => holds(each.when, known));
            if (found) return found.is;
            if (!definition.otherwise) return undefined;
            return 'is' in definition.otherwise ? definition.otherwise.is : known.variable(definition.otherwise.sameAs);
          },
        },
      ];
  }
}

/** Every field and variable that a condition looks at, in the order written. */
export function referencesIn(condition: Condition): string[] {
  const inner = [...(condition.all ?? []), ...(condition.any ?? []), ...(condition.not ? [condition.not] : [])];
  const operands = Object.values(condition.compare ?? {}).flatMap((operand) =>
    typeof operand === 'object' && operand !== null ? [operand.question] : [],
  );
  const own = [condition.question, condition.variable].filter((code) => code !== undefined);
  return [...own, ...operands, ...inner.flatMap(referencesIn)];
}
