/**
 * The possible respondents. To know whether a condition can hold, or whether a stage rule leaves anybody out, every
 * combination of answers that makes a difference is walked through the engine itself: nothing here re-tells what
 * the engine does, so the check cannot disagree with it.
 */
import { type Answer, type Answers, type Known, PREFER_NOT } from '../answers.ts';
import { allHold } from '../conditions.ts';
import type { Condition, Option } from '../definition.ts';
import { type AskedQuestion, questionOfField, walk } from '../journey.ts';
import { allFieldsOf, type Survey, type SurveyQuestion } from '../survey.ts';
import { type Mention, mentionsIn } from './mentions.ts';
import { leavesOf } from './places.ts';
import { stepsAround } from './steps.ts';

/** One possible respondent at one moment. */
export interface World {
  readonly answers: Answers;
  /** Questions answered by rule, so never seen. */
  readonly filled: readonly string[];
  readonly known: Known;
}

interface Moment {
  /** Answers of pages before this one are known. */
  readonly position: number;
  /** The page's own answers too. */
  readonly within?: boolean;
}

export interface Routes {
  /**
   * Everybody who can be told apart by the conditions and fields, at a moment, and for whom `given` holds.
   * Undefined when there are more than `MOST` to try, or when all that was asked so far came to `MOST_LOOKS`.
   */
  worlds(
    moment: Moment,
    given: readonly Condition[],
    about?: { readonly conditions?: readonly Condition[]; readonly fields?: readonly string[] },
  ): readonly World[] | undefined;
}

/** Beyond this many combinations a question is left open, and the author told so. */
export const MOST = 10_000;

/**
 * How often in all a page is walked over, or a test tried on somebody, before the rest is left open: some seconds of
 * work. The AI adoption survey takes a twenty-fifth of it.
 */
const MOST_LOOKS = 1_000_000;

/** The routes of a survey. Remembers what it has worked out; otherwise pure. */
export function routesOf(survey: Survey): Routes {
  const walked = new Map<string, readonly World[] | undefined>();
  let left = MOST_LOOKS;
  const spend = (looks: number) => {
    left -= looks;
    return left >= 0;
  };
  return {
    worlds({ position, within = false }, given, { conditions = [], fields = [] } = {}) {
      const asked = [...given, ...conditions];
      const mentions = mentionsIn(survey, within ? position + 1 : position, asked, fields);
      if (!spend(mentions.size)) return undefined;
      const key = JSON.stringify([within && position, [...mentions].sort(([a], [b]) => (a < b ? -1 : 1))]);
      if (!walked.has(key))
        walked.set(key, walkAll(survey, mentions, within ? position : Number.POSITIVE_INFINITY, spend));
      const all = walked.get(key);
      const tests = asked.reduce((sum, condition) => sum + leavesOf(condition, []).length, 1);
      return all && spend(all.length * tests) ? all.filter(({ known }) => allHold(given, known)) : undefined;
    },
  };
}

/** Walks a survey cut down to the fields that matter, once for each combination of answers. */
function walkAll(
  survey: Survey,
  mentions: ReadonlyMap<string, Mention>,
  last: number,
  spend: (looks: number) => boolean,
): World[] | undefined {
  const met = new Set([...mentions.keys()].map((field) => questionOfField(survey, field)?.position));
  const pages = survey.pages
    .filter(({ position }) => met.has(position))
    .map((page) => ({
      ...page,
      rules: [],
      questions: page.questions
        .filter((question) => allFieldsOf(question).some((field) => mentions.has(field)))
        .map((question) => cutDown(question, mentions, page.position >= last)),
    }))
    .filter((page) => page.questions.length > 0);
  const small: Survey = { ...survey, pages };
  // Tens of thousands of walks ask the same of the same options.
  const tried = new Map<string, { readonly offered: readonly Option[]; readonly candidates: (Answer | null)[] }>();
  const candidatesOf = (each: AskedQuestion, field: string, mention: Mention) => {
    const known = tried.get(field);
    if (known?.offered === each.offered) return known.candidates;
    const candidates = candidatesFor(each, field, mention, mentions);
    tried.set(field, { offered: each.offered, candidates });
    return candidates;
  };
  const affords = () => spend(pages.length + 1);
  return eachWay(affords, (choose) => {
    const journey = walk(small, ({ asked }) => {
      const answers: Record<string, Answer | null> = {};
      for (const each of asked) {
        for (const field of allFieldsOf(each.question)) {
          const mention = mentions.get(field);
          if (!mention) continue;
          const candidates = candidatesOf(each, field, mention);
          if (candidates.length === 0) return undefined;
          answers[field] = candidates[choose(candidates.length)] ?? null;
        }
      }
      return answers;
    });
    const ended = journey.end !== undefined && journey.pages.at(-1)?.page.position !== last;
    return journey.next || ended ? undefined : journey;
  });
}

