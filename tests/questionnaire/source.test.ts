import { describe, expect, test } from 'vitest';
import { parseSurvey } from '../../src/questionnaire/parse.ts';
import { pointerOf, readSource } from '../../src/questionnaire/source.ts';

/** What is found in a text: `line 3 [check] message`. */
const found = (text: string) =>
  parseSurvey(text).findings.map(({ line, check, message }) => `line ${line} [${check}] ${message}`);

describe('the text of a survey file', () => {
  test.each([
    ['', 'line 1 [json] The file is empty.'],
    ['{\n  "a": 1,\n}', 'line 2 [json] A comma stands before the "}", with nothing after it.'],
    ['{\n  "a": 1\n  "b": 2\n}', 'line 2 [json] A comma is missing after 1.'],
    ['{ "a": 1 } // why', 'line 1 [json] A comment stands here, and JSON has none.'],
    ['{ "a": NaN }', 'line 1 [json] NaN has no quotes.'],
  ])('%j is refused: %s', (text, finding) => {
    expect(found(text)[0]).toBe(finding);
  });

  test('is refused when two readers could read it differently', () => {
    expect(found('{\n  "survey": "a",\n  "title": "x",\n  "survey": "b"\n}')).toEqual([
      'line 4 [duplicate-key] The key "survey" stands twice in the same place, so one of them would be lost.',
    ]);
    expect(found('{\n  "dates": {\n    "__proto__": { "a": 1 }\n  }\n}')).toEqual([
      'line 3 [hostile-key] The key "__proto__" is not allowed.',
    ]);
  });

  test('is refused when it is far too large or too deep, without being read', () => {
    expect(found('x'.repeat(2_000_001))).toEqual(['line 1 [size] The file is larger than 2,000,000 characters.']);
    expect(found('['.repeat(100_000))).toEqual(['line 1 [depth] The file is nested more than 60 levels deep.']);
    expect(found(`"${'['.repeat(100)}\\"${'{'.repeat(100)}"`)[0]).not.toMatch(/depth/);
  });

  test('is read with a byte order mark and with Windows line ends', () => {
    const { source } = readSource('\uFEFF{\r\n  "a": {\r\n    "b": [1, 2]\r\n  }\r\n}');
    expect(source?.value).toEqual({ a: { b: [1, 2] } });
    expect(source?.lineOf(['a', 'b', 1])).toBe(3);
  });

  test('has a line for each place, that of the nearest one for a place that is not there', () => {
    const { source } = readSource('{\n  "a": [\n    1,\n    { "b": 2 }\n  ]\n}');
    expect(source?.lineOf(['a', 1, 'b'])).toBe(4);
    expect(source?.lineOf(['a', 1, 'missing', 'deeper'])).toBe(4);
    expect(source?.lineOf(['missing'])).toBe(1);
  });
});

describe('the shape of a survey file', () => {
  const shaped = (change: (file: Record<string, unknown>) => void) => {
    const file: Record<string, unknown> = {
      survey: 'shape',
      version: '1.0',
      title: 'Shape',
      wave: 'Test',
      information: { version: '1', summary: 'A.', text: 'A.', minutes: '1', runBy: 'A', contact: 'A' },
      consent: { version: '1', question: 'A1', agree: 'yes' },
      dates: { deleteAfter: '2099-12-31' },
      disclosure: { anonymous: true },
      sections: [
        { code: 'a', title: 'A', pages: [{ questions: [{ type: 'text', code: 'A1', text: 'A?', limit: 9 }] }] },
      ],
    };
    change(file);
    return parseSurvey(JSON.stringify(file, null, 1)).findings.map(({ check, pointer, message }) => [
      check,
      pointer,
      message,
    ]);
  };

  test('is right when it holds what the language asks for', () => {
    expect(shaped(() => {})).toEqual([]);
  });

  test('says what is missing, unknown or of the wrong kind, and where', () => {
    expect(shaped((file) => delete file.title)).toEqual([['shape', '/title', expect.stringContaining('missing')]]);
    expect(shaped((file) => Object.assign(file, { sectoins: [] }))).toEqual([
      ['unknown-key', '/sectoins', '"sectoins" is not something that can be said here.'],
    ]);
    expect(shaped((file) => Object.assign(file, { version: '1' }))).toEqual([
      ['shape', '/version', '"version" is "1", but should be a version.'],
    ]);
    expect(shaped((file) => Object.assign(file, { dates: { deleteAfter: '2099-02-30' } }))).toEqual([
      ['shape', '/dates/deleteAfter', '"deleteAfter" is "2099-02-30", but February 2099 has 28 days.'],
    ]);
  });

  test('says of a condition what it may hold', () => {
    const conditioned = (when: unknown) =>
      shaped((file) => {
        const question = { type: 'text', code: 'Q1', text: 'Q?', limit: 9, when };
        file.sections = [{ code: 'a', title: 'A', pages: [{ questions: [question] }] }];
      }).map(([, , message]) => message);
    expect(conditioned({ question: 'A1', is: 'a' })).toEqual([]);
    expect(conditioned({ question: 'A1', is: 'a', isNot: 'b' })[0]).toMatch(/says exactly one thing/);
    expect(conditioned({ question: 'A1' })[0]).toMatch(/this one says none/);
    expect(conditioned({ is: 'a' })[0]).toMatch(/needs one "question" or one "variable"/);
    expect(conditioned({ all: [{ question: 'A1', is: 'a' }], ifBlank: true })[0]).toMatch(/"all" stands alone/);
    expect(conditioned({ question: 'A1', answered: true, ifBlank: true })[0]).toMatch(
      /already says what a blank means/,
    );
  });
});

test('a place is written as a JSON pointer', () => {
  expect(pointerOf(['a/b', 0, 'c~d'])).toBe('/a~1b/0/c~0d');
});
