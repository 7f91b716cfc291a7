/** Option codes named outside conditions: left out of lists, relabelled, grouped, netted, counted, given by the stage rule. */
import type { Derived } from '../definition.ts';
import { questionOfField } from '../journey.ts';
import type { Finding, Path } from '../source.ts';
import { collapsesOf, type Survey, type SurveyQuestion, sourceOptions } from '../survey.ts';
import { listBehind } from './mentions.ts';
import { unknownOption } from './operators.ts';
import { type Check, error, type Subject } from './subject.ts';

export const checkOptionCodes: Check = (subject) => [
  ...subject.pages.flatMap(({ file, path }) =>
    file.repeat ? missing(subject, file.repeat.for, file.repeat.except ?? [], [...path, 'repeat', 'except']) : [],
  ),
  ...subject.questions.flatMap(({ path, question }) => ofQuestion(subject, question, path)),
  ...subject.survey.file.derived.flatMap((definition, index) => ofDefinition(subject, definition, ['derived', index])),
  ...ofStageRule(subject),
];

/** The codes that the question or variable does not have; none when there is no such question. */
function missing(subject: Subject, name: string, wanted: readonly string[], path: Path): Finding[] {
  const codes = codesOf(subject.survey, name);
  return wanted.flatMap((code, index) =>
    !codes || codes.includes(code) ? [] : [unknownOption(subject, name, code, codes, [...path, index])],
  );
}

/** The codes of a question's options or of a variable's categories; undefined when there is no such thing. */
export function codesOf(survey: Survey, name: string): readonly string[] | undefined {
  const question = questionOfField(survey, name);
  if (question) return sourceOptions(survey, question).map(({ code }) => code);
  return survey.derived.get(name)?.categories?.map(({ code }) => code);
}

function ofQuestion(subject: Subject, question: SurveyQuestion, path: Path): Finding[] {
  const from = listBehind(question);
  const codes = codesOf(subject.survey, question.code) ?? [];
  return [
    ...(from ? missing(subject, from.from, from.except ?? [], [...path, 'options', 'except']) : []),
    ...(question.variants ?? []).flatMap(({ labels }, index) =>
      Object.keys(labels ?? {})
        .filter((code) => !codes.includes(code))
        .map((code) =>
          unknownOption(subject, question.code, code, codes, [...path, 'variants', index, 'labels', code]),
        ),
    ),
    ...collapsesOf(question).flatMap(({ options }, index) =>
      missing(subject, question.code, options, [...path, 'collapse', index, 'options']),
    ),
  ];
}

function ofDefinition(subject: Subject, definition: Derived, path: Path): Finding[] {
  switch (definition.kind) {
    case 'groups':
      return definition.groups.flatMap(({ options }, index) =>
        missing(subject, definition.of, options, [...path, 'groups', index, 'options']),
      );
    case 'net':
      return [
        ...missing(subject, definition.of, definition.options ?? [], [...path, 'options']),
        ...missing(subject, definition.of, definition.anyBut ?? [], [...path, 'anyBut']),
        ...((definition.options === undefined) === (definition.anyBut === undefined)
          ? [
              error(
                subject,
                'net-options',
                path,
                'A NET needs either "options" or "anyBut".',
                'Say which options count, or which do not.',
              ),
            ]
          : []),
      ];
    case 'count':
      return missing(subject, definition.of, definition.options, [...path, 'options']);
    case 'cases': {
      const values = definition.values.map(({ code }) => code);
      const given: [string, Path][] = definition.cases.map(({ is }, index) => [is, ['cases', index, 'is']]);
      if (definition.otherwise && 'is' in definition.otherwise)
        given.push([definition.otherwise.is, ['otherwise', 'is']]);
      return given
        .filter(([code]) => !values.includes(code))
        .map(([code, place]) => unknownOption(subject, definition.code, code, values, [...path, ...place]));
    }
    default:
      return [];
  }
}

function ofStageRule(subject: Subject): Finding[] {
  const rule = subject.survey.file.stageRule;
  if (!rule) return [];
  return rule.rows.flatMap((row, index) => {
    const path: Path = ['stageRule', 'rows', index];
    const asked = Object.entries(row.if).flatMap(([code, wanted]) => {
      const place = [...path, 'if', code];
      if (!rule.from.includes(code))
        return [
          error(
            subject,
            'stage-row',
            place,
            `${code} is not among the questions that the stage is read from.`,
            'Add it to "from", or take it out of the row.',
          ),
        ];
      const codes = codesOf(subject.survey, code) ?? [];
      const unknown = [wanted ?? []].flat().filter((each) => !codes.includes(each));
      return unknown.map((each) => unknownOption(subject, code, each, codes, place));
    });
    const given = rule.gives.flatMap(({ code, values }) => {
      const value = row.give[code];
      const place = [...path, 'give', code];
      if (value === undefined)
        return [
          error(
            subject,
            'stage-row',
            [...path, 'give'],
            `This row does not say what "${code}" is.`,
            `Add "${code}" to the row.`,
          ),
        ];
      const codes = values.map((each) => each.code);
      return codes.includes(value) ? [] : [unknownOption(subject, code, value, codes, place)];
    });
    const names = rule.gives.map(({ code }) => code);
    const unknown = Object.keys(row.give).filter((code) => !names.includes(code));
    return [
      ...asked,
      ...given,
      ...unknown.map((code) =>
        error(
          subject,
          'stage-row',
          [...path, 'give', code],
          `The stage rule gives no variable "${code}".`,
          'Add it to "gives", or take it out of the row.',
        ),
      ),
    ];
  });
}
