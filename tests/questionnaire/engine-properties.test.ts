/** What holds for every survey and every respondent, tried on generated ones. A failure prints its seed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer, Answers } from '../../src/questionnaire/answers.ts';
import { type Journey, journeyOf, walkReading } from '../../src/questionnaire/journey.ts';
import { randomFrom } from '../../src/questionnaire/random.ts';
import { type Form, readPage } from '../../src/questionnaire/read-page.ts';
import { simulateResponse } from '../../src/questionnaire/simulate.ts';
import { findSubmission } from '../../src/questionnaire/submission.ts';
import { allFieldsOf, type Survey, sourceOptions } from '../../src/questionnaire/survey.ts';
import { variablesOf } from '../../src/questionnaire/variables.ts';
import { arbitraryForm, hostileForm } from '../support/arbitrary-form.ts';
import { arbitrarySurvey } from '../support/arbitrary-survey.ts';
import { respond } from '../support/respond.ts';

const RUNS = { seed: 20260301, numRuns: 100 };

const surveyAndForms = arbitrarySurvey.chain((survey) =>
  fc.tuple(fc.constant(survey), arbitraryForm(survey), arbitraryForm(survey)),
);

/** Tries a property on a survey and two respondents of it. */
const always = (holds: (survey: Survey, form: Form, another: Form) => void) =>
  fc.assert(
    fc.property(surveyAndForms, ([survey, form, another]) => holds(survey, form, another)),
    RUNS,
  );

/** Answers page by page as the site does it: each page read, kept with the others, and the journey worked out again. */
function answerOnline(survey: Survey, form: Form, begun: Answers = {}): { draft: Answers; journey: Journey } {
  let draft = begun;
  for (let saved = 0; saved <= survey.pages.length; saved++) {
    const journey = journeyOf(survey, draft);
    if (!journey.next) return { draft, journey };
    const read = readPage(journey.next, form, journey.known);
    if (read.problems.length > 0) return { draft, journey };
    draft = { ...draft, ...read.answers };
  }
  throw new Error('the journey does not end');
}

/** Everything a journey says, as plain data. */
const told = ({ pages, next, end, answers, filled }: Journey) => ({
  pages: pages.map(({ page, asked }) => [page.code, asked.map(({ question, offered }) => [question.code, offered])]),
  next: next?.page.code,
  end,
  answers,
  filled,
});

/** The fields that this respondent was asked about or that a rule filled in. */
const onPath = (journey: Journey) =>
  [
    ...journey.pages.flatMap(({ asked }) => asked.flatMap(({ question }) => allFieldsOf(question))),
    ...journey.filled,
  ].sort();

/** The same record with its keys the other way round. */
const reversed = <T>(record: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(record).reverse());

/** A respondent who always finds allowed answers. */
const willing = (survey: Survey, seed: number) =>
  simulateResponse(survey, randomFrom(seed), { weights: { A1: { yes: 9, no: 1 } }, blanks: 0.2 });

describe('every survey', () => {
  test('comes to an end or to a complete response, whatever is answered', () => {
    fc.assert(
      fc.property(arbitrarySurvey, fc.nat(), (survey, seed) => {
        const journey = willing(survey, seed);
        expect(journey.next).toBeUndefined();
        if (journey.end !== undefined) expect(survey.file.ends).toHaveProperty(journey.end);
        else expect(Object.keys(journey.answers).sort()).toEqual(onPath(journey));
      }),
      RUNS,
    );
  });

  test('is walked the same page by page on the site as in one go', () => {
    always((survey, form) => {
      const { journey } = answerOnline(survey, form);
      expect(told(journey)).toEqual(told(respond(survey, form).journey));
    });
  });

  test('says what is wrong wherever it stops', () => {
    always((survey, form) => {
      const { journey, problems } = respond(survey, form);
      expect(journey.next === undefined).toBe(problems.length === 0);
    });
  });
});

