/** What a new version of a survey changes, as staff read it before it goes live. */
import { words } from '../../questionnaire/checks/changed-wording.ts';
import type { Text } from '../../questionnaire/definition.ts';
import { shortUniverse } from '../../questionnaire/describe.ts';
import type { Survey, SurveyQuestion } from '../../questionnaire/survey.ts';

export interface Change {
  readonly kind: 'added' | 'removed' | 'changed';
  /** What it is, such as `Question B1`. */
  readonly what: string;
  readonly was?: string | undefined;
  readonly is?: string | undefined;
  /** Whether answers that were given under a version are touched: it has what is changed or removed. */
  touches(version: Survey): boolean;
}

/** Everything that differs, in the order of a questionnaire. Pure. @param before the version that is live */
export function changesBetween(before: Survey, after: Survey): Change[] {
  return [
    ...aboutSurvey(before, after),
    ...pages(before, after),
    ...questions(before, after),
    ...variables(before, after),
  ];
}

const everyVersion = () => true;

function aboutSurvey(before: Survey, after: Survey): Change[] {
  const [was, is] = [before.file, after.file];
  const text = (what: string, old: Text | undefined, now: Text | undefined) =>
    changed(what, same(old, now), old && words(before, old), now && words(after, now), everyVersion);
  const value = (what: string, old: unknown, now: unknown) =>
    changed(what, same(old, now), shown(old), shown(now), everyVersion);
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
    touches: (version) => codes(version).includes(code),
  }));
}

function questions(before: Survey, after: Survey): Change[] {
  const come = comings([...before.questions.keys()], [...after.questions.keys()], (code) => {
    const [old, now] = [before.questions.get(code), after.questions.get(code)];
    return {
      what: `Question ${code}`,
      ...(old && !now && { was: words(before, old.text) }),
      ...(now && !old && { is: words(after, now.text) }),
      touches: (version) => version.questions.has(code),
    };
  });
  const stayed = [...after.questions.values()].flatMap((now) => {
    const old = before.questions.get(now.code);
    return old ? changedQuestion(before, old, after, now) : [];
  });
  return [...come, ...stayed];
}

function changedQuestion(before: Survey, old: SurveyQuestion, after: Survey, now: SurveyQuestion): Change[] {
  const touches = (version: Survey) => version.questions.has(now.code);
  const value = (what: string, was: string, is: string) => changed(what, was === is, was, is, touches);
  const asked = ({ universe }: SurveyQuestion) => (universe.length === 0 ? 'everybody' : shortUniverse(universe));
  return [
    ...changed(
      `The words of ${now.code}`,
      same(old.text, now.text),
      words(before, old.text),
      words(after, now.text),
      touches,
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
  const touching = (code: string) => (version: Survey) => {
    const question = version.questions.get(now.code);
    return question !== undefined && labels(question).has(code);
  };
  const come = comings([...was.keys()], [...is.keys()], (code) => {
    const [gone, fresh] = [was.get(code), is.get(code)];
    return {
      what: `Option ${name(code)}`,
      ...(gone && !fresh && { was: words(before, gone) }),
      ...(fresh && !gone && { is: words(after, fresh) }),
      touches: touching(code),
    };
  });
  const relabelled = [...is].flatMap(([code, label]) => {
    const earlier = was.get(code);
    if (earlier === undefined) return [];
    const what = `The words of ${name(code)}`;
    return changed(what, same(earlier, label), words(before, earlier), words(after, label), touching(code));
  });
  return [...come, ...relabelled];
}

function variables(before: Survey, after: Survey): Change[] {
  return comings([...before.derived.keys()], [...after.derived.keys()], (code) => ({
    what: `Variable ${code}, which is worked out`,
    touches: (version) => version.derived.has(code),
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
  touches: Change['touches'],
): Change[] {
  return unchanged ? [] : [{ kind: 'changed', what, was, is, touches }];
}

const shown = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
