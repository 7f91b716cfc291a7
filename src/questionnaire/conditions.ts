/**
 * Whether a condition holds. Every operator has one defined reading of a blank (a question that was left blank,
 * was not asked, or is off the path):
 *
 * | operator                                     | on a blank                            |
 * |----------------------------------------------|---------------------------------------|
 * | is, isAnyOf, includes…, count, compare       | false, or true with `"ifBlank": true` |
 * | isNot, isNoneOf, includesNoneOf              | false, or true with `"ifBlank": true` |
 * | answered                                     | `true` is false, `false` is true      |
 * | not, all, any                                | plain logic over the above            |
 *
 * So `isNot` means "answered, and not this", and `not` around `is` means "this, or blank, does not matter which":
 * a real instrument needs both readings, and each is written down where it is used.
 */
import Big from 'big.js';
import { type Answer, type Known, valuesIn } from './answers.ts';
import type { Comparison, Condition, Operand } from './definition.ts';

/** Whether the condition holds for what is known. Pure; never throws on a parsed condition. */
export function holds(condition: Condition, known: Known): boolean {
  if (condition.all) return condition.all.every((each) => holds(each, known));
  if (condition.any) return condition.any.some((each) => holds(each, known));
  if (condition.not) return !holds(condition.not, known);
  const answer = subject(condition, known);
  if (condition.answered !== undefined) return (answer !== undefined) === condition.answered;
  const verdict = answer === undefined ? undefined : test(condition, answer, known);
  return verdict ?? condition.ifBlank ?? false;
}

/** Whether all of them hold; none is yes. */
export function allHold(conditions: readonly Condition[], known: Known): boolean {
  return conditions.every((each) => holds(each, known));
}

function subject(condition: Condition, known: Known): Answer | undefined {
  if (condition.question !== undefined) return known.answer(condition.question);
  return condition.variable === undefined ? undefined : known.variable(condition.variable);
}

function test(condition: Condition, answer: Answer, known: Known): boolean | undefined {
  const values = valuesIn(answer);
  const has = (code: string) => values.includes(code);
  if (condition.is !== undefined) return values.length === 1 && has(condition.is);
  if (condition.isNot !== undefined) return !(values.length === 1 && has(condition.isNot));
  if (condition.isAnyOf) return condition.isAnyOf.some(has);
  if (condition.isNoneOf) return !condition.isNoneOf.some(has);
  if (condition.includes !== undefined) return has(condition.includes);
  if (condition.includesAnyOf) return condition.includesAnyOf.some(has);
  if (condition.includesAllOf) return condition.includesAllOf.every(has);
  if (condition.includesNoneOf) return !condition.includesNoneOf.some(has);
  if (condition.count) {
    const { except = [], equals, atLeast = 0, atMost = Number.POSITIVE_INFINITY } = condition.count;
    const count = values.filter((code) => !except.includes(code)).length;
    return count >= atLeast && count <= atMost && (equals === undefined || count === equals);
  }
  return condition.compare && typeof answer === 'string' ? compares(answer, condition.compare, known) : undefined;
}

/**
 * Whether a number or date stands as asked to every operand given; undefined where either side is blank or is a
 * marked answer such as "don't know". Numbers are compared as exact decimals, dates by the calendar.
 */
export function compares(answer: string, comparison: Comparison, known: Known): boolean | undefined {
  const results = Object.entries(comparison).map(([operator, operand]) => {
    if (operand === undefined) return true;
    const order = orderOf(answer, operandValue(operand, known));
    if (order === undefined) return undefined;
    if (operator === 'equals') return order === 0;
    if (operator === 'atLeast') return order >= 0;
    if (operator === 'atMost') return order <= 0;
    if (operator === 'moreThan') return order > 0;
    return order < 0;
  });
  return results.includes(undefined) ? undefined : results.every(Boolean);
}

/** The value of an operand as text; undefined when it points at a blank. */
export function operandValue(operand: Operand, known: Known): string | undefined {
  if (typeof operand === 'number') return new Big(operand).toFixed();
  if (typeof operand === 'string') return operand;
  const answer = known.answer(operand.question);
  return typeof answer === 'string' ? answer : undefined;
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const NUMBER = /^-?\d+(\.\d+)?$/;

function orderOf(left: string, right: string | undefined): number | undefined {
  if (right === undefined) return undefined;
  if (DATE.test(left) && DATE.test(right)) return left < right ? -1 : left > right ? 1 : 0;
  return NUMBER.test(left) && NUMBER.test(right) ? new Big(left).cmp(new Big(right)) : undefined;
}
