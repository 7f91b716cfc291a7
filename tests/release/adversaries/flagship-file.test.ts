/** The AI adoption survey's data file, of made-up answers, against everybody who holds it (rules M6, M7, M11 and M18). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Answers } from '../../../src/questionnaire/answers.ts';
import { getSurvey } from '../../../src/questionnaire/parse.ts';
import { MISSING } from '../../../src/questionnaire/variables.ts';
import type { DataFile } from '../../../src/release/microdata/data-file.ts';
import { makeFile } from '../../../src/release/microdata/make-file.ts';
import { madeUp } from '../choirs.ts';
import {
  everyTable,
  fewestLinked,
  sharedAnswers,
  shownIn,
  smallestClass,
  subtract,
  subtractAmong,
} from '../microdata/attacks.ts';
import { bytes, snapshotOf } from '../microdata/clubs.ts';
import { openTables } from '../microdata/open-tables.ts';

const source = readFileSync(new URL('../../../surveys/ai-adoption/1.0.json', import.meta.url), 'utf8');
const survey = getSurvey(source);

/** Most use AI, many in care, most are small, and say no to the sensitive question. */
const HABITS = {
  S1: { agreed: 12, informal: 0, stopped: 0, trial: 0, no: 8 },
  S3: { m3: 5, looking: 5, none: 5, never: 5, dk: 0 },
  O2: { health: 12, socialcare: 12 },
  O3: { s0: 8, s1: 8, s5: 6 },
  H6: { no: 8 },
};
const NAMES = ['stage', 'size', 'nation', 'sector', 'h6', 'a2', 'health_care'];
const BY = ['stage', 'size'];
const KEYS = ['stage', 'size', 'health_care'];

const isStaged = ({ S1, S3, O2 }: Answers) =>
  typeof O2 === 'string' && (S1 === 'agreed' || (S1 === 'no' && typeof S3 === 'string'));

/** 120 answers in a file, beside tables of these variables in which nothing is hidden, or without looking at them. */
function make(seed: number, beside: boolean) {
  const snapshot = snapshotOf(survey, madeUp(survey, 180, seed, HABITS).filter(isStaged).slice(0, 120));
  const random = Uint8Array.from([...bytes(10 * snapshot.responses), ...bytes(6, seed)]);
  const tables = beside ? [openTables(survey, snapshot, NAMES, BY)] : [];
  const overrides = [{ gate: 'beside' as const, by: 'Ada', reason: 'A test.' }];
  const wanted = {
    number: 1,
    audience: 'network' as const,
    k: 5,
    synthetic: true,
    random,
    tables,
    overrides,
    keyNames: KEYS,
  };
  const { file } = makeFile([survey], snapshot, wanted);
  const printed = everyTable(snapshot, NAMES, BY);
  return { file, snapshot, subtracted: [...subtract(file, printed, 5), ...subtractAmong(file, printed)] };
}

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const made = SEEDS.map((seed) => make(seed, true));

describe('the flagship’s file', () => {
  test('has a sensitive column and withheld keys, so that there is something to find', () => {
    const count = (where: (file: DataFile) => boolean) => made.filter(({ file }) => where(file)).length;
    expect(count(({ variables }) => variables.some(({ name }) => name === 'h6'))).toBeGreaterThan(3);
    expect(
      count(({ variables }) => variables.some((each) => each.role === 'key' && each.withheldForSome)),
    ).toBeGreaterThan(3);
  });

  test('adversary (f), M6, M7: at least k rows fit whoever is looked for', () => {
    for (const { file, snapshot } of made) {
      expect(smallestClass(file)).toBeGreaterThanOrEqual(5);
      expect(fewestLinked(file, snapshot)).toBeGreaterThanOrEqual(5);
    }
  });

  test('adversary (f), M7, planted: one row whose key is withheld alone is found', () => {
    const found = made.some(({ file }) => {
      const key = file.variables.find(({ role, values }) => role === 'key' && new Set<unknown>(values).size > 1);
      const values = Int32Array.from(shownIn(file, key?.name ?? ''), (value, row) =>
        row === 0 ? MISSING.withheld : value,
      );
      const variables = file.variables.map((each) => (each === key ? { ...each, values } : each));
      return smallestClass({ ...file, variables }) < 5;
    });
    expect(found).toBe(true);
  });

  test('M11: no class shares an answer, or all but one do', () => {
    for (const { file } of made) expect(sharedAnswers(file)).toEqual([]);
  });

  test('adversary (g), M18: tables less the file leave nobody', () => {
    for (const { subtracted } of made) expect(subtracted).toEqual([]);
  });

  test('adversary (g), M18, planted: without looking at the tables they leave few', () => {
    expect(SEEDS.flatMap((seed) => make(seed, false).subtracted)).not.toEqual([]);
  });
});
