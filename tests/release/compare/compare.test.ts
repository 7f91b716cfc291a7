/** What is stated of two releases and what is not: breaks, hidden figures, old figures, the same people. */
import { describe, expect, test } from 'vitest';
import { breaksBetween } from '../../../src/release/compare/breaks.ts';
import { chooseTwo, listComparable } from '../../../src/release/compare/choose.ts';
import { compareReleases, type LineChange } from '../../../src/release/compare/compare.ts';
import { type People, peopleOf } from '../../../src/release/compare/people.ts';
import { sayChange, sayFinding, sayPeople, sayValue, viewBreak } from '../../../src/release/compare/words.ts';
import type { Standing } from '../../../src/release/ledger/ledger.ts';
import { speakerFor } from '../../../src/release/page/words.ts';
import { figureOf } from '../../../src/release/tables/figures.ts';
import type { ProtectedTable, ProtectedTables } from '../../../src/release/tables/protected-tables.ts';
import { wordsFor } from '../../../src/web/words.ts';
import { groupOf, releaseOf, tableOf, text } from './tables.ts';

const speaker = speakerFor({ languages: ['en'] }, 'en', wordsFor('en'));

describe('a break is found where', () => {
  test.each<[string, Partial<ProtectedTable>, Partial<ProtectedTable>, string[]]>([
    ['nothing changed', {}, {}, []],
    ['only case, spaces and punctuation changed', {}, { wordings: ['is it  worth it'] }, []],
    ['the wording changed', {}, { wordings: ['Does it pay?'] }, ['wording: Is it worth it? > Does it pay?']],
    [
      'another wording came',
      {},
      { wordings: ['Is it worth it?', 'Was it?'] },
      ['wording: Is it worth it? > Is it worth it? / Was it?'],
    ],
    ['the type changed', {}, { kind: 'list' }, ['type: one answer of a list > any answers of a list']],
    [
      'an answer came',
      {},
      { options: [...tableOf().options, { code: 'dk', label: 'Don’t know' }] },
      ['options:  > Don’t know'],
    ],
    ['an answer went', {}, { options: tableOf().options.slice(0, 1) }, ['options: No > ']],
    [
      'an answer is called otherwise',
      {},
      {
        options: [
          { code: 'yes', label: 'Yes, all of it' },
          { code: 'no', label: 'No' },
        ],
      },
      ['options: Yes > Yes, all of it'],
    ],
    [
      'an answer with the same words has another code',
      {},
      {
        options: [
          { code: 'y', label: 'Yes' },
          { code: 'no', label: 'No' },
        ],
      },
      ['options: Yes > Yes'],
    ],
    ['answers stand in another order', {}, { options: [...tableOf().options].reverse() }, []],
    [
      'an answer means something else',
      {},
      {
        options: [
          { code: 'yes', label: 'Yes', description: 'Mostly' },
          { code: 'no', label: 'No' },
        ],
      },
      ['options: Yes > Yes (Mostly)'],
    ],
    ['others were asked', {}, { universe: 'it records' }, ['universe:  > it records']],
    [
      'it is worked out from something else',
      { workedOutFrom: ['A'] },
      { workedOutFrom: ['A', 'B'] },
      ['meaning: A > A / B'],
    ],
    ['a NET came', { nets: [] }, {}, []],
    [
      'a NET is another',
      {},
      { nets: [{ code: 'any', label: 'Any but one', dontKnow: false }] },
      ['options: Any > Any but one'],
    ],
    [
      'a row came',
      { rows: ['a', 'b'].map((variable) => ({ variable, label: variable })) },
      { rows: ['a', 'b', 'c'].map((variable) => ({ variable, label: variable })) },
      ['rows:  > c'],
    ],
    [
      'the short name changed, which nobody was shown',
      {},
      { label: 'Pays', rows: [{ variable: 'v1', label: 'Pays' }] },
      [],
    ],
  ])('%s', (_, before, after, found) => {
    const breaks = breaksBetween(tableOf(before), tableOf(after), text);
    expect(breaks.map(({ kind, was, is }) => `${kind}: ${was} > ${is}`)).toEqual(found);
  });
});

