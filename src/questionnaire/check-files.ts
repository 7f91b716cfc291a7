/** Several survey files at once, so that a version is checked against the one before it. */
import { checkSurvey } from './check.ts';
import { compareVersions, type EarlierVersion } from './checks/versions.ts';
import { findEncodingFault, SAVE_AS_UTF8 } from './encoding.ts';
import { type Parsed, parseSurvey } from './parse.ts';
import { at, type Finding } from './source.ts';

export interface SurveyFileText {
  /** Its path, with `/` between the parts. */
  readonly path: string;
  readonly text: string;
}

export interface CheckedFile {
  readonly path: string;
  readonly findings: readonly Finding[];
}

/**
 * What is wrong with each file, in the order given. A version is checked against the one before it among the files of
 * the same survey in the same folder; that its dates are over is worth saying of the latest version only. Pure; never
 * throws. @param today YYYY-MM-DD
 */
export function checkFiles(files: readonly SurveyFileText[], today: string): CheckedFile[] {
  const parsed = files.map(({ path, text }) => ({ path, ...readSurvey(text) }));
  return parsed.map((file) => {
    if (!file.survey) return { path: file.path, findings: file.findings };
    const { previous, isLatest } = placeAmong(file, parsed);
    const findings = checkSurvey(file.survey, file.source, { previous, today: isLatest ? today : undefined });
    return { path: file.path, findings: [...wrongName(file), ...otherSurvey(file, parsed), ...findings] };
  });
}

function readSurvey(text: string): Parsed {
  const fault = findEncodingFault(text);
  return fault ? { findings: [at('encoding', [], fault.line, fault.message, SAVE_AS_UTF8)] } : parseSurvey(text);
}

type ParsedFile = Parsed & { readonly path: string };
type GoodFile = Extract<ParsedFile, { source: unknown }>;

/** The version before a file, or another that says it is this version; and whether a later one is there. */
function placeAmong(
  file: GoodFile,
  all: readonly ParsedFile[],
): { readonly previous: EarlierVersion | undefined; readonly isLatest: boolean } {
  const { survey, version } = file.survey.file;
  const others = all.filter(
    (each): each is GoodFile =>
      each !== file && folderOf(each.path) === folderOf(file.path) && each.survey?.file.survey === survey,
  );
  const earlier = others.filter((each) => compareVersions(each.survey.file.version, version) <= 0);
  const last = earlier.sort((a, b) => compareVersions(a.survey.file.version, b.survey.file.version)).at(-1);
  return {
    previous: last && { survey: last.survey, where: `the file ${nameOf(last.path)}`, beside: true },
    isLatest: earlier.length === others.length,
  };
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** A file is one version for good, so its name says which: `surveys/training-day/1.0.json`. */
function wrongName({ path, survey, source }: GoodFile): Finding[] {
  const name = nameOf(path);
  const { version } = survey.file;
  if (!isVersionName(name) || name === `${version}.json`) return [];
  const message = `The file is called ${name}, but it is version ${version}.`;
  return [
    at(
      'version-file',
      ['version'],
      source.lineOf(['version']),
      message,
      `Call it ${version}.json, or mend the version.`,
      'warning',
    ),
  ];
}

const isVersionName = (name: string) => /^\d+\.\d+\.json$/.test(name);

/** A folder of versions is of one survey: a name that was mistyped would open a second one beside it. */
function otherSurvey(file: GoodFile, all: readonly ParsedFile[]): Finding[] {
  const { survey } = file.survey.file;
  const versions = all.filter(
    (each): each is GoodFile =>
      each.survey !== undefined && folderOf(each.path) === folderOf(file.path) && isVersionName(nameOf(each.path)),
  );
  const [first] = versions.sort((a, b) => compareVersions(a.survey.file.version, b.survey.file.version));
  if (!first || !versions.includes(file) || first.survey.file.survey === survey) return [];
  const message = `This is the survey "${survey}", and ${nameOf(first.path)} beside it is "${first.survey.file.survey}".`;
  return [
    at(
      'version-survey',
      ['survey'],
      file.source.lineOf(['survey']),
      message,
      'A new version keeps the name of its survey; another survey goes into a folder of its own.',
      'warning',
    ),
  ];
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
