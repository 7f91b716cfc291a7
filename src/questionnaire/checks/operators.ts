/** Does a test fit what it looks at: one answer, a tick list, a number; and are its codes among the options? */
import type { Condition } from '../definition.ts';
import { OPERATORS } from '../definition.ts';
import { questionOfField } from '../journey.ts';
import type { Finding, Path } from '../source.ts';
import { sourceOptions } from '../survey.ts';
import { codesIn, leavesOf } from './places.ts';
import { meant } from './references.ts';
import { type Check, error, listed, type Subject } from './subject.ts';

type Operator = (typeof OPERATORS)[number];

const ONE: readonly Operator[] = ['is', 'isNot', 'isAnyOf', 'isNoneOf', 'answered'];
const LIST: readonly Operator[] = ['includes', 'includesAnyOf', 'includesAllOf', 'includesNoneOf', 'count', 'answered'];
const MEASURED: readonly Operator[] = ['compare', ...ONE];

/** The operator that says the same of the other kind of question. */
const COUNTERPART: Partial<Record<Operator, Operator>> = {
  is: 'includes',
  isNot: 'includesNoneOf',
  isAnyOf: 'includesAnyOf',
  isNoneOf: 'includesNoneOf',
  includes: 'is',
  includesAnyOf: 'isAnyOf',
  includesNoneOf: 'isNoneOf',
};

/** Operators and codes of every condition. */
export const checkOperators: Check = (subject) =>
  subject.conditions
    .flatMap(({ condition, path }) => leavesOf(condition, path))
    .flatMap(({ leaf, path }) => [...misfit(subject, leaf, path), ...empty(subject, leaf, path)]);

interface Seen {
  readonly name: string;
  readonly words: string;
  readonly operators: readonly Operator[];
  readonly codes: readonly string[];
}

/** What a test looks at; undefined when it points nowhere, which is another check's business. */
function seen({ survey }: Subject, leaf: Condition): Seen | undefined {
  if (leaf.variable !== undefined) {
    const variable = survey.derived.get(leaf.variable);
    if (!variable) return undefined;
    const codes = variable.categories?.map(({ code }) => code) ?? [];
    const [operators, words]: [readonly Operator[], string] = variable.categories
      ? [ONE, 'has one value']
      : [['compare', 'answered'], 'is a number'];
    return { name: leaf.variable, words, operators, codes };
  }
  const name = leaf.question ?? '';
  const question = questionOfField(survey, name);
  if (!question) return undefined;
  const codes = sourceOptions(survey, question).map(({ code }) => code);
  if (question.type === 'text' || (question.type !== 'grid' && name !== question.code))
    return { name, words: 'holds what people typed', operators: ['answered'], codes };
  if (question.type === 'multiple' || question.type === 'ranking')
    return { name, words: 'takes several answers', operators: LIST, codes };
  if (question.type === 'number' || question.type === 'date')
    return { name, words: `is a ${question.type}`, operators: MEASURED, codes };
  return { name, words: 'has one answer', operators: ONE, codes };
}

function misfit(subject: Subject, leaf: Condition, path: Path): Finding[] {
  const found = seen(subject, leaf);
  const operator = OPERATORS.find((key) => leaf[key] !== undefined);
  if (!found || !operator) return [];
  const place = [...path, operator];
  if (!found.operators.includes(operator)) {
    const other = COUNTERPART[operator];
    const mend =
      other && found.operators.includes(other)
        ? `Use "${other}".`
        : `Use ${listed(
            found.operators.map((each) => `"${each}"`),
            'or',
          )}.`;
    return [
      error(subject, 'operator-misfit', place, `${found.name} ${found.words}, so "${operator}" does not fit it.`, mend),
    ];
  }
  return codesIn(leaf, path)
    .filter(({ code }) => !found.codes.includes(code))
    .map((code) => unknownOption(subject, found.name, code.code, found.codes, code.path));
}

/** A code that is not among the options of a question, or the values of a variable. */
export function unknownOption(
  subject: Subject,
  name: string,
  code: string,
  codes: readonly string[],
  path: Path,
): Finding {
  const what = subject.survey.derived.has(name) ? `"${name}" has no value` : `${name} has no option`;
  const few = codes.length > 0 && codes.length <= 12;
  const mend = meant(code, codes, few ? `It has ${listed(codes)}.` : undefined);
  return error(subject, 'unknown-option', path, `${what} "${code}".`, mend);
}

/** A count or a comparison with nothing to compare with is always true. */
function empty(subject: Subject, { count, compare }: Condition, path: Path): Finding[] {
  const test = count ?? compare;
  if (!test || Object.keys(test).some((key) => key !== 'except')) return [];
  const place = [...path, count ? 'count' : 'compare'];
  const message = 'There is nothing here to compare with.';
  return [error(subject, 'empty-comparison', place, message, 'Add "atLeast", "atMost" or "equals".')];
}
