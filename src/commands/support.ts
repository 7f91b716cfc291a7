/** What the commands share: their output, their exits, and opening the store. */
import { readFileSync, statSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { readSettings } from '../config.ts';
import { type AnswersStore, type ContactsStore, openAnswers, openContacts, type Store } from '../db/open.ts';
import type { AnswersTables } from '../db/tables.ts';
import { findLiveSurvey, type LiveSurvey, listSurveys } from '../fieldwork/store.ts';
import { findEncodingFault, SAVE_AS_UTF8 } from '../questionnaire/encoding.ts';
import { PATHS } from '../web/paths.ts';

export { makeFolder } from '../db/access.ts';

/** The questionnaires that come with the project, found the same way from `src` and from `dist`. */
export const SURVEYS = PATHS.surveys;

/** The program's own version, of `package.json`. */
export const { version: VERSION } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

/** What was asked for failed: exit 1, with a sentence. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** The command was not used as it is meant to be: exit 2, with a sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A line for a person or the next program. */
export function print(line = ''): void {
  process.stdout.write(`${visible(line)}\n`);
}

/** A line beside the output: what is going on, or what went wrong. */
export function note(line: string): void {
  process.stderr.write(`${visible(line)}\n`);
}

/** A value for a script. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** "1 row", "2 rows", "1,234 rows". */
export function counted(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}

/** Control characters from a file must not move a terminal's cursor or colour its text. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');
}

/** A flag's value through a schema, for commander. The schema's messages say what it must be: "at least 1". */
export function parseWith<T>(schema: z.ZodType<T>): (value: string) => T {
  return (value) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(`It must be ${parsed.error.issues[0]?.message}.`);
  };
}

/** The text of a file that a person named. @throws CommandFailed where there is none, or it is not UTF-8 */
export function readText(file: string): string {
  refuseFolder(file);
  const text = textOf(file);
  const fault = findEncodingFault(text);
  if (fault) throw new CommandFailed(`${file}:${fault.line} ${fault.message} ${SAVE_AS_UTF8}`);
  return text;
}

/** @throws CommandFailed where a folder was named in place of a file */
export function refuseFolder(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new CommandFailed(`${file} is a folder. Name a file in it.`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CommandFailed(`${file} cannot be read. Is the name right?`);
  }
}

/** Opens a store, and says so where that changed its schema: an earlier program cannot open it any more. */
export function openStore(path: string, options: { mustExist?: boolean } = {}): Promise<AnswersStore> {
  return sayingUpgrade('The store', openAnswers(path, options));
}

/** The same for the store of who signed up. */
export function openContactsStore(path: string, options: { mustExist?: boolean } = {}): Promise<ContactsStore> {
  return sayingUpgrade('The store of contacts', openContacts(path, options));
}

async function sayingUpgrade<Tables>(name: string, opening: Promise<Store<Tables>>): Promise<Store<Tables>> {
  const store = await opening;
  if (store.upgradedTo !== undefined) note(`${name} was brought up to schema ${store.upgradedTo}.`);
  return store;
}

/**
 * Opens the answers store of DATA_DIR for one piece of work, and closes it whatever happens. Never makes one: a
 * mistyped DATA_DIR would look like a survey that nobody has answered.
 */
export async function withAnswers<T>(work: (db: Kysely<AnswersTables>) => Promise<T>): Promise<T> {
  const store = await openStore(readSettings().answersPath, { mustExist: true });
  try {
    return await work(store.db);
  } finally {
    await store.close();
  }
}

/** The survey with this code, or a sentence that names those there are. */
export async function getPublished(db: Kysely<AnswersTables>, code: string): Promise<LiveSurvey> {
  const found = await findLiveSurvey(db, code);
  if (found) return found;
  const others = (await listSurveys(db)).map(({ survey }) => survey.file.survey);
  throw new CommandFailed(
    others.length === 0
      ? `No survey has been published here yet. Publish one with: ${PROGRAM} publish FILE`
      : `There is no survey called "${code}". Published here: ${others.join(', ')}.`,
  );
}

/** Shows how far long work has come: each tenth, or on one moving line where a person watches. */
export function progress(what: string, total: number): (done: number) => void {
  let shown = -1;
  return (done) => {
    const tenth = total === 0 ? 10 : Math.floor((done / total) * 10);
    if (tenth === shown) return;
    shown = tenth;
    const line = `${what}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
    if (process.stderr.isTTY) process.stderr.write(`\r${line}${tenth >= 10 ? '\n' : ''}`);
    else note(line);
  };
}

/** Progress of several pieces of work, one after the other, each of whose size is known once it has begun. */
export function showSteps(): (what: string, done: number, total: number) => void {
  const shown = new Map<string, (done: number) => void>();
  return (what, done, total) => {
    const show = shown.get(what) ?? progress(what, total);
    shown.set(what, show);
    show(done);
  };
}

/**
 * How the program is called, in every message and document: npx finds it in a clone, where nothing else does, and
 * wherever else it is installed.
 */
export const PROGRAM = 'npx soundings';

/**
 * A command with the house's manners: usage errors are a sentence without "error:", and exit 2.
 * @param name the words that it is called by: "release make" is the command "make" of "release"
 * @param summary what it does, for the list of all commands: one line without a full stop
 * @param more paragraphs of its own help; the terminal's width decides where their lines break
 */
export function command(name: string, summary: string, ...more: readonly string[]): Command {
  return new Command(name.split(' ').at(-1))
    .summary(summary)
    .description([`${summary}.`, ...more].join('\n\n'))
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .showHelpAfterError(`Try: ${PROGRAM} ${name} --help`)
    .configureOutput({ outputError: (text, write) => write(sentence(text)) });
}

function sentence(text: string): string {
  const plain = text.replace(/^error: /, '');
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
}
