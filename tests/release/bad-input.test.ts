/**
 * What cannot be released is refused in the terminal and in the browser, with the sentence that says why and what to do.
 * How it is stopped in the terminal is tried in tests/commands/release.test.ts.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTables, publishTables } from '../support/release.ts';
import type { Respondent } from '../support/respondent.ts';
import { type Ran, runCommand } from '../support/run-command.ts';
import { CHOIRS } from './choirs.ts';
import { ask, HOME, ledgerOf, type MakingSite, openMaking, signInAs } from './making/making-site.ts';

/** As much of the choirs' file as is spoilt here. */
interface File {
  version: string;
  derived: { groups: { options: string[] }[] }[];
  disclosure: { columns: string[] };
}

/** The next version of the choirs' survey, spoilt. */
function spoilt(spoil: (file: File) => void): string {
  const file: File = JSON.parse(CHOIRS);
  file.version = '1.1';
  spoil(file);
  return JSON.stringify(file, null, 2);
}

interface Place {
  readonly site: MakingSite;
  readonly ada: Respondent;
  readonly folder: string;
}

const inTerminal = ({ folder }: Place, ...words: string[]) => runCommand(words, folder);
const make = (place: Place, ...words: string[]) =>
  inTerminal(place, 'release', 'make', 'choirs', '--by', 'Ada', ...words);

async function publish(place: Place, source: string) {
  const path = join(place.folder, 'next.json');
  writeFileSync(path, source);
  return inTerminal(place, 'publish', path);
}

/** Saves a draft, whose page says what is wrong with it. */
async function save({ ada }: Place, source: string): Promise<string> {
  await ada.open('/staff/surveys/choirs/versions/new');
  await ada.press('Check and save as a draft', { source });
  return ada.words;
}

/** Sends the form, which is shown again. */
async function send({ ada }: Place, entries: Record<string, string>): Promise<string> {
  await ada.post(`${HOME}/new`, new URLSearchParams({ ...entries, do: 'make' }).toString());
  expect(ada.status).toBe(422);
  return ada.errors.map(({ text }) => text).join();
}

const fileOf = (spoil: (file: File) => void) => ({
  terminal: (place: Place) => publish(place, spoilt(spoil)),
  browser: (place: Place) => save(place, spoilt(spoil)),
});

interface Case {
  /** What is there already. */
  readonly before?: (place: Place) => Promise<void>;
  readonly terminal: (place: Place) => Promise<Ran>;
  /** @returns the words in which it is refused */
  readonly browser: (place: Place) => Promise<string>;
  readonly sentence: string | RegExp;
}

const BAD: Readonly<Record<string, Case>> = {
  'a hierarchy that is not a tree': {
    ...fileOf(({ derived }) => {
      derived[1]?.groups[1]?.options.push('tiny');
    }),
    sentence: 'The option "tiny" of size stands in "size_wide" twice. Leave it in one group.',
  },
  'a value without a place in it': {
    ...fileOf(({ derived }) => {
      derived[0]?.groups[0]?.options.pop();
      derived[0]?.groups[0]?.options.push('n6');
    }),
    sentence: 'O1 has no option "n6".',
  },
  'a column that there is not': {
    ...fileOf(({ disclosure }) => {
      disclosure.columns.push('V7');
    }),
    sentence: 'There is no question or variable "V7".',
  },
  'a key that there is not': {
    terminal: (place) => make(place, '--keys', 'colour'),
    browser: (place) => send(place, { holds: 'file', keys: 'colour' }),
    sentence: '"colour" is not a key of this survey. Its keys: stage, size.',
  },
  'k below the floor': {
    terminal: (place) => make(place, '--k', '2'),
    browser: (place) => send(place, { holds: 'file', k: '2' }),
    sentence: 'at least 3: with fewer, people could be recognised',
  },
  'fewer than 200 for everybody': {
    terminal: (place) => make(place, '--audience', 'public'),
    browser: (place) => send(place, { holds: 'both' }),
    sentence:
      /needs 200( responses, and there are fewer: choose the research network, or say why|: among fewer, people are too easy to find\. Make it for the research network, or let)/,
  },
  'two people who are one': {
    before: async ({ site }) => void (await makeTables(site.db, 'choirs', '2027-05-01')),
    terminal: (place) => inTerminal(place, 'release', 'approve', 'choirs', '1', '--by', 'maker, ADA'),
    browser: async ({ site }) => {
      const maker = await signInAs(site, 'Maker, ADA', 'approver');
      await maker.post(`${HOME}/1/approve`, 'looked=yes');
      expect(maker.status).toBe(409);
      return maker.words;
    },
    sentence: /release 1( was made by Ada Maker)?(,| as Ada Maker,) and a release is approved by another person/i,
  },
  'a file beside tables that tell its rows': {
    before: async ({ site }) => void (await publishTables(site.db, 'choirs', '2027-05-01')),
    terminal: (place) => make(place, '--keys', 'none'),
    browser: async ({ site, ada }) => {
      await ask(ada, 'Make this release', { holds: 'file', keys: [] });
      const { address } = ada;
      await site.settle();
      return (await ada.open(address)).words;
    },
    sentence:
      /Tables by .* are published, and the file would show answers .* Publish fewer tables, keep more of the keys/,
  },
};

const filesIn = ({ folder }: Place) =>
  existsSync(join(folder, 'releases')) ? readdirSync(join(folder, 'releases')) : [];

async function openPlace({ before }: Case): Promise<Place> {
  const site = await openMaking();
  const ada = await signInAs(site, 'Ada', 'researcher');
  const place = { site, ada, folder: dirname(site.releasesPath) };
  await before?.(place);
  return place;
}

/** What stands in the ledger now and did not before: nothing, or that it failed and why. */
async function expectNoMore(place: Place, before: readonly string[], { sentence }: Case): Promise<void> {
  const lines = (await ledgerOf(place.site)).slice(before.length);
  expect(lines.length).toBeLessThanOrEqual(1);
  for (const line of lines) {
    expect(line).toMatch(/^failed - by Ada: /);
    expect(line).toMatch(sentence);
  }
  expect(filesIn(place)).toEqual([]);
}

describe.each(Object.entries(BAD))('refused, with no file and no line but its failure: %s', (_, bad) => {
  test('in the terminal', async () => {
    const place = await openPlace(bad);
    const before = await ledgerOf(place.site);
    const { exit, out, err } = await bad.terminal(place);
    expect(exit).toBeGreaterThan(0);
    expect(out + err).toMatch(bad.sentence);
    await expectNoMore(place, before, bad);
  });

  test('in the browser', async () => {
    const place = await openPlace(bad);
    const before = await ledgerOf(place.site);
    const words = await bad.browser(place);
    expect(words).toMatch(bad.sentence);
    await expectNoMore(place, before, bad);
  });
});

test('stopped, with no file and no line but that it was: in the browser', async () => {
  const site = await openMaking(undefined, false);
  const ada = await signInAs(site, 'Ada', 'researcher');
  await ask(ada, 'Make this release', { holds: 'file' });
  await ada.press('Stop it');
  expect(await ledgerOf(site)).toEqual(['cancelled - by Ada: Stopped by Ada.']);
  expect(existsSync(site.releasesPath)).toBe(false);
});