const WEIGHTING = { source: 's', by: ['Size'], designEffect: 1, effectiveBase: 40 };

/** "Yes" of everybody in two releases of one question. */
function yesOf(
  before: Partial<ProtectedTable>,
  after: Partial<ProtectedTable>,
  people: People = 'apart',
  more: [Partial<ProtectedTables>, Partial<ProtectedTables>] = [{}, {}],
): LineChange | undefined {
  const comparison = compareReleases(
    releaseOf([tableOf(before)], more[0]),
    releaseOf([tableOf(after)], more[1]),
    people,
    text,
  );
  return comparison.questions[0]?.groups[0]?.lines[0];
}
const yes = (n: number | null, base: number | null = 40, more = {}) => ({
  overall: groupOf('', { base, counts: [n, 1], ...more }),
});

describe('a change', () => {
  test.each<[string, LineChange | undefined, string]>([
    ['that is clear', yesOf(yes(4), yes(36)), '+80 points (95% interval +61.5 to +88.5), clearly up'],
    ['that is clear downwards', yesOf(yes(36), yes(4)), '−80 points (95% interval −88.5 to −61.5), clearly down'],
    ['that is not clear', yesOf(yes(20), yes(22)), '+5 points (95% interval −16.2 to +25.6), no clear change'],
    ['of nothing', yesOf(yes(20), yes(20)), 'no change (95% interval −20.9 to +20.9), no clear change'],
    ['of what nobody ever said', yesOf(yes(0), yes(0)), 'no change (95% interval −8.8 to +8.8), no clear change'],
    ['from nobody to all', yesOf(yes(0), yes(40)), '+100 points (95% interval +87.6 to +100), clearly up'],
    ['of a hidden figure then', yesOf(yes(null), yes(36)), 'not told: a figure is hidden'],
    ['of a hidden figure now', yesOf(yes(4), yes(null)), 'not told: a figure is hidden'],
    ['of a hidden base', yesOf(yes(4), yes(36, null)), 'not told: a figure is hidden'],
    ['on a small base', yesOf(yes(4), yes(8, 9)), 'not told: too few answered'],
    ['over a break', yesOf(yes(4), { ...yes(36), wordings: ['Other'] }), 'not stated: the question changed'],
    [
      'of figures of an earlier release',
      yesOf(yes(4), { ...yes(36), keptFrom: { release: 1, madeOn: '2027-05-01' } }),
      'not stated: figures of an earlier release',
    ],
    ['with the same people, which is not tested', yesOf(yes(4), yes(36), 'same'), '+80 points'],
    ['of one point', yesOf(yes(50, 100), yes(51, 100), 'same'), '+1 point'],
    [
      'where one release is weighted',
      yesOf(yes(4), yes(36), 'apart', [{}, { weighting: WEIGHTING }]),
      'not stated: the question changed',
    ],
    [
      'where both are weighted, which is not tested',
      yesOf(
        yes(4, 40, { weighted: { effectiveBase: 40, step: 1, counts: [10, 1], nets: [1] } }),
        yes(36, 40, { weighted: { effectiveBase: 40, step: 1, counts: [85, 1], nets: [1] } }),
        'apart',
        [{ weighting: WEIGHTING }, { weighting: WEIGHTING }],
      ),
      '+75 points',
    ],
  ])('%s', (_, line, said) => {
    expect(line && sayChange(line)).toBe(said);
  });

  test('of an average is in its own units and not tested', () => {
    const mean = (value: number | null) => ({ kind: 'number' as const, overall: groupOf('', { mean: value }) });
    const said = (before: number | null, after: number | null) => {
      const [question] = compareReleases(
        releaseOf([tableOf(mean(before))]),
        releaseOf([tableOf(mean(after))]),
        'apart',
        text,
      ).questions;
      const line = question?.groups[0]?.lines.find(({ measure }) => measure === 'mean');
      return line && sayChange(line);
    };
    expect([said(5.8, 4.7), said(5.8, 5.8), said(null, 5.8), said(5.8, null)]).toEqual([
      '−1.1',
      'no change',
      'not told: a figure is hidden',
      'not told: a figure is hidden',
    ]);
  });

  test('tests are corrected over everything that is tested, groups included', () => {
    const many = (n: number) =>
      Array.from({ length: 60 }, (_, place) =>
        tableOf({ name: `V${place}`, overall: groupOf('', { counts: [n, 40 - n], nets: [0] }) }),
      );
    const of = (tables: (n: number) => ProtectedTable[]) =>
      compareReleases(releaseOf(tables(16)), releaseOf(tables(26)), 'apart', text);
    const [alone, together] = [of((n) => many(n).slice(0, 1)), of(many)];
    const adjusted = (comparison: typeof alone) => {
      const change = comparison.questions[0]?.groups[0]?.lines[0]?.change;
      return typeof change === 'object' ? (change.test?.adjusted ?? 0) : 0;
    };
    expect(adjusted(alone)).toBeLessThan(0.15);
    expect(adjusted(together)).toBe(1);
    expect([alone.tested, together.tested]).toEqual([3, 180]);
  });
});

