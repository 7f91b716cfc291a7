/** Where everything stands in a survey file: its pages and questions with their paths, and its conditions with their moment. */
import type { Condition, Page } from '../definition.ts';
import type { Path } from '../source.ts';
import type { Survey, SurveyPage, SurveyQuestion } from '../survey.ts';

/** A page of the file. Of a repeated page, the first copy stands for all. */
export interface PagePlace {
  readonly path: Path;
  readonly file: Page;
  readonly page: SurveyPage;
  readonly copies: readonly SurveyPage[];
  readonly questions: readonly QuestionPlace[];
}

export interface QuestionPlace {
  readonly path: Path;
  readonly question: SurveyQuestion;
}

/** The pages of the file in order. A repeated page whose list has nothing to repeat it for is missing. */
export function pagesIn(survey: Survey): PagePlace[] {
  const places: (PagePlace & { copies: SurveyPage[] })[] = [];
  for (const page of survey.pages) {
    const last = places.at(-1);
    if (last && last.path.join() === page.path.join()) {
      last.copies.push(page);
      continue;
    }
    const file = survey.file.sections[Number(page.path[1])]?.pages[Number(page.path[3])];
    if (!file) continue;
    const questions = page.questions.map((question, index) => ({ path: [...page.path, 'questions', index], question }));
    places.push({ path: page.path, file, page, copies: [page], questions });
  }
  return places;
}

/** A condition, and the moment at which it is looked at. */
export interface PlacedCondition {
  readonly kind: 'section' | 'page' | 'question' | 'variant' | 'confirm' | 'flag' | 'refusal' | 'variable' | 'case';
  readonly path: Path;
  readonly condition: Condition;
  /** The page that looks at it; the answers of earlier pages are known. After the last page for a derived variable. */
  readonly position: number;
  /** The answers of the page itself count too. */
  readonly within: boolean;
  /** What holds whenever it is looked at. */
  readonly given: readonly Condition[];
  /** What stands or falls with it, as a sentence names it. */
  readonly subject: string;
}

/** Every condition of the survey, in the order of the file. */
export function conditionsIn(survey: Survey, pages: readonly PagePlace[]): PlacedCondition[] {
  const sections = survey.file.sections.flatMap((section, index): PlacedCondition[] => {
    const first = pages.find(({ path }) => path[1] === index);
    if (!section.when || !first) return [];
    return [
      {
        kind: 'section',
        path: ['sections', index, 'when'],
        condition: section.when,
        position: first.page.position,
        within: false,
        given: [],
        subject: `section "${section.code}"`,
      },
    ];
  });
  return [...sections, ...pages.flatMap(ofPage), ...ofDerived(survey)];
}

function ofPage(place: PagePlace): PlacedCondition[] {
  const { page, path, file } = place;
  const moment = { position: page.position, within: false };
  const own = page.when.at(-1);
  const repeated = file.repeat !== undefined && own?.all !== undefined;
  const given = page.section.when ? [page.section.when] : [];
  const subject = `page "${page.code}"`;
  const pageCondition: PlacedCondition[] =
    file.when && own
      ? [
          {
            ...moment,
            kind: 'page',
            path: [...path, 'when'],
            condition: repeated ? (own.all?.[1] ?? own) : own,
            given: repeated && own.all?.[0] ? [...given, own.all[0]] : given,
            subject,
          },
        ]
      : [];
  const refusals = page.rules.flatMap(({ refuseWhen }, index): PlacedCondition[] =>
    refuseWhen
      ? [
          {
            kind: 'refusal',
            path: [...path, 'rules', index, 'refuseWhen'],
            condition: refuseWhen,
            position: page.position,
            within: true,
            given: page.when,
            subject,
          },
        ]
      : [],
  );
  return [...pageCondition, ...place.questions.flatMap((each) => ofQuestion(each, page)), ...refusals];
}

function ofQuestion({ path, question }: QuestionPlace, page: SurveyPage): PlacedCondition[] {
  const place = { position: page.position, given: question.universe, subject: question.code };
  const list = (key: 'variants' | 'confirm' | 'flags', kind: 'variant' | 'confirm' | 'flag') =>
    (question[key] ?? []).map(
      ({ when }, index): PlacedCondition => ({
        ...place,
        kind,
        path: [...path, key, index, 'when'],
        condition: when,
        within: kind !== 'variant',
      }),
    );
  const own: PlacedCondition[] = question.when
    ? [
        {
          ...place,
          kind: 'question',
          path: [...path, 'when'],
          condition: question.when,
          given: page.when,
          within: false,
        },
      ]
    : [];
  return [...own, ...list('variants', 'variant'), ...list('confirm', 'confirm'), ...list('flags', 'flag')];
}

function ofDerived(survey: Survey): PlacedCondition[] {
  return survey.file.derived.flatMap((definition, index): PlacedCondition[] => {
    const place = { position: survey.pages.length, within: false, given: [], subject: `"${definition.code}"` };
    const path: Path = ['derived', index];
    if (definition.kind === 'when')
      return [{ ...place, kind: 'variable', path: [...path, 'when'], condition: definition.when }];
    if (definition.kind !== 'cases') return [];
    return definition.cases.map(({ when }, row) => ({
      ...place,
      kind: 'case',
      path: [...path, 'cases', row, 'when'],
      condition: when,
    }));
  });
}

/** The single tests inside a condition, each with its place. */
export function leavesOf(condition: Condition, path: Path): { readonly leaf: Condition; readonly path: Path }[] {
  if (condition.all) return condition.all.flatMap((each, index) => leavesOf(each, [...path, 'all', index]));
  if (condition.any) return condition.any.flatMap((each, index) => leavesOf(each, [...path, 'any', index]));
  if (condition.not) return leavesOf(condition.not, [...path, 'not']);
  return [{ leaf: condition, path }];
}

/** The questions that a test compares with. */
export function operandsOf(leaf: Condition): { readonly field: string; readonly operator: string }[] {
  return Object.entries(leaf.compare ?? {}).flatMap(([operator, operand]) =>
    typeof operand === 'object' && operand !== null ? [{ field: operand.question, operator }] : [],
  );
}

/** The codes that a test names, each with its place. */
export function codesIn(leaf: Condition, path: Path): { readonly code: string; readonly path: Path }[] {
  const one = (['is', 'isNot', 'includes'] as const).flatMap((key) =>
    leaf[key] === undefined ? [] : [{ code: leaf[key], path: [...path, key] }],
  );
  const many = (['isAnyOf', 'isNoneOf', 'includesAnyOf', 'includesAllOf', 'includesNoneOf'] as const).flatMap((key) =>
    (leaf[key] ?? []).map((code, index) => ({ code, path: [...path, key, index] })),
  );
  const except = (leaf.count?.except ?? []).map((code, index) => ({ code, path: [...path, 'count', 'except', index] }));
  return [...one, ...many, ...except];
}
