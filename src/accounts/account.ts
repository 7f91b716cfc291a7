/** Who staff are, and what each may do. */

export const ROLES = ['researcher', 'approver'] as const;

/** What somebody may do in one survey: a researcher makes results and releases, an approver lets them out. */
export type Role = (typeof ROLES)[number];

export interface SurveyRole {
  readonly survey: string;
  readonly role: Role;
}

/** Rights: an admin looks after accounts and may do in every survey what a researcher may. */
export interface Rights {
  readonly admin: boolean;
  readonly roles: readonly SurveyRole[];
}

/** Where an account stands: its link waits, it can sign in, it has to set its second factor up, or it was closed. */
export type Standing = 'invited' | 'active' | 'half set up' | 'deactivated';

export interface Account extends Rights {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly standing: Standing;
}

/** Somebody who is signed in. */
export interface Staff extends Account {
  /** The hash of their session's token: which of their sessions this is. */
  readonly session: string;
}

/** Who did something: an account, or a person at the server's command line. */
export interface Actor {
  /** The account's; null at the command line. */
  readonly id: string | null;
  readonly name: string;
}

/** Staff whom a route can be for. */
export type StaffWho = 'staff' | 'member' | 'researcher' | 'approver' | 'admin';

/**
 * Whether somebody may use a route that is for `who`, of the survey that its address names. An admin is no approver by
 * being one: a release is let out by somebody who was asked to look at that survey's.
 */
export function mayUse({ admin, roles }: Rights, who: StaffWho, survey: string | undefined): boolean {
  switch (who) {
    case 'staff':
      return true;
    case 'admin':
      return admin;
    case 'member':
      return survey !== undefined && mayLookAt({ admin, roles }, survey);
    case 'researcher':
      return survey !== undefined && (admin || hasRole(roles, who, survey));
    case 'approver':
      return survey !== undefined && hasRole(roles, who, survey);
  }
}

/** Whether somebody sees anything of a survey's work among staff. */
export function mayLookAt({ admin, roles }: Rights, survey: string): boolean {
  return admin || roles.some((each) => each.survey === survey);
}

function hasRole(roles: readonly SurveyRole[], role: Role, survey: string): boolean {
  return roles.some((each) => each.role === role && each.survey === survey);
}

/** Roles as one text each, to compare and to post: `researcher:ai-adoption`. */
export const roleCode = ({ role, survey }: SurveyRole): string => `${role}:${survey}`;

/** A role from its text; undefined where it is none. A survey's code has letters, digits and dashes. */
export function findRole(code: string): SurveyRole | undefined {
  const [, role, survey] = /^(researcher|approver):([a-z0-9][a-z0-9-]{0,99})$/.exec(code) ?? [];
  return survey === undefined ? undefined : { role: role === 'researcher' ? role : 'approver', survey };
}

/** What a change of roles gives and takes. */
export function compareRoles(
  before: readonly SurveyRole[],
  after: readonly SurveyRole[],
): { given: SurveyRole[]; taken: SurveyRole[] } {
  const [had, has] = [new Set(before.map(roleCode)), new Set(after.map(roleCode))];
  return {
    given: after.filter((each) => !had.has(roleCode(each))),
    taken: before.filter((each) => !has.has(roleCode(each))),
  };
}
