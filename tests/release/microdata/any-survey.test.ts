import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answers } from '../../../src/questionnaire/answers.ts';
import { buildSurvey } from '../../../src/questionnaire/build-survey.ts';
import { surveySchema } from '../../../src/questionnaire/definition.ts';
import { randomFrom } from '../../../src/questionnaire/random.ts';
import { simulateResponse } from '../../../src/questionnaire/simulate.ts';
import { submissionOf } from '../../../src/questionnaire/submission.ts';
import type { Survey } from '../../../src/questionnaire/survey.ts';
import { makeFile } from '../../../src/release/microdata/make-file.ts';
import { NotReleasable } from '../../../src/release/microdata/survey/columns.ts';
import { arbitrarySurvey } from '../../support/arbitrary-survey.ts';
import { everyTable, fewestLinked, sharedAnswers, smallestClass, subtract, subtractAmong } from './attacks.ts';
import { bytes, snapshotOf } from './clubs.ts';
import { openTables } from './open-tables.ts';

/** The survey with its stage and first questions as keys, others sensitive, and everything in the file. */
function withRoles(survey: Survey): Survey {
  const { file } = survey;
  let place = 0;
  const roles = ['quasi', 'sensitive', 'quasi', 'plain', 'sensitive'] as const;
  const sections = file.sections.map((section) => ({
    ...section,
    pages: section.pages.map((page) => ({
      ...page,
      questions: page.questions.map((question) =>
        ['single', 'dropdown', 'multiple', 'scale'].includes(question.type) && /^Q/.test(question.code)
          ? { ...question, role: roles[place++ % roles.length] ?? 'plain' }
          : question,
      ),
    })),
  }));
  const questions = sections.flatMap(({ pages }) => pages.flatMap((page) => page.questions));
  const quasi = questions.flatMap(({ code, role }) => (role === 'quasi' && !isRepeated(survey, code) ? [code] : []));
  const stageRule = file.stageRule && {
    ...file.stageRule,
    gives: file.stageRule.gives.map((given) => ({ ...given, role: 'quasi' as const })),
  };
  const columns = [
    ...questions.flatMap(({ code, role }) => (role === 'quasi' ? [] : [code])),
    ...file.derived.map(({ code }) => code),
  ];
  const disclosure = { ...file.disclosure, k: 3, keys: ['stage', ...quasi.slice(0, 3)], columns };
  return buildSurvey(surveySchema.parse({ ...file, sections, stageRule, disclosure }));
}

const isRepeated = (survey: Survey, code: string) => !survey.questions.has(code);

function answersTo(survey: Survey, n: number, seed: number): Answers[] {
  const random = randomFrom(seed);
  const found: Answers[] = [];
  for (let turn = 0; found.length < n && turn < 5 * n; turn++) {
    const submission = submissionOf(simulateResponse(survey, random, { weights: {}, blanks: 0.05 }));
    if (submission) found.push(submission.answers);
  }
  return found;
}

test('M6, M7, M11, M18: of any survey, whoever answers what, no file gives anybody away', () => {
  let [made, withheld] = [0, 0];
  fc.assert(
    fc.property(
      arbitrarySurvey,
      fc.integer({ min: 10, max: 120 }),
      fc.integer({ min: 3, max: 6 }),
      fc.nat(),
      (plain, n, k, seed) => {
        const survey = withRoles(plain);
        const snapshot = snapshotOf(survey, answersTo(survey, n, seed));
        const names = snapshot.variables.flatMap(({ name, kind }) => (kind === 'categorical' ? [name] : []));
        const tables = [openTables(survey, snapshot, names, ['stage'])];
        // What holds of the file has to hold also where somebody took it on themselves that tables tell more (T12).
        const overrides = [{ gate: 'beside' as const, by: 'Ada', reason: 'A test.' }];
        const wanted = { number: 1, audience: 'network' as const, k, synthetic: true, tables, overrides };
        try {
          const { file, report } = makeFile([survey], snapshot, { ...wanted, random: bytes(10 * snapshot.responses) });
          made++;
          if (report.columns.some((column) => column.withheld > 0)) withheld++;
          if (file.variables.some(({ role }) => role === 'key')) {
            expect(smallestClass(file)).toBeGreaterThanOrEqual(k);
            expect(fewestLinked(file, snapshot)).toBeGreaterThanOrEqual(k);
          }
          expect(sharedAnswers(file)).toEqual([]);
          expect(subtract(file, everyTable(snapshot, names, ['stage']), k)).toEqual([]);
          expect(subtractAmong(file, everyTable(snapshot, names, ['stage']))).toEqual([]);
        } catch (error) {
          if (!(error instanceof NotReleasable)) throw error;
        }
      },
    ),
    { seed: 20261122, numRuns: 60 },
  );
  expect(made).toBeGreaterThan(40);
  expect(withheld).toBeGreaterThan(20);
});