/** Without rows and wording that nothing looks at; an option that ends the questionnaire leads nowhere but on the last page. */
function cutDown(question: SurveyQuestion, mentions: ReadonlyMap<string, Mention>, last: boolean): SurveyQuestion {
  const choices = last ? question.choices : question.choices.filter((option) => option.end === undefined);
  const small = { ...question, variants: undefined, choices };
  if (small.type !== 'grid') return small;
  return { ...small, rows: small.rows.filter((row) => mentions.has(`${small.code}_${row.code}`)) };
}

/** Runs the same steps again and again, until every way of choosing was taken; undefined when that is too much. */
function eachWay<T>(affords: () => boolean, run: (choose: (ways: number) => number) => T | undefined): T[] | undefined {
  const found: T[] = [];
  const trail: { taken: number; ways: number }[] = [];
  for (let runs = 0; runs < MOST && affords(); runs++) {
    let depth = 0;
    const result = run((ways) => {
      if (depth === trail.length) trail.push({ taken: 0, ways });
      return trail[depth++]?.taken ?? 0;
    });
    if (result !== undefined) found.push(result);
    while (trail.length > 0 && (trail.at(-1)?.taken ?? 0) + 1 >= (trail.at(-1)?.ways ?? 0)) trail.pop();
    const turn = trail.at(-1);
    if (!turn) return found;
    turn.taken++;
  }
  return undefined;
}

/** The answers worth trying in a field: one of each kind that the mention tells apart, and a blank where that is allowed. */
function candidatesFor(
  { question, offered }: AskedQuestion,
  field: string,
  mention: Mention,
  mentions: ReadonlyMap<string, Mention>,
): (Answer | null)[] {
  const blank = question.required ? [] : [null];
  if (field !== question.code && question.type !== 'grid') return [null, 'x'];
  switch (question.type) {
    case 'text':
      return [...blank, 'x'];
    case 'multiple':
    case 'ranking':
      return ticks(offered, mention)
        .map((codes) => (codes.length > 0 ? codes : null))
        .filter((codes) => codes || !question.required);
    case 'number':
    case 'date': {
      const partners = mention.partners.flatMap((partner) => mentions.get(partner)?.edges ?? []);
      const marks = alike(offered, mention).map(([first]) => first?.code ?? PREFER_NOT);
      return [...blank, ...marks, ...stepsAround(question, [...mention.edges, ...partners])];
    }
    default:
      return [...blank, ...alike(offered, mention).map(([first]) => first?.code ?? '')];
  }
}

/** Options that stand in the same lists, together. */
function alike(options: readonly Option[], { lists }: Mention): Option[][] {
  const kinds = new Map<string, Option[]>();
  for (const option of options) {
    const kind = lists.map((list) => (list.includes(option.code) ? '1' : '0')).join('');
    kinds.set(kind, [...(kinds.get(kind) ?? []), option]);
  }
  return [...kinds.values()];
}

/** Sets of ticks: of each kind none, one, … as far as the number matters, or all; each kind of exclusive option alone. */
function ticks(options: readonly Option[], mention: Mention): string[][] {
  const free = alike(
    options.filter((option) => !option.exclusive),
    mention,
  );
  const alone = alike(
    options.filter((option) => option.exclusive),
    mention,
  );
  const together = free.reduce<string[][]>(
    (sets, kind) => {
      const most = Math.min(kind.length, mention.ticks);
      const sizes = Array.from({ length: most + 1 }, (_, size) => size);
      return sets.flatMap((set) => sizes.map((size) => [...set, ...kind.slice(0, size).map(({ code }) => code)]));
    },
    [[]],
  );
  return [...together, ...alone.map(([first]) => [first?.code ?? ''])];
}
