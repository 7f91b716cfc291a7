/** What the benchmark measures with: its visitors are taken by the site as it is, and its figures are what they say. */
import { expect, test } from 'vitest';
import { waitsOf } from '../../src/commands/bench/beside.ts';
import { addWorkshop, rush } from '../../src/commands/bench/bookings.ts';
import { middleOf } from '../../src/commands/bench/load.ts';
import { answersByTurns, begin, postForm, SURVEY } from '../../src/commands/bench/visitor.ts';
import { besideLines, bookingLines } from '../../src/commands/bench/words.ts';
import { readText, SURVEYS } from '../../src/commands/support.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import { openSignUps } from '../support/sign-ups.ts';
import { openSite } from '../support/site.ts';

test('its people book every seat of a workshop and no more', async () => {
  const { url, contacts, now } = await openSignUps({ proxies: 1 });
  const workshop = await addWorkshop(contacts, [21, 28], 15, now());
  expect(await rush(contacts, workshop, [url, url], 50)).toMatchObject({ people: 50, seats: 30, taken: 30, again: 0 });
  expect(await contacts.selectFrom('bookings').select('email').execute()).toHaveLength(30);
});

test('its respondent comes to the question on the stage, and changes the answer each time', async () => {
  const { url, context } = await openSite();
  await publishVersion(context.db, readText(`${SURVEYS}/ai-adoption/1.0.json`), '2027-03-01');
  const cookie = await begin({ url });
  const next = answersByTurns();
  const stored: unknown[] = [];
  for (let time = 0; time < 3; time++) {
    await postForm(url, `${SURVEY}/answer/s1`, next(), cookie);
    const { answers } = await context.db.selectFrom('drafts').select('answers').executeTakeFirstOrThrow();
    stored.push(JSON.parse(answers).S1);
  }
  expect(stored).toEqual(['agreed', 'informal', 'agreed']);
  await expect(postForm(url, `${SURVEY}/answer/s1`, 'S1=nonsense', cookie)).rejects.toThrow('answered 422');
});

test('waits are those of half, of ninety-nine in a hundred and of the slowest, in whatever order they came', () => {
  const times = Array.from({ length: 200 }, (_, index) => ((index * 77) % 200) + 1);
  expect(waitsOf(times)).toEqual({ posts: 200, p50: 101, p99: 199, longest: 200 });
});

test('of several rounds the one with the middle ratio counts, whatever order they came in', () => {
  expect(middleOf([{ ratio: 9 }, { ratio: 1.1 }, { ratio: 1 }])).toEqual({ ratio: 1.1 });
  expect(() => middleOf([])).toThrow('nothing was measured');
});

test('its words say how many times as long, and cry out where more is booked than there is', () => {
  const quiet = { posts: 3000, p50: 3.7, p99: 10, longest: 41 };
  const middle = { meanwhile: { ...quiet, p99: 11.5 }, quiet, ratio: 1.15 };
  expect(besideLines({ responses: 100_000, middle, ratios: [1.15, 0.98, 1.4] })).toEqual([
    'an answer while a data file of 100,000 is made: 99 in 100 under 11.5 ms, half under 3.7, all under 41; 3,000 posts',
    '  while that is halted, every other moment: 99 in 100 under 10.0 ms, half under 3.7, all under 41; 3,000 posts: 1.15 times the p99; by rounds 1.15, 0.98, 1.40',
  ]);
  const load = { perSecond: 300, p90: 40 };
  const booking = { ours: load, bare: { perSecond: 600, p90: 20 }, ratio: 0.5 };
  const said = (taken: number) =>
    bookingLines({ booking, rush: { people: 1000, seats: 100, taken, again: 0, seconds: 2 } })[1];
  expect(said(100)).toBe('1,000 people at two servers for 100 seats: 100 taken, 0 told to try again, in 2.0 s');
  expect(said(101)).toContain('101 taken, OVERBOOKED');
});
