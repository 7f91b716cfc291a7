/** A site with a survey open, for the respondents' stories. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { createApp } from '../../src/app.ts';
import { openAnswers } from '../../src/db/open.ts';
import type { AnswersTables } from '../../src/db/tables.ts';
import { closeSurvey, reopenSurvey } from '../../src/fieldwork/status/store.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import type { Context } from '../../src/web/context.ts';
import { Respondent } from './respondent.ts';
import { type LogLines, serve, testContext } from './site.ts';

/** The flagship, and small synthetic surveys of `tests/surveys`. */
const SURVEYS = {
  'ai-adoption': '../../surveys/ai-adoption/1.0.json',
  'every-type': '../surveys/every-type.json',
  'two-languages': '../surveys/two-languages.json',
} as const;
export type SurveyName = keyof typeof SURVEYS;

/** A survey's file as text, with changes made to it as an author would make them. */
export function sourceOf(name: SurveyName, change: (file: SurveyJson) => void = () => {}): string {
  const file: SurveyJson = JSON.parse(readFileSync(join(import.meta.dirname, SURVEYS[name]), 'utf8'));
  change(file);
  return JSON.stringify(file);
}

/** As much of a survey file as tests change. */
export interface SurveyJson {
  version: string;
  dates: Record<string, string | number>;
  sections: { code: string; title: unknown; pages: { code?: string; questions: Record<string, unknown>[] }[] }[];
  [key: string]: unknown;
}

export interface Fieldwork {
  /** Where the site listens. */
  readonly url: string;
  readonly context: Context;
  readonly db: Kysely<AnswersTables>;
  readonly lines: LogLines;
  /** Sets the site's clock. */
  travelTo(moment: string): void;
  /** Publishes a version of a survey. */
  publish(source: string): Promise<void>;
  /** A browser that has never been here, on the survey's first page unless it is told otherwise. */
  visit(address?: string): Promise<Respondent>;
  /** A browser that has agreed to take part, on the first page of questions. */
  begin(): Promise<Respondent>;
}

/** Opens a site at noon on 1 March 2027 with the survey published: in memory, or in a file where a path is given. */
export async function openFieldwork(
  survey: SurveyName | { source: string; code: string },
  path?: string,
): Promise<Fieldwork> {
  let clock = new Date('2027-03-01T12:00:00Z');
  const store = path === undefined ? {} : await openAnswers(path);
  const context = await testContext({ ...store, now: () => clock });
  const url = await serve(createApp(context));
  const publish = async (source: string) => {
    await publishVersion(context.db, source, clock.toISOString().slice(0, 10));
  };
  await publish(typeof survey === 'string' ? sourceOf(survey) : survey.source);
  const home = `/surveys/${typeof survey === 'string' ? survey : survey.code}`;
  const visit = (address = home) => new Respondent(url).open(address);
  return {
    url,
    context,
    db: context.db,
    lines: context.lines,
    travelTo: (moment) => {
      clock = new Date(moment);
    },
    publish,
    visit,
    begin: async () => (await visit()).answer({ A1: 'yes' }),
  };
}

/** Closes a survey at once, or opens it again. */
export async function setStatus(db: Kysely<AnswersTables>, code: string, status: 'open' | 'closed'): Promise<void> {
  const decision = { code, by: { id: null, name: 'The tests' }, now: new Date('2027-03-01T12:00:00Z') };
  if (status === 'open') await reopenSurvey(db, decision);
  else await closeSurvey(db, decision, { lastDay: null, lastBegin: null });
}

/** Every row of every table, as text: what anybody who opens the store can read. */
export async function dumpStore(db: Kysely<AnswersTables>): Promise<Record<string, Record<string, unknown>[]>> {
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`.execute(db);
  const tables = rows.map(async ({ name }) => {
    const dump = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(name)}`.execute(db);
    return [name, dump.rows] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}

/** What has been stored about anybody: every table but the questionnaires themselves. */
export async function dumpPeople(db: Kysely<AnswersTables>): Promise<Record<string, Record<string, unknown>[]>> {
  const { migrations: _, survey_versions: __, surveys: ___, ...people } = await dumpStore(db);
  return Object.fromEntries(Object.entries(people).filter(([, rows]) => rows.length > 0));
}

/** The answers of the responses as they are stored. */
export async function storedAnswers(db: Kysely<AnswersTables>): Promise<Record<string, unknown>[]> {
  const rows = await db.selectFrom('responses').select('answers').execute();
  return rows.map(({ answers }) => JSON.parse(answers));
}
