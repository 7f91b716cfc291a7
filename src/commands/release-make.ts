/** Making a data release: the ledger's line and the files, both or neither. */
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../db/tables.ts';
import type { Microdata } from '../release/microdata/anonymise.ts';
import { AUDIENCE, type Codebook, codebookOf } from '../release/microdata/codebook.ts';
import type { Versions } from '../release/microdata/columns.ts';
import type { KeyTrial } from '../release/microdata/compare-keys.ts';
import { type Conflict, findConflict, heldMicrodata } from '../release/microdata/earlier.ts';
import { releaseName } from '../release/microdata/files.ts';
import { appendRelease, findRelease, heldReleases, randomForRows } from '../release/microdata/store.ts';
import { anonymise, bundle } from '../release/released.ts';
import type { Snapshot } from '../results/snapshot.ts';
import { keepSnapshot } from '../results/store.ts';
import { PATHS } from '../web/paths.ts';
import { renderPage } from '../web/render.ts';
import { checkPlace, prepareFolder, writeFolder } from './release-folder.ts';
import { CommandFailed, counted, print, printJson, progress } from './support.ts';

type Db = Kysely<AnswersTables>;

/** A file that somebody wants, with everything that it is made from. */
export interface Request {
  /** The survey's name. */
  readonly code: string;
  readonly versions: Versions;
  readonly snapshot: Snapshot;
  readonly keyNames: readonly string[];
  readonly k: number;
  /** What the release would be called. */
  readonly number: number;
  readonly synthetic: boolean;
  readonly out: string;
  /** What all keys of the survey's file together would leave. */
  readonly declared: KeyTrial;
}

const CODEBOOK_PAGE = join(PATHS.views, 'release/codebook.ejs');

/** Makes a release and writes it. @throws NotReleasable, CommandFailed; then nothing was written */
export async function makeRelease(db: Db, request: Request, json: true | undefined): Promise<void> {
  const { code, versions, snapshot, k, number, synthetic, out } = request;
  const released = anonymise(versions, snapshot, { ...request, random: randomForRows(snapshot.responses) });
  await checkEarlier(db, request, released.content);
  const codebook = codebookOf(released.content, number);
  const report = codebook.rows >= 5000 ? progress('Rows written', codebook.rows) : undefined;
  const files = bundle(released, number, renderPage(CODEBOOK_PAGE, { codebook }), report);
  const folder = prepareFolder(out, files, snapshot.madeOn);
  try {
    const settings = { k, keys: [...codebook.keys], audience: AUDIENCE, synthetic };
    const about = {
      survey: code,
      number,
      snapshot: await keepSnapshot(db, snapshot),
      madeOn: snapshot.madeOn,
      settings,
    };
    await appendRelease(db, about, files, folder.place);
  } catch (error) {
    folder.discard();
    throw error;
  }
  folder.settle();
  show(request, codebook, json);
}

function show(request: Request, { rows, variables, keys }: Codebook, json: true | undefined): void {
  const { code, number, snapshot, k, synthetic, out } = request;
  const withheld = snapshot.responses - rows;
  const columns = variables.length;
  if (json) {
    printJson({ survey: code, release: number, folder: out, rows, withheld, columns, k, keys, synthetic });
    return;
  }
  const kind = synthetic ? ' of made-up answers' : '';
  print(`Release ${number} of ${code}${kind}: ${counted(rows, 'row')} and ${counted(columns, 'column')} in ${out}`);
  for (const line of chosenLines(request)) print(line);
  print(keys.length === 0 ? 'It has no keys.' : `At least ${k} rows look alike on ${keys.join(', ')}.`);
  if (withheld > 0) {
    print(`Withheld: ${counted(withheld, 'row')}. The files say “at least ${k}”; keep the number to yourself.`);
  }
  print(`For ${AUDIENCE}.`);
}

/** Why the file does not have all keys. */
export function chosenLines({ keyNames, declared, snapshot }: Request): string[] {
  const withheld = snapshot.responses - declared.rows;
  if (withheld === 0 || declared.keyNames.every((name) => keyNames.includes(name))) return [];
  return [
    `All keys of the survey’s file together would withhold ${withheld} of ${counted(snapshot.responses, 'row')}. Choose others with --keys.`,
  ];
}

/** @throws CommandFailed where two releases side by side would give people away */
async function checkEarlier(db: Db, { code, k }: Request, microdata: Microdata): Promise<void> {
  const now = heldMicrodata(microdata);
  for await (const { number, file, k: earlier } of heldReleases(db, code)) {
    const conflict = findConflict(file, now, Math.min(k, earlier));
    if (conflict)
      throw new CommandFailed(
        `${WHY[conflict](number, file.keys, k)} Give release ${number} again with --again ${number}.`,
      );
  }
}

const WHY: Readonly<Record<Conflict, (number: number, keys: readonly string[], k: number) => string>> = {
  keys: (number, keys) =>
    `Release ${number} has other keys (${keys.join(', ')}). Rows of two files can be matched by their answers, and then the keys of both come together. Choose all of its keys, or some.`,
  rows: (number, _, k) =>
    `Beside release ${number}, this file would show which few respondents are new, gone or changed: fewer than ${k} of them look alike. Wait for more responses.`,
};

/** Writes the files of an earlier release once more. @throws CommandFailed */
export async function giveAgain(
  db: Db,
  code: string,
  number: number,
  { out, force, json }: { readonly out?: string; readonly force?: true; readonly json?: true },
): Promise<void> {
  const found = await findRelease(db, code, number);
  if (!found) throw new CommandFailed(`There is no data release ${number} of ${code}.`);
  const place = out ?? releaseName(code, number, found.settings.synthetic);
  checkPlace(place, force ?? false);
  writeFolder(place, found.files, found.madeOn);
  if (json) printJson({ survey: code, release: number, folder: place });
  else print(`Release ${number} of ${code}, made on ${found.madeOn}, is in ${place}`);
}
