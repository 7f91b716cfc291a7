import { describe, expect, test } from 'vitest';
import {
  approve,
  type Ledger,
  type LedgerLine,
  NotDecided,
  type Part,
  refuse,
  standingsOf,
  withdraw,
} from '../../../src/release/ledger/ledger.ts';
import { isSamePerson, personSchema } from '../../../src/release/ledger/person.ts';

/** A ledger from its lines in short: "made 1 Ada", "approved 1 Bo". Releases are tables for the public unless said. */
function ledgerOf(short: readonly string[], network: readonly number[] = []): Ledger {
  const lines = short.map((text, place): LedgerLine => {
    const [event = '', number = '', person = ''] = text.split(' ');
    return {
      line: place + 1,
      number: number === '-' ? undefined : Number(number),
      event: event as LedgerLine['event'],
      person,
      on: '2027-05-01',
      reason: '',
    };
  });
  const numbers = lines.flatMap(({ event, number }) => (event === 'made' && number !== undefined ? [number] : []));
  const parts = numbers.map((number): Part => {
    const forAll = !network.includes(number);
    const kind = forAll ? 'tables' : 'microdata';
    return { id: `id${number}`, number, kind, audience: forAll ? 'public' : 'network', madeOn: '2027-05-01', hash: '' };
  });
  return { survey: 'choirs', lines, parts };
}

const states = (ledger: Ledger) => standingsOf(ledger).map(({ number, state }) => `${number} ${state}`);

describe('R1, R5: where a release stands', () => {
  test.each([
    ['made and no more', ['made 1 Ada'], ['1 waiting']],
    ['approved', ['made 1 Ada', 'approved 1 Bo'], ['1 approved']],
    ['refused', ['made 1 Ada', 'refused 1 Bo'], ['1 refused']],
    ['withdrawn', ['made 1 Ada', 'approved 1 Bo', 'withdrawn 1 Bo'], ['1 withdrawn']],
    [
      'a later one waits, and changes nothing',
      ['made 1 Ada', 'approved 1 Bo', 'made 2 Ada'],
      ['1 approved', '2 waiting'],
    ],
    [
      'a later one is approved',
      ['made 1 Ada', 'approved 1 Bo', 'made 2 Ada', 'approved 2 Bo'],
      ['1 superseded', '2 approved'],
    ],
    [
      'the later one is withdrawn, and the earlier stands again',
      ['made 1 Ada', 'approved 1 Bo', 'made 2 Ada', 'approved 2 Bo', 'withdrawn 2 Cy'],
      ['1 approved', '2 withdrawn'],
    ],
    ['an attempt that failed is none', ['failed - Ada', 'made 1 Ada'], ['1 waiting']],
  ])('%s', (_, lines, expected) => {
    expect(states(ledgerOf(lines))).toEqual(expected);
  });

  test('a release for the network takes no place of one for the public', () => {
    const ledger = ledgerOf(['made 1 Ada', 'approved 1 Bo', 'made 2 Ada', 'approved 2 Bo'], [2]);
    expect(states(ledger)).toEqual(['1 approved', '2 approved']);
  });
});

describe('R5: one makes, another approves', () => {
  const waiting = ledgerOf(['made 1 Ada']);

  test('another person approves', () => {
    expect(approve(waiting, 1, 'Bo', undefined)).toEqual({ number: 1, event: 'approved', person: 'Bo', reason: '' });
  });

  test.each(['Ada', 'ada', ' ADA.', 'Àda'])('two people who are one are refused: %s', (name) => {
    expect(() => approve(waiting, 1, name, undefined)).toThrow(
      'Release 1 was made by Ada, and a release is approved by another person. Ask a colleague',
    );
  });

  test('the only member of staff says why, and it is kept', () => {
    expect(approve(waiting, 1, 'Ada', 'I work alone')).toMatchObject({ person: 'Ada', reason: 'I work alone' });
  });

  test.each([
    [
      'approve twice',
      ['made 1 Ada', 'approved 1 Bo'],
      'Release 1 is approved already. Each release is decided on once.',
    ],
    ['approve a refused one', ['made 1 Ada', 'refused 1 Bo'], 'Release 1 was refused.'],
    ['approve one that is not there', ['made 1 Ada'], undefined],
    [
      'approve one that was not checked beside another',
      ['made 1 Ada', 'made 2 Ada', 'approved 2 Bo'],
      'Release 2 was approved after release 1 was made, so release 1 was not checked beside it. Make it again.',
    ],
  ])('nobody can %s', (_, lines, sentence) => {
    const number = sentence === undefined ? 7 : 1;
    expect(() => approve(ledgerOf(lines), number, 'Cy', undefined)).toThrow(
      sentence ?? 'There is no release 7 of choirs. There is: 1.',
    );
  });

  test('nothing released yet is said so', () => {
    expect(() => approve(ledgerOf([]), 1, 'Bo', undefined)).toThrow('Nothing has been released of choirs yet.');
  });

  test('what waits is refused and not withdrawn; what is out is withdrawn and not refused', () => {
    const out = ledgerOf(['made 1 Ada', 'approved 1 Bo']);
    expect(refuse(waiting, 1, 'Ada', 'a typing error')).toMatchObject({ event: 'refused', reason: 'a typing error' });
    expect(withdraw(out, 1, 'Ada', 'a wrong weight')).toMatchObject({ event: 'withdrawn' });
    expect(() => withdraw(waiting, 1, 'Bo', 'why')).toThrow('Refuse it instead.');
    expect(() => refuse(out, 1, 'Bo', 'why')).toThrow('Withdraw it instead.');
    expect(() => refuse(ledgerOf(['made 1 Ada', 'refused 1 Bo']), 1, 'Cy', 'why')).toThrow(NotDecided);
  });
});

describe('the name of a person', () => {
  test.each([
    ['Ada Byron', 'ada byron', true],
    ['Ada Byron', 'Byron, Ada', true],
    ['Siân Rees', 'Sian  Rees', true],
    ['Ada Byron', 'Ada Bryon', false],
    ['Jo', 'Joe', false],
  ])('%s and %s are one person: %s', (one, other, same) => {
    expect(isSamePerson(one, other)).toBe(same);
  });

  test.each(['', '   ', '7', '-', 'x'.repeat(101), 'Ada\u202eByron', 'Ada\nByron\u0007', '<b>'])(
    '%j is none',
    (name) => {
      expect(personSchema.safeParse(name).success).toBe(false);
    },
  );

  test('is kept on one line', () => {
    expect(personSchema.parse('  Ada \n Byron ')).toBe('Ada Byron');
  });
});
