import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findViolations, ROOMS } from './support/house.ts';

const SRC = join(import.meta.dirname, '..', 'src');

function sources(): Map<string, string> {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return new Map(files.map((file) => [file.split(sep).join('/'), readFileSync(join(SRC, file), 'utf8')]));
}

describe('the house', () => {
  test('keeps its dependency rule', () => {
    expect(findViolations(sources())).toEqual([]);
  });

  test('has no room that the rule does not know', () => {
    const rooms = [...sources().keys()].filter((file) => file.includes('/')).map((file) => file.split('/')[0]);
    expect([...new Set(rooms)].filter((room) => !ROOMS.some((known) => known === room))).toEqual([]);
  });
});

describe('a planted violation is named with its file and reason', () => {
  test.each([
    [
      'a room that looks down the order',
      'questionnaire/journey.ts',
      "import { findDraft } from '../responses/store.ts';",
      'imports responses/store.ts, but questionnaire stands below responses',
    ],
    [
      'names beside answers',
      'signups/store.ts',
      "import { countResponses } from '../responses/store.ts';",
      'imports responses/store.ts, but signups and responses must never meet: it would join names to answers',
    ],
    [
      'answers beside names, as a type',
      'responses/store.ts',
      "import type { Booking } from '../signups/booking.ts';",
      'imports signups/booking.ts, but responses and signups must never meet: it would join names to answers',
    ],
    [
      'another room’s routes',
      'results/routes.ts',
      "import { responseRoutes } from '../responses/routes.ts';",
      "imports responses/routes.ts: another room's routes are app.ts's alone",
    ],
    [
      'rules that query',
      'responses/progress.ts',
      "import { findDraft } from './store.ts';",
      'imports responses/store.ts: a rules file uses rules files only',
    ],
    [
      'rules that read a file',
      'questionnaire/parse.ts',
      "import { readFileSync } from 'node:fs';",
      'imports node:fs, which a rules file may not',
    ],
    [
      'rules that load later',
      'questionnaire/parse.ts',
      "const fs = await import('node:fs');",
      'imports node:fs, which a rules file may not',
    ],
    [
      'rules that know Express',
      'results/tables.ts',
      "import { Router } from 'express';",
      'imports express, which a rules file may not',
    ],
    [
      'a store that serves',
      'responses/store.ts',
      "import express from 'express';",
      'imports express, which a store file may not',
    ],
    [
      'routes that query',
      'responses/routes.ts',
      "import { sql } from 'kysely';",
      'imports kysely, which a routes file may not',
    ],
    [
      'a room that knows the settings',
      'web/headers.ts',
      "import { readSettings } from '../config.ts';",
      'imports config.ts, which stands above every room',
    ],
    [
      'rules with a clock',
      'results/tables.ts',
      'const now = new Date();',
      'uses the clock: a rules file is handed what it needs',
    ],
    [
      'rules with chance',
      'questionnaire/simulate.ts',
      'const n = Math.random();',
      'uses chance: a rules file is handed what it needs',
    ],
    [
      'a second reader of settings',
      'web/headers.ts',
      'const secret = process.env.SECRET;',
      'reads the environment, which config.ts alone does',
    ],
  ])('%s', (_, file, text, reason) => {
    expect(findViolations(new Map([[file, text]]))).toContainEqual({ file, reason });
  });

  test('and what keeps the rule is let through', () => {
    const fine = new Map([
      [
        'responses/store.ts',
        "import { randomBytes } from 'node:crypto';\nimport { inTransaction } from '../db/transaction.ts';",
      ],
      ['responses/routes.ts', "import express from 'express';\nimport { findDraft } from './store.ts';"],
      ['results/tables.ts', "import Big from 'big.js';\nconst day = new Date(given);"],
      ['commands/serve.ts', "import { createServer } from 'node:http';\nimport { createApp } from '../app.ts';"],
    ]);
    expect(findViolations(fine)).toEqual([]);
  });
});
