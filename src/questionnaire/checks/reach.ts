/** Can everything be reached, and does every condition make a difference? Tried on every possible respondent. */
import { holds } from '../conditions.ts';
import type { Condition } from '../definition.ts';
import { referencesIn } from '../derived.ts';
import { shortCondition } from '../describe.ts';
import { questionOfField } from '../journey.ts';
import type { Finding, Path } from '../source.ts';
import { fieldsOf } from '../survey.ts';
import { listBehind } from './mentions.ts';
import type { CheckName } from './names.ts';
import { codesIn, leavesOf, type PlacedCondition } from './places.ts';
import { type Check, error, type Subject, warning } from './subject.ts';
import { MOST, type World } from './worlds.ts';

/** Conditions, pages, questions and options. */
export const checkReach: Check = (subject) => [
  ...deadEnds(subject),
  ...subject.conditions.flatMap((placed) => condition(subject, placed)),
  ...repeatsOfNothing(subject),
  ...emptyQuestions(subject),
  ...refusedOptions(subject),
];

const UNREACHABLE: Partial<Record<PlacedCondition['kind'], CheckName>> = {
  section: 'unreachable-page',
  page: 'unreachable-page',
  question: 'unreachable-question',
};

/** What an author reads when a condition never holds, and when it always does. */
const NEVER: Record<PlacedCondition['kind'], string> = {
  section: 'is never shown',
  page: 'is never shown',
  question: 'is never asked',
  variant: 'never has this wording',
  confirm: 'never asks this',
  flag: 'never raises this flag',
  refusal: 'is never refused for this',
  variable: 'is always "no"',
  case: 'never has this value',
};

const ALWAYS: Record<PlacedCondition['kind'], string> = {
  section: 'is shown to everyone who gets there',
  page: 'is shown to everyone who gets there',
  question: 'is asked of everyone who gets there',
  variant: 'always has this wording',
  confirm: 'asks this of everyone',
  flag: 'raises this flag for everyone',
  refusal: 'refuses every answer',
  variable: 'is always "yes"',
  case: 'has this value for everyone who gets to this case',
};

function condition(subject: Subject, placed: PlacedCondition): Finding[] {
  const worlds = subject.routes.worlds(placed, placed.given, { conditions: [placed.condition] });
  if (!worlds) {
    const message = `This condition rests on more than ${MOST.toLocaleString('en')} combinations of answers, so whether it can hold was not tried.`;
    return [warning(subject, 'too-many-cases', placed.path, message, 'Look at fewer questions at once if you can.')];
  }
  if (worlds.length === 0) return [];
  const reached = placed.kind === 'case' ? leftFor(subject, placed, worlds) : worlds;
  if (reached.length === 0) {
    const message = `${capital(placed.subject)} ${NEVER.case}: the cases above it take everyone for whom “${shortCondition(placed.condition)}” holds.`;
    return [error(subject, 'never-holds', placed.path, message, 'Take it out, or move it up.')];
  }
  return part(subject, placed, placed.condition, placed.path, reached, true);
}

/** A condition that never or always holds; if neither, its parts. */
function part(
  subject: Subject,
  placed: PlacedCondition,
  inner: Condition,
  path: Path,
  worlds: readonly World[],
  whole: boolean,
): Finding[] {
  const count = worlds.filter(({ known }) => holds(inner, known)).length;
  const said = `“${shortCondition(inner)}”`;
  if (count === 0) {
    const check = whole ? (UNREACHABLE[placed.kind] ?? 'never-holds') : 'never-holds';
    const what = whole ? `${capital(placed.subject)} ${NEVER[placed.kind]}` : 'This part does nothing';
    const message = `${what}: ${said} can never hold here.`;
    return [error(subject, check, path, message, mendOfNever(subject, placed, inner))];
  }
  if (count === worlds.length) {
    if (placed.kind === 'case') return [];
    const what = whole ? `${capital(placed.subject)} ${ALWAYS[placed.kind]}` : 'This part does nothing';
    const message = `${what}: ${said} always holds here.`;
    return [error(subject, 'always-holds', path, message, 'Take it out, or put it right.')];
  }
  const inside = (each: Condition, ...steps: Path) => part(subject, placed, each, [...path, ...steps], worlds, false);
  return [
    ...(inner.all ?? []).flatMap((each, index) => inside(each, 'all', index)),
    ...(inner.any ?? []).flatMap((each, index) => inside(each, 'any', index)),
    ...(inner.not ? inside(inner.not, 'not') : []),
  ];
}

