import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answers } from '../../../src/questionnaire/answers.ts';
import { MISSING } from '../../../src/questionnaire/variables.ts';
import { makeFile } from '../../../src/release/microdata/make-file.ts';
import { publicReport } from '../../../src/release/microdata/report/public-report.ts';
import { reportView } from '../../../src/release/microdata/report/report-view.ts';
import { NotReleasable } from '../../../src/release/microdata/survey/columns.ts';
import type { WantedFile } from '../../../src/release/microdata/wanted-file.ts';
import { releaseFile } from '../../../src/release/released.ts';
import { writeSnapshot } from '../../../src/results/snapshot.ts';
import { everyTable, fewestLinked, sharedAnswers, shownIn, smallestClass, subtract, truthOf } from './attacks.ts';
import { bytes, club, clubs, other, snapshotOf, times, withoutQuestion } from './clubs.ts';
import { openTables } from './open-tables.ts';

const survey = clubs({ k: 3 });
const KEYS = ['stage', 'p1', 'size'];

function make(answers: readonly Answers[], more: Partial<WantedFile> = {}, own = survey) {
  const snapshot = snapshotOf(own, answers);
  const random = bytes(10 * answers.length);
  const wanted = { number: 1, audience: 'network' as const, k: 3, synthetic: true, random, tables: [], ...more };
  return { snapshot, ...makeFile([own], snapshot, wanted) };
}

const named = (name: string) => (variable: { readonly name: string }) => variable.name === name;
const names = ({ file }: ReturnType<typeof make>) => file.variables.map(({ name }) => name);
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const sorted = (numbers: readonly number[]) => [...numbers].sort((one, other) => one - other);

