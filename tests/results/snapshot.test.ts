import { expect, test } from 'vitest';
import { publishVersion } from '../../src/fieldwork/store.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { variablesOf } from '../../src/questionnaire/variables.ts';
import { insertResponses } from '../../src/responses/store.ts';
import { missingCode } from '../../src/results/columns.ts';
import { columnOf, writeSnapshot } from '../../src/results/snapshot.ts';
import { getColumns, readSnapshot, takeSnapshot } from '../../src/results/store.ts';
import { CHOIRS, choirs, madeUp } from '../release/choirs.ts';
import { testDatabase } from '../support/database.ts';

async function withAnswers(source: string, answers: readonly Answers[], db = testDatabase()) {
  const store = await db;
  const { hash } = await publishVersion(store, source, '2027-04-01');
  const response = {
    survey: 'choirs',
    versionHash: hash,
    informationVersion: '1',
    consentVersion: '1',
    language: 'en',
    withdrawalHash: null,
    week: '2027-W14',
    origin: 'simulated' as const,
  };
  await insertResponses(
    store,
    answers.map((each) => ({ ...response, submission: { answers: each, filled: [] } })),
  );
  return store;
}

/** The older version as its author changed it: one option more, one question for another, a role put right. */
function changed(change: (text: string) => string): string {
  return change(CHOIRS).replace('"version": "1.0"', '"version": "1.10"');
}

const ONE: Answers = {
  A1: 'yes',
  S1: 'often',
  O1: 'n5',
  V1: null,
  U1: ['mic', 'room'],
  C1_cost: 'big',
  C1_rights: null,
  H1: 'no',
  N1: '12',
  K1: '4',
  Z1: 'secret words',
};

test('an answer becomes a code, a blank and what was not asked become reasons', async () => {
  const db = await withAnswers(CHOIRS, [ONE]);
  const { variables, columns } = await readSnapshot(db, 'choirs', '2027-05-01');
  const read = Object.fromEntries(
    variables.map(({ name, categories }) => {
      const code = columns.get(name)?.codes[0] ?? -1;
      return [name, categories[code]?.code ?? code];
    }),
  );
  expect(read).toMatchObject({
    s1: 'often',
    v1: 252,
    u1_mic: 'yes',
    u1_course: 'no',
    c1_cost: 'big',
    c1_rights: 252,
    n1: '#',
    k1: '4',
    r1_fun: 255,
    stage: 'user',
    size: 'tiny',
    c1_raised_cost: 'yes',
  });
  expect(columns.get('n1')?.values?.[0]).toBe(12);
});

test('a column holds what reading its variable from each response gives', () => {
  const responses = madeUp(choirs, 200, 20_271_122);
  const about = { survey: 'choirs', madeOn: '2027-05-01', responses: responses.length };
  const writer = writeSnapshot(new Map([['v1', choirs]]), about);
  for (const answers of responses) writer.add('v1', answers);
  const snapshot = writer.finish();
  const source = new Map(variablesOf(choirs).map((variable) => [variable.name, variable]));
  for (const variable of snapshot.variables) {
    const { codes, values } = columnOf(snapshot, variable.name);
    for (const [row, answers] of responses.entries()) {
      const value = source.get(variable.name)?.read(answers) ?? '';
      const place = variable.categories.findIndex(({ code }) => code === value);
      const code = typeof value === 'string' ? Math.max(place, 0) : missingCode(variable.width, value.missing);
      expect(codes[row]).toBe(code);
      expect(values?.[row] ?? Number.NaN).toBe(variable.kind === 'number' && code === 0 ? Number(value) : Number.NaN);
    }
  }
});

test('free text and the boxes behind "other" never enter', async () => {
  const db = await withAnswers(CHOIRS, [ONE]);
  const { id, snapshot } = await takeSnapshot(db, 'choirs', '2027-05-01');
  expect(snapshot.variables.map(({ name }) => name)).not.toContain('z1');
  expect(snapshot.variables.some(({ name }) => name.endsWith('_text'))).toBe(false);
  const stored = await db.selectFrom('snapshot_columns').selectAll().where('snapshot', '=', id).execute();
  expect(stored.some(({ codes }) => Buffer.from(codes).includes('secret'))).toBe(false);
});

test('a stored snapshot comes back as it was', async () => {
  const db = await withAnswers(CHOIRS, madeUp(choirs, 50, 1));
  const { id, snapshot } = await takeSnapshot(db, 'choirs', '2027-05-01');
  const names = snapshot.variables.map(({ name }) => name);
  for (const { variable, column } of await getColumns(db, id, names)) {
    expect([...column.codes]).toEqual([...columnOf(snapshot, variable.name).codes]);
    expect(column.values).toEqual(columnOf(snapshot, variable.name).values);
  }
  await expect(getColumns(db, id, ['nothing'])).rejects.toThrow('no variable "nothing"');
});

test('two versions become one: every variable and option of either, and "not in this version" where one lacks it', async () => {
  const newer = changed((text) =>
    text
      .replace(
        '{ "code": "yes", "label": "Yes" }\n              ]\n            },\n            {\n              "type": "multiple"',
        '{ "code": "yes", "label": "Yes, it is" }, { "code": "very", "label": "Very" }\n              ]\n            },\n            {\n              "type": "multiple"',
      )
      .replaceAll('"code": "K1"', '"code": "K2"'),
  );
  const db = await withAnswers(CHOIRS, [ONE]);
  const { K1: _old, ...rest } = ONE;
  await withAnswers(newer, [{ ...rest, V1: 'very', K2: '5' }], Promise.resolve(db));
  const snapshot = await readSnapshot(db, 'choirs', '2027-05-01');
  const codes = (name: string) => [...columnOf(snapshot, name).codes].sort();
  expect(codes('k1')).toEqual([253, 3].sort());
  expect(codes('k2')).toEqual([253, 4].sort());
  const v1 = snapshot.variables.find(({ name }) => name === 'v1');
  expect(v1?.categories.map(({ code }) => code)).toEqual(['no', 'partly', 'yes', 'very', 'dk']);
  // 1.10 is newer than 1.0 and its words win, though "1.10" sorts before "1.9".
  expect(v1?.categories[2]?.label).toBe('Yes, it is');
});

test('a role put right in a later version protects those who answered before', async () => {
  const db = await withAnswers(CHOIRS, [ONE]);
  const newer = changed((text) =>
    text.replace(
      '"text": "Is recording worth it?",\n              "role": "plain"',
      '"text": "Is recording worth it?",\n              "role": "direct"',
    ),
  );
  await withAnswers(newer, [ONE], Promise.resolve(db));
  const { variables } = await readSnapshot(db, 'choirs', '2027-05-01');
  expect(variables.map(({ name }) => name)).not.toContain('v1');
});

test('what comes in after the count waits for the next snapshot', () => {
  const writer = writeSnapshot(new Map([['v1', choirs]]), { survey: 'choirs', madeOn: '2027-05-01', responses: 1 });
  writer.add('v1', ONE);
  writer.add('v1', ONE);
  expect(writer.finish().responses).toBe(1);
});