/** Only those whom no earlier case has taken. */
function leftFor({ survey }: Subject, { path }: PlacedCondition, worlds: readonly World[]): readonly World[] {
  const definition = survey.file.derived[Number(path[1])];
  if (definition?.kind !== 'cases') return worlds;
  const earlier = definition.cases.slice(0, Number(path[3]));
  return worlds.filter(({ known }) => !earlier.some((each) => holds(each.when, known)));
}

/** Where a question is not even asked of these people, or an answer ends the questionnaire, that is the thing to say. */
function mendOfNever(subject: Subject, placed: PlacedCondition, inner: Condition): string {
  for (const { leaf } of leavesOf(inner, [])) {
    const question = leaf.question === undefined ? undefined : questionOfField(subject.survey, leaf.question);
    if (!question) continue;
    const fields = fieldsOf(question);
    const worlds = subject.routes.worlds(placed, placed.given, { fields });
    if (worlds?.every(({ answers }) => fields.every((field) => answers[field] === undefined)))
      return `${question.code} is not asked of the people who get here: look at something else, or move this.`;
    const last = codesIn(leaf, []).find(({ code }) =>
      question.choices.some((option) => option.code === code && option.end),
    );
    if (last && question.position < placed.position)
      return `Whoever answers "${last.code}" to ${question.code} is led to an end: look at something else.`;
  }
  return 'Put the condition right, or take this out.';
}

/** A question whose every answer ends the questionnaire, asked of everyone. */
function deadEnds(subject: Subject): Finding[] {
  return subject.questions.flatMap(({ path, question }) => {
    const everyone = question.universe.length === 0 && question.required && question.choices.length > 0;
    const last = question.position === subject.survey.pages.length - 1;
    const consent = question.code === subject.survey.file.consent.question;
    if (!everyone || last || consent || !question.choices.every((option) => option.end !== undefined)) return [];
    const message = `Every answer to ${question.code} ends the questionnaire, so nobody gets past it.`;
    return [error(subject, 'dead-end', [...path, 'options'], message, 'Leave "end" out of the answers that go on.')];
  });
}

/** A repeated page whose list has no option to repeat it for. */
function repeatsOfNothing(subject: Subject): Finding[] {
  return subject.survey.file.sections.flatMap((section, index) =>
    section.pages.flatMap((page, place) => {
      const path = ['sections', index, 'pages', place];
      if (!page.repeat || subject.pages.some((each) => each.path.join() === path.join())) return [];
      const message = `This page is never shown: ${page.repeat.for} has no option to repeat it for.`;
      return [
        error(subject, 'unreachable-page', [...path, 'repeat'], message, 'Leave fewer options out with "except".'),
      ];
    }),
  );
}

/** A question that takes its options from a list of which fewer than two can be left. */
function emptyQuestions(subject: Subject): Finding[] {
  return subject.questions.flatMap(({ path, question }) => {
    const list = listBehind(question);
    if (!list) return [];
    const moment = { position: question.position, within: true };
    const worlds = subject.routes.worlds(moment, question.universe, { fields: [question.code] }) ?? [];
    const listed = worlds.some(({ answers }) => list.from in answers);
    const asked = worlds.some(({ answers, filled }) => question.code in answers && !filled.includes(question.code));
    if (!listed || asked) return [];
    const message = `${question.code} is never asked: two options of ${list.from} are never left to choose from.`;
    return [
      error(subject, 'unreachable-question', [...path, 'options'], message, 'Leave fewer options out with "except".'),
    ];
  });
}

/** An option that a rule of its page always refuses. */
function refusedOptions(subject: Subject): Finding[] {
  const refused = subject.conditions.filter(({ kind }) => kind === 'refusal');
  return refused.flatMap((placed) => {
    const asked = subject.questions.filter(
      ({ question }) => question.position === placed.position && referencesIn(placed.condition).includes(question.code),
    );
    return asked.flatMap(({ path, question }) =>
      question.choices.flatMap((option, index) => {
        const chosen: Condition =
          question.type === 'multiple' || question.type === 'ranking'
            ? { question: question.code, includes: option.code }
            : { question: question.code, is: option.code };
        const worlds = subject.routes.worlds(placed, [...placed.given, chosen], { conditions: [placed.condition] });
        if (!worlds || worlds.length === 0 || !worlds.every(({ known }) => holds(placed.condition, known))) return [];
        const message = `Nobody can choose "${option.code}" of ${question.code}: the page always refuses it.`;
        return [
          error(
            subject,
            'unreachable-option',
            [...path, 'options', index],
            message,
            'Take the option out, or narrow the rule.',
          ),
        ];
      }),
    );
  });
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
