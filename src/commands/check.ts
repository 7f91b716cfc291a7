import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Command } from 'commander';
import { type CheckedFile, checkFiles } from '../questionnaire/check-files.ts';
import { dayOf } from '../questionnaire/days.ts';
import type { Finding } from '../questionnaire/source.ts';
import { command, counted, print, printJson, UsageError } from './support.ts';

/** `soundings check`: what is wrong with survey files. Exit 1 when any has an error. */
export function checkCommand(): Command {
  return command(
    'check',
    'Tell what is wrong with survey files',
    'Each finding names the line and what to do about it. An error keeps a survey from being published; a warning is for you to weigh. A folder stands for every survey file in it, and a version is checked against the one before it.',
  )
    .argument('<files...>', 'survey files, folders of them, or patterns such as "surveys/*/*.json"')
    .option('--json', 'as JSON, for scripts')
    .action((files: string[], options: { json?: true }) => {
      const paths = [...new Set(files.flatMap(findFiles))];
      const wanted = new Set(paths);
      const beside = paths.flatMap((path) => jsonIn(dirname(path)).filter((each) => !wanted.has(each)));
      const texts = [...paths, ...new Set(beside)].map((path) => ({
        path: path.split(sep).join('/'),
        text: readFileSync(path, 'utf8'),
      }));
      const checked = checkFiles(texts, dayOf(new Date())).slice(0, paths.length).map(errorsFirst);
      if (options.json) printJson(checked.map(({ path, findings }) => ({ file: path, findings })));
      else show(checked);
      if (count(checked, 'error') > 0) process.exitCode = 1;
    });
}

/** One finding on one line: where, how bad, what, and what to do. */
export function findingLine(path: string, { line, severity, check, message, mend }: Finding): string {
  return `${path}:${line} ${severity} [${check}] ${message}${mend === undefined ? '' : ` ${mend}`}`;
}

function errorsFirst({ path, findings }: CheckedFile): CheckedFile {
  const of = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity);
  return { path, findings: [...of('error'), ...of('warning')] };
}

/** The findings, file by file with a line between, and how many there are. */
function show(checked: readonly CheckedFile[]): void {
  const faulty = checked.filter(({ findings }) => findings.length > 0);
  for (const { path, findings } of faulty) {
    for (const finding of findings) print(findingLine(path, finding));
    print();
  }
  const found = `${amount(count(checked, 'error'), 'error')}, ${amount(count(checked, 'warning'), 'warning')}`;
  const where = checked.length > 1 && faulty.length > 0 ? `, in ${faulty.length.toLocaleString('en')} of them` : '';
  print(`${counted(checked.length, 'file')} checked: ${found}${where}.`);
}

function count(checked: readonly CheckedFile[], severity: Finding['severity']): number {
  return checked.flatMap(({ findings }) => findings).filter((finding) => finding.severity === severity).length;
}

const amount = (n: number, noun: string) => (n === 0 ? `no ${noun}s` : counted(n, noun));

/** The survey files that an argument names. @throws UsageError when there is none */
function findFiles(argument: string): string[] {
  const found = argument.includes('*') ? matching(argument) : below(argument);
  if (found.length > 0) return found;
  throw new UsageError(`There is no survey file at ${argument}.`);
}

/** A folder stands for every survey file in it and below. */
function below(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => isSurveyFile(name) && !name.split(sep).some((part) => part === 'node_modules'))
    .sort()
    .map((name) => join(path, name))
    .filter((each) => statSync(each).isFile());
}

function jsonIn(folder: string): string[] {
  return readdirSync(folder, { encoding: 'utf8' })
    .filter(isSurveyFile)
    .sort()
    .map((name) => (folder === '.' ? name : join(folder, name)));
}

function isSurveyFile(name: string): boolean {
  return name.endsWith('.json') && !name.endsWith('.schema.json');
}

/** For shells that leave patterns alone: `*` is any name, `**` any folders. */
function matching(pattern: string): string[] {
  const fixed = dirname(pattern.slice(0, pattern.indexOf('*')).concat('x'));
  const parts = pattern
    .split(sep)
    .join('/')
    .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  const form = new RegExp(`^${parts.replaceAll('**/', '\0').replaceAll('*', '[^/]*').replaceAll('\0', '(?:.*/)?')}$`);
  return below(fixed).filter((path) => form.test(path.split(sep).join('/')));
}
