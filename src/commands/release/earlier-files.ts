/** Data files that are out already: a new one must not give people away beside them. */
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../../db/tables.ts';
import { roundNamed } from '../../questionnaire/round.ts';
import type { Ledger } from '../../release/ledger/ledger.ts';
import { filesOut } from '../../release/ledger/parts/store.ts';
import type { DataFile, DataVariable } from '../../release/microdata/data-file.ts';
import {
  type Apart,
  type Conflict,
  findConflict,
  type HeldFile,
  heldFile,
  rowsApart,
} from '../../release/microdata/earlier.ts';
import { type FileOutline, fileReader, keyNamesOf } from '../../release/microdata/reopen-file.ts';
import { isTelling, type Versions } from '../../release/microdata/survey/columns.ts';
import { isWhole } from '../../release/microdata/whole-numbers.ts';
import { checkUnchanged, readZipEntry } from '../bundle/unzip.ts';
import { CommandFailed, counted } from '../support.ts';

const legacySchema = z.looseObject({ keys: z.array(z.string()) });

/** A released file with its values, from its zip. */
export async function readDataFile(zip: string, outline: FileOutline): Promise<DataFile> {
  const reader = fileReader(outline);
  for await (const bytes of readZipEntry(zip, 'data.csv')) reader.add(bytes);
  return reader.finish();
}

/** A new file, and how it could be made otherwise. */
interface Candidate {
  readonly file: DataFile;
  readonly versions: Versions;
  /** Of the survey's declared keys those that it may have. */
  readonly keyNames: readonly string[];
  /** The same with these keys alone; undefined where that is not possible. */
  remake(keyNames: readonly string[]): DataFile | undefined;
  /** Told how many other choices of keys are tried, of how many. */
  report(done: number, total: number): void;
}

/** An earlier file, and the smaller k of the two. */
interface Beside {
  readonly number: number;
  readonly held: HeldFile;
  readonly k: number;
}

/** @throws CommandFailed where two files side by side would give people away (rules R3 and M17), with what would not */
export async function checkEarlierFiles(
  db: Kysely<AnswersTables>,
  ledger: Ledger,
  releasesPath: string,
  candidate: Candidate,
): Promise<void> {
  const now = heldOf(candidate.file, candidate.versions);
  const earlier = () => readEarlier(db, ledger, releasesPath, candidate);
  for await (const { number, held, k } of earlier()) {
    const conflict = findConflict(held, now, k);
    if (!conflict) continue;
    const why = conflict === 'rows' ? whyRows(number, rowsApart(held, now), k) : WHY[conflict](number, held.keys);
    const all: Beside[] = [];
    for await (const each of earlier()) all.push(each);
    throw new CommandFailed(
      `${why} ${whatPasses(candidate, all)} Or give release ${number} again with "release bundle".`,
    );
  }
}

/** One after the other: each takes as much memory as the new one. */
async function* readEarlier(
  db: Kysely<AnswersTables>,
  ledger: Ledger,
  releasesPath: string,
  { file, versions }: Pick<Candidate, 'file' | 'versions'>,
): AsyncGenerator<Beside> {
  for await (const { number, data } of filesOut(db, ledger, roundNamed(file.about.wave))) {
    if ('files' in data) yield { number, k: file.about.k, held: heldText(data.files) };
    else {
      const { outline } = data;
      const zip = join(releasesPath, data.file);
      await checkUnchanged(zip, data.sha256);
      const before = await readDataFile(zip, outline);
      yield { number, k: Math.min(file.about.k, outline.about.k), held: heldOf(before, versions) };
    }
  }
}

/** How many rows are made anew at most to find keys that pass, all tries together: somebody waits for it. */
const MOST_ROWS_TRIED = 400_000;

