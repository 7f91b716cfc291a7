/** What a file tells by its other columns, by rows that lack a key, and by its own report. */
import { describe, expect, test } from 'vitest';
import type { Answers } from '../../../src/questionnaire/answers.ts';
import { MISSING } from '../../../src/questionnaire/variables.ts';
import { makeFile } from '../../../src/release/microdata/make-file.ts';
import { publicReport } from '../../../src/release/microdata/report/public-report.ts';
import { reachOf } from '../../../src/release/microdata/survey/reach.ts';
import type { WantedFile } from '../../../src/release/microdata/wanted-file.ts';
import { everyTable, fewestLinked, shownIn, smallestAfter, smallestClass, subtractAmong } from './attacks.ts';
import { bytes, club, clubs, clubsPages, other, snapshotOf, times } from './clubs.ts';
import { openTables } from './open-tables.ts';

function make(answers: readonly Answers[], own: ReturnType<typeof clubs>, more: Partial<WantedFile> = {}) {
  const snapshot = snapshotOf(own, answers);
  const random = bytes(10 * answers.length);
  const wanted = { number: 1, audience: 'network' as const, k: 3, synthetic: true, random, tables: [], ...more };
  return { snapshot, ...makeFile([own], snapshot, wanted) };
}

/** The answers of the farms, all of whom gave the same to a sensitive question. */
const inFarms = ({ file }: ReturnType<typeof make>, name: string) => {
  const place = shownIn(file, 'p1');
  return shownIn(file, name).filter((_, row) => place[row] === 3);
};

describe('M12: what tells a sensitive answer is withheld with it', () => {
  const ticked = {
    type: 'multiple',
    code: 'L1',
    text: 'Debts?',
    role: 'sensitive',
    options: ['bank', 'friends', 'tax'].map((code) => ({ code, label: code })),
  };
  const largest = { type: 'single', code: 'L2', text: 'The largest?', role: 'plain', options: { from: 'L1' } };

  test('an answer chosen from a list of earlier answers', () => {
    const own = clubs({ k: 3, keys: ['P1'], columns: ['L1', 'L2'] }, clubsPages([ticked], [largest]));
    const debt = (n: number, P1: string, L1: string[], L2 = L1[0]) => times(n, club({ P1, L1, L2: L2 ?? '' }));
    const made = make(
      [
        ...debt(3, 'farm', ['tax']),
        ...debt(2, 'town', ['bank', 'tax'], 'tax'),
        ...debt(2, 'town', ['friends', 'tax']),
        ...debt(2, 'town', ['bank', 'friends']),
      ],
      own,
    );
    expect(inFarms(made, 'l1_tax')).toEqual(times(3, MISSING.withheld));
    expect(inFarms(made, 'l2')).toEqual(times(3, MISSING.withheld));
    expect(reachOf(own, 'L2', new Set())).toContain('L1');
  });

  test('the list, where what was chosen from it is sensitive: of one tick there is one choice', () => {
    const own = clubs(
      { k: 3, keys: ['P1'], columns: ['L1', 'L2'] },
      clubsPages([{ ...ticked, role: 'plain' }], [{ ...largest, role: 'sensitive' }]),
    );
    const debt = (n: number, P1: string, L1: string[], L2 = L1[0]) => times(n, club({ P1, L1, L2: L2 ?? '' }));
    const made = make([...debt(3, 'farm', ['tax']), ...debt(2, 'town', ['bank']), ...debt(2, 'town', ['tax'])], own);
    expect(inFarms(made, 'l2')).toEqual(times(3, MISSING.withheld));
    expect(inFarms(made, 'l1_tax')).toEqual(times(3, MISSING.withheld));
  });

  test('a variable that is worked out from the same answers, and a question asked because of them', () => {
    const net = (code: string, role: string, options: string[]) => ({
      ...{ kind: 'net', code, label: code, role },
      ...{ of: 'L1', options },
    });
    const asked = {
      type: 'single',
      code: 'M1',
      text: 'Is the bank patient?',
      role: 'plain',
      when: { question: 'L1', includes: 'bank' },
      options: ['yes', 'no'].map((code) => ({ code, label: code })),
    };
    const own = clubs(
      { k: 3, keys: ['P1'], columns: ['l1_any', 'l1_bank', 'M1', 'C1'] },
      clubsPages(
        [{ ...ticked, role: 'plain' }],
        [asked],
        [net('l1_any', 'sensitive', ['bank', 'friends']), net('l1_bank', 'plain', ['bank'])],
      ),
    );
    const debt = (n: number, P1: string, debts: string) =>
      times(n, club({ P1, L1: [debts], ...(debts === 'bank' && { M1: 'yes' }) }));
    const made = make(
      [
        ...debt(2, 'farm', 'bank'),
        ...debt(2, 'farm', 'friends'),
        ...debt(3, 'town', 'tax'),
        ...debt(3, 'town', 'bank'),
      ],
      own,
    );
    for (const name of ['l1_any', 'l1_bank', 'm1'])
      expect(inFarms(made, name), name).toEqual(times(4, MISSING.withheld));
    expect(shownIn(made.file, 'm1')).toContain(1);
    expect(inFarms(made, 'c1_cost')).toEqual(times(4, 2));
  });
});

