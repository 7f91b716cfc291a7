/** Does the stage rule give every possible respondent exactly one stage? Tried on all of them. */
import type { StageRule } from '../definition.ts';
import { rowMatches } from '../derived.ts';
import type { Finding, Path } from '../source.ts';
import { type Check, error, listed, type Subject, warning } from './subject.ts';
import { MOST, type World } from './worlds.ts';

/** The most combinations that one finding names. */
const NAMED = 6;

/** Gaps, overlaps, rows that fit nobody, and values that nobody gets. */
export const checkStageRule: Check = (subject) => {
  const { survey, routes } = subject;
  const rule = survey.file.stageRule;
  if (!rule) return [];
  const each = rule.from.flatMap((code) =>
    (survey.questions.get(code)?.choices ?? []).map((option) => ({ question: code, is: option.code })),
  );
  const worlds = routes.worlds({ position: survey.pages.length }, [], { conditions: each, fields: rule.from });
  const path: Path = ['stageRule'];
  if (!worlds) {
    const message = `The stage rule rests on more than ${MOST.toLocaleString('en')} combinations of answers, so gaps and overlaps were not looked for.`;
    return [warning(subject, 'too-many-cases', path, message, 'Read the stage from fewer questions.')];
  }
  const cases = distinct(rule, worlds);
  return [...gaps(subject, rule, cases), ...overlaps(subject, rule, cases), ...unused(subject, rule, cases)];
};

interface Case {
  readonly words: string;
  readonly rows: ReadonlySet<number>;
}

/** The combinations of answers that differ in what the rule looks at, with the rows that fit each. */
function distinct(rule: StageRule, worlds: readonly World[]): Case[] {
  const found = new Map<string, Case>();
  for (const { known } of worlds) {
    const words = listed(rule.from.map((code) => `${code} is ${known.answer(code) ?? 'blank'}`));
    if (found.has(words)) continue;
    const fits = rule.rows.flatMap((row, index) => (rowMatches(row, (code) => known.answer(code)) ? [index] : []));
    found.set(words, { words, rows: new Set(fits) });
  }
  return [...found.values()];
}

function gaps(subject: Subject, rule: StageRule, cases: readonly Case[]): Finding[] {
  const left = cases.filter(({ rows }) => rows.size === 0);
  if (left.length === 0) return [];
  const stage = rule.gives[0]?.code ?? 'stage';
  const message = `These answers give no ${stage}: ${named(left)}.`;
  return [
    error(
      subject,
      'stage-gap',
      ['stageRule', 'rows'],
      message,
      'Add a row for them; null stands for "not asked or left blank".',
    ),
  ];
}

function overlaps(subject: Subject, rule: StageRule, cases: readonly Case[]): Finding[] {
  return rule.rows.flatMap((_, later) => {
    const fitting = cases.filter(({ rows }) => rows.has(later));
    return rule.rows.slice(0, later).flatMap((__, earlier) => {
      const both = fitting.filter(({ rows }) => rows.has(earlier));
      if (both.length === 0) return [];
      const line = subject.lineOf(['stageRule', 'rows', earlier]);
      const message = `This row and the one on line ${line} both fit these answers: ${named(both)}.`;
      return [
        error(
          subject,
          'stage-overlap',
          ['stageRule', 'rows', later],
          message,
          'Narrow one of them, so that one row fits.',
        ),
      ];
    });
  });
}

function unused(subject: Subject, rule: StageRule, cases: readonly Case[]): Finding[] {
  const path: Path = ['stageRule', 'rows'];
  const idle = rule.rows.flatMap((_, index) => {
    if (cases.some(({ rows }) => rows.has(index))) return [];
    const message = 'Nobody can give the answers of this row.';
    return [
      error(subject, 'stage-row-unused', [...path, index], message, 'Take the row out, or put its answers right.'),
    ];
  });
  const values = rule.gives.flatMap(({ code, values: list }, given) =>
    list.flatMap((value, index) => {
      if (rule.rows.some((row) => row.give[code] === value.code)) return [];
      const place = ['stageRule', 'gives', given, 'values', index];
      return [
        error(
          subject,
          'unreachable-value',
          place,
          `No row gives ${code} the value "${value.code}".`,
          'Take the value out, or add a row.',
        ),
      ];
    }),
  );
  return [...idle, ...values];
}

function named(cases: readonly Case[]): string {
  const some = cases.slice(0, NAMED).map(({ words }) => words);
  const more = cases.length - some.length;
  return some.join('; ') + (more > 0 ? `; and ${more} more` : '');
}