/** Which fewer keys would let it pass with the answers of now, those with most keys. */
function whatPasses({ file, versions, keyNames, remake, report }: Candidate, all: readonly Beside[]): string {
  const choices = fewerKeys(keyNames).slice(0, Math.floor(MOST_ROWS_TRIED / file.rows));
  const passing = choices.filter((names, done) => {
    report(done + 1, choices.length);
    const other = remake(names);
    const held = other && heldOf(other, versions);
    return held && all.every((earlier) => !findConflict(earlier.held, held, earlier.k));
  });
  const most = Math.max(...passing.map(({ length }) => length));
  const best = passing.filter(({ length }) => length === most).map((names) => `--keys ${names.join() || 'none'}`);
  if (best.length > 0) return `With the answers of now it would pass with ${best.join(', or with ')}.`;
  return choices.length === 0
    ? 'Fewer keys may pass (--keys); with so many answers they are not tried here.'
    : 'None of the choices of one or two of its keys, or of all but one, would pass with the answers of now.';
}

/** All but one of them, two, one and none, those with most first. */
function fewerKeys(names: readonly string[]): string[][] {
  const choices = [
    ...names.map((left) => names.filter((name) => name !== left)),
    ...names.flatMap((one, place) => names.slice(place + 1).map((two) => [one, two])),
    ...names.map((name) => [name]),
    [],
  ];
  const distinct = new Map(choices.filter(({ length }) => length < names.length).map((each) => [each.join(), each]));
  return [...distinct.values()].sort((one, other) => other.length - one.length);
}

function whyRows(number: number, { gone, come }: { readonly gone: Apart; readonly come: Apart }, k: number): string {
  if (gone.rows > 0 && come.rows > 0)
    return `${counted(gone.rows, 'row')} of release ${number} look like none of this file, and ${counted(come.rows, 'row')} of this file like none of release ${number}. The same people may stand in both with other cells withheld, and what one file withholds could be read in the other. A later file passes beside one in which nothing had to be withheld.`;
  const [what, { rows, alike }] = come.rows > 0 ? (['new', come] as const) : (['gone', gone] as const);
  return `Beside release ${number}, this file would show which few respondents are ${what}: of ${counted(rows, 'row')}, no more than ${alike} are alike on the keys somewhere, and it takes ${k}. ${what === 'new' ? `At least ${k - alike} more like them have to come.` : 'Wait until more have gone or come.'}`;
}

const WHY: Readonly<Record<Exclude<Conflict, 'rows'>, (number: number, keys: readonly string[]) => string>> = {
  keys: (number, keys) =>
    `Release ${number} has other keys (${keys.join(', ')}). Rows of two files can be matched by their answers, and then the keys of both come together.`,
  joined: (number) =>
    `Rows of this file and of release ${number} can be matched by the columns that both have, and then what only one of them has (keys, weights, who was asked) leaves fewer alike than the files promise.`,
  answers: (number) =>
    `Rows of this file and of release ${number} can be matched by the columns that both have, and then a sensitive answer is told of people who are alike on the keys: of those whom only one of the files has, or of all.`,
};

/** @param versions of the survey as it is now: who was asked a question that is no longer in it is taken to tell nothing */
function heldOf({ variables, rows }: DataFile, versions: Versions): HeldFile {
  const codeOf = ({ name, question }: DataVariable) => question?.code ?? name;
  const published = new Set(variables.filter(({ role }) => role === 'key').map(codeOf));
  const namesOf = (wanted: DataVariable['role']) =>
    variables.flatMap(({ name, role }) => (role === wanted ? [name] : []));
  return {
    keys: keyNamesOf({ variables }),
    sensitive: namesOf('sensitive'),
    weights: namesOf('weight'),
    telling: variables.flatMap((each) => (isTelling(versions, codeOf(each), published) ? [each.name] : [])),
    columns: new Map(
      variables.flatMap(({ name, values }) =>
        isWhole(values) || values instanceof Float64Array ? [[name, values]] : [],
      ),
    ),
    rows,
  };
}

/** A file that was made before there were zips: its codebook names its keys. */
function heldText(files: Readonly<Record<string, string>>): HeldFile {
  const textOf = (end: string) => files[Object.keys(files).find((name) => name.endsWith(end)) ?? ''] ?? '';
  const { keys } = legacySchema.parse(JSON.parse(textOf('codebook.json')));
  return heldFile(textOf('.csv'), keys);
}
