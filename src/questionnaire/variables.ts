/**
 * The variables of a survey: what a data file, a table or a codebook has columns for. Names, order and integer
 * values are stable; so is who was asked.
 */
import { type Answer, type Answers, DONT_KNOW, type Known, PREFER_NOT, valuesIn } from './answers.ts';
import type { Category, Condition, Option, Role, Text } from './definition.ts';
import { knownFrom } from './journey.ts';
import {
  type DerivedVariable,
  fieldsOf,
  isMark,
  otherFields,
  type Survey,
  type SurveyQuestion,
  sourceOptions,
} from './survey.ts';

/** Why a variable holds no value, with the number that data files carry for it (rule M15). */
export const MISSING = {
  notAsked: -1,
  left: -2,
  notInVersion: -5,
  withheld: -6,
  preferNotToSay: -7,
  dontKnow: -8,
  blank: -9,
} as const;
export type Missing = 'notAsked' | 'left' | 'notInVersion' | 'blank';

/** A category's code, a number or text as written, or why there is none. */
export type Value = string | { readonly missing: Missing };

interface VariableCategory {
  readonly code: string;
  readonly label: Text;
  /** The number in data files; marked answers take theirs from `MISSING`. */
  readonly value: number;
}

export interface Variable {
  /** Lower case, letter first, unique: the name in files (rule F7). */
  readonly name: string;
  readonly label: Text;
  readonly kind: 'categorical' | 'number' | 'date' | 'text';
  readonly categories: readonly VariableCategory[];
  readonly role: Role | undefined;
  /** The question it belongs to; for a derived variable, the question of its NET, if any. */
  readonly question: string | undefined;
  /** Which part of the question: an option of a tick list or ranking, or a row of a grid. */
  readonly part?: string;
  readonly derived: boolean;
  /** Conditions that decide who is asked; none is everyone. */
  readonly universe: readonly Condition[];
  /** The one input that it is read from, by what stands there; undefined for a derived variable. */
  readonly asked: { readonly field: string; read(answer: Answer | null): Value } | undefined;
  /**
   * The value in a submission.
   * @param known what is known from these answers, for whoever reads more than one variable
   */
  read(answers: Answers, known?: Known): Value;
}

const NOT_ASKED = { missing: 'notAsked' } as const;
const BLANK = { missing: 'blank' } as const;

const TICKED: readonly VariableCategory[] = [
  { code: 'no', label: { en: 'Not ticked', cy: 'Heb ei dicio' }, value: 0 },
  { code: 'yes', label: { en: 'Ticked', cy: 'Wedi’i dicio' }, value: 1 },
];

/** Every variable of a survey, in the order of the questionnaire, the derived ones last. */
export function variablesOf(survey: Survey): Variable[] {
  const asked = [...survey.questions.values()].flatMap((question) => [
    ...ofQuestion(survey, question),
    ...boxes(question),
  ]);
  return [...asked, ...[...survey.derived.values()].map((derived) => ofDerived(survey, derived))];
}

function ofQuestion(survey: Survey, question: SurveyQuestion): Variable[] {
  const common = { role: question.role, question: question.code, derived: false, universe: question.universe };
  const label = question.short ?? question.text;
  const name = question.code.toLowerCase();
  switch (question.type) {
    case 'multiple':
      return question.choices.map((option) => ({
        ...common,
        name: `${name}_${option.code.toLowerCase()}`,
        label: option.label,
        kind: 'categorical',
        categories: TICKED,
        part: option.code,
        ...readFrom(question.code, (values) => (values.includes(option.code) ? 'yes' : 'no')),
      }));
    case 'ranking':
      return question.options.map((option) => ({
        ...common,
        name: `${name}_${option.code.toLowerCase()}`,
        label: option.label,
        kind: 'categorical',
        categories: [
          ...ranks(question.options.length),
          ...numbered(question.choices.filter(({ code }) => isMark(code))),
        ],
        part: option.code,
        ...readFrom(question.code, (values) => {
          if (values.includes(option.code)) return String(values.indexOf(option.code) + 1);
          return values.find(isMark) ?? 'unranked';
        }),
      }));
    case 'grid':
      return question.rows.map((row) => ({
        ...common,
        name: `${name}_${row.code.toLowerCase()}`,
        label: row.label,
        kind: 'categorical',
        categories: numbered(question.choices),
        part: row.code,
        ...readFrom(`${question.code}_${row.code}`),
      }));
    case 'number':
    case 'date':
    case 'text': {
      const categories = numbered(question.choices);
      return [
        {
          ...common,
          name,
          label,
          kind: question.type,
          categories,
          ...readFrom(question.code),
        },
      ];
    }
    default:
      return [
        {
          ...common,
          name,
          label,
          kind: 'categorical',
          categories: numbered(sourceOptions(survey, question)),
          ...readFrom(question.code),
        },
      ];
  }
}

