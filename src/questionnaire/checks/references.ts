/** Names that point somewhere: do they point at something that exists, and that is known by then? */
import { questionOfField } from '../journey.ts';
import type { Finding, Path } from '../source.ts';
import { fieldsOf, type Survey } from '../survey.ts';
import { variablesOf } from '../variables.ts';
import { findNearest } from './nearest.ts';
import { leavesOf, operandsOf, type PlacedCondition } from './places.ts';
import { type Check, error, type Subject } from './subject.ts';

/** Questions and variables named in conditions, lists, pages, results and files. */
export const checkReferences: Check = (subject) => [
  ...subject.conditions.flatMap((placed) => inCondition(subject, placed)),
  ...optionLists(subject),
  ...named(subject),
];

function inCondition(subject: Subject, placed: PlacedCondition): Finding[] {
  return leavesOf(placed.condition, placed.path).flatMap(({ leaf, path }) => [
    ...(leaf.question === undefined ? [] : question(subject, leaf.question, [...path, 'question'], placed)),
    ...(leaf.variable === undefined ? [] : variable(subject, leaf.variable, [...path, 'variable'], placed)),
    ...operandsOf(leaf).flatMap(({ field, operator }) =>
      question(subject, field, [...path, 'compare', operator, 'question'], placed),
    ),
  ]);
}

type Moment = Pick<PlacedCondition, 'position' | 'within'>;

/** A question that is looked at: it exists, has one answer to look at, and stands earlier. */
export function question(subject: Subject, field: string, path: Path, moment: Moment): Finding[] {
  const { survey } = subject;
  const found = questionOfField(survey, field);
  if (!found) return [unknownQuestion(subject, field, path)];
  if (found.type === 'grid' && field === found.code) {
    const [row = ''] = fieldsOf(found);
    const message = `${field} is a grid: each of its rows has an answer of its own.`;
    return [error(subject, 'unknown-reference', path, message, `Name a row, such as "${row}".`)];
  }
  if (found.position < moment.position || (moment.within && found.position === moment.position)) return [];
  const mend = 'Move the question to an earlier page, or look at another one.';
  if (found.position > moment.position)
    return [error(subject, 'later-reference', path, `${field} is asked later, so its answer is not known here.`, mend)];
  const message = `${field} stands on the same page, so its answer is not known here.`;
  return [error(subject, 'later-reference', path, message, mend)];
}

function unknownQuestion(subject: Subject, field: string, path: Path): Finding {
  if (subject.survey.derived.has(field))
    return error(
      subject,
      'unknown-reference',
      path,
      `"${field}" is a variable, not a question.`,
      'Write "variable" instead of "question".',
    );
  return error(subject, 'unknown-reference', path, `There is no question "${field}".`, meant(field, subject.fields));
}

/** "Did you mean", where one name is close enough. */
export function meant(written: string, names: Iterable<string>, otherwise = 'Check its spelling.'): string {
  const nearest = findNearest(written, names);
  return nearest === undefined ? otherwise : `Did you mean "${nearest}"?`;
}

function variable(subject: Subject, name: string, path: Path, moment: Moment): Finding[] {
  const { survey } = subject;
  if (!survey.derived.has(name)) {
    if (questionOfField(survey, name))
      return [
        error(
          subject,
          'unknown-reference',
          path,
          `"${name}" is a question, not a variable.`,
          'Write "question" instead of "variable".',
        ),
      ];
    return [
      error(subject, 'unknown-reference', path, `There is no variable "${name}".`, meant(name, survey.derived.keys())),
    ];
  }
  const last = moment.within ? moment.position : moment.position - 1;
  const late = sourcesOf(survey, name).find((field) => (questionOfField(survey, field)?.position ?? -1) > last);
  if (late === undefined) return [];
  const message = `"${name}" is worked out from ${late}, which is not answered before this page.`;
  return [error(subject, 'later-reference', path, message, 'Move this after that page, or look at another variable.')];
}

/** The fields that a variable rests on in the end, each once. @param seen variables that were looked behind already */
export function sourcesOf(survey: Survey, name: string, seen = new Set<string>()): string[] {
  const derived = survey.derived.get(name);
  if (!derived || survey.questions.has(name) || seen.has(name)) return derived ? [] : [name];
  seen.add(name);
  return [...new Set(derived.sources.flatMap((source) => sourcesOf(survey, source, seen)))];
}

/** Lists that options are taken from and that pages are repeated for. */
function optionLists(subject: Subject): Finding[] {
  const lists = subject.questions.flatMap(({ path, question: { position, ...asked } }) =>
    asked.type === 'single' && !Array.isArray(asked.options)
      ? [{ list: asked.options.from, path: [...path, 'options', 'from'], position }]
      : [],
  );
  const repeats = subject.survey.file.sections.flatMap((section, index) =>
    section.pages.flatMap(({ repeat }, place) => {
      const path = ['sections', index, 'pages', place];
      const position = subject.survey.pages.find((page) => page.path.join() === path.join())?.position;
      return repeat
        ? [{ list: repeat.for, path: [...path, 'repeat', 'for'], position: position ?? Number.POSITIVE_INFINITY }]
        : [];
    }),
  );
  return [...lists, ...repeats].flatMap(({ list, path, position }) => {
    const found = question(subject, list, path, { position, within: false });
    const type = subject.survey.questions.get(list)?.type;
    if (found.length > 0 || type === 'multiple') return found;
    const message = `${list} is not a tick list ("multiple"), so there is nothing to take from it.`;
    return [error(subject, 'not-a-list', path, message, 'Name a question of type "multiple".')];
  });
}

/** What results and files are made of. */
function named(subject: Subject): Finding[] {
  const { survey } = subject;
  const { segments, disclosure } = survey.file;
  const names = new Set([...survey.questions.keys(), ...variablesOf(survey).map((each) => each.name)]);
  const places: [string, Path][] = [
    ...segments.map((name, index): [string, Path] => [name, ['segments', index]]),
    ...disclosure.keys.map((name, index): [string, Path] => [name, ['disclosure', 'keys', index]]),
    ...disclosure.columns.map((name, index): [string, Path] => [name, ['disclosure', 'columns', index]]),
    ...Object.entries(disclosure.hierarchies).flatMap(([key, levels]): [string, Path][] => [
      [key, ['disclosure', 'hierarchies', key]],
      ...levels.map((name, index): [string, Path] => [name, ['disclosure', 'hierarchies', key, index]]),
    ]),
  ];
  return places
    .filter(([name]) => !names.has(name))
    .map(([name, path]) =>
      error(subject, 'unknown-reference', path, `There is no question or variable "${name}".`, meant(name, names)),
    );
}
