/** The folder of wrong surveys: each file, or folder of versions, is wrong in the one way that its name says. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findingLine } from '../../src/commands/check.ts';
import { checkFiles, type SurveyFileText } from '../../src/questionnaire/check-files.ts';
import { CHECKS } from '../../src/questionnaire/checks/names.ts';
import type { Finding } from '../../src/questionnaire/source.ts';

const FOLDER = join(import.meta.dirname, 'wrong');

/** The fixtures' names: `stage-gap.json`, or a folder such as `option-removed/` with its versions. */
export const fixtures: readonly string[] = readdirSync(FOLDER)
  .filter((name) => !name.endsWith('.txt'))
  .map((name) => name.replace(/\.json$/, ''))
  .sort();

/** The check that a fixture is named after: the longest name that it begins with. */
export function checkNamedBy(fixture: string): string | undefined {
  return Object.keys(CHECKS)
    .filter((check) => fixture === check || fixture.startsWith(`${check}-`))
    .sort((a, b) => b.length - a.length)[0];
}

function filesOf(fixture: string): SurveyFileText[] {
  const path = join(FOLDER, fixture);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    return [{ path: `${fixture}.json`, text: readFileSync(`${path}.json`, 'utf8') }];
  return readdirSync(path)
    .sort()
    .map((name) => ({ path: `${fixture}/${name}`, text: readFileSync(join(path, name), 'utf8') }));
}

/** The day on which they are checked. */
const TODAY = '2027-01-01';

const checked = new Map(fixtures.map((fixture) => [fixture, checkFiles(filesOf(fixture), TODAY)] as const));

/** Everything found in a fixture. */
export function findingsIn(fixture: string): Finding[] {
  return (checked.get(fixture) ?? []).flatMap(({ findings }) => findings);
}

/** What `soundings check` prints for a fixture, with the pointer of each finding under it. */
export function outputOf(fixture: string): string {
  const lines = (checked.get(fixture) ?? []).flatMap(({ path, findings }) =>
    findings.flatMap((finding) => [
      findingLine(path, finding),
      `  at ${finding.pointer === '' ? 'the top' : finding.pointer}`,
    ]),
  );
  return `${lines.join('\n')}\n`;
}

/** What was written down that it prints. */
export function expectedOf(fixture: string): string {
  return readFileSync(join(FOLDER, `${fixture}.txt`), 'utf8');
}