/** What was typed behind an "other" option: free text, whatever the role of its question. */
function boxes(question: SurveyQuestion): Variable[] {
  return otherFields(question).map(({ field, option }) => ({
    name: `${field.toLowerCase()}_text`,
    label: question.choices.find((each) => each.code === option)?.label ?? field,
    kind: 'text',
    categories: [],
    role: 'text',
    question: question.code,
    part: option,
    derived: false,
    universe: question.universe,
    ...readFrom(field),
  }));
}

function ofDerived(survey: Survey, derived: DerivedVariable): Variable {
  const fields = fieldsBehind(survey, derived);
  return {
    name: derived.name,
    label: derived.label,
    kind: derived.categories ? 'categorical' : 'number',
    categories: numbered(derived.categories ?? []),
    role: derived.role,
    question: derived.net,
    derived: true,
    universe: derived.net ? (survey.questions.get(derived.net)?.universe ?? []) : [],
    asked: undefined,
    read: (answers, known = knownFrom(survey, answers)) =>
      known.variable(derived.name) ?? (fields.some((field) => answers[field] !== undefined) ? BLANK : NOT_ASKED),
  };
}

/** The fields that a derived variable rests on in the end, each once. */
function fieldsBehind(survey: Survey, derived: DerivedVariable): readonly string[] {
  const fields = new Set<string>();
  const seen = new Set([derived]);
  const look = ({ sources }: DerivedVariable): void => {
    for (const source of sources) {
      const question = survey.questions.get(source);
      const behind = question ? undefined : survey.derived.get(source);
      if (!behind) for (const field of question ? fieldsOf(question) : [source]) fields.add(field);
      else if (!seen.has(behind)) {
        seen.add(behind);
        look(behind);
      }
    }
  };
  look(derived);
  return [...fields];
}

/** A variable that is read from the answer in one field. */
function readFrom(
  field: string,
  valueAmong: (values: readonly string[]) => string = ([value = '']) => value,
): Pick<Variable, 'asked' | 'read'> {
  const read = (answer: Answer | null) => (answer === null ? BLANK : valueAmong(valuesIn(answer)));
  return {
    asked: { field, read },
    read: (answers) => {
      const answer = answers[field];
      return answer === undefined ? NOT_ASKED : read(answer);
    },
  };
}

/** Categories with their numbers: the author's, else the place in the list; marked answers have theirs everywhere. */
function numbered(options: readonly (Option | Category)[]): VariableCategory[] {
  return options.map(({ code, label, value }, index) => ({
    code,
    label,
    value: markValue(code) ?? value ?? index + 1,
  }));
}

function markValue(code: string): number | undefined {
  if (code === DONT_KNOW) return MISSING.dontKnow;
  return code === PREFER_NOT ? MISSING.preferNotToSay : undefined;
}

function ranks(most: number): VariableCategory[] {
  const places = Array.from({ length: most }, (_, index) => ({
    code: String(index + 1),
    label: String(index + 1),
    value: index + 1,
  }));
  return [...places, { code: 'unranked', label: { en: 'Not ranked', cy: 'Heb ei restru' }, value: most + 1 }];
}