describe('M18: rows that lack a key', () => {
  // In two places two users and two others look alike but for the stage; the users all said yes.
  const few = (P1: string, P2: string) => [
    ...times(2, club({ P1, P2, H1: 'yes', V1: 'no' })),
    ...times(2, other({ P1, P2, H1: 'no', V1: 'no' })),
  ];
  const answers = [
    ...times(50, club({ H1: 'no' })),
    ...times(50, club({ H1: 'yes' })),
    ...times(50, other({ H1: 'no' })),
    ...times(50, other({ H1: 'yes' })),
    ...few('farm', 's100'),
    ...few('village', 's10'),
  ];
  const own = clubs({ k: 3, keys: ['stage', 'P1', 'size'], columns: ['S1', 'H1', 'C1'], hierarchies: {} });
  const [names, by] = [['h1'], ['stage']];
  const attack = ({ file, snapshot }: ReturnType<typeof make>) => subtractAmong(file, everyTable(snapshot, names, by));

  test('the planted fault: a file made without the tables tells an answer of all users without a stage', () => {
    const made = make(answers, own);
    expect(shownIn(made.file, 'stage')).toContain(MISSING.withheld);
    expect(attack(made)).not.toEqual([]);
  });

  test('answers of other users are withheld beside theirs', () => {
    const made = make(answers, own, { tables: [openTables(own, snapshotOf(own, answers), names, by)] });
    expect(attack(made)).toEqual([]);
    expect(fewestLinked(made.file, made.snapshot)).toBeGreaterThanOrEqual(3);
  });
});

describe('T12: tables by a key beside rows that lack it', () => {
  // Two users and two others who look alike but for the stage, and each of them said something else.
  const answers = [
    ...times(20, club()),
    ...times(20, club({ C1_cost: 'big', C1_law: 'some' })),
    ...times(20, other({ C1_cost: 'none' })),
    ...times(20, other({ C1_law: 'big' })),
    ...times(3, club({ P1: 'village', H1: 'yes' })),
    ...times(3, other({ P1: 'village', H1: 'yes', C1_cost: 'none' })),
    club({ P1: 'farm', C1_cost: 'some', C1_law: 'none' }),
    club({ P1: 'farm', C1_cost: 'big', C1_law: 'big' }),
    other({ P1: 'farm', C1_cost: 'none', C1_law: 'some' }),
    other({ P1: 'farm', C1_cost: 'none', C1_law: 'big' }),
  ];
  const own = clubs({ k: 3, keys: ['stage', 'P1'], columns: ['C1', 'H1'], hierarchies: {} });
  const [names, by] = [['c1_cost', 'c1_law', 'h1', 'stage'], ['stage']];
  const attack = ({ file, snapshot }: ReturnType<typeof make>) =>
    smallestAfter(file, everyTable(snapshot, names, by), 'stage', [1, 2]);

  test('the planted fault: of a file made without them rows get their stage back, and classes fall under k', () => {
    const made = make(answers, own, { keep: ['stage', 'P1'] });
    expect(smallestClass(made.file)).toBeGreaterThanOrEqual(3);
    expect(attack(made)).toBeLessThan(3);
  });

  test('a row that lacks the key shows no answers', () => {
    const tables = [openTables(own, snapshotOf(own, answers), names, by)];
    const made = make(answers, own, { keep: ['stage', 'P1'], tables });
    const stage = shownIn(made.file, 'stage');
    expect(stage).toContain(MISSING.withheld);
    expect(stage).toContain(1);
    for (const name of ['c1_cost', 'c1_law', 'h1'])
      expect(new Set(shownIn(made.file, name).filter((_, row) => stage[row] === MISSING.withheld))).toEqual(
        new Set([MISSING.withheld]),
      );
    expect(attack(made)).toBeGreaterThanOrEqual(3);
  });
});

test('the report for everybody is the same for two files that are the same, whatever is withheld in them', () => {
  const own = clubs({ k: 3, keys: ['P1'], columns: ['H1', 'C1'] });
  const said = (H1: string) => [
    ...times(5, club({ H1: 'yes' })),
    ...times(10, club({ H1: 'no' })),
    ...times(5, club({ P1: 'farm', H1 })),
  ];
  const [yes, no] = [make(said('yes'), own), make(said('no'), own)];
  expect(yes.file).toEqual(no.file);
  expect(publicReport(yes.report)).toEqual(publicReport(no.report));
  expect(yes.report).not.toEqual(no.report);
});
