/**
 * A variable that is worked out otherwise than in the version before. Each response is read by its own version and all
 * are counted together: the same code has to be worked out in the same way, or a figure says what nobody answered.
 */
import type { Derived } from '../definition.ts';
import { rowMatches } from '../derived.ts';
import type { Finding } from '../source.ts';
import { fieldsOf, type Survey, sourceOptions } from '../survey.ts';
import { placeOf } from './names-in-files.ts';
import { error, type Subject } from './subject.ts';
import { routesOf } from './worlds.ts';

/** Variables whose code stayed and whose meaning did not; new options of a question may join a group. */
export function changedVariables(subject: Subject, previous: Survey): Finding[] {
  return [...derivedVariables(subject, previous), ...stageVariables(subject, previous)];
}

function derivedVariables(subject: Subject, previous: Survey): Finding[] {
  return subject.survey.file.derived.flatMap((now) => {
    const before = previous.file.derived.find(({ code }) => code === now.code);
    if (!before) return [];
    const what = changeOf(now, before, subject.survey, previous);
    return what === undefined ? [] : [changed(subject, previous, now.code, what)];
  });
}

function changed(subject: Subject, previous: Survey, code: string, what: string): Finding {
  return error(
    subject,
    'variable-changed',
    placeOf(subject, code),
    `${what} of "${code}" changed since version ${previous.file.version}, whose answers are counted with these.`,
    `Give the variable a new code, such as "${code.slice(0, 30)}_2".`,
  );
}

/** The part of a definition that changed, as the author wrote it. */
function changeOf(now: Derived, before: Derived, survey: Survey, previous: Survey): string | undefined {
  if (now.kind !== before.kind) return 'The kind';
  if ('of' in now && 'of' in before && now.of !== before.of) return 'The question';
  const common = commonCodes(now, survey, previous);
  switch (now.kind) {
    case 'groups':
      return before.kind === 'groups' && differ(groupOf(now, common), groupOf(before, common))
        ? 'What is in the groups'
        : undefined;
    case 'bands':
      return before.kind === 'bands' && differ(limits(now), limits(before)) ? 'The limits' : undefined;
    case 'net':
      return before.kind === 'net' && differ(wanted(now, common), wanted(before, common)) ? 'The options' : undefined;
    case 'count':
      if (before.kind !== 'count') return undefined;
      if (differ(sorted(now.options), sorted(before.options))) return 'The options';
      if (differ(fieldsBehind(survey, now.of), fieldsBehind(previous, now.of))) return 'What is counted';
      return (now.minimumAnswered ?? 1) === (before.minimumAnswered ?? 1) ? undefined : '"minimumAnswered"';
    case 'when':
      return before.kind === 'when' && differ(canonical(now.when), canonical(before.when))
        ? 'The condition'
        : undefined;
    case 'cases':
      return before.kind === 'cases' &&
        differ(canonical([now.cases, now.otherwise]), canonical([before.cases, before.otherwise]))
        ? 'The cases'
        : undefined;
  }
}

/** The answers that both versions know: what they become may not change; what becomes of others is free. */
function commonCodes(definition: Derived, survey: Survey, previous: Survey): readonly string[] {
  if (!('of' in definition)) return [];
  const [now, before] = [survey, previous].map((each) => codesOf(each, definition.of));
  return sorted((now ?? []).filter((code) => before?.includes(code)));
}

function codesOf(survey: Survey, name: string): readonly string[] {
  const question = survey.questions.get(name);
  const choices = question ? sourceOptions(survey, question) : (survey.derived.get(name)?.categories ?? []);
  return choices.map(({ code }) => code);
}

function groupOf({ groups }: Extract<Derived, { kind: 'groups' }>, codes: readonly string[]) {
  return codes.map((code) => groups.find(({ options }) => options.includes(code))?.code ?? null);
}

function limits({ bands }: Extract<Derived, { kind: 'bands' }>) {
  const limit = (value: string | number | undefined) => (value === undefined ? null : Number(value));
  const lines = bands.map(({ code, from, below }) => [code, limit(from), limit(below)] as const);
  return lines.sort(([a], [b]) => (a < b ? -1 : 1));
}

function wanted({ options, anyBut = [] }: Extract<Derived, { kind: 'net' }>, codes: readonly string[]) {
  return codes.filter((code) => (options ? options.includes(code) : !anyBut.includes(code)));
}

function fieldsBehind(survey: Survey, code: string): readonly string[] {
  const question = survey.questions.get(code);
  return question ? sorted(fieldsOf(question)) : [];
}

const sorted = (codes: readonly string[]) => [...codes].sort();

function differ(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

/** A condition, whatever the order of the codes in its lists. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string') ? sorted(value) : value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, canonical(each)]));
}

/** A rule that changed under its own name is told of elsewhere; under a new name its variables need new codes too. */
function stageVariables(subject: Subject, previous: Survey): Finding[] {
  const now = subject.survey.file.stageRule;
  const before = previous.file.stageRule;
  if (!now || !before || now.name === before.name) return [];
  return now.gives
    .filter(({ code }) => before.gives.some((given) => given.code === code) && !sameStage(subject, previous, code))
    .map(({ code }) => changed(subject, previous, code, 'The rule'));
}

/** Whether everybody who could answer the earlier version would get the same stage of the rule that stands now. */
function sameStage({ survey }: Subject, previous: Survey, code: string): boolean {
  const [now, before] = [survey.file.stageRule, previous.file.stageRule];
  if (!now || !before || differ(now.from, before.from)) return false;
  const each = before.from.flatMap((question) => codesOf(previous, question).map((is) => ({ question, is })));
  const end = { position: previous.pages.length };
  const worlds = routesOf(previous).worlds(end, [], { conditions: each, fields: before.from });
  if (!worlds) return !differ(now.rows, before.rows);
  return worlds.every(({ known }) => {
    const answer = (field: string) => known.answer(field);
    const [then, today] = [before, now].map(({ rows }) => rows.find((row) => rowMatches(row, answer))?.give[code]);
    return then === today || before.from.some((field) => isGone(survey, field, answer(field)));
  });
}

/** An answer that the version of today does not offer has no place in its rule. */
function isGone(survey: Survey, field: string, answer: unknown): boolean {
  return typeof answer === 'string' && !codesOf(survey, field).includes(answer);
}
