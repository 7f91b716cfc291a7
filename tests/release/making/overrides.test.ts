/** What would be refused is made on somebody's word: for each gate its own, on the form as on the record. */
import { expect, test } from 'vitest';
import { viewComparison } from '../../../src/release/making/job-view.ts';
import { choirs, madeUp } from '../choirs.ts';
import { addAnswers } from '../published.ts';
import { ask, HOME, ledgerOf, openMaking, signInAs } from './making-site.ts';

const FEW = { few: 'the choirs asked for it' };
const BESIDE = { beside: 'they signed' };
const SEEN = { seen: 'a label was wrong' };

test('T12: a file that tables tell more of needs the reason for that, and no other serves', async () => {
  const site = await openMaking();
  const ada = await signInAs(site, 'Ada', 'researcher');
  const make = async (reasons: Record<string, string>) => {
    await ask(ada, 'Make this release', { holds: 'both', keys: [], ...reasons });
    const { address } = ada;
    await site.settle();
    await ada.open(address);
  };
  await make({ ...FEW, ...SEEN });
  expect(ada.words).toContain(
    'let a named person take it on themselves under “Make it where it would be refused”, “Tables and a data file that tell more together than each”',
  );
  await ada.follow('Change what is wished for, and try again');
  expect(ada.entered).toMatchObject({ ...FEW, ...SEEN });
  await make({ ...FEW, ...BESIDE });
  expect([ada.heading, (await ledgerOf(site)).at(-1)]).toEqual([
    'Release 1',
    'made 1 by Ada: the choirs asked for it (a public data file of few responses); they signed (tables and a data file that tell more together than each)',
  ]);
  expect(ada.words).toContain('they signed (tables and a data file that tell more together than each)');
  await ada.open(`${HOME}/1/report`);
  expect(ada.words).toContain('Ada: the choirs asked for it (a public data file of few responses)');
  expect(ada.words).toContain('Ada: they signed (tables and a data file that tell more together than each)');
});

test('R2: tables soon after others that staff have seen need the reason for that, and no other serves', async () => {
  const site = await openMaking();
  const ada = await signInAs(site, 'Ada', 'researcher');
  const make = async (reasons: Record<string, string>) => {
    await ask(ada, 'Make this release', { holds: 'tables', ...reasons });
    const { address } = ada;
    await site.settle();
    await ada.open(address);
  };
  await make({});
  await addAnswers(site.db, madeUp(choirs, 1, 9));
  await make({ ...FEW, ...BESIDE });
  expect(ada.words).toContain(
    'under “Make it where it would be refused”, “Tables soon after others that only staff have seen”',
  );
  await make(SEEN);
  expect((await ledgerOf(site)).at(-1)).toBe(
    'made 2 by Ada: a label was wrong (tables soon after others that only staff have seen)',
  );
});

test('what was typed for one is kept where another has to be put right', async () => {
  const site = await openMaking(undefined, false);
  const ada = await signInAs(site, 'Ada', 'researcher');
  await ask(ada, 'Make this release', { holds: 'both', few: 'x', ...BESIDE });
  expect(ada.errors.map(({ href }) => href)).toEqual(['#few']);
  expect(ada.entered).toMatchObject({ few: 'x', ...BESIDE });
  expect(ada.html).toMatch(
    /<details[^>]* open[^>]*>\s*<summary[^>]*>\s*<span[^>]*>\s*Make it where it would be refused/,
  );
});

test('work from when one reason opened every gate has it at each of them', async () => {
  const site = await openMaking(undefined, false);
  const ada = await signInAs(site, 'Ada', 'researcher');
  await ask(ada, 'Make this release', { holds: 'tables' });
  const { address } = ada;
  const wishes = JSON.stringify({ audience: 'public', tables: true, data: true, override: 'a pilot' });
  await site.db.updateTable('release_jobs').set({ wishes }).execute();
  await ada.open(address);
  await ada.press('Stop it');
  await ada.open(`${HOME}/new?like=${address.split('/').at(-1)}`);
  expect(ada.entered).toMatchObject({ holds: 'both', few: 'a pilot', beside: 'a pilot', seen: 'a pilot' });
});

test('what no setting can be made for says so in the form’s words', () => {
  const reason = 'Too few: say so with --override few=WHY.';
  const compared = [{ label: 'k 10', k: 10, found: { reason } }];
  expect(viewComparison(compared, String, choirs).never).toBe(
    'Too few: say so under “Make it where it would be refused”, “A public data file of few responses”.',
  );
});
