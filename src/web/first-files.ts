/** What somebody begins a survey's file from: made to lie in one folder, where the one finds the other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATHS } from './paths.ts';

const SCHEMA = 'survey.schema.json';

/** Explains the language of files to editors: what the file is called, and where it is. */
export const EDITOR_SCHEMA = { name: SCHEMA, path: join(PATHS.surveys, SCHEMA) };

/** A small survey that can be published as it is. */
export const EXAMPLE = {
  name: 'training-day.json',
  read: (): string =>
    readFileSync(join(PATHS.surveys, 'examples/training-day.json'), 'utf8').replace(`"../${SCHEMA}"`, `"${SCHEMA}"`),
};