describe('every submission', () => {
  /**
   * A complete draft in which somebody then goes back and answers as `another` from a page on: where there is one, a
   * page whose ticks are the options of a later question, for such an answer may no longer be on offer.
   */
  function changeOfMind(survey: Survey, form: Form, another: Form): Answers {
    const { draft, journey } = answerOnline(survey, form);
    const lists = [...survey.questions.values()].flatMap((question) =>
      'options' in question && !Array.isArray(question.options) ? [question.options.from] : [],
    );
    const back =
      journey.pages.find(({ asked }) => asked.some(({ question }) => lists.includes(question.code))) ??
      journey.pages[Math.floor(journey.pages.length / 2)];
    if (!back) return draft;
    const changed = readPage(back, another, journey.known);
    return answerOnline(survey, another, changed.problems.length > 0 ? draft : { ...draft, ...changed.answers }).draft;
  }

  test('holds no answer off the path after going back and changing', () => {
    always((survey, form, another) => {
      const draft = changeOfMind(survey, form, another);
      const submission = findSubmission(survey, draft);
      if (!submission) return;
      expect(Object.keys(submission.answers).sort()).toEqual(onPath(journeyOf(survey, draft)));
    });
  });

  test('gives itself when it is read again', () => {
    always((survey, form, another) => {
      const submission = findSubmission(survey, changeOfMind(survey, form, another));
      if (submission) expect(findSubmission(survey, submission.answers)).toEqual(submission);
    });
    fc.assert(
      fc.property(arbitrarySurvey, fc.nat(), (survey, seed) => {
        const { answers, filled, end } = willing(survey, seed);
        if (end === undefined) expect(findSubmission(survey, answers)).toEqual({ answers, filled });
      }),
      RUNS,
    );
  });

  test('would be taken again if it were answered anew', () => {
    always((survey, form, another) => {
      const submission = findSubmission(survey, changeOfMind(survey, form, another));
      if (!submission) return;
      const again = Object.fromEntries(
        Object.entries(submission.answers).map(([field, answer]) => [field, answer ?? '']),
      );
      expect(respond(survey, again).submission).toEqual(submission);
    });
  });

  test('does not depend on the order in which answers came', () => {
    always((survey, form) => {
      const { draft } = answerOnline(survey, form);
      expect(told(journeyOf(survey, reversed(draft)))).toEqual(told(journeyOf(survey, draft)));
      const turned = Object.fromEntries(
        Object.entries(reversed(form)).map(([name, value]) => {
          const ranked = survey.questions.get(name)?.type === 'ranking';
          return [name, Array.isArray(value) && !ranked ? value.toReversed() : value];
        }),
      );
      expect(told(respond(survey, turned).journey)).toEqual(told(respond(survey, form).journey));
    });
  });

  test('is the same whatever lies in the draft off its path', () => {
    always((survey, form, another) => {
      const { draft, journey } = answerOnline(survey, form);
      if (journey.next) return;
      const junk: Record<string, Answer> = { unknown: 'x', Q1_unknown: ['y'] };
      for (const [field, value] of Object.entries(another)) if (value !== undefined) junk[field] = value;
      expect(told(journeyOf(survey, { ...junk, ...draft, ...dropped(junk, journey) }))).toEqual(told(journey));
    });
  });

  /** The junk without what stands on the path. */
  const dropped = (junk: Record<string, Answer>, journey: Journey) =>
    Object.fromEntries(Object.entries(junk).filter(([field]) => !Object.hasOwn(journey.answers, field)));
});

describe('every variable', () => {
  test('reads one of its categories, a value of its kind, or why there is none', () => {
    fc.assert(
      fc.property(arbitrarySurvey, fc.nat(), (survey, seed) => {
        const { answers } = willing(survey, seed);
        for (const variable of variablesOf(survey)) {
          const value = variable.read(answers);
          const codes = variable.categories.map(({ code }) => code);
          if (typeof value !== 'string') expect(['blank', 'notAsked']).toContain(value.missing);
          else if (variable.kind === 'categorical') expect(codes, variable.name).toContain(value);
          else if (!codes.includes(value)) expect(value, variable.name).toMatch(KINDS[variable.kind]);
        }
      }),
      RUNS,
    );
  });

  const KINDS = { number: /^-?\d+(\.\d+)?$/, date: /^\d{4}-\d\d-\d\d$/, text: /\S/ };

  test('has a name and category values of its own', () => {
    fc.assert(
      fc.property(arbitrarySurvey, (survey) => {
        const names = variablesOf(survey).map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        for (const { categories } of variablesOf(survey))
          expect(new Set(categories.map(({ value }) => value)).size).toBe(categories.length);
      }),
      RUNS,
    );
  });
});

describe('a hostile form', () => {
  const surveyAndHostility = arbitrarySurvey.chain((survey) => fc.tuple(fc.constant(survey), hostileForm(survey)));

  test('never throws, and nothing is stored that the page does not offer', () => {
    fc.assert(
      fc.property(surveyAndHostility, ([survey, form]) => {
        const journey = walkReading(survey, (page, known) => readPage(page, form, known));
        for (const [field, answer] of Object.entries(journey.answers)) {
          const question = [...survey.questions.values()].find((each) => allFieldsOf(each).includes(field));
          if (!question) throw new Error(`${field} was never asked`);
          if (answer === null || ['text', 'number', 'date'].includes(question.type)) continue;
          if (field !== question.code && question.type !== 'grid') continue;
          const codes = sourceOptions(survey, question).map(({ code }) => code);
          for (const value of typeof answer === 'string' ? [answer] : answer) expect(codes).toContain(value);
        }
        expect(Object.getPrototypeOf(journey.answers)).toBe(Object.prototype);
      }),
      RUNS,
    );
  });

  test('read as a draft, is walked without throwing', () => {
    fc.assert(
      fc.property(surveyAndHostility, ([survey, form]) => {
        const draft = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, value ?? null]));
        const { answers } = journeyOf(survey, draft);
        expect(findSubmission(survey, draft)?.answers ?? answers).toEqual(answers);
      }),
      RUNS,
    );
  });
});
