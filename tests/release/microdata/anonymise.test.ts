import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answers } from '../../../src/questionnaire/answers.ts';
import { MISSING, variablesOf } from '../../../src/questionnaire/variables.ts';
import { makeMicrodata } from '../../../src/release/microdata/anonymise.ts';
import { TooManyWithheld } from '../../../src/release/microdata/columns.ts';
import { writeSnapshot } from '../../../src/results/snapshot.ts';
import { bytes, club, clubs, other, snapshotOf, times, withoutQuestion } from './clubs.ts';
import { fewestFound } from './linkage.ts';

const survey = clubs();
const make = (answers: readonly Answers[], more: object = {}) =>
  makeMicrodata([survey], snapshotOf(survey, answers), {
    keyNames: ['stage', 'P1', 'size'],
    k: 5,
    synthetic: true,
    random: bytes(10 * answers.length),
    ...more,
  });

describe('the rows of a file', () => {
  const answers = [...times(6, club()), ...times(5, other())];

  test('have names that are new in each file, and stand in their order', () => {
    const [one, two] = [make(answers), make(answers, { random: bytes(110, 7) })];
    expect(one.rowNames).toHaveLength(11);
    expect(one.rowNames).toEqual([...one.rowNames].sort());
    expect(one.rowNames.filter((name) => two.rowNames.includes(name))).toEqual([]);
    expect(one.rowNames.every((name) => /^r[0-9a-f]{20}$/.test(name))).toBe(true);
  });

  test('are the same for the same chance', () => {
    expect(make(answers)).toEqual(make(answers));
  });

  test.each([
    ['too few bytes', bytes(109)],
    ['bytes that are not random', new Uint8Array(110)],
  ])('are not named from %s', (_, random) => {
    expect(() => make(answers, { random })).toThrow('two rows would have the same name');
  });

  test('are refused for a k under 3', () => {
    expect(() => make(answers, { k: 2 })).toThrow('k is 2, and under 3 people could be recognised.');
  });

  test('are refused where there is no column', () => {
    const empty = clubs({ keys: ['stage'], columns: ['S1'] });
    const making = { keyNames: [], k: 5, synthetic: true, random: bytes(110) };
    expect(() => makeMicrodata([empty], snapshotOf(empty, answers), making)).toThrow(
      'Nothing in the survey may leave in a data file with these keys.',
    );
  });

  test('are refused where under half could stay', () => {
    const many = ['town', 'village', 'farm'].flatMap((P1) => times(2, club({ P1 })));
    expect(() => make([...answers.slice(0, 5), ...many])).toThrow(TooManyWithheld);
    expect(() => make([])).toThrow('With these keys and k = 5, 0 of 0 rows could stay');
  });

  test('count having been asked as a key, where a quasi-identifier decided it', () => {
    // Who was asked V1 is not small.
    const one = clubs({ keys: ['P1'], columns: ['V1'] });
    const file = (answers: Answers[]) =>
      makeMicrodata([one], snapshotOf(one, answers), {
        keyNames: ['P1'],
        k: 5,
        synthetic: true,
        random: bytes(10 * answers.length),
      });
    const small = times(6, club());
    expect(file([...small, ...times(5, club({ P2: 's10', V1: 'yes' }))]).rowNames).toHaveLength(11);
    // Two that were asked are apart from the six, so they go, and as many of the six as hide them.
    expect(() => file([...small, ...times(2, club({ P2: 's10', V1: 'yes' }))])).toThrow(TooManyWithheld);
  });

  test('count having answered an older version as a key: it says when', () => {
    const now = clubs({}, { version: '1.1' });
    const old = clubs({}, { sections: withoutQuestion('C1'), derived: [] });
    const file = (recent: number, older: number) => {
      const about = { survey: 'clubs', madeOn: '2027-04-01', responses: recent + older };
      const writer = writeSnapshot(
        new Map([
          ['new', now],
          ['old', old],
        ]),
        about,
      );
      for (const each of times(recent, other())) writer.add('new', each);
      for (const { C1_cost, C1_law, ...each } of times(older, other())) writer.add('old', each);
      const random = bytes(10 * about.responses);
      return makeMicrodata([now, old], writer.finish(), { keyNames: ['stage'], k: 5, synthetic: true, random });
    };
    const both = file(6, 5);
    expect(both.rowNames).toHaveLength(11);
    expect(
      both.columns.find(({ variable }) => variable.name === 'c1_cost')?.numbers.filter((each) => each === -5),
    ).toHaveLength(5);
    // Two that answered the older version are a class of two; all but them would be withheld to hide them.
    expect(() => file(6, 2)).toThrow(TooManyWithheld);
    expect(file(20, 2).rowNames).toHaveLength(17);
  });
});

