/** What a snapshot may hold, and how each variable is described in it: the union of a survey's versions. */
import type { Condition, Role, Text } from '../questionnaire/definition.ts';
import type { Survey } from '../questionnaire/survey.ts';
import { type Variable, variablesOf } from '../questionnaire/variables.ts';

/** The code under which a number or a date counts as given; no option can be called so. */
export const GIVEN = '#';

/** How a variable stands in a snapshot; this is what `snapshot_columns.about` holds. */
export interface SnapshotVariable {
  readonly name: string;
  readonly label: Text;
  readonly kind: 'categorical' | 'number' | 'date';
  /** In the order of their positions in the column. A number or date has `GIVEN` first. */
  readonly categories: readonly { readonly code: string; readonly label: Text; readonly value: number }[];
  readonly role: Role;
  readonly question?: string;
  readonly part?: string;
  readonly derived: boolean;
  readonly universe: readonly Condition[];
  /** Bytes of one code; numbers have their values in eight more, in a column of their own. */
  readonly width: 1 | 2;
}

/** From the one that could do least harm to the one that could do most. */
const BY_HARM: readonly Role[] = ['weight', 'plain', 'quasi', 'sensitive', 'text', 'technical', 'direct'];
const NEVER: readonly Role[] = ['text', 'technical', 'direct'];

/** The most categories that one byte holds; the places above are for the reasons why there is no value. */
const MOST_IN_A_BYTE = 240;

/**
 * The variables of a snapshot over several versions of a survey, the newest first: by name, with every category that
 * any version had, described as in the newest version that has it. Free text, direct identifiers and technical
 * variables are left out, and so is what has no role: what nobody has thought about does not enter. One version's
 * word is enough: a role that was put right later protects those who answered before.
 */
export function snapshotVariables(versions: readonly Survey[]): SnapshotVariable[] {
  const union = new Map<string, SnapshotVariable>();
  const kept = new Set<string>();
  for (const survey of versions) {
    for (const variable of variablesOf(survey)) {
      const described = describe(survey, variable);
      const known = union.get(variable.name);
      if (!described) kept.add(variable.name);
      else union.set(variable.name, known ? withCategories(known, described) : described);
    }
  }
  return [...union.values()].filter(({ name }) => !kept.has(name));
}

function describe(survey: Survey, variable: Variable): SnapshotVariable | undefined {
  const role = roleOf(survey, variable);
  if (role === undefined || NEVER.includes(role) || variable.kind === 'text') return undefined;
  const { name, label, kind, question, part, derived, universe } = variable;
  const given = kind === 'categorical' ? [] : [{ code: GIVEN, label: { en: 'Given', cy: 'Wedi’i roi' }, value: 0 }];
  const categories = [...given, ...variable.categories];
  return {
    name,
    label,
    kind,
    categories,
    role,
    ...(question !== undefined && { question }),
    ...(part !== undefined && { part }),
    derived,
    universe,
    width: widthFor(categories.length),
  };
}

/** What is worked out from an answer and has no role of its own is as harmful as the worst it rests on. */
function roleOf(survey: Survey, variable: Variable): Role | undefined {
  if (!variable.derived || variable.role !== undefined) return variable.role;
  const roles = sourceRoles(survey, variable.name);
  return roles.includes(undefined) ? undefined : roles.reduce(worse, 'plain');
}

function sourceRoles(survey: Survey, name: string): (Role | undefined)[] {
  const derived = survey.derived.get(name);
  if (derived) return derived.role ? [derived.role] : derived.sources.flatMap((each) => sourceRoles(survey, each));
  const question = [...survey.questions.values()].find(({ code }) => name === code || name.startsWith(`${code}_`));
  return [question?.role];
}

function worse(one: Role | undefined, other: Role | undefined): Role | undefined {
  if (one === undefined || other === undefined) return undefined;
  return BY_HARM.indexOf(one) >= BY_HARM.indexOf(other) ? one : other;
}

function withCategories(newer: SnapshotVariable, older: SnapshotVariable): SnapshotVariable {
  if (newer.kind !== older.kind) return newer;
  const gone = older.categories.filter(({ code }) => !newer.categories.some((each) => each.code === code));
  const categories = [...newer.categories, ...gone];
  return { ...newer, categories, width: widthFor(categories.length) };
}

function widthFor(categories: number): 1 | 2 {
  return categories > MOST_IN_A_BYTE ? 2 : 1;
}
