/** Codes that are used twice: one of the two would be lost, or read as the other. */
import type { Finding, Path } from '../source.ts';
import { type Check, error, type Subject } from './subject.ts';

interface Used {
  readonly code: string | number;
  readonly path: Path;
}

/** Sections, pages, questions, options, rows, definitions, variables and their values. */
export const checkCodes: Check = (subject) => {
  const { file } = subject.survey;
  const coded = (items: readonly { code: string }[], path: Path): Used[] =>
    items.map(({ code }, index) => ({ code, path: [...path, index, 'code'] }));
  const rule = file.stageRule?.gives ?? [];
  return [
    ...twice(subject, 'section', coded(file.sections, ['sections'])),
    ...twice(subject, 'page', pageCodes(subject)),
    ...twice(subject, 'question', questionCodes(subject)),
    ...twice(subject, 'definition', coded(file.definitions, ['definitions'])),
    ...twice(subject, 'variable', [...coded(rule, ['stageRule', 'gives']), ...coded(file.derived, ['derived'])]),
    ...subject.questions.flatMap(({ path, question }) => {
      const options = 'options' in question && Array.isArray(question.options) ? question.options : [];
      return [
        ...values(subject, options, question.choices, [...path, 'options']),
        ...twice(subject, 'row', coded('rows' in question ? question.rows : [], [...path, 'rows'])),
      ];
    }),
    ...rule.flatMap(({ values: list }, index) => values(subject, list, list, ['stageRule', 'gives', index, 'values'])),
    ...file.derived.flatMap((definition, index) => {
      const path = ['derived', index];
      if (definition.kind === 'groups')
        return values(subject, definition.groups, definition.groups, [...path, 'groups']);
      if (definition.kind === 'bands') return values(subject, definition.bands, definition.bands, [...path, 'bands']);
      return definition.kind === 'cases'
        ? values(subject, definition.values, definition.values, [...path, 'values'])
        : [];
    }),
  ];

  /** Option codes, and the numbers that stand for them in files. */
  function values(
    { lineOf }: Subject,
    written: readonly { code: string; value?: number | undefined }[],
    all: readonly { code: string; value?: number | undefined }[],
    path: Path,
  ): Finding[] {
    const codes = written.map(({ code }, index) => ({ code, path: [...path, index, 'code'] }));
    const numbers = all
      .map(({ code, value }, index) => ({
        code: MARKS.has(code) ? `${code} (fixed)` : (value ?? index + 1),
        path: [...path, index],
      }))
      .slice(0, written.length);
    return [
      ...twice({ lineOf }, 'option', codes),
      ...twice({ lineOf }, 'stored value', numbers, 'Give each option its own "value", or none.'),
    ];
  }
};

/** Their numbers in files are fixed (rule M15). */
const MARKS = new Set(['dk', 'pnts']);

function twice(
  subject: Pick<Subject, 'lineOf'>,
  noun: string,
  used: readonly Used[],
  mend = 'Give one of them another code.',
): Finding[] {
  const first = new Map<string | number, Path>();
  return used.flatMap(({ code, path }) => {
    const earlier = first.get(code);
    if (!earlier) {
      first.set(code, path);
      return [];
    }
    const message = `The ${noun} ${typeof code === 'number' ? code : `"${code}"`} is there already, on line ${subject.lineOf(earlier)}.`;
    return [error(subject, 'duplicate-code', path, message, mend)];
  });
}

function pageCodes({ pages }: Subject): Used[] {
  return pages.flatMap(({ path, file, copies }) =>
    copies.map(({ code }) => ({ code, path: file.code === undefined ? path : [...path, 'code'] })),
  );
}

/** Of a repeated page, the codes of every copy. */
function questionCodes({ pages }: Subject): Used[] {
  return pages.flatMap(({ path, copies }) =>
    copies.flatMap((copy) =>
      copy.questions.map(({ code }, index) => ({ code, path: [...path, 'questions', index, 'code'] })),
    ),
  );
}
