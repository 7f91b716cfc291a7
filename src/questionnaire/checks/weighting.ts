/** What the survey is weighted to: does each margin name a variable that can carry it, and do its shares make a whole? */
import type { Weighting } from '../definition.ts';
import type { Finding, Path } from '../source.ts';
import { isMark, type Survey } from '../survey.ts';
import { variablesOf } from '../variables.ts';
import { unknownOption } from './operators.ts';
import { codesOf } from './option-codes.ts';
import { meant } from './references.ts';
import { type Check, error, listed, type Subject } from './subject.ts';

/** How far the shares of a margin may be from 1 together: published shares are rounded. */
const OFF = 0.005;

export const checkWeighting: Check = (subject) => {
  const { weighting } = subject.survey.file;
  return (weighting?.margins ?? []).flatMap((margin, index) => {
    const path: Path = ['weighting', 'margins', index];
    const name = variableNamed(margin.by);
    const twice = weighting?.margins.slice(0, index).some(({ by }) => variableNamed(by) === name) ?? false;
    return [
      ...(twice
        ? [error(subject, 'weighting', [...path, 'by'], `"${margin.by}" is a margin already.`, 'Take one of them out.')]
        : []),
      ...checkVariable(subject, margin.by, path),
      ...checkShares(subject, margin, path),
    ];
  });
};

const variableNamed = (by: string) => by.toLowerCase();

/** Whatever puts each person into one group, and may be counted. */
function checkVariable(subject: Subject, by: string, path: Path): Finding[] {
  const place = [...path, 'by'];
  const { survey } = subject;
  const variables = variablesOf(survey);
  const variable = variables.find(({ name }) => name === variableNamed(by));
  if (!variable && !survey.questions.has(by)) {
    const names = [...survey.questions.keys(), ...variables.map(({ name }) => name)];
    return [error(subject, 'unknown-reference', place, `There is no question or variable "${by}".`, meant(by, names))];
  }
  if (variable?.kind !== 'categorical') {
    const message = `Answers cannot be weighted by "${by}": it does not put each person into one group.`;
    return [
      error(subject, 'weighting', place, message, 'Name a single-choice question or a variable with categories.'),
    ];
  }
  if (variable.role !== 'direct' && variable.role !== 'technical') return [];
  const message = `"${by}" has the role "${variable.role}", so it is not there where answers are counted.`;
  return [error(subject, 'weighting', place, message, 'Weight by something else.')];
}

/** Every value has a share, but for what is not known of somebody: "don't know", "prefer not to say" and groups of those. */
function checkShares(subject: Subject, { by, shares }: Weighting['margins'][number], path: Path): Finding[] {
  const codes = codesOf(subject.survey, by);
  if (!codes) return [];
  const place = [...path, 'shares'];
  const known = codes.filter((code) => !isNotKnown(subject.survey, by, code));
  const missing = known.filter((code) => shares[code] === undefined);
  const sum = Object.values(shares).reduce((total, share) => total + share, 0);
  const percent = `${Math.round(sum * 1000) / 10}%`;
  return [
    ...Object.keys(shares)
      .filter((code) => !known.includes(code))
      .map((code) => unknownOption(subject, by, code, known, [...place, code])),
    ...(missing.length > 0
      ? [
          error(
            subject,
            'weighting',
            place,
            `There is no share for ${listed(missing)} of "${by}".`,
            'Give every value its share of the population, or weight by a "groups" variable that takes values together.',
          ),
        ]
      : []),
    ...(missing.length === 0 && Math.abs(sum - 1) > OFF
      ? [
          error(
            subject,
            'weighting',
            place,
            `The shares of "${by}" come to ${percent} and not to 100%.`,
            'Write each as a part of 1, such as 0.8 for 80%.',
          ),
        ]
      : []),
  ];
}

function isNotKnown(survey: Survey, name: string, code: string): boolean {
  const definition = survey.file.derived.find((each) => each.code === name);
  if (definition?.kind !== 'groups') return isMark(code);
  const group = definition.groups.find((each) => each.code === code);
  return group?.options.every((option) => isNotKnown(survey, definition.of, option)) ?? false;
}
