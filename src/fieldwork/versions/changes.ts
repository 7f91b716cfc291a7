/** What a new version of a survey changes, as staff read it before it goes live. */
import { z } from 'zod';
import { words } from '../../questionnaire/checks/changed-wording.ts';
import type { Text } from '../../questionnaire/definition.ts';
import { shortUniverse } from '../../questionnaire/describe.ts';
import type { Survey, SurveyQuestion } from '../../questionnaire/survey.ts';

export const changeSchema = z.object({
  kind: z.enum(['added', 'removed', 'changed']),
  /** What it is, such as `Question B1`. */
  what: z.string(),
  was: z.string().optional(),
  is: z.string().optional(),
  /** What it belongs to, by codes; nothing, where that is the survey itself. */
  part: z.object({
    page: z.string().optional(),
    question: z.string().optional(),
    /** An option or a row of the question. */
    option: z.string().optional(),
    variable: z.string().optional(),
  }),
});
type Change = z.infer<typeof changeSchema>;
type Part = Change['part'];

/** Everything that differs, in the order of a questionnaire. Pure. @param before the version that is live */
export function changesBetween(before: Survey, after: Survey): Change[] {
  return [
    ...aboutSurvey(before, after),
    ...pages(before, after),
    ...questions(before, after),
    ...variables(before, after),
  ];
}

/** Whether answers that were given under a version are touched: it has what is changed or removed. */
export function touches({ part: { page, question, option, variable } }: Change, version: Survey): boolean {
  if (page !== undefined) return version.pages.some(({ code }) => code === page);
  if (variable !== undefined) return version.derived.has(variable);
  if (question === undefined) return true;
  const found = version.questions.get(question);
  return found !== undefined && (option === undefined || partsOf(found).some(({ code }) => code === option));
}

const WHOLE: Part = {};

function aboutSurvey(before: Survey, after: Survey): Change[] {
  const [was, is] = [before.file, after.file];
  const text = (what: string, old: Text | undefined, now: Text | undefined) =>
    changed(what, same(old, now), old && words(before, old), now && words(after, now), WHOLE);
  const value = (what: string, old: unknown, now: unknown) =>
    changed(what, same(old, now), shown(old), shown(now), WHOLE);
  const days = [...new Set([...Object.keys(was.dates), ...Object.keys(is.dates)])];
  const dayOf = (dates: object, key: string): unknown => Object.entries(dates).find(([name]) => name === key)?.[1];
  return [
    ...text('The title', was.title, is.title),
    ...text('What respondents are told', was.information.text, is.information.text),
    ...value('The version of what they are told', was.information.version, is.information.version),
    ...value('The version of the consent', was.consent.version, is.consent.version),
    ...days.flatMap((key) => value(`The date “${key}”`, dayOf(was.dates, key), dayOf(is.dates, key))),
    ...value('The stage rule', was.stageRule?.name, is.stageRule?.name),
  ];
}

function pages(before: Survey, after: Survey): Change[] {
  const codes = ({ pages: all }: Survey) => all.map(({ code }) => code);
  return comings(codes(before), codes(after), (code) => ({
    what: `Page ${code}`,
    part: { page: code },
  }));
}

function questions(before: Survey, after: Survey): Change[] {
  const come = comings([...before.questions.keys()], [...after.questions.keys()], (code) => {
    const [old, now] = [before.questions.get(code), after.questions.get(code)];
    return {
      what: `Question ${code}`,
      ...(old && !now && { was: words(before, old.text) }),
      ...(now && !old && { is: words(after, now.text) }),
      part: { question: code },
    };
  });
  const stayed = [...after.questions.values()].flatMap((now) => {
    const old = before.questions.get(now.code);
    return old ? changedQuestion(before, old, after, now) : [];
  });
  return [...come, ...stayed];
}

function changedQuestion(before: Survey, old: SurveyQuestion, after: Survey, now: SurveyQuestion): Change[] {
  const part = { question: now.code };
  const value = (what: string, was: string, is: string) => changed(what, was === is, was, is, part);
  const asked = ({ universe }: SurveyQuestion) => (universe.length === 0 ? 'everybody' : shortUniverse(universe));
  return [
    ...changed(
      `The words of ${now.code}`,
      same(old.text, now.text),
      words(before, old.text),
      words(after, now.text),
      part,
    ),
    ...value(`Who is asked ${now.code}`, asked(old), asked(now)),
    ...value(`Whether ${now.code} has to be answered`, needed(old), needed(now)),
    ...parts(before, old, after, now),
  ];
}

const needed = ({ required }: SurveyQuestion): string => (required ? 'yes' : 'no');

/** A question's options, and a grid's rows. */
function partsOf(question: SurveyQuestion): readonly { code: string; label: Text }[] {
  return [...question.choices, ...(question.type === 'grid' ? question.rows : [])];
}

function parts(before: Survey, old: SurveyQuestion, after: Survey, now: SurveyQuestion): Change[] {
  const labels = (question: SurveyQuestion) => new Map(partsOf(question).map(({ code, label }) => [code, label]));
  const [was, is] = [labels(old), labels(now)];
  const name = (code: string) => `“${code}” of ${now.code}`;
  const come = comings([...was.keys()], [...is.keys()], (code) => {
    const [gone, fresh] = [was.get(code), is.get(code)];
    return {
      what: `Option ${name(code)}`,
      ...(gone && !fresh && { was: words(before, gone) }),
      ...(fresh && !gone && { is: words(after, fresh) }),
      part: { question: now.code, option: code },
    };
  });
  const relabelled = [...is].flatMap(([code, label]) => {
    const earlier = was.get(code);
    if (earlier === undefined) return [];
    const what = `The words of ${name(code)}`;
    const part = { question: now.code, option: code };
    return changed(what, same(earlier, label), words(before, earlier), words(after, label), part);
  });
  return [...come, ...relabelled];
}

function variables(before: Survey, after: Survey): Change[] {
  return comings([...before.derived.keys()], [...after.derived.keys()], (code) => ({
    what: `Variable ${code}, which is worked out`,
    part: { variable: code },
  }));
}

/** What came and what went, by code. */
function comings(
  before: readonly string[],
  after: readonly string[],
  tell: (code: string) => Omit<Change, 'kind'>,
): Change[] {
  const [was, is] = [new Set(before), new Set(after)];
  return [
    ...after.filter((code) => !was.has(code)).map((code) => ({ kind: 'added' as const, ...tell(code) })),
    ...before.filter((code) => !is.has(code)).map((code) => ({ kind: 'removed' as const, ...tell(code) })),
  ];
}

function changed(
  what: string,
  unchanged: boolean,
  was: string | undefined,
  is: string | undefined,
  part: Part,
): Change[] {
  return unchanged ? [] : [{ kind: 'changed', what, was, is, part }];
}

const shown = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
