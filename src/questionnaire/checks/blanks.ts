/** What happens where there is no answer: a test that forgets it, and a follow-up asked of people whom it cannot concern. */
import { holds } from '../conditions.ts';
import type { Condition } from '../definition.ts';
import { shortUniverse } from '../describe.ts';
import { questionOfField } from '../journey.ts';
import type { Finding, Path } from '../source.ts';
import { listBehind } from './mentions.ts';
import { leavesOf, type PlacedCondition } from './places.ts';
import { type Check, error, type Subject, warning } from './subject.ts';

/** Tests that say "not" of something that may be blank, and questions that follow up what was not asked. */
export const checkBlanks: Check = (subject) => [
  ...subject.conditions.flatMap((placed) =>
    leavesOf(placed.condition, placed.path).flatMap(({ leaf, path }) => unsaidBlank(subject, placed, leaf, path)),
  ),
  ...subject.questions.flatMap(({ path, question }) => {
    const list = listBehind(question);
    if (!list) return [];
    const moment = { position: question.position };
    return followUp(subject, question.code, list.from, moment, question.universe, [...path, 'options', 'from']);
  }),
  ...subject.conditions.flatMap((placed) => countedLists(subject, placed)),
];

/**
 * "Is not a" reads as "answered, and not a", and just as easily as "anything but a". Where somebody without an answer
 * gets here and the reading decides, the author says which is meant.
 */
function unsaidBlank(subject: Subject, placed: PlacedCondition, leaf: Condition, path: Path): Finding[] {
  const says = (['isNot', 'isNoneOf', 'includesNoneOf'] as const).find((key) => leaf[key] !== undefined);
  if (!says || leaf.ifBlank !== undefined) return [];
  const other = withBlank(placed.condition, leaf);
  const worlds = subject.routes.worlds(placed, placed.given, { conditions: [placed.condition] });
  if (!worlds?.some(({ known }) => holds(placed.condition, known) !== holds(other, known))) return [];
  const message = `${leaf.question ?? leaf.variable} may have no answer here, and then "${says}" says no.`;
  const mend = 'Add "ifBlank": false if that is meant, "ifBlank": true if people without an answer belong here too.';
  return [warning(subject, 'blank-reading', path, message, mend)];
}

/** The condition with the other reading of a blank in one of its tests. */
function withBlank(condition: Condition, leaf: Condition): Condition {
  if (condition === leaf) return { ...leaf, ifBlank: true };
  return {
    ...condition,
    all: condition.all?.map((each) => withBlank(each, leaf)),
    any: condition.any?.map((each) => withBlank(each, leaf)),
    not: condition.not && withBlank(condition.not, leaf),
  };
}

/** A count that also takes people in who have not been asked for the list. */
function countedLists(subject: Subject, placed: PlacedCondition): Finding[] {
  if (placed.kind !== 'question' && placed.kind !== 'page') return [];
  return leavesOf(placed.condition, placed.path).flatMap(({ leaf, path }) =>
    leaf.count && leaf.question !== undefined && leaf.ifBlank
      ? followUp(subject, placed.subject, leaf.question, placed, [...placed.given, placed.condition], path)
      : [],
  );
}

function followUp(
  subject: Subject,
  name: string,
  field: string,
  moment: { position: number; within?: boolean },
  universe: readonly Condition[],
  path: Path,
): Finding[] {
  const worlds = subject.routes.worlds(moment, universe, { fields: [field] });
  const left = worlds?.filter(({ answers }) => answers[field] === undefined) ?? [];
  if (!worlds || left.length === 0) return [];
  const source = questionOfField(subject.survey, field);
  const who = source ? shortUniverse(source.universe) : '';
  const all = left.length === worlds.length;
  const message = `${name} follows up ${field}, but ${all ? 'nobody' : 'not everybody'} who gets here was asked ${field}.`;
  return [
    error(
      subject,
      'follow-up',
      path,
      message,
      all ? 'Name a list that these people were asked.' : `Add the condition of ${field}: ${who}.`,
    ),
  ];
}