describe('groups', () => {
  const by = (...codes: string[]) => ({
    views: [{ segment: 'stage', groups: codes.map((code) => groupOf(code, {})) }],
  });
  const groupsOf = (before: Partial<ProtectedTable>, after: Partial<ProtectedTable>, segments = ['stage', 'stage']) => {
    const [was, is] = segments.map((name) => ({ segments: [{ name, label: name }] }));
    const comparison = compareReleases(
      releaseOf([tableOf(before)], was),
      releaseOf([tableOf(after)], is),
      'same',
      text,
    );
    return comparison.questions[0]?.groups.map(({ group }) => group.code);
  };
  test.each([
    ['that both have', groupsOf(by('user', 'none'), by('user', 'none')), ['', 'user', 'none']],
    ['that one merged are left out', groupsOf(by('user', 'none'), by('user', 'rest')), ['', 'user']],
    ['of another first segment are left out', groupsOf(by('user'), by('user'), ['stage', 'size']), ['']],
  ])('%s', (_, codes, found) => {
    expect(codes).toEqual(found);
  });

  test('a rest of others is not the same rest', () => {
    const rest = (labels: string[]) => ({ views: [{ segment: 'stage', groups: [groupOf('rest', {}, labels)] }] });
    expect(groupsOf(rest(['a']), rest(['a']))).toEqual(['', 'rest']);
    expect(groupsOf(rest(['a']), rest(['a', 'b']))).toEqual(['']);
  });

  test('figures by a segment that are old ones have no change, and those of everybody have', () => {
    const kept = {
      views: [{ segment: 'stage', groups: [groupOf('user', {})], keptFrom: { release: 1, madeOn: '2027-05-01' } }],
    };
    const [question] = compareReleases(
      releaseOf([tableOf(by('user'))]),
      releaseOf([tableOf(kept)]),
      'same',
      text,
    ).questions;
    expect(question?.kept).toBe(true);
    expect(question?.groups.map(({ lines }) => lines[0] && sayChange(lines[0]))).toEqual([
      'no change',
      'not stated: figures of an earlier release',
    ]);
  });
});

