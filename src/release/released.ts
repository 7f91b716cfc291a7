/**
 * The gate. Nothing about respondents leaves except as a `Released` value, and only this file makes one: the mark is a
 * symbol that is not exported, so no other file can build, copy or pretend one, and what a page or a file is made from
 * asks for it by type.
 */
import type { SurveyFile } from '../questionnaire/definition.ts';
import type { Family } from '../results/tables.ts';
import { policyOf } from './policy.ts';
import { protect } from './protect.ts';
import { type ProtectedTables, protectedTablesSchema } from './protected-tables.ts';

const mark: unique symbol = Symbol('released');

export interface Released<T> {
  readonly [mark]: true;
  readonly content: T;
}

function release<T>(content: T): Released<T> {
  return { [mark]: true, content };
}

/**
 * Protects a survey's tables. Whatever engine stands behind this, its result is a `Released` and nothing else moves.
 * @throws TooFewResponses
 */
export function protectTables(family: Family, synthetic: boolean): Released<ProtectedTables> {
  const file: SurveyFile = family.survey.file;
  return release(protect(family, policyOf(file), synthetic));
}

/** Tables that were released before, from the ledger's own text. @throws when it is not such a text */
export function reopenTables(content: string): Released<ProtectedTables> {
  return release(protectedTablesSchema.parse(JSON.parse(content)));
}
