/** The true counts behind published lines, for a test to know what should not be found out. */
import type { Answers } from '../../../src/questionnaire/answers.ts';
import type { Survey } from '../../../src/questionnaire/survey.ts';
import { countsIn } from '../../../src/release/tables/protection/counts.ts';
import type { Family } from '../../../src/results/tables.ts';
import { nameOf, type PublishedLine } from '../attacker.ts';
import { countAnswers } from '../choirs.ts';

/** The count behind a line, for everybody or a single value of a segment; undefined for groups that have names of their own. */
function countBehind(family: Family, line: PublishedLine): number | undefined {
  const { variable, option, segment, segment_value } = line;
  const tables = [...family.readings, ...family.tables];
  const items = tables.flatMap(({ items: own, nets }) => [...own, ...nets.map(({ item }) => item)]);
  const index = family.segments.findIndex(({ name }) => name === segment);
  const own = family.segments[index];
  if (segment !== '' && !own?.categories.some(({ code }) => code === segment_value)) return undefined;
  const listed = items.find(
    ({ variable: { question, part } }) => question?.toLowerCase() === variable && part === option,
  );
  const item = listed ?? items.find((each) => each.variable.name === (line.measure === 'net' ? option : variable));
  const place = item?.variable.categories.findIndex(
    ({ code }) => code === (listed || line.measure === 'net' ? 'yes' : option),
  );
  if (!item || place === undefined || place === -1) return undefined;
  return countsIn(item, own && { segment: index, variable: own, values: [String(segment_value)] }).categories[place];
}

/** The true counts of all lines by name. */
export function truthOf(family: Family, lines: readonly PublishedLine[]): Map<string, number> {
  return new Map(
    lines
      .filter(({ measure }) => measure === 'option' || measure === 'net')
      .flatMap((line) => {
        const count = countBehind(family, line);
        return count === undefined ? [] : [[nameOf(line), count] as const];
      }),
  );
}

/** The figures that a respondent is in. */
export function figuresWith(survey: Survey, answers: Answers, lines: readonly PublishedLine[]): Set<string> {
  const truth = truthOf(countAnswers(survey, [answers]), lines);
  return new Set([...truth].flatMap(([name, count]) => (count > 0 ? [name] : [])));
}