test('questions that only one of them has are told apart, and what nobody could be shown has no figures', () => {
  const { overall: _, ...silent } = tableOf({ name: 'V3' });
  const { questions, added, gone } = compareReleases(
    releaseOf([tableOf(), tableOf({ name: 'V2' }), tableOf({ name: 'V3' })]),
    releaseOf([tableOf({ name: 'V4' }), tableOf(), silent]),
    'same',
    text,
  );
  expect([added, gone].map((tables) => tables.map(({ name }) => name))).toEqual([['V4'], ['V2']]);
  expect(questions.map(({ table, groups }) => [table.name, groups.length])).toEqual([
    ['V1', 1],
    ['V3', 0],
  ]);
});

describe('whose figures they are', () => {
  test.each<[string, string, People]>([
    ['Spring 2027', 'spring  2027.', 'same'],
    ['Spring 2027', 'Spring 2027', 'same'],
    ['Spring 2027', 'Autumn 2027', 'apart'],
  ])('%s and %s: %s', (before, after, people) => {
    expect(peopleOf(before, after)).toBe(people);
    const said = sayPeople(people, { number: 1, wave: before }, { number: 2, wave: after });
    expect(said.includes('A test of two separate groups would be wrong here')).toBe(people !== 'apart');
    expect(said.includes('Fisher’s exact test')).toBe(people === 'apart');
  });
});

describe('words', () => {
  test.each([
    [figureOf(45, 54), '45 of 54 (83%, 95% interval 71% to 91%)'],
    [figureOf(null, 54), 'hidden'],
    [5.8, '5.8'],
    [undefined, 'not there'],
  ])('a figure: %j', (value, said) => {
    expect(sayValue(value, speaker)).toBe(said);
  });

  test('a finding is a sentence', () => {
    const line = yesOf(yes(4), yes(36));
    expect(line && sayFinding('Yes', 'everyone', line, speaker)).toBe(
      '“Yes”, everyone: 36 of 40 (90%, 95% interval 77% to 96%), and 4 of 40 (10%, 95% interval 4% to 23%) before: +80 points (95% interval +61.5 to +88.5), clearly up.',
    );
  });

  test('what is on one side of a break only has a word for nothing', () => {
    expect(viewBreak({ kind: 'universe', was: '', is: 'it records' })).toEqual({
      what: 'Others were asked',
      was: 'everyone',
      is: 'it records',
    });
    expect(viewBreak({ kind: 'options', was: 'No', is: '' })).toEqual({
      what: 'The answers changed',
      was: 'No',
      is: 'nothing',
    });
  });
});

describe('which two', () => {
  const standing = (
    number: number,
    state: Standing['state'] = 'superseded',
    kind: 'tables' | 'microdata' = 'tables',
  ): Standing => ({
    number,
    state,
    audience: 'public',
    parts: [{ id: `${number}`, number, kind, audience: 'public', madeOn: '2027-05-01', hash: '' }],
    made: undefined,
    approved: undefined,
    ended: undefined,
    supersededBy: undefined,
    overtakenBy: undefined,
  });
  const all = [1, 2, 4].map((number) => standing(number));
  test.each([
    ['the last two, where none are chosen', {}, [2, 4]],
    ['those chosen', { from: '1', to: '4' }, [1, 4]],
    ['the older first', { from: '4', to: '1' }, [1, 4]],
    ['one of them twice', { from: '4', to: '4' }, 'Choose two different releases'],
    ['one that is not there', { from: '1', to: '3' }, 'Choose two of the releases in the lists'],
    ['what is no number', { from: '1', to: ['2'] }, 'Choose two of the releases in the lists'],
  ])('%s', (_, query, chosen) => {
    const found = chooseTwo(all, query);
    expect('fault' in found ? found.fault : [found.before.number, found.after.number]).toEqual(chosen);
  });

  test('only those that are out, with tables', () => {
    const offered = listComparable([
      standing(1),
      standing(2, 'withdrawn'),
      standing(3, 'approved', 'microdata'),
      standing(4, 'approved'),
      standing(5, 'waiting'),
      standing(6, 'refused'),
    ]);
    expect(offered.map(({ number }) => number)).toEqual([1, 4]);
  });
});