const answer = fc.record({
  S1: fc.constantFrom('yes', 'trial', 'no', null),
  P1: fc.constantFrom('town', 'village', 'farm'),
  P2: fc.constantFrom('s1', 's10', 's100', null),
  H1: fc.constantFrom('yes', 'no', 'pnts', null),
  C1_cost: fc.constantFrom('none', 'some', 'big', null),
});

/** As the site would have stored it: only what was asked. */
const stored = ({ S1, P1, P2, H1, C1_cost }: Record<string, string | null>): Answers => ({
  A1: 'yes',
  S1: S1 ?? null,
  P1: P1 ?? null,
  P2: P2 ?? null,
  ...((S1 === 'yes' || S1 === 'trial') && { T1: C1_cost === null ? null : ['text'] }),
  H1: H1 ?? null,
  ...(H1 === 'yes' && { H2: 'often' }),
  ...(P2 !== null && P2 !== 's1' && { V1: 'yes' }),
  C1_cost: C1_cost ?? null,
  C1_law: null,
});

const variables = new Map(variablesOf(survey).map((variable) => [variable.name, variable]));

/** What a variable's cell must hold for these answers. */
function truth(name: string, answers: Answers): number {
  const variable = variables.get(name);
  const value = variable?.read(answers) ?? '';
  if (typeof value !== 'string') return MISSING[value.missing];
  return variable?.kind === 'number'
    ? Number(value)
    : (variable?.categories.find(({ code }) => code === value)?.value ?? Number.NaN);
}

const KEYS = [['stage', 'P1', 'size'], ['stage', 'P1'], ['P1', 'size_wide'], ['stage', 'size'], []];

test('whoever knows all keys of any respondent finds k rows or none, and the values are those that were given', () => {
  let made = 0;
  const property = fc.property(
    fc.integer({ min: 3, max: 6 }),
    fc.array(fc.tuple(answer, fc.integer({ min: 1, max: 9 })), { minLength: 5, maxLength: 40 }),
    fc.constantFrom(...KEYS),
    (k, records, keyNames) => {
      const answers = records.flatMap(([record, n]) => times(n, stored(record)));
      const random = bytes(10 * answers.length);
      let file: ReturnType<typeof make>;
      try {
        file = make(answers, { k, keyNames, random });
      } catch (error) {
        if (error instanceof TooManyWithheld) return;
        throw error;
      }
      made += 1;
      const rowOf = new Map(answers.map((_, row) => [nameOf(random, row), row]));
      const rows = file.rowNames.map((name) => answers[rowOf.get(name) ?? -1] ?? {});
      const keys = file.columns.filter(({ key }) => key);
      const trueKeys = (each: Answers) => keys.map(({ variable }) => truth(variable.name, each));
      const published = rows.map((_, row) => keys.map(({ numbers }) => numbers[row] ?? Number.NaN));
      expect(fewestFound(published, answers.map(trueKeys))).toBeGreaterThanOrEqual(k);
      const sensitive = file.columns.find(({ variable }) => variable.name === 'h1')?.numbers ?? [];
      expect(sharedAnswers(published.map(String), Array.from(sensitive))).toEqual([]);
      const changed = file.columns.flatMap(({ variable: { name }, numbers }) => {
        const mayBeWithheld = name === 'h1' || name === 'h2';
        return rows.flatMap((each, row) =>
          numbers[row] === truth(name, each) || (mayBeWithheld && numbers[row] === MISSING.withheld)
            ? []
            : [{ name, is: numbers[row], was: truth(name, each) }],
        );
      });
      expect(changed).toEqual([]);
    },
  );
  fc.assert(property, { seed: 20270401, numRuns: 150 });
  expect(made).toBeGreaterThan(30);
});

/** Classes in which everybody who answered said the same. */
function sharedAnswers(classes: readonly string[], answers: readonly number[]): string[] {
  const given = (own: string) =>
    new Set(answers.filter((each, row) => classes[row] === own && (each > 0 || each === -7)));
  return [...new Set(classes)].filter((own) => given(own).size === 1);
}

describe('the searches above find what is planted', () => {
  test('a file that is k-anonymous only by taking withheld keys for wildcards', () => {
    const wildcard = [
      [1, 1],
      [1, -6],
      [-6, 1],
      [2, -6],
      [-6, 2],
    ];
    expect(
      fewestFound(wildcard, [
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
      ]),
    ).toBe(2);
    expect(
      fewestFound(
        [
          [1, 1],
          [1, 1],
          [1, 1],
        ],
        [
          [1, 1],
          [2, 2],
        ],
      ),
    ).toBe(3);
  });

  test('a class that gave one answer', () => {
    expect(sharedAnswers(['a', 'a', 'b', 'b'], [1, -9, 1, 2])).toEqual(['a']);
    expect(sharedAnswers(['a', 'a'], [-6, -6])).toEqual([]);
  });
});

function nameOf(random: Uint8Array, row: number): string {
  return `r${Buffer.from(random.subarray(row * 10, row * 10 + 10)).toString('hex')}`;
}