describe('M2: the rows of a file', () => {
  const answers = [...times(6, club()), ...times(5, other())];
  const rowNames = (made: ReturnType<typeof make>) => [...(made.file.variables[0]?.values ?? [])].map(String);

  test('have names that are new in each file, and stand in their order', () => {
    const [one, two] = [make(answers), make(answers, { random: bytes(110, 7) })].map((made) => rowNames(made));
    expect(one).toHaveLength(11);
    expect(one).toEqual([...(one ?? [])].sort());
    expect(one?.filter((name) => two?.includes(name))).toEqual([]);
    expect(one?.every((name) => /^r[0-9a-f]{20}$/.test(name))).toBe(true);
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
});

describe('M8: levels and single cells', () => {
  test('everything stays where everybody has company', () => {
    const { report, file } = make([...times(3, club()), ...times(3, other({ P1: 'farm' }))]);
    expect(report).toMatchObject({ score: 0, withheldRows: 0, after: { highestRisk: 1 / 3 } });
    expect(file.variables.filter(({ role }) => role === 'key').map(({ name }) => name)).toEqual(KEYS);
  });

  test('a key is published as its coarser version where that costs least', () => {
    const made = make([
      ...times(30, club()),
      ...times(2, club({ P2: 's10', V1: 'no' })),
      ...times(2, club({ P2: 's100', V1: 'no' })),
    ]);
    expect(names(made)).toContain('size_wide');
    expect(made.report.keys.find(named('size'))).toMatchObject({ published: 'size_wide', level: 1, levels: 3 });
    expect(made.file.about.leftOut).toContainEqual({ name: 'size', reason: 'is made coarser, to "size_wide"' });
  });

  test('single cells are withheld in a few rows where that costs less', () => {
    const made = make([
      ...times(60, club()),
      ...times(60, club({ P1: 'farm' })),
      ...times(3, club({ P1: 'village', P2: 's100', V1: 'no' })),
      club({ P1: 'village' }),
    ]);
    expect(made.file.rows).toBe(124);
    expect(made.report.keys.reduce((sum, { withheld }) => sum + withheld, 0)).toBeGreaterThan(0);
    expect(smallestClass(made.file)).toBeGreaterThanOrEqual(3);
  });
});

describe('M12: a key that decided who was asked', () => {
  const MIXED = [
    ...times(6, club({ P2: 's10', V1: 'no' })),
    ...times(4, other({ P2: 's10', V1: 'no' })),
    ...times(4, club({ P1: 'farm' })),
    ...times(2, other({ P1: 'village' })),
  ];

  test('stays on its finest level where that can be, and its questions with it', () => {
    const made = make(MIXED);
    expect(made.report.settings.kept).toContain('stage');
    expect(names(made)).toEqual(expect.arrayContaining(['stage', 't1_text', 't1_any']));
  });

  test('is made coarser by the search over all levels, and then takes its questions along', () => {
    const answers = [...times(9, club()), other()];
    const made = make(answers);
    expect(made.report.settings.kept).not.toContain('stage');
    expect(names(made)).not.toContain('stage');
    expect(names(made)).not.toContain('t1_text');
    expect(made.file.about.leftOut.find(named('T1'))?.reason).toBe(
      'tells "stage", which had to be made the same for everybody, so that enough rows look alike',
    );
  });

  test('is refused where it has to stay and cannot', () => {
    expect(() => make([...times(9, club()), other()], { keep: ['stage'] })).toThrow(
      'With stage as it is, more than 0 rows would have keys withheld at k = 3.',
    );
  });

  test('takes its questions along in the rows in which it is withheld, the whole set of a tick list (M14)', () => {
    const made = make([...times(60, club()), ...times(60, other({ P1: 'farm' })), other(), other()]);
    const stage = shownIn(made.file, 'stage');
    expect(stage.filter((each) => each === MISSING.withheld).length).toBeGreaterThanOrEqual(3);
    for (const name of ['t1_text', 't1_pictures', 't1_other', 't1_dk', 't1_any', 's1'])
      expect(shownIn(made.file, name).map((each) => each === MISSING.withheld)).toEqual(
        stage.map((each) => each === MISSING.withheld),
      );
  });

  test('that is no key of the file hides among the rows like one: who was asked', () => {
    const one = clubs({ k: 3, keys: ['P1'], columns: ['V1', 'C1'] });
    const asked = make([...times(6, club()), ...times(5, club({ P2: 's10', V1: 'yes' }))], {}, one);
    expect(names(asked)).toEqual(['row_id', 'p1', 'v1', 'c1_cost', 'c1_law']);
    const few = make([...times(60, club()), ...times(2, club({ P2: 's10', V1: 'yes' }))], {}, one);
    const states = shownIn(few.file, 'v1').map((each) => (each === MISSING.notAsked ? 'not asked' : String(each)));
    expect(states.filter((state) => state === '1')).toHaveLength(0);
    const fewer = make([...times(6, club()), ...times(2, club({ P2: 's10', V1: 'yes' }))], {}, one);
    expect(names(fewer)).not.toContain('v1');
    expect(fewer.file.about.leftOut).toContainEqual({
      name: 'V1',
      reason: 'shows who was asked, which is no key and would tell too few rows apart',
    });
  });

  test('M3: having answered an older version is like a key: it says when', () => {
    const now = clubs({ k: 3 }, { version: '1.1' });
    const old = clubs({ k: 3 }, { sections: withoutQuestion('C1'), derived: [] });
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
      const wanted = {
        number: 1,
        audience: 'network' as const,
        k: 3,
        synthetic: true,
        tables: [],
        keyNames: ['stage'],
      };
      return makeFile([now, old], writer.finish(), { ...wanted, random: bytes(10 * about.responses) }).file;
    };
    expect(shownIn(file(6, 3), 'c1_cost').filter((each) => each === MISSING.notInVersion)).toHaveLength(3);
    expect(file(6, 2).variables.map(({ name }) => name)).not.toContain('c1_cost');
    expect(shownIn(file(60, 2), 'c1_cost').filter((each) => each === MISSING.notInVersion)).toHaveLength(0);
  });

  test('and one key that another is worked out from is withheld with it', () => {
    const both = clubs({ k: 3, keys: ['P2', 'size'], columns: ['C1'], hierarchies: {} });
    const made = make(
      [...times(60, club()), ...times(60, club({ P2: 's10', V1: 'no' })), ...times(2, club({ P2: 's100', V1: 'no' }))],
      {},
      both,
    );
    const [fine, wide] = [shownIn(made.file, 'p2'), shownIn(made.file, 'size')];
    expect(wide.filter((each) => each === MISSING.withheld).length).toBeGreaterThan(0);
    wide.forEach((each, row) => {
      if (each === MISSING.withheld) expect(fine[row]).toBe(MISSING.withheld);
    });
  });
});

describe('M10: k by audience', () => {
  const many = times(200, club());
  test.each([
    ['a k under 3', { k: 2 }, 'k is 2, and under 3 people could be recognised.'],
    ['a k under the survey’s', { k: 4 }, 'k is 4, and the survey promises that at least 5 rows look alike. Raise it.'],
    [
      'a public file with k 9',
      { audience: 'public' as const, k: 9 },
      'k is 9, and a file for the public has at least 10 rows alike.',
    ],
  ])('%s is refused', (_, wanted, message) => {
    expect(() => make(many, wanted, clubs({ k: 5 }))).toThrow(message);
  });

  test('fewer responses than k are refused', () => {
    expect(() => make(times(2, club()))).toThrow('There are 2 responses, and nobody can be hidden among 3.');
  });

  test('a public file of under 200 responses needs a person’s word, which stands in the report', () => {
    const wanted = { audience: 'public' as const, k: 10 };
    expect(() => make(many.slice(1), wanted)).toThrow('There are 199 responses, and a file for the public needs 200');
    expect(make(many, wanted).file.about.audience).toBe('public');
    const overrides = [{ gate: 'few' as const, by: 'Ada', reason: 'All are members of one club.' }];
    expect(make(many.slice(1), { ...wanted, overrides }).report.settings.overrides).toEqual(overrides);
  });

  test('a key that the survey does not declare is refused', () => {
    expect(() => make(many, { keyNames: ['stage', 'H1'] })).toThrow(
      '"H1" is not a key of this survey. Its keys: stage, P1, size.',
    );
  });
});

describe('M11: a sensitive answer that all of a class gave, or all but one', () => {
  const column = (answers: readonly Answers[], name: string) =>
    sorted(shownIn(make(answers, {}, clubs({ k: 3, keys: ['P1'], columns: ['H1', 'H2', 'C1'] })).file, name));
  const town = (n: number, H1: string | null, H2?: string) => times(n, club({ H1, ...(H2 && { H2 }) }));
  const farm = (n: number, H1: string | null) => times(n, club({ P1: 'farm', H1 }));

  test.each([
    ['stays where two gave another', [...town(2, 'yes'), ...town(2, 'no')], [1, 1, 2, 2]],
    ['stays where two gave two others', [...town(2, 'yes'), ...town(1, 'no'), ...town(1, 'pnts')], [-7, 1, 1, 2]],
    [
      'is withheld where one gave another: they would know all others’',
      [...town(5, 'yes'), ...town(1, 'no')],
      times(6, -6),
    ],
    ['is withheld where all of a class gave the same', town(3, 'yes'), [-6, -6, -6]],
    ['is withheld where all who answered gave the same', [...town(2, 'yes'), ...town(2, null)], [-6, -6, -6, -6]],
    ['“prefer not to say” is an answer like another', [...town(2, 'yes'), ...town(2, 'pnts')], [-7, -7, 1, 1]],
    [
      'is withheld in that class only',
      [...town(3, 'no'), ...farm(2, 'yes'), ...farm(2, 'no')],
      [-6, -6, -6, 1, 1, 2, 2],
    ],
    ['that nobody in a class gave is no secret', town(3, null), [-9, -9, -9]],
  ])('%s', (_, answers, numbers) => {
    expect(column(answers, 'h1')).toEqual(numbers);
  });

  test('takes along what tells it, and nothing else', () => {
    const answers = [...town(2, 'yes', 'often'), ...town(1, 'yes', 'seldom')];
    expect(column(answers, 'h2')).toEqual([-6, -6, -6]);
    expect(column(answers, 'c1_cost')).toEqual([2, 2, 2]);
  });

  test('the report says how many answers, entropy and t are left', () => {
    const answers = [...town(2, 'yes'), ...town(2, 'no'), ...farm(3, 'yes')];
    const { report } = make(answers, {}, clubs({ k: 3, keys: ['P1'], columns: ['H1'] }));
    expect(report.sensitive).toMatchObject([
      { name: 'h1', withheld: 3, before: { distinct: 1 }, after: { distinct: 2 } },
    ]);
    expect(report.sensitive[0]?.after?.entropy).toBeCloseTo(2);
  });
});

describe('M13: weights', () => {
  const answers = [...times(4, club()), ...times(6, club({ P1: 'farm' }))];
  const one = clubs({ k: 3, keys: ['P1'], columns: ['C1'] });
  const weigh = (weights: readonly number[]) => make(answers, { weights: Float64Array.from(weights) }, one);
  test.each([
    [
      'stay where k rows of a class share each',
      [1.234, 1.234, 1.234, 1.234, 2, 2, 2, 0.7, 0.7, 0.7],
      [0.7, 1.234, 2],
      /as they were/,
    ],
    [
      'are rounded where that is enough',
      [1.101, 1.102, 1.103, 1.104, 2, 2, 2, 2, 2, 2],
      [1.1, 2],
      /rounded to 2 decimals/,
    ],
    ['are the mean of the class else', [1, 2, 3, 4, 5, 5, 5, 5, 5, 5], [2.5, 5], /means of the rows that look alike/],
    [
      'are that where one row too few shares each',
      [1, 1, 5, 5, 5, 5, 5, 5, 5, 5],
      [3, 5],
      /means of the rows that look/,
    ],
  ])('%s', (_, weights, expected, how) => {
    const { file, report } = weigh(weights);
    expect(sorted([...new Set(shownIn(file, 'weight'))])).toEqual(expected);
    expect(report.settings.weights).toMatch(how);
  });

  test('are left out, and said to be, where they are none', () => {
    const { file } = weigh([0, ...times(9, 1)]);
    expect(file.variables.some(named('weight'))).toBe(false);
    expect(file.about.leftOut.find(named('weights'))?.reason).toMatch(/^are no numbers above 0/);
  });

  test('part a class of a sensitive question further', () => {
    const weights = Float64Array.from([1, 1, 1, 2, 2, 2, 2]);
    const rows = [...times(3, club({ H1: 'yes' })), ...times(2, club({ H1: 'no' })), ...times(2, club({ H1: 'yes' }))];
    const made = make(rows, { weights }, clubs({ k: 3, keys: ['P1'], columns: ['H1'] }));
    expect(sorted(shownIn(made.file, 'h1'))).toEqual([-6, -6, -6, 1, 1, 2, 2]);
  });
});

test('F7: a column with a name that a program keeps for itself is not written', () => {
  const snapshot = snapshotOf(survey, times(5, club()));
  const renamed = snapshot.variables.map((each) => (each.name === 'v1' ? { ...each, name: 'strl' } : each));
  const columns = new Map([...snapshot.columns, ['strl', snapshot.columns.get('v1') ?? { codes: new Uint8Array() }]]);
  const wanted = { number: 1, audience: 'network' as const, k: 3, synthetic: true, random: bytes(50), tables: [] };
  expect(() => makeFile([survey], { ...snapshot, variables: renamed, columns }, wanted)).toThrow(
    'no column can be called "strl"; nothing was written',
  );
});

test('a file where nothing may leave is refused', () => {
  expect(() => make(times(5, club()), { keyNames: [] }, clubs({ k: 3, keys: ['stage'], columns: ['S1'] }))).toThrow(
    'Nothing in the survey may leave in a data file with these keys.',
  );
});

test('only the gate makes a file that may leave', () => {
  const snapshot = snapshotOf(survey, times(5, club()));
  const wanted = { number: 1, audience: 'network' as const, k: 3, synthetic: true, random: bytes(50), tables: [] };
  expect(releaseFile([survey], snapshot, wanted).content.file.rows).toBe(5);
});

describe('M18: published tables beside the file', () => {
  const TABLES = ['stage', 'size', 'p1', 'p2', 'h1'];
  const BY = ['stage', 'size'];
  const tablesOf = (answers: readonly Answers[]) => [openTables(survey, snapshotOf(survey, answers), TABLES, BY)];
  const attack = ({ file, snapshot }: ReturnType<typeof make>) => subtract(file, everyTable(snapshot, TABLES, BY), 3);

  // One cell of the two rows' keys is withheld, and with it those of others: fewer than k of some value are missing.
  const FEW = [
    ...times(60, club()),
    ...times(60, club({ P1: 'farm' })),
    ...times(2, club({ P1: 'farm', P2: 's100', V1: 'no' })),
    ...times(2, club({ P1: 'village' })),
  ];

  test('the planted fault: a file made without looking at them gives a group under k away', () => {
    expect(attack(make(FEW))).not.toEqual([]);
  });

  test('a class more is withheld, so that none, k or all of a value are missing', () => {
    const made = make(FEW, { tables: tablesOf(FEW) });
    expect(attack(made)).toEqual([]);
    expect(smallestClass(made.file)).toBeGreaterThanOrEqual(3);
  });

  test('the counts of an earlier release are looked at too', () => {
    // One respondent who has left since stands in the earlier tables.
    const [now] = tablesOf(FEW);
    const [before] = tablesOf([...FEW, club({ P1: 'village' })]);
    const beside = (tables: WantedFile['tables']) => make(FEW, { tables }).report.keys.map(({ withheld }) => withheld);
    if (!now || !before) throw new Error('no tables');
    const [both, turned] = [beside([now, before]), beside([before, now])];
    expect(both).toEqual(turned);
    expect(sum(both)).toBeGreaterThanOrEqual(sum(beside([now])));
    expect(sum(beside([now, now]))).toBe(sum(beside([now])));
  });

  // Withheld in the farms because all said yes: the table of everybody says so again.
  const UNIFORM = [
    ...times(20, club({ H1: 'no' })),
    ...times(20, club({ H1: 'yes' })),
    ...times(5, club({ P1: 'farm', H1: 'yes' })),
  ];

  test('the planted fault: withheld answers that are all one answer are had by subtraction', () => {
    expect(attack(make(UNIFORM))).toContain('h1 is 1 where withheld');
  });

  test('another class’s answers are withheld beside them', () => {
    const made = make(UNIFORM, { tables: tablesOf(UNIFORM) });
    expect(attack(made)).toEqual([]);
    expect(shownIn(made.file, 'h1').every((each) => each === MISSING.withheld)).toBe(true);
  });
});

test('adversary (f), M7, planted: with blanks as wildcards a file counts as safe and gives somebody away', () => {
  const snapshot = snapshotOf(survey, [...times(3, club()), ...times(2, club({ P1: 'farm' }))]);
  const { file } = makeFile([survey], snapshot, {
    number: 1,
    audience: 'network',
    k: 3,
    synthetic: true,
    random: bytes(50),
    tables: [],
  });
  const rows = (name: string, values: number[]) => ({ name, role: 'key' as const, values: Int32Array.from(values) });
  const [row] = file.variables;
  if (!row) throw new Error('no row names');
  const base = { ...row, kind: 'categories' as const, withheldForSome: true };
  // Each row matches two others as sdcMicro counts, with −6 for anything; who is on a farm fits two rows only.
  const wild = { ...file, variables: [row, { ...base, ...rows('p1', [1, 1, 1, 3, -6]) }] };
  expect(fewestLinked(wild, snapshot)).toBeLessThan(3);
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

test('M6, M7, M9, M11, M18: whatever was answered and asked for, nobody is found, and what is shown is what was given', () => {
  let some = 0;
  const property = fc.property(
    fc.integer({ min: 3, max: 6 }),
    fc.array(fc.tuple(answer, fc.integer({ min: 1, max: 9 })), { minLength: 5, maxLength: 40 }),
    fc.subarray(['stage', 'P1', 'size']),
    fc.constantFrom(0, 0.05, 0.2),
    fc.constantFrom(undefined, []),
    (k, records, keyNames, budget, keep) => {
      const answers = records.flatMap(([record, n]) => times(n, stored(record)));
      const snapshot = snapshotOf(survey, answers);
      const tables = [openTables(survey, snapshot, ['stage', 'size', 'p1', 'p2', 'h1', 's1'], ['stage', 'size'])];
      let made: ReturnType<typeof make>;
      try {
        made = make(answers, {
          k,
          keyNames,
          budget,
          keep,
          tables,
          overrides: [{ gate: 'beside', by: 'Ada', reason: 'A test.' }],
        });
      } catch (error) {
        if (error instanceof NotReleasable) return;
        throw error;
      }
      const { file } = made;
      if (made.report.keys.some(({ withheld }) => withheld > 0)) some++;
      expect(smallestClass(file)).toBeGreaterThanOrEqual(k);
      expect(fewestLinked(file, snapshot)).toBeGreaterThanOrEqual(k);
      expect(sharedAnswers(file)).toEqual([]);
      expect(subtract(file, everyTable(snapshot, ['stage', 'size', 'p1', 'h1'], ['stage', 'size']), k)).toEqual([]);
      const order = [...(file.variables[0]?.values ?? [])].map((name) => rowOf(String(name), answers.length));
      for (const { name, role } of file.variables.slice(1)) {
        if (role === 'weight') continue;
        const truth = truthOf(snapshot, name);
        shownIn(file, name).forEach((value, row) => {
          if (value !== MISSING.withheld) expect(value).toBe(truth[order[row] ?? -1]);
        });
      }
      const whole = made.report.withheldRows;
      expect(whole === 0 || whole >= k).toBe(true);
    },
  );
  fc.assert(property, { seed: 20261122, numRuns: 150 });
  expect(some).toBeGreaterThan(20);
});

/** The response that a row's name was made for. */
function rowOf(name: string, responses: number): number {
  const random = bytes(10 * responses);
  return Array.from({ length: responses }).findIndex(
    (_, row) =>
      `r${Array.from(random.subarray(10 * row, 10 * row + 10), (byte) => byte.toString(16).padStart(2, '0')).join('')}` ===
      name,
  );
}

describe('T12: tables by what the file does not show', () => {
  const answers = [...times(20, club()), ...times(20, other({ P2: 's10' })), ...times(20, club({ P2: 's100' }))];
  const snapshot = snapshotOf(survey, answers);
  const tables = [openTables(survey, snapshot, ['stage', 'h1'], ['stage', 'size'])];

  test('are refused, unless a named person takes it on themselves, and then the report says so', () => {
    const wanted = { k: 5, keyNames: ['stage'], tables };
    expect(() => make(answers, wanted)).toThrow(
      /^Tables by size are published, and the file would show answers without showing that as finely\./,
    );
    const { report } = make(answers, { ...wanted, overrides: [{ gate: 'beside', by: 'Ada', reason: 'A test.' }] });
    expect(report.toldByTables).toEqual(['size']);
    expect(reportView(publicReport(report)).answer.join(' ')).toContain('Tables by size are published, and whoever');
  });

  test('are no trouble where the file shows it as finely', () => {
    expect(make(answers, { k: 5, keyNames: ['stage', 'size'], tables }).report.toldByTables).toEqual([]);
  });
});
