/** What is worked out from answers: does each definition point at things that exist, and not at itself? */

import type { Derived } from '../definition.ts';
import { questionOfField } from '../journey.ts';
import type { Finding, Path } from '../source.ts';
import { meant } from './references.ts';
import { type Check, error, type Subject } from './subject.ts';

/** Sources of derived variables and of the stage rule. */
export const checkDefinitions: Check = (subject) => [
  ...subject.survey.file.derived.flatMap((definition, index) => sources(subject, definition, ['derived', index])),
  ...circles(subject),
  ...(subject.survey.file.stageRule?.from ?? []).flatMap((code, index) =>
    stageSource(subject, code, ['stageRule', 'from', index]),
  ),
];

const TAKES: Record<'bands' | 'net' | 'count', { types: readonly string[]; words: string }> = {
  bands: { types: ['number'], words: 'a number question' },
  net: { types: ['single', 'multiple', 'dropdown', 'scale', 'grid', 'ranking'], words: 'a question with options' },
  count: { types: ['multiple', 'grid', 'ranking'], words: 'a tick list or a grid' },
};

function sources(subject: Subject, definition: Derived, path: Path): Finding[] {
  const { survey } = subject;
  if (definition.kind === 'when') return [];
  if (definition.kind === 'cases') {
    const { otherwise } = definition;
    if (!otherwise || !('sameAs' in otherwise) || survey.derived.has(otherwise.sameAs)) return [];
    const message = `There is no variable "${otherwise.sameAs}".`;
    return [
      error(
        subject,
        'unknown-reference',
        [...path, 'otherwise', 'sameAs'],
        message,
        meant(otherwise.sameAs, survey.derived.keys()),
      ),
    ];
  }
  const place = [...path, 'of'];
  const { of, kind } = definition;
  if (kind === 'groups') {
    if (survey.derived.get(of)?.categories) return [];
    const question = questionOfField(survey, of);
    const oneOf = question && ['single', 'dropdown', 'scale', 'grid'].includes(question.type);
    if (oneOf && !(question.type === 'grid' && of === question.code)) return [];
    if (question)
      return [
        error(
          subject,
          'wrong-source',
          place,
          `${of} is not a question with one answer out of several, so it cannot be grouped.`,
          'Name a single-choice question, a row of a grid or another variable.',
        ),
      ];
    return [
      error(
        subject,
        'unknown-reference',
        place,
        `There is no question or variable "${of}".`,
        meant(of, [...subject.fields, ...survey.derived.keys()]),
      ),
    ];
  }
  const question = survey.questions.get(of);
  if (!question)
    return [
      error(subject, 'unknown-reference', place, `There is no question "${of}".`, meant(of, survey.questions.keys())),
    ];
  const { types, words } = TAKES[kind];
  return types.includes(question.type)
    ? []
    : [
        error(
          subject,
          'wrong-source',
          place,
          `"${kind}" is worked out from ${words}; ${of} is of type "${question.type}".`,
          'Name another question, or another kind.',
        ),
      ];
}

/** A variable that rests on itself, or on one that is defined further down, where a reader has not met it yet. */
function circles(subject: Subject): Finding[] {
  const { derived } = subject.survey;
  const order = [...derived.keys()];
  return subject.survey.file.derived.flatMap((definition, index) => {
    const round = circleFrom(
      definition.code,
      (name) => derived.get(name)?.sources.filter((source) => derived.has(source)) ?? [],
    );
    const path = ['derived', index];
    const first = round && subject.survey.file.derived.findIndex(({ code }) => round.includes(code));
    if (round && first !== index) return [];
    if (round)
      return [
        error(
          subject,
          'circular-variable',
          path,
          `"${definition.code}" is worked out from itself: ${round.join(' → ')}.`,
          'Take one of these steps out.',
        ),
      ];
    const later = derived
      .get(definition.code)
      ?.sources.find((source) => order.indexOf(source) > order.indexOf(definition.code));
    return later === undefined || subject.survey.questions.has(later)
      ? []
      : [
          error(
            subject,
            'later-reference',
            path,
            `"${definition.code}" is worked out from "${later}", which is defined further down.`,
            `Move "${later}" above it.`,
          ),
        ];
  });
}

function circleFrom(start: string, next: (name: string) => readonly string[]): string[] | undefined {
  const seen = new Set<string>();
  const follow = (name: string, way: string[]): string[] | undefined => {
    for (const source of next(name)) {
      if (source === start) return [...way, start];
      if (seen.has(source)) continue;
      seen.add(source);
      const found = follow(source, [...way, source]);
      if (found) return found;
    }
    return undefined;
  };
  return follow(start, [start]);
}

function stageSource(subject: Subject, code: string, path: Path): Finding[] {
  const question = subject.survey.questions.get(code);
  if (!question)
    return [
      error(
        subject,
        'unknown-reference',
        path,
        `There is no question "${code}".`,
        meant(code, subject.survey.questions.keys()),
      ),
    ];
  if (['single', 'dropdown', 'scale'].includes(question.type)) return [];
  return [
    error(
      subject,
      'wrong-source',
      path,
      `A stage is read from questions with one answer; ${code} is of type "${question.type}".`,
      'Name a single-choice question.',
    ),
  ];
}
