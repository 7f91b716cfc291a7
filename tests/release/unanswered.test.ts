import { expect, test } from 'vitest';
import { findUnanswered } from '../../src/release/tables/unanswered.ts';
import { choirs, countAnswers, leaveBlank, madeUp, protectAnswers } from './choirs.ts';
import { HABITS } from './published.ts';

const answers = madeUp(choirs, 92, 3, HABITS);
const left = (...questions: string[]) => leaveBlank(answers, ...questions);
const blank = (...questions: string[]) => countAnswers(choirs, left(...questions));
const none = () => false;

test('nobody answered a question put to everyone: that may be said, and so of what is worked out from it', () => {
  expect(findUnanswered(blank('C1'), none)).toEqual(new Set(['C1', 'c1_count']));
});

test('a question that one person answered is not among them', () => {
  const [one, ...others] = answers;
  const family = countAnswers(choirs, [...(one ? [one] : []), ...leaveBlank(others, 'V1')]);
  expect(findUnanswered(family, none)).toEqual(new Set());
});

test('of a question put to some, "nobody" could tell that there were none: it is said beside a printed one only', () => {
  const family = blank('H1', 'N1');
  expect(findUnanswered(family, none)).toEqual(new Set());
  expect(findUnanswered(family, ({ name }) => name === 'V1')).toEqual(new Set());
  expect(findUnanswered(family, ({ name }) => name === 'K1')).toEqual(new Set(['H1', 'N1']));
});

test('what is published says of a table that nobody answered it, and holds no figure of it', async () => {
  const { content } = (await protectAnswers(choirs, left('C1', 'N1'))).tables;
  const told = content.tables.filter(({ unanswered }) => unanswered);
  expect(told.map(({ name }) => name)).toEqual(['C1', 'c1_count', 'N1']);
  expect(told.filter(({ overall, views }) => overall || views.length > 0)).toEqual([]);
});
