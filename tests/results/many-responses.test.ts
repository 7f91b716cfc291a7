import { expect, test } from 'vitest';
import { insertMany, type NewResponse, readResponses } from '../../src/responses/store.ts';
import { testDatabase } from '../support/database.ts';
import { addSurvey } from '../support/rows.ts';

const MANY = 10_123;

async function* numbered(): AsyncGenerator<NewResponse> {
  for (let n = 0; n < MANY; n++) {
    yield {
      survey: 's1',
      versionHash: 'h1',
      informationVersion: '1',
      consentVersion: '1',
      language: 'en',
      submission: { answers: { N1: String(n) }, filled: [] },
      withdrawalHash: null,
      week: '2027-W05',
      origin: 'simulated',
    };
  }
}

test('very many responses are stored once each, and come back in another order than they came', async () => {
  const db = await testDatabase();
  await addSurvey(db);
  expect(await insertMany(db, numbered())).toBe(MANY);
  const numbers: number[] = [];
  for await (const { answers } of readResponses(db, 's1', 2000)) numbers.push(Number(answers.N1));
  expect(new Set(numbers).size).toBe(MANY);
  const followed = numbers.filter((n, place) => numbers[place + 1] === n + 1);
  // Of a shuffle, one in MANY is followed by its successor.
  expect(followed.length).toBeLessThan(20);
});
