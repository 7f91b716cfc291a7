/** What may leave: a role for everything, and only what its role allows in results and data files. */
import type { Role } from '../definition.ts';
import { questionOfField } from '../journey.ts';
import type { Finding, Path } from '../source.ts';
import type { Survey } from '../survey.ts';
import { variablesOf } from '../variables.ts';
import { sourcesOf } from './references.ts';
import { type Check, error, type Subject, warning } from './subject.ts';

/** Roles, the columns and keys of data files, segments, and the thresholds. */
export const checkDisclosure: Check = (subject) => [
  ...roles(subject),
  ...derivedRoles(subject),
  ...columns(subject),
  ...segments(subject),
  ...thresholds(subject),
];

const NEVER_LEAVES: readonly (Role | undefined)[] = ['direct', 'technical', 'text'];

function roles(subject: Subject): Finding[] {
  const { survey } = subject;
  return subject.questions.flatMap(({ path, question: { code, role, type } }) => {
    if (role === undefined)
      return [
        error(
          subject,
          'missing-role',
          [...path, 'code'],
          `${code} has no role, so nobody can say what its answers may give away.`,
          'Add "role": see "Roles" in the guide for authors.',
        ),
      ];
    if (type === 'text' && role !== 'text' && role !== 'direct')
      return [
        error(
          subject,
          'text-role',
          [...path, 'role'],
          `People can type anything at ${code}, so its role cannot be "${role}".`,
          'Give it the role "text".',
        ),
      ];
    if (role === 'direct' && survey.file.disclosure.anonymous)
      return [
        error(
          subject,
          'identifier',
          [...path, 'role'],
          `${code} has the role "direct", but the study is said to be anonymous.`,
          'Take the question out, or ask in the separate sign-up.',
        ),
      ];
    return [];
  });
}

/** Grouping an answer hides less than it seems: what is worked out from a quasi-identifier is one too. */
function derivedRoles(subject: Subject): Finding[] {
  const { file } = subject.survey;
  const places: [{ code: string; role?: Role | undefined }, Path][] = [
    ...(file.stageRule?.gives ?? []).map((given, index): [typeof given, Path] => [
      given,
      ['stageRule', 'gives', index],
    ]),
    ...file.derived.map((definition, index): [typeof definition, Path] => [definition, ['derived', index]]),
  ];
  return places.flatMap(([{ code, role }, path]) => {
    if (role === undefined)
      return [
        error(
          subject,
          'missing-role',
          [...path, 'code'],
          `"${code}" has no role, so nobody can say what it may give away.`,
          'Add "role": see "Roles" in the guide for authors.',
        ),
      ];
    const behind = fieldsOfVariable(subject.survey, code).find(
      (field) => questionOfField(subject.survey, field)?.role === 'quasi',
    );
    if (behind === undefined || role === 'quasi' || NEVER_LEAVES.includes(role)) return [];
    const message = `"${code}" is worked out from ${behind}, a quasi-identifier, and has the role "${role}".`;
    return [
      warning(
        subject,
        'derived-role',
        [...path, 'role'],
        message,
        'Give it the role "quasi", unless it says nothing about that answer.',
      ),
    ];
  });
}

/** A NET over a grid makes a variable for each row; its code alone names none of them. */
function fieldsOfVariable(survey: Survey, code: string): string[] {
  const names = survey.derived.has(code)
    ? [code]
    : [...survey.derived.keys()].filter((name) => name.startsWith(`${code}_`));
  return names.flatMap((name) => sourcesOf(survey, name));
}

/** The role of a question or of a variable, by the name used in "keys", "columns" and "segments". */
function rolesIn(survey: Survey): (name: string) => Role | undefined {
  const variables = new Map(variablesOf(survey).map((variable) => [variable.name, variable.role]));
  return (name) => survey.questions.get(name)?.role ?? variables.get(name);
}

function columns(subject: Subject): Finding[] {
  const { survey } = subject;
  const { keys, columns: others } = survey.file.disclosure;
  const roleOf = rolesIn(survey);
  const path: Path = ['disclosure'];
  const leaving = (name: string, place: Path) => {
    const role = roleOf(name);
    return NEVER_LEAVES.includes(role) && role !== undefined
      ? [
          error(
            subject,
            'never-leaves',
            place,
            `"${name}" has the role "${role}", which never leaves in a data file.`,
            'Take it out.',
          ),
        ]
      : [];
  };
  return [
    ...keys.flatMap((name, index) => {
      const place = [...path, 'keys', index];
      const found = leaving(name, place);
      const role = roleOf(name);
      if (found.length > 0 || role === 'quasi' || role === undefined) return found;
      return [
        error(
          subject,
          'key-role',
          place,
          `"${name}" is a key and has the role "${role}".`,
          'Keys are quasi-identifiers: give it the role "quasi", or move it to "columns".',
        ),
      ];
    }),
    ...others.flatMap((name, index) => {
      const place = [...path, 'columns', index];
      if (keys.includes(name))
        return [
          error(subject, 'duplicate-code', place, `"${name}" is among the keys already.`, 'Take it out of "columns".'),
        ];
      if (roleOf(name) !== 'quasi') return leaving(name, place);
      return [
        error(
          subject,
          'key-role',
          place,
          `"${name}" is a quasi-identifier, and a data file would carry it unprotected.`,
          'Move it to "keys", or take it out.',
        ),
      ];
    }),
  ];
}

/** Results are shown by categories that may leave. */
function segments(subject: Subject): Finding[] {
  const { survey } = subject;
  const roleOf = rolesIn(survey);
  const kinds = new Map(variablesOf(survey).map((variable) => [variable.name, variable.kind]));
  return survey.file.segments.flatMap((name, index) => {
    const place = ['segments', index];
    const question = survey.questions.get(name);
    const several = question && ['multiple', 'grid', 'ranking'].includes(question.type);
    const kind = several ? 'list' : kinds.get(question ? name.toLowerCase() : name);
    if (kind !== undefined && kind !== 'categorical')
      return [
        error(
          subject,
          'segment',
          place,
          `Results cannot be shown by "${name}": it does not put each person into one group.`,
          'Name a single-choice question or a variable with categories.',
        ),
      ];
    const role = roleOf(name);
    if (role === undefined || !NEVER_LEAVES.includes(role)) return [];
    return [
      error(
        subject,
        'segment',
        place,
        `"${name}" has the role "${role}", so results cannot be shown by it.`,
        'Take it out.',
      ),
    ];
  });
}

function thresholds(subject: Subject): Finding[] {
  const { cell, base, reason } = subject.survey.file.disclosure;
  const found: Finding[] = [];
  if (cell < 5 && reason === undefined)
    found.push(
      error(
        subject,
        'small-cell',
        ['disclosure', 'cell'],
        `Counts from ${cell} would be shown; under 5 needs a reason that people can read.`,
        'Add "reason", or leave "cell" out.',
      ),
    );
  if (base < cell)
    found.push(
      error(
        subject,
        'small-cell',
        ['disclosure', 'base'],
        `Results for ${base} people would be shown while counts under ${cell} are hidden.`,
        `Make "base" at least ${cell}.`,
      ),
    );
  return found;
}
